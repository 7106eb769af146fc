"""``python -m book`` is ``book``."""


def main() -> None:
    """Run the command line; worker processes import this module, and need nothing of it."""
    from book.cli.commands import main as run

    run()


if __name__ == "__main__":
    main()
