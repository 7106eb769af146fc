"""Where words end in scripts that are written without spaces, by libraries that know the languages.

Lao, Khmer and Burmese by ICU's dictionaries (``chapbook[lao]``, ``[khmer]``, ``[burmese]``). Thai
words are known to Pango itself by libthai; to a Pango that was made without it they are told by
ICU, too. Phrases of Chinese and Japanese titles by BudouX (with ``chapbook[cjk-ja]`` and
``[cjk-zh]``). Without these, lines end as Unicode has it (UAX 14).
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_END, _JOINED = "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}"
#: Runs of letters of a script, each with its language.
_RUNS = pattern(
    "(?P<lo>[\u0e80-\u0eff]{2,})|(?P<my>[\u1000-\u109f]{2,})|(?P<km>[\u1780-\u17ff]{2,})"
)
_THAI = pattern("(?P<th>[\u0e01-\u0e7f]{2,})")
#: Two words of Thai, and where the second begins; and where Pango is, as WeasyPrint looks for it.
_TWO_WORDS, _SECOND = "\u0e04\u0e19\u0e44\u0e17\u0e22", 2
_PANGO = (
    *("libpango-1.0-0", "pango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpango-1.0-0.dll",
)
_KANA = pattern("[\u3041-\u30ff]")
_EASTERN = pattern("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]{2,}")
#: A tag; its letters are no text.
_TAG = pattern("(<[^>]*>)")


def known(language: str) -> str:
    """Which of the libraries are there: what is made with their help is kept under it.

    Of Thai it is asked only for a book in that ``language``.
    """
    found = [name for name in ("icu", "budoux") if find_spec(name)]
    if language.lower().startswith("th") and divides_thai():
        found.append("thai")
    return " ".join(found)


@cache
def divides_thai() -> bool:
    """Whether the machine's Pango knows where words of Thai end, which takes it libthai.

    It is asked itself. Where it can't be found, what sets the pages can't be either, and says so.
    """
    for name in _PANGO:
        with suppress(OSError, AttributeError):
            pango = ctypes.CDLL(name)
            data, count = _TWO_WORDS.encode(), len(_TWO_WORDS) + 1
            of = pango.pango_language_from_string
            of.restype = ctypes.c_void_p
            # PangoLogAttr is a field of bits; the first says that a line may end there.
            found = (ctypes.c_uint32 * count)()
            language = ctypes.c_void_p(of(b"th"))
            pango.pango_get_log_attrs(data, len(data), -1, language, found, count)
            return bool(found[_SECOND] & 1)
    return True


#: What brings the words of a script, by a letter that stands for it.
EXTRAS = {"\u0e00": "thai", "\u0e80": "lao", "\u1000": "burmese", "\u1780": "khmer"}


def wanting(letters: Iterable[str]) -> dict[str, str]:
    """Letters among these of scripts whose words nobody here knows, each with the extra to install.

    Whoever has put U+200B between words has said where they end.
    """
    of_script = ((one, chr(ord(one) & ~0x7F)) for one in letters if "\u0e01" <= one <= "\u17ff")
    found = {one: EXTRAS[first] for one, first in of_script if first in EXTRAS}
    if not found or _END in letters or find_spec("icu"):
        return {}
    is_known = "thai" in found.values() and divides_thai()
    return {one: extra for one, extra in found.items() if extra != "thai" or not is_known}


def has_words(text: str) -> bool:
    """Whether ``text`` has words whose ends neither can be seen nor does Pango know."""
    return bool(_RUNS.search(text)) or (bool(_THAI.search(text)) and not divides_thai())


def with_ends(text: str) -> str:
    """``text`` (no markup) with U+200B between such words: of Lao, Khmer, Burmese, even Thai."""
    if not has_words(text) or not find_spec("icu"):
        return text
    if not divides_thai():
        text = _THAI.sub(lambda found: _ended(found.group(), "th"), text)
    return _RUNS.sub(lambda found: _ended(found.group(), found.lastgroup or ""), text)


def _ended(run: str, language: str) -> str:
    breaker = _icu(language)
    breaker.setText(run)
    # ICU counts in UTF-16; these scripts have no letter of more than one unit.
    places = [0, *breaker]
    return _END.join(run[start:end] for start, end in pairwise(places))


def phrases(text: str) -> list[str]:
    """``text`` (no markup) in phrases of Chinese or Japanese; whole if that is not known."""
    if not _EASTERN.search(text) or not find_spec("budoux"):
        return [text]
    return _budoux("ja" if _KANA.search(text) else "zh")(text)


def joined(title: str) -> str:
    """``title``, XHTML, with U+2060 between letters of a phrase: it breaks between phrases."""
    if not _EASTERN.search(title) or not find_spec("budoux"):
        return title
    return "".join(
        part if part.startswith("<") else "".join(_held(part)) for part in _TAG.split(title)
    )


def _held(text: str) -> Iterator[str]:
    for phrase in phrases(text):
        yield _EASTERN.sub(lambda found: _JOINED.join(found.group()), phrase)


@cache
def _icu(language: str) -> Any:
    import icu

    return icu.BreakIterator.createLineInstance(icu.Locale(language))


@cache
def _budoux(language: str) -> Callable[[str], list[str]]:
    import budoux

    if language == "ja":
        return budoux.load_default_japanese_parser().parse
    return budoux.load_default_simplified_chinese_parser().parse
