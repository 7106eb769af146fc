"""W005: one word in two spellings (colour, color; naïve, naive; co-operate, cooperate).

Of each chapter its words are kept, of the book only those are compared that may be written in
two ways. Names (all that begins with a capital), code and quotations have their own spelling.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from book.base.codes import finding
from book.base.patterns import pattern
from book.base.xml import tags
from book.checks.foreign import phrases
from book.checks.prose import MASK, paragraphs
from book.checks.wording import QUOTED
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from book.checks.prose import ProseLine
    from book.checks.wording import Chaptered
    from book.model import Finding

_WORD = pattern(
    r"\b(?<![\ufffc.@/-])(?:[^\W\d_A-Z][^\W\d_]{2,}(?:-[^\W\d_]+)*"
    r"|[^\W\d_A-Z][^\W\d_]?(?:-[^\W\d_]+)+)(?![\w\ufffc@/-])"
)
#: What such a word stands in alone, or before a full stop: most of a book are the same few.
_RUN = pattern(r"[\w\ufffc.@/-]+")
#: Verbs in -ise and -ize, and -yse and -yze, with what is made of them; those in which an s or a
#: z says something else.
_ISE = pattern(r"(?P<stem>[a-z]{2,}[iy])[sz](?P<end>e[ds]?|ing|ations?|ers?|able|ingly)")
_NOT_ISE = tags("pri chi sei rai")
_OUR = pattern(
    r"(?P<stem>arm|behavi|cand|clam|col|demean|endeav|enam|fav|ferv|flav|harb|hon|hum|lab|misdemean"
    r"|neighb|od|parl|ranc|rig|rum|savi|sav|splend|succ|tum|val|vap|vig)ou?r"
    r"(?P<end>s|ed|ing|ful|less|able|ably|ite|ites|hood|hoods|ly|al|y|er|ers|ist|ists)?"
)
#: Pairs that no rule makes, and their endings: what is kept is their first spelling.
_EN = {
    one: pair.partition("/")[0]
    for pair in tags(
        """centre/center theatre/theater fibre/fiber lustre/luster sombre/somber spectre/specter
        sabre/saber calibre/caliber meagre/meager sceptre/scepter grey/gray plough/plow
        mould/mold sceptical/skeptical sceptic/skeptic scepticism/skepticism judgement/judgment
        acknowledgement/acknowledgment ageing/aging defence/defense offence/offense
        pretence/pretense encyclopaedia/encyclopedia mediaeval/medieval archaeology/archeology
        manoeuvre/maneuver catalogue/catalog dialogue/dialog travelled/traveled
        travelling/traveling traveller/traveler cancelled/canceled cancelling/canceling
        labelled/labeled labelling/labeling modelled/modeled modelling/modeling
        signalled/signaled signalling/signaling marvellous/marvelous jewellery/jewelry
        woollen/woolen fulfil/fulfill skilful/skillful instalment/installment
        enrolment/enrollment aluminium/aluminum artefact/artifact connexion/connection
        gaol/jail tsar/czar focussed/focused"""
    )
    for one in pair.split("/")
}
_DE = {
    one: pair.partition("/")[0]
    for pair in tags(
        """dass/daß muss/muß musste/mußte mussten/mußten wusste/wußte wussten/wußten lässt/läßt
        gewiss/gewiß bisschen/bißchen bewusst/bewußt passt/paßt ließ/liess"""
    )
    for one in pair.split("/")
}
_PAIRS = {"en": _EN, "de": _DE}
#: With and without an accent, or a hyphen, these are two words.
_TWO_WORDS = tags(
    """resume expose pate rose mate sake lame attache saute passe pique consomme recover resign
    reform recreation represent resent resort relay reserve resound retreat coop unionized
    reprove redress remark"""
)
#: Where an accent parts no words that are otherwise alike; elsewhere it says another word.
_ACCENTS_DECORATE = {"en"}


class Odd(NamedTuple):
    """A word that has another spelling: what both are listed under, and its first place."""

    key: str
    word: str
    place: Place


class Seen(Struct, frozen=True):
    """The words of a chapter: its ``path`` and ``language``, and those that are ``odd``.

    ``words`` are all, with spaces between them, and ``often`` the number of each.
    """

    path: str
    language: str
    words: str
    often: str
    odd: tuple[Odd, ...]

    def count(self, words: Sequence[str], wanted: Collection[str]) -> dict[str, int]:
        """How often each of the ``wanted`` ones of its ``words`` stands here."""
        at = [*compress(count(), map(wanted.__contains__, words))]
        often = self.often.split() if at else []
        return {words[one]: int(often[one]) for one in at}


#: Gives the :func:`first` place of a word in the chapter at a path.
First = Callable[[str, str], tuple[tuple[str, Place], ...]]


def seen(chapter: Chaptered) -> Seen:
    """The words of ``chapter``."""
    count: Counter[str] = Counter()
    texts = [(block, _text(chapter, block)) for block in _blocks(chapter)]
    runs: Counter[str] = Counter()
    for _, text in texts:
        runs.update(_RUN.findall(text))
    for run, number in runs.items():
        word = run.partition(".")[0]
        if _WORD.fullmatch(word):
            count[word] += number
    keys = {word: key for word in count if (key := _key(word, chapter.language))}
    places = dict(_places(chapter, texts, keys)) if keys else {}
    odd = tuple(Odd(key, word, places[word]) for word, key in sorted(keys.items()))
    words, often = " ".join(count), " ".join(map(str, count.values()))
    return Seen(chapter.path, chapter.language, words, often, odd)


def first(chapter: Chaptered, word: str) -> tuple[tuple[str, Place], ...]:
    """``word`` and its first place in ``chapter``; nothing if it is not there."""
    texts = [(block, _text(chapter, block)) for block in _blocks(chapter)]
    return tuple(_places(chapter, texts, [word]))


def mixed(found: Sequence[Seen], first: First) -> Iterator[Finding]:
    """W005 for the rarer spelling of a word, at its first place in each chapter.

    ``first`` is asked for the place of words that were not odd in themselves.
    """
    for language in sorted({one.language for one in found}):
        own = [one for one in found if one.language == language]
        said = [one.words.split() for one in own]
        groups: dict[str, set[str]] = {}
        for one in own:
            for odd in one.odd:
                groups.setdefault(odd.key, set()).add(odd.word)
        for word in set[str]().union(*map(frozenset(groups).intersection, said)):
            groups[word].add(word)
        several = [
            words for words in groups.values() if len({_form(word, language) for word in words}) > 1
        ]
        wanted = frozenset[str]().union(*several)
        often = {one.path: one.count(words, wanted) for one, words in zip(own, said, strict=True)}
        for spellings in several:
            yield from _rarer(own, spellings, often, first)


def _rarer(
    found: Sequence[Seen],
    spellings: set[str],
    often: Mapping[str, Mapping[str, int]],
    first: First,
) -> Iterator[Finding]:
    """The same for one word; ``often`` says how often each stands in the chapter at a path."""
    language = found[0].language
    count = {word: sum(often[one.path].get(word, 0) for one in found) for word in sorted(spellings)}
    usual = _usual(language, count)
    for one in found:
        places = {odd.word: odd.place for odd in one.odd}
        for word in count:
            if _form(word, language) == _form(usual, language) or word not in often[one.path]:
                continue
            if word not in places:
                places |= dict(first(one.path, word))
            often_so = "once" if count[usual] == 1 else f"{count[usual]} times"
            message = f"“{word}” stands here, and “{usual}” {often_so} in the book."
            hint = "Write one of the two in both places, or silence it if they are two words."
            yield finding("W005", places[word], message, hint)


def _usual(language: str, count: Mapping[str, int]) -> str:
    """The spelling that most of the forms of a word have, in its most frequent form."""
    forms: Counter[str] = Counter()
    for word, number in count.items():
        forms[_form(word, language)] += number
    best = max(forms, key=lambda form: forms[form])
    fitting = [word for word in count if _form(word, language) == best]
    return max(fitting, key=lambda word: count[word])


def _blocks(chapter: Chaptered) -> Iterator[tuple[ProseLine, ...]]:
    return paragraphs(chapter.lines, "prose", "note", "heading")


def _text(chapter: Chaptered, block: tuple[ProseLine, ...]) -> str:
    """The text of ``block`` with quotations and other languages masked."""
    plain = (chapter.plain[line.number - chapter.skipped - 1] for line in block)
    text = "\n".join(_own(line.text, whole) for line, whole in zip(block, plain, strict=True))
    return QUOTED.sub(lambda one: re.sub(r"[^\n]", MASK, one.group()), text)


def _places(
    chapter: Chaptered,
    texts: Iterable[tuple[tuple[ProseLine, ...], str]],
    words: Collection[str],
) -> Iterator[tuple[str, Place]]:
    """The first place of each of the ``words``."""
    blocks = list(texts)
    whole = "\n".join(text for _, text in blocks)
    starts = [0, *accumulate(len(text) + 1 for _, text in blocks)]
    for word in words:
        at = whole.find(word)
        while at >= 0 and not ((found := _WORD.match(whole, at)) and found.group() == word):
            at = whole.find(word, at + 1)
        if at >= 0:
            number = bisect_right(starts, at) - 1
            yield word, chapter.at(blocks[number][0], at - starts[number])


def _own(text: str, plain: str) -> str:
    """A line without what is marked as another language."""
    if "lang=" in plain:
        for start, end, _ in phrases(plain):
            text = text[:start] + MASK * (end - start) + text[end:]
    return text


@cache
def _key(word: str, language: str) -> str:
    """What the spellings of ``word`` are listed under; empty if it has but one."""
    if pair := _PAIRS.get(language, {}).get(word):
        return pair
    if language == "en":
        if (found := _ISE.fullmatch(word)) and found["stem"] not in _NOT_ISE:
            return f"{found['stem']}ze"
        if found := _OUR.fullmatch(word):
            return f"{found['stem']}our"
    plain = word.replace("-", "")
    if language in _ACCENTS_DECORATE and not plain.isascii():
        plain = "".join(
            one for one in unicodedata.normalize("NFD", plain) if not unicodedata.combining(one)
        )
    return plain if plain != word and plain not in _TWO_WORDS else ""


@cache
def _form(word: str, language: str) -> str:
    """Which of its spellings ``word`` has, whatever its ending."""
    if language == "en":
        if found := _ISE.fullmatch(word):
            return word[: found.end("stem") + 1]
        if found := _OUR.fullmatch(word):
            return "our" if "our" in word[len(found["stem"]) :] else "or"
    return word
