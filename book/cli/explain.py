"""``book check --explain CODE``: why a finding matters and how to mend it."""

from __future__ import annotations

from textwrap import fill, indent

import click

_WIDTH = 88


def show_explained(context: click.Context, option: click.Parameter, codes: tuple[str, ...]) -> None:
    """Print the explanation of each of ``codes``, and exit; BadParameter for what is none."""
    del option
    if not codes or context.resilient_parsing:
        return
    click.echo("\n\n".join(map(explained, codes)))
    context.exit()


def explained(code: str) -> str:
    """What ``code`` means, why it matters, how it is mended, with an example.

    Raises BadParameter, with the nearest code, for what is none.
    """
    from book.base.codes import CODES
    from book.base.explain import explanations
    from book.base.text import suggestion

    known = code.upper()
    if known not in CODES:
        raise click.BadParameter(
            f"There is no code `{code}`. {suggestion(known, CODES, 'The codes are')}"
        )
    meaning, told = CODES[known], explanations()[known]
    parts = [
        _wrapped(f"{known} ({meaning.severity}): {meaning.meaning}"),
        _wrapped(told.why),
        _wrapped(told.mend),
        f"Before:\n\n{_set_off(told.before)}",
        f"After:\n\n{_set_off(told.after)}",
    ]
    return "\n\n".join(parts)


def known_codes(
    context: click.Context, option: click.Parameter, codes: tuple[str, ...]
) -> tuple[str, ...]:
    """``codes``, or letters that codes begin with; BadParameter, with the nearest, for others."""
    from book.base.codes import CODES
    from book.base.text import suggestion

    del option
    for code in codes if not context.resilient_parsing else ():
        if not any(one.startswith(code.upper()) for one in CODES):
            near = suggestion(code.upper(), CODES, "The codes are")
            raise click.BadParameter(f"There is no code `{code}`. {near}")
    return codes


def complete_code(of: click.Context, option: click.Parameter, begun: str) -> list[str]:
    """The codes that begin so, for the shell's completion."""
    from book.base.codes import CODES

    del of, option
    return [code for code in CODES if code.startswith(begun.upper())]


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _set_off(lines: str) -> str:
    return indent(lines.rstrip("\n"), "    ")
