"""What no line's end may part: a page from its "p.", a number from its unit, initials, dates.

The table is by language: what stands before a number ("p. 282", "S. 5", "n° 7"), units and eras
behind one, abbreviations of several letters ("z. B."). Days and months are CLDR's. Only a space
that a writer typed as a plain one is changed, and only where both sides are what they seem:
"p." before a digit, a unit behind one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.patterns import pattern
from book.base.xml import tags
from book.dates.cldr import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

_HARD = "\u00a0"
#: A gap that a number, or a full stop, stands beside; it begins with a letter that can be
#: looked for quickly, and what stands before it is looked at behind it.
_NUMERAL = r"\d\u00b2\u00b3\u00b9\u2070-\u2079"
_GAP = pattern(
    rf"(?<![ \t\n])[ \t\n](?:(?<=[.{_NUMERAL}].)|(?<=[{_NUMERAL}]\S.)|(?<=[{_NUMERAL}]\S\S.)"
    rf"|(?=[ \t\n]*[{_NUMERAL}]))[ \t\n]*+",
    re.DOTALL,
)
#: What may stand directly before a word or a number that is judged.
_LEAD = pattern(r"[\s(\[{\u2012-\u2015/\"'\u2018-\u201f\u00ab\u00bb\u2039\u203a,;:]")
_LONGEST = 14

#: Before a number, in every language, and in some.
_COUNTED = "p. pp. vol. vols. nr. fig. figs. cf. c. ca. fol. fols. col. art. cap. op."
_COUNTED_IN = {
    "en": "no. nos. ch. chs. chap. chaps. sec. sect. bk. bks. pt. pts. pl. pls. n. nn. l. ll. f. "
    "ff. para. paras. eq. eqs. tab. ex. v. vv. ms. mss. s. ss. cl. r. b. d. fl.",
    "de": "s. sp. bd. bde. nrn. nro. abb. abbn. tab. taf. kap. abschn. anm. z. zz. h. jg. aufl. "
    "str. ziff. bl. nr",
    "fr": "chap. t. n. n° nº nᵒ n°s nºs no. nos. f. f° l. pl. v. tabl. liv. éd. bd.",
    "es": "pág. págs. capít. caps. t. n.º nº n.° n° núm. núms. lám. lín. n. nn. h.",
    "it": "pag. pagg. n. nn. n° nº capp. t. tav. tavv. r. v. vv. s. ss. f. ff. c. cc.",
    "pt": "pág. págs. capít. caps. t. n.º nº n.° n° núm. n. f. ff. v. est.",
    "nl": "blz. bl. dl. hfst. h. afb. nrs. r. jrg. bd. nr",
    "pl": "s. ss. str. t. tt. rys. tab. rozdz. poz. il. ok. w. z. ryc. k. r. nr",
    "ru": "с. стр. т. тт. № гл. рис. табл. вып. кн. ч. ст. п. л. д. ок. илл.",
    "sv": "s. sid. bd. bd kap. nr avd. bil. st. omkr. fig",
    "cs": "s. str. sv. č. obr. tab. kap. odd. ř. pozn. r.",
    "el": "σ. σσ. σελ. τ. αρ. κεφ. εικ. π.",
}
_COUNTED_IN |= dict.fromkeys(("da", "nb", "nn", "no"), _COUNTED_IN["sv"])
_COUNTED_IN["sk"] = _COUNTED_IN["cs"]
#: These may stand before a Roman number as well.
_ROMANS = tags(
    "p. pp. vol. vols. ch. chap. bk. pt. pl. s. bd. kap. t. cap. capp. dl. rozdz. liv. tav. fol."
    " capít. pág. pag. taf. hfst. т. гл. с."
)
_ROMAN = pattern(r"(?:[ivxlc]{1,8}|[IVXLCDM]{1,8})(?!\w)")
_SIGNS = "§¶№"
_MONEY = "€£$¥"

#: Behind a number: units that are no words of any language here, and those that are of some.
_UNITS = (
    "km m cm mm dm nm µm μm km² m² cm² mm² m³ cm³ km/h m/s kg g mg "
    "µg μg t ms min h l L ml mL cl dl hl Hz kHz MHz GHz kW MW GW kWh MWh kV mA kJ MJ kcal cal hPa "
    "kPa MPa mol dB kB MB GB TB KB MiB GiB px pt rpm EUR USD GBP CHF"
)
_UNITS_IN = {
    "en": "s ha ft yd mi lb lbs oz mph bar ff. f. BC AD BCE CE B.C. A.D. a.m. p.m. am pm",
    "de": "s ha bar f. ff. Uhr Mio. Mrd. v. n. Jh.",
    "fr": "s ha bar F FF av. apr. sq. sqq. éd.",
    "es": "s bar a. d. ss. s. pesetas",
    "it": "s bar a.C. d.C. s. ss. a. d.",
    "pt": "s ha bar a.C. d.C. a. d. ss. s.",
    "nl": "s ha bar e.v. v.Chr. n.Chr. v. n. uur f. ff.",
    "pl": "s ha bar zł r. w. n.e. p.n.e. nn.",
    "ru": "км м см мм кг г мг т л га ч мин руб. коп. г. гг. в. вв. км/ч м² км² тыс. млн млрд",
    "sv": "s bar kr e.Kr. f.Kr. f. ff.",
    "cs": "ha Kč l. ha r. st.",
    "el": "π.Χ. μ.Χ. χλμ. μ.",
}
_UNITS_IN |= dict.fromkeys(("da", "nb", "nn", "no"), "ha bar kr kr. e.Kr. f.Kr. f. ff.")
_UNITS_IN["sk"] = "ha r. st."
#: Languages that part thousands by a point or a comma, and never by a space.
_POINTED = frozenset({"en", "ja", "zh", "ko", "he", "th"})

_INITIALS = pattern(r"(?:[^\W\d_]\.-?)+")
_INITIAL = pattern(r"[^\W\d_]\.")
_SHORT = pattern(r"(?:[^\W\d_]{1,2}|Chr|Kr)\.(?!\w)")
_ONE = pattern(r"[^\W\d_]\.(?!\w)")
_THOUSAND = pattern(r"\d{3}(?!\d)")
_HUNDREDS = pattern(r"(?<![\d.,])\d{1,3}$|(?<=\d[\u00a0 \n])\d{3}$")
_DAY = pattern(r"\d{1,2}(?!\d)")
_TH = r"\d{1,2}(?:st|nd|rd|th|er|re|\u00ba|\u00b0|e)?"


class _Held(Struct, frozen=True):
    """What is held together in one language."""

    code: str
    counted: frozenset[str]
    roman: frozenset[str]
    units: re.Pattern[str]
    day: re.Pattern[str]
    month: re.Pattern[str]
    #: Names of months before a day, where they stand so.
    leading: frozenset[str]


def held(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Where plain spaces of ``text`` are to be no-break ones: their ends, and that space."""
    known: _Held | None = None  # It takes a calendar, which most texts need not.
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if not start or end == len(text):
            continue
        last, counts = text[start - 1], text[end].isdigit()
        is_number = any(map(str.isdigit, text[max(0, start - 3) : start]))
        if not (is_number or counts or last == "."):
            continue
        left = _LEAD.split(text[max(0, start - _LONGEST) : start])[-1]
        if not left:
            continue
        known = known or _held(language)
        if (
            (counts and _counts(left, text, end, known))
            or (last.isdigit() and known.units.match(text, end))
            or (is_number and known.day.fullmatch(left) and known.month.match(text, end))
            or (last == "." and _is_short(left, text, end, known))
        ):
            yield start, end, _HARD


def _counts(left: str, text: str, at: int, known: _Held) -> bool:
    """Whether ``left`` says what the number at ``at`` counts: "p.", "§", "September"."""
    if left[-1] in _SIGNS or left in _MONEY or left.lower() in known.counted:
        return True
    if left in known.leading:
        return _DAY.match(text, at) is not None
    return (
        known.code not in _POINTED
        and _THOUSAND.match(text, at) is not None
        and _HUNDREDS.search(left) is not None
    )


def _is_short(left: str, text: str, at: int, known: _Held) -> bool:
    """Whether ``left``, which ends in a full stop, is an initial, or one half of "z. B."."""
    if left.lower() in known.roman and _ROMAN.match(text, at):
        return True
    if not _INITIALS.fullmatch(left):
        return False
    if left[0].isupper() and text[at].isupper():
        # "Charles V. He", "he and I. Then": a number, or a word, ends the sentence. But one that
        # has just ended does not end again: "in vain. V. Hammer".
        before = text[max(0, at - len(left) - 4) : max(0, at - len(left) - 1)].rstrip()
        is_first = before.endswith((".", "?", "!"))
        return left not in ("I.", "V.", "X.") or is_first or _INITIAL.match(text, at) is not None
    pattern = _ONE if known.code == "en" else _SHORT
    return len(left) == 2 and left.islower() and pattern.match(text, at) is not None


@cache
def _held(language: str) -> _Held:
    code = language.replace("_", "-").partition("-")[0].lower()
    counted = f"{_COUNTED} {_COUNTED_IN.get(code, '')}".split()
    units = f"{_UNITS} {_UNITS_IN.get(code, '')}".split()
    longest = sorted({re.escape(unit) for unit in units}, key=lambda unit: (-len(unit), unit))
    written = calendar(language)
    months = {*written.names, *written.names_alone}
    for brief in (calendar(language, short=True).short_names, written.short_names_alone):
        months |= {name.rstrip(".") for name in brief}
    months |= {"Sept"} if code == "en" else set()
    between = re.search(r"d(.*?)M", written.day)
    parts = between[1].replace("'", "") if between else " "
    point, _, word = parts.partition(" ")
    of = re.escape(word.rstrip()) + (r"\s+" if word.endswith(" ") else "")
    names = "|".join(sorted(map(re.escape, months), key=lambda name: (-len(name), name)))
    is_led = code == "en" or re.search(r"M[^d]* [^d]*d", written.day) is not None
    return _Held(
        code=code,
        counted=frozenset(counted),
        roman=_ROMANS & frozenset(counted),
        units=re.compile(
            rf"(?:{'|'.join(longest)})(?![\w'\u2019]|-\w)|[%\u2030\u00b0{_MONEY}]"
            rf"|[WVK](?![\w'\u2019.-]|\s[^\W\d_a-z])"
        ),
        day=re.compile(_TH + re.escape(point)),
        month=re.compile(rf"{of}(?:{names})(?![^\W\d_])"),
        leading=frozenset(months | {f"{name}." for name in months}) if is_led else frozenset(),
    )
