"""``python -m book`` is ``book``.

Python puts the current folder first on the path of ``-m``, and a stranger's book may lie there. It
goes before anything is imported. (What Python itself imports before it comes to us, such as
``functools``, it would find there all the same: ``python -P -m book``, or ``book``, is safe.)
"""

import gc
import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]
    if (_home := __file__.rpartition("/book/")[0]) not in sys.path:
        sys.path.append(_home)  # It is not installed: last, it can stand for nothing else.


def main() -> None:
    """Run the command line."""
    # A command makes much and drops little: looking for circles all the time costs a twentieth.
    gc.set_threshold(100_000, 50, 100)
    from book.cli.commands import main as run

    run()


if __name__ == "__main__":
    main()
