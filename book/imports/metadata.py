"""What a source says of its book, gathered from many shapes, and ``book.toml`` written of it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from book.base.data import replace
from book.base.text import UNPRINTABLE, is_language
from book.imports.ledger import plain
from book.imports.model import Metadata

if TYPE_CHECKING:
    from book.imports.ledger import Ledger

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ROLES = {"editor": "edt", "translator": "trl", "illustrator": "ill", "contributor": "ctb"}
# The commonest small words, by which a language is known from a page of it.
_SMALL_WORDS = {
    "en": "the of and to in that was it with is for as had you not a i on by be are at or do so",
    "de": "der die und das nicht ist zu den von mit sich des auf ein dem",
    "fr": "le la les et des est dans que une pour qui il pas du sur",
    "es": "el la de que los las en por con una para del se como más",
    "it": "il di che la per un non sono con del della le si gli nel",
    "pt": "o de que não os uma para com do da em as dos mais ao",
    "nl": "de het een en van is dat niet op te zijn voor met aan er",
    "pl": "i w nie na się że z do jest to jak o po co tak",
    "sv": "och att det i en som är på inte av för med den till var",
    "ru": "и в не на что с он как это по но из его за от",
}
_SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"), ("ko", "[\uac00-\ud7a3]"), ("zh", "[\u4e00-\u9fff]"),
    ("he", "[\u05d0-\u05ea]"), ("ar", "[\u0620-\u06ff]"), ("hi", "[\u0900-\u097f]"),
    ("th", "[\u0e00-\u0e7f]"), ("el", "[\u0370-\u03ff]"),
)  # fmt: skip


def gathered(said: Mapping[str, Any]) -> Metadata:
    """Metadata out of a table of any tool: keys without regard to case, values of any shape."""
    table = {str(key).casefold().replace("_", "-"): value for key, value in said.items()}

    def first(*keys: str) -> str:
        return next((text for key in keys if (text := text_of(table.get(key)))), "")

    contributors = [
        (name, role)
        for key, role in _ROLES.items()
        for name in names_of(table.get(key) or table.get(f"{key}s"))
    ]
    return Metadata(
        title=first("title", "booktitle", "book-title", "name"),
        subtitle=first("subtitle"),
        authors=tuple(
            names_of(table.get("author") or table.get("authors") or table.get("creator"))
        ),
        contributors=tuple(contributors),
        language=language_of(first("language", "lang", "locale")),
        date=date_of(table.get("date") or table.get("published") or ""),
        publisher=first("publisher"),
        rights=first("rights", "copyright", "license"),
        description=first("description", "abstract", "summary"),
        subjects=tuple(subjects_of(table.get("subject") or table.get("keywords"))),
        identifier=first("identifier", "isbn"),
        cover=first("cover-image", "epub-cover-image", "cover"),
    )


def text_of(value: Any) -> str:
    """A text, a number or a table's ``text`` as one line; empty for anything else."""
    if isinstance(value, Mapping):
        value = value.get("text") or value.get("name") or ""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or value is None or isinstance(value, list | Mapping):
        return ""
    return " ".join(UNPRINTABLE.sub(" ", plain(str(value))).split())


def names_of(value: Any) -> list[str]:
    """Names out of a text (parted by ``;``, ``and`` or ``&``), a list, or tables of names."""
    if isinstance(value, list):
        return [name for each in value for name in names_of(each)]
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("text") or value.get("literal") or value
        if isinstance(value, Mapping):
            family, given = text_of(value.get("family")), text_of(value.get("given"))
            return [name] if (name := ", ".join(part for part in (family, given) if part)) else []
        return names_of(value)
    return [name for each in re.split(r"\s*(?:;|\band\b|&)\s*", text_of(value)) if (name := each)]


def subjects_of(value: Any) -> list[str]:
    """Subjects out of a text with commas, or a list."""
    if isinstance(value, list):
        return [text for each in value if (text := text_of(each))]
    return [part.strip() for part in re.split(r"[,;]", text_of(value)) if part.strip()]


def language_of(text: str) -> str:
    """A language tag in its usual letters, ``de-DE`` for ``de_de.UTF-8``; empty if it is none."""
    tag = text.partition(".")[0].strip().replace("_", "-")
    if not is_language(tag) or tag.lower() in ("zxx", "und", "mul"):
        return ""
    parts = tag.split("-")
    shaped = ({2: part.upper(), 4: part.title()}.get(len(part), part) for part in parts[1:])
    return "-".join([parts[0].lower(), *shaped])


def date_of(value: Any) -> str:
    """A date as ISO 8601 has it, as exact as it was written; else the text that was there."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = text_of(value)
    if found := re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?$", text):
        return found[1]
    if found := re.fullmatch(r"(?:(\d{1,2})\.? )?([A-Za-z]+)\.?,? (?:(\d{1,2}),? )?(\d{4})", text):
        month = next((at for at, m in enumerate(_MONTHS, 1) if m.startswith(found[2].lower())), 0)
        day = found[1] or found[3]
        if month and len(found[2]) > 2:
            return f"{found[4]}-{month:02}" + (f"-{int(day):02}" if day else "")
    return text


def guessed(text: str) -> str:
    """The language that ``text`` seems to be in: by its letters, else by its smallest words."""
    letters = max(len(re.findall(r"[^\W\d_]", text)), 1)
    for language, pattern in _SCRIPTS:
        if len(re.findall(pattern, text)) > letters * 0.2:
            return language
    words = re.findall(r"[^\W\d_]+", text.casefold())
    small = {language: {*ours.split()} for language, ours in _SMALL_WORDS.items()}
    # Of another language, what is English as well tells nothing: "do" and "to" are Polish, too.
    telling = {one: ours - small["en"] if one != "en" else ours for one, ours in small.items()}
    counts = {one: sum(map(ours.__contains__, words)) for one, ours in telling.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "en"


def completed(said: Metadata, name: str, text: str, ledger: Ledger) -> Metadata:
    """``said`` with what a book must say, made up where the source is silent, and noted."""
    if not said.title:
        title = re.sub(r"[-_]+", " ", name).strip() if " " not in name else name
        title = title or "Untitled"
        ledger.add(f"The source doesn't say its title; book.toml says “{title}”.")
        said = replace(said, title=title)
    if not said.authors and not any(role == "edt" for _, role in said.contributors):
        ledger.add("The source names no author; book.toml says “Unknown”: put the name there.")
        said = replace(said, authors=("Unknown",))
    elif not said.authors:
        editors = tuple(name for name, role in said.contributors if role == "edt")
        ledger.add("The source names editors and no author; they stand as authors in book.toml.")
        said = replace(said, authors=editors)
    if not said.language:
        language = guessed(text)
        ledger.add(f"The source doesn't say its language; `{language}` is guessed from its words.")
        said = replace(said, language=language)
    return said


def toml(said: Metadata, ledger: Ledger) -> str:
    """``book.toml`` for ``said``, in the order in which the settings are documented."""
    lines = ["[book]", _pair("title", said.title)]
    lines += [_pair("subtitle", said.subtitle)] if said.subtitle else []
    lines += [_pair("authors", list(said.authors)), _pair("language", said.language)]
    lines += _date(said.date, ledger)
    for key in ("publisher", "rights", "description"):
        lines += [_pair(key, value)] if (value := getattr(said, key)) else []
    lines += [_pair("subjects", list(said.subjects))] if said.subjects else []
    for key in ("identifier", "cover"):
        lines += [_pair(key, value)] if (value := getattr(said, key)) else []
    for name, role in said.contributors:
        lines += ["", "[[book.contributors]]", _pair("name", name), _pair("role", role)]
    return "\n".join(lines) + "\n"


def _date(text: str, ledger: Ledger) -> list[str]:
    if not text:
        return []
    try:
        return [f"date = {datetime.date.fromisoformat(text).isoformat()}"]
    except ValueError:
        ledger.add(f"The date “{text}” is no day; book.toml needs one, such as 2026-05-31.")
        return [f"# date = {_string(text)}"]


def _pair(key: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"{key} = [{', '.join(map(_string, value))}]"
    return f"{key} = {_string(value)}"


def _string(text: str) -> str:
    """A basic string of TOML 1.0, which is JSON's but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
