"""People's names, found in the text and marked, so that nobody has to mark each of them.

Whoever stands under ``[people]`` is found by family name, by full name, and by what else the book
says. Within a chapter the first of a person's marks is a link, all count. The words stay as they
are: no name is marked within code or headings, and within links and quotations none is linked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from msgspec import Struct

from book.base.patterns import pattern
from book.base.xml import texts
from book.dates.historical import MONTHS
from book.model import Mention, Place, name_parts
from book.parse.ids import identifier

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from book.model import Name, Person

#: Where no name is looked for, and where one that is found is no link.
_SKIPPED = frozenset({"code", "pre", "kbd", "samp", "var", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNLINKED = frozenset({"a", "time", "blockquote", "q", "cite"})
_ADDRESS = pattern(r"(?:https?://|www\.)\S+|\S+@\S+")
_WORD = pattern(r"\w+")
_INITIALS = pattern(r"(?:(?<!\w)[^\W\d_]\.\s*)+$")
#: Languages that put an s behind a name without an apostrophe, and those that elide before one.
_GENITIVE, _ELIDING = frozenset({"de", "nl", "sv", "da", "nb", "nn", "no"}), frozenset({"fr", "it"})
#: Letters of scripts that put no spaces between words.
_UNSPACED = pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


class _Names(Struct, frozen=True):
    """What is looked for: ``keys`` gives for each spelling who is meant, None if nobody is.

    ``families`` are those that stand for a person by themselves and may be words as well;
    ``initials`` are those of each person's given names.
    """

    pattern: re.Pattern[str]
    keys: Mapping[str, str | None]
    families: frozenset[str]
    initials: Mapping[str, str]

    def meant(self, text: str, found: re.Match[str], words: Container[str]) -> str:
        """Who is meant by what was ``found`` in ``text``; empty if nobody is.

        ``words`` are those that the chapter writes with a small letter: a family's name that is
        one of them ("May", "Brown") means nobody without a given name.
        """
        name = _folded(found["name"])
        key = self.keys[name]
        if key is None or name not in self.families:
            return key or ""
        if name.lower() in words or name in MONTHS:
            return ""
        before = _INITIALS.search(text, max(0, found.start() - 20), found.start())
        own, others = self.initials[key], _WORD.findall(before.group()) if before else ()
        return "" if own and any(each not in own for each in others) else key


def mark(
    trees: Sequence[etree._Element], people: Mapping[str, Person], chapter: Here
) -> tuple[Mention, ...]:
    """Mark the names of ``people`` in ``trees``, in place; all mentions, in the trees' order."""
    known = {one.id: one for one in chapter.mentions}
    names = _names(tuple(people.items()), chapter.language.partition("-")[0].lower())
    if names:
        taken = {str(name) for tree in trees for name in tree.xpath(".//@id")}
        every = (identifier(chapter.slug, f"who.{number}") for number in count(1))
        free = (name for name in every if name not in taken)
        for element, key in _marked(trees, names):
            name = next(free)
            element.set("id", name)
            known[name] = Mention(name, key, Place(chapter.path))
    order = (str(one.get("id")) for tree in trees for one in tree.xpath(".//*[@data-who]"))
    return tuple(known[name] for name in order)


class Here(NamedTuple):
    """The chapter whose names are marked; ``mentions`` are those that its author has marked."""

    slug: str
    path: str
    language: str
    mentions: Sequence[Mention]


def _marked(trees: Sequence[etree._Element], names: _Names) -> Iterator[tuple[etree._Element, str]]:
    """Each name that is found, as a new element, and whose it is; the first of each is a link."""
    pieces = [piece for tree in trees for piece in texts(tree)]
    words = {word for *_, text in pieces for word in _WORD.findall(text) if word.islower()}
    linked: set[str] = set()
    for owner, slot, text in pieces:
        if slot == "text" and owner.tag == "a" and (key := owner.get("data-who")):
            linked.add(key)
        found = [(one, names.meant(text, one, words)) for one in _found(text, names)]
        found = [(one, key) for one, key in found if key]
        holder = owner if slot == "text" else owner.getparent()
        if not found or holder is None or holder.get("data-who"):
            continue
        around = {str(one.tag) for one in (holder, *holder.iterancestors())}
        if around & _SKIPPED:
            continue
        for (match, key), element in zip(found, _parted(owner, slot, found), strict=True):
            if key not in linked and not around & _UNLINKED:
                element.tag = "a"
                linked.add(key)
            element.text = match["name"]
            element.set("data-who", key)
            yield element, key


def _parted(
    owner: etree._Element, slot: str, found: Sequence[tuple[re.Match[str], str]]
) -> list[etree._Element]:
    """New elements in the place of what was ``found`` in a text, which is parted by them."""
    text = getattr(owner, slot)
    ends = [*(match.start("name") for match, _ in found[1:]), len(text)]
    elements = []
    for (match, _), end in zip(found, ends, strict=True):
        element = etree.Element("span")
        element.tail = text[match.end("name") : end]
        elements.append(element)
    setattr(owner, slot, text[: found[0][0].start("name")])
    parent = owner.getparent() if slot == "tail" else owner
    if parent is not None:
        at = parent.index(owner) + 1 if slot == "tail" else 0
        parent[at:at] = elements
    return elements


def _found(text: str, names: _Names) -> list[re.Match[str]]:
    found = list(names.pattern.finditer(text))
    if not found:
        return []
    addresses = [one.span() for one in _ADDRESS.finditer(text)]
    return [one for one in found if not any(a <= one.start() < b for a, b in addresses)]


@lru_cache(maxsize=8)
def _names(people: tuple[tuple[str, Person], ...], language: str) -> _Names | None:
    """What to look for; of a family's name that two share, nobody is meant but by ``also``."""
    keys: dict[str, str | None] = {}
    families: dict[str, str | None] = {}
    also: dict[str, str | None] = {}
    initials = {}
    for key, person in people:
        name = name_parts(person.name)
        initials[key] = "".join(word[0] for word in _WORD.findall(name.given))
        _claim(keys, _whole(name), key if person.auto else None)
        if person.auto:
            _claim(families, _alone(name.family), key)
            _claim(also, map(_folded, person.also), key)
        keys |= dict.fromkeys(map(_folded, person.other))
    keys = {**families, **keys, **also}
    spelled = sorted((name for name in keys if name), key=lambda name: (-len(name), name))
    if not spelled:
        return None
    own = frozenset(name for name in families if name not in also and keys[name])
    return _Names(_pattern(spelled, language), keys, own, initials)


def _claim(found: dict[str, str | None], spellings: Iterable[str], key: str | None) -> None:
    for spelling in set(spellings):
        found[spelling] = None if found.get(spelling, key) != key else key


def _whole(name: Name) -> Iterator[str]:
    """The full name, in either order; one name alone is a family's."""
    if name.given:
        yield from map(_folded, (name.display_name, f"{name.given} {name.family}"))
        yield _folded(f"{name.family} {name.given}")
        if _UNSPACED.match(name.family):
            yield name.family + name.given


def _alone(family: str) -> Iterator[str]:
    """A family's name, as it begins a sentence, and without a "von" or "de" before it."""
    words = family.split()
    yield _folded(family)
    yield _folded(family[:1].upper() + family[1:])
    while len(words) > 1 and words[0][0].islower():
        words.pop(0)
        yield _folded(" ".join(words))


def _folded(name: str) -> str:
    """A spelling, whichever apostrophes and spaces it has."""
    return " ".join(name.replace("'", "\u2019").split())


def _pattern(spelled: Sequence[str], language: str) -> re.Pattern[str]:
    """Any of the spellings as a word: no part of a longer one, nor of one with a hyphen."""
    before = r"(?<![\w\-\u2010\u2011])"
    if language not in _ELIDING:
        before += r"(?<!\w['\u2019])"
    genitive = "s?" if language in _GENITIVE else ""
    behind = rf"(?={genitive}(?![\w\-\u2010\u2011]))"
    kinds: dict[bool, list[str]] = {True: [], False: []}
    for name in spelled:
        kinds[bool(_UNSPACED.match(name))].append(name)
    first = "".join(sorted({re.escape(name[0]) for name in kinds[False]}))
    words = "|".join(map(_spelled, kinds[False]))
    parts = [f"{before}(?=[{first}])(?:{words}){behind}"] if words else []
    return re.compile(f"(?P<name>{'|'.join([*parts, *map(_spelled, kinds[True])])})")


def _spelled(name: str) -> str:
    """``name`` as a pattern, whichever apostrophes and spaces stand in it."""
    return re.escape(name).replace(r"\ ", r"\s+").replace("\u2019", "['\u2019]")
