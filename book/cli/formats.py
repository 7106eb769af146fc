"""Findings for programs: JSON, GitHub's annotations, and SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from book.base.codes import CODES
from book.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from book.model import Finding


def as_json(findings: Sequence[Finding]) -> str:
    """Objects with code, severity, path, line, column (from 1; 0 if unsaid), message, hint."""
    return _dumped([_plain(one) for one in findings])


def as_github(findings: Sequence[Finding]) -> str:
    """A workflow command for each, which GitHub shows at its line."""
    return "\n".join(map(_command, findings))


def as_sarif(findings: Sequence[Finding]) -> str:
    """One run of SARIF 2.1.0, for code scanning and editors."""
    from book import __version__

    used = sorted({one.code for one in findings})
    rules = [_rule(code) for code in used]
    driver = {"name": "chapbook", "version": __version__, "rules": rules}
    return _dumped(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": [_result(one) for one in findings]}],
        }
    )


#: Each format's name, and what makes it.
FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def chosen(
    findings: Sequence[Finding], select: Sequence[str], ignore: Sequence[str]
) -> tuple[Finding, ...]:
    """Those whose code begins with one of ``select`` (if any), and with none of ``ignore``."""
    wanted = tuple(one.upper() for one in select) or ("",)
    unwanted = tuple(one.upper() for one in ignore)
    return tuple(
        one for one in findings if one.code.startswith(wanted) and not one.code.startswith(unwanted)
    )


def _dumped(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def _plain(one: Finding) -> dict[str, str | int]:
    place = one.place
    where: dict[str, str | int] = {"path": place.path, "line": place.line, "column": place.column}
    what = {"code": one.code, "severity": str(one.severity)}
    return {**what, **where, "message": one.message, "hint": one.hint}


def _command(one: Finding) -> str:
    place = one.place
    where = [f"file={_escaped(place.path, ',:')}"]
    where += [f"line={place.line}"] if place.line else []
    where += [f"col={place.column}"] if place.column else []
    text = _escaped(f"{one.message} {one.hint}".strip())
    return f"::{one.severity} {','.join(where)},title={one.code}::{text}"


def _escaped(text: str, more: str = "") -> str:
    """What a workflow command would take for its own signs, as it wants them."""
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _rule(code: str) -> dict[str, Any]:
    """What ``code`` means and how it is mended, which GitHub shows beside its findings."""
    from book.base.explain import explanations

    told = explanations()[code]
    return {
        "id": code,
        "shortDescription": {"text": CODES[code].meaning},
        "fullDescription": {"text": told.why},
        "help": {"text": told.mend},
    }


def _result(one: Finding) -> dict[str, Any]:
    place = one.place
    region = {"startLine": place.line} if place.line else {}
    region |= {"startColumn": place.column} if place.line and place.column else {}
    where: dict[str, Any] = {"artifactLocation": {"uri": place.path}}
    where |= {"region": region} if region else {}
    return {
        "ruleId": one.code,
        "level": "error" if one.severity is Severity.ERROR else "warning",
        "message": {"text": f"{one.message} {one.hint}".strip()},
        "locations": [{"physicalLocation": where}],
    }
