"""Templates: ours, and those of a book or its theme, which stand in place of ours by name.

Ours are run here. Others may come from strangers: they are run in a process with bounds
(:mod:`book.theme.sandbox`), what they make is looked at (:mod:`book.theme.pagecheck`), and where
something is wrong ours are used instead, with a finding.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from book.base.codes import finding
from book.base.data import replace
from book.base.errors import BoundsError, TemplateError
from book.cache.bounded import bounded
from book.cache.memo import memo
from book.cache.processes import is_bounded
from book.cache.store import key
from book.model import Place
from book.theme.sources import TemplateFault, TemplateText

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from book.cache.store import Store
    from book.model import Finding
    from book.theme.views import View

#: For machines, and no part of the looks: these can't be replaced.
FIXED = frozenset({"metadata.xmp", "epub-ncx.xhtml", "press.xmp", "wrap.html"})
#: What a page may take: a thousand times what it needs in ours.
SECONDS, MEMORY = 10, 2**30
_HINT = "docs/themes.md says what templates are handed; ours is used instead."


#: Makes a page of a view.
Dress = Callable[["View"], str]


class Templates(Struct, frozen=True):
    """The templates of a book: ``own`` are those that stand in place of ours, by name."""

    own: Mapping[str, TemplateText] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What pages are kept under; empty if all are ours."""
        parts = (part for name in sorted(self.own) for part in (name, self.own[name].text))
        return key("templates", *parts) if self.own else ""

    def touch(self, name: str) -> bool:
        """Whether a page of the template ``name`` is made by one that is not ours."""
        return not self.own.keys().isdisjoint(_reached(name))

    def without(self, path: str) -> Templates:
        """These without the one in the file ``path``; without any, if it is none of them."""
        own = {name: one for name, one in self.own.items() if one.path != path}
        return Templates(own if len(own) < len(self.own) else {})

    def unset(self, words: str, name: str = "") -> Finding:
        """S006: the typesetter fails at a page, that of the template ``name`` if that is known."""
        others = sorted(self.own, key=lambda one: one.startswith("epub"))  # which it doesn't set
        path = _first(self, name) if name else self.own[others[0]].path
        return _finding(TemplateFault(path, 0, f"The typesetter fails at a page: {words}"))


class Made(Struct, frozen=True):
    """A page that a template made, or what was wrong."""

    page: str
    faults: tuple[TemplateFault, ...]


def rendered(templates: Templates, view: View, store: Store) -> str:
    """The page that the template of ``view`` makes; ``store`` keeps those of strangers'.

    Raises TemplateError, with a finding that names the template's file, if one that is not ours
    can't be used.
    """
    if not templates.touch(view.template):
        return plain(view)
    from book.theme.pagecheck import PageError, Slots, looked_at

    slots = Slots()
    bare = slots.emptied(view)
    path = _first(templates, view.template)
    parts = templates.digest, view.template, repr(bare)
    made = memo(store, "page", Made, parts, partial(_made, templates, bare, path))
    if made.faults:
        raise TemplateError(_finding(made.faults[0]))
    try:
        return looked_at(made.page, view, slots)
    except PageError as problem:
        raise TemplateError(_finding(_placed(problem, templates, path))) from None


def _made(templates: Templates, bare: View, path: str) -> Made:
    make = partial(run, templates, bare)
    try:
        # A process of a pool has bounds of its own, and may have no other below it.
        return Made(*(make() if is_bounded() else bounded(make, SECONDS, MEMORY)))
    except BoundsError as problem:
        return Made("", (TemplateFault(path, 0, str(problem).capitalize()),))


def plain(view: View) -> str:
    """The page that our own template makes of ``view``."""
    from book.theme.sandbox import handed

    return environment().get_template(view.template).render(handed(view))


def run(templates: Templates, view: View) -> tuple[str, tuple[TemplateFault, ...]]:
    """The page of ``view``, made in this process, and what is wrong; see :func:`rendered`."""
    from book.theme.sandbox import run

    return run(_sources(templates), view)


def tried(templates: Templates, store: Store) -> tuple[Templates, tuple[Finding, ...]]:
    """``templates`` without those that can't be used, and what is wrong with them.

    Each is read, and makes a page of a sample; ``store`` keeps how it went.
    """
    found: list[Finding] = []
    while templates.own:
        parts = templates.digest, repr(sorted(templates.own))
        made = memo(store, "tried", Made, parts, partial(_tried, templates))
        if not made.faults:
            break
        found += map(_finding, made.faults)
        for fault in made.faults:
            if any(one.path == fault.path for one in templates.own.values()):
                templates = templates.without(fault.path)
    return templates, tuple(found)


def _tried(templates: Templates) -> Made:
    return Made("", _faults(templates))


def attempt(templates: Templates) -> tuple[TemplateFault, ...]:
    """What is wrong with ``templates``: as they are read, else as they make pages of samples."""
    from book.theme.pagecheck import PageError, Slots, looked_at
    from book.theme.sandbox import read
    from book.theme.views import VIEWS
    from book.theme.viewtypes import names, sample

    known = {name for view in VIEWS for name in names(view)}
    if faults := read(_sources(templates), known) or _unused(templates):
        return faults
    for view in VIEWS:
        if not templates.touch(view.template):
            continue
        slots, page = Slots(), sample(view)
        text, faults = run(templates, slots.emptied(page))
        if faults:
            return faults
        try:
            looked_at(text, page, slots)
        except PageError as problem:
            return (_placed(problem, templates, _first(templates, view.template)),)
    return ()


@cache
def environment() -> jinja2.Environment:
    """Our templates: strict about names, escaping by default."""
    import jinja2

    from book.theme.sandbox import dir_attribute, options

    made = jinja2.Environment(loader=jinja2.FunctionLoader(_text), **options())
    made.filters["dir"] = dir_attribute
    return made


@cache
def ours() -> tuple[str, ...]:
    """The names of our templates that can be replaced."""
    folder = Path(__file__).parent / "templates"
    return tuple(sorted({one.name for one in folder.iterdir() if one.is_file()} - FIXED))


def _text(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text("utf-8")


def _sources(templates: Templates) -> Mapping[str, TemplateText]:
    return {**{name: TemplateText(_text(name)) for name in ours()}, **templates.own}


@cache
def _reached(name: str) -> frozenset[str]:
    """The templates that our ``name`` is made of: its own name, and all that it names."""
    from jinja2 import meta

    named = meta.find_referenced_templates(environment().parse(_text(name)))
    return frozenset({name}).union(*(_reached(one) for one in named if one))


def _first(templates: Templates, name: str) -> str:
    """The file of the template that is to blame for a page, if it is not known better."""
    found = templates.own.get(name)
    others = (templates.own[one] for one in sorted(_reached(name)) if one in templates.own)
    return (found or next(others)).path


def _faults(templates: Templates) -> tuple[TemplateFault, ...]:
    """What is wrong with ``templates``, found in a process with bounds."""
    try:
        return bounded(partial(attempt, templates), SECONDS, MEMORY)
    except BoundsError as problem:
        words = str(problem)
    # One of them never ends, or grows: each is tried without the others.
    for name, source in templates.own.items() if len(templates.own) > 1 else ():
        try:
            bounded(partial(attempt, replace(templates, own={name: source})), SECONDS, MEMORY)
        except BoundsError as problem:
            return (TemplateFault(source.path, 0, str(problem).capitalize()),)
    paths = (one.path for one in templates.own.values())
    return tuple(TemplateFault(path, 0, words.capitalize()) for path in paths)


def _unused(templates: Templates) -> tuple[TemplateFault, ...]:
    """Templates that stand in place of none of ours, and that no other names."""
    from difflib import get_close_matches

    from jinja2 import meta

    read = [environment().parse(one.text) for one in templates.own.values()]
    named = {name for one in read for name in meta.find_referenced_templates(one)}
    if None in named:  # It is worked out when it runs.
        return ()
    found = []
    for name, source in templates.own.items():
        if name not in named and name not in ours():
            near = get_close_matches(name, ours(), n=1)
            hint = f"Did you mean `{near[0]}`?" if near else ""
            found.append(
                TemplateFault(source.path, 0, "No template is called so, and none names it", hint)
            )
    return tuple(found)


def _placed(problem: Exception, templates: Templates, path: str) -> TemplateFault:
    """What is wrong with a page, in the line of a template that has to do with it, if one has."""
    words, needle = str(problem), getattr(problem, "needle", "")
    for source in templates.own.values():
        for number, line in enumerate(source.text.splitlines(), 1):
            if needle and needle in line:
                return TemplateFault(source.path, number, words)
    return TemplateFault(path, 0, words)


def _finding(fault: TemplateFault) -> Finding:
    hint = f"{fault.hint} {_HINT}".strip()
    return finding("S006", Place(fault.path, fault.line), f"{fault.words}.", hint)
