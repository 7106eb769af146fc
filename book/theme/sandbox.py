"""A template of a stranger's, run: in Jinja2's sandbox, within a process that has bounds.

The sandbox (Jinja2, *Sandbox*, immutable) keeps a template from all but the data that it is
handed; the process ends what never ends or grows beyond all measure, which no sandbox can.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from book.base import data
from book.base.errors import BoundsError
from book.base.scripts import direction
from book.theme.sources import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from book.theme.sources import TemplateText
    from book.theme.views import View

#: So many letters a page may have; a chapter's text, which is put in later, does not count.
LONGEST = 4_000_000
_NAME = re.compile(r"'(\w+)' is undefined|no attribute '(\w+)'")


def options() -> dict[str, Any]:
    """How all templates are read, ours and others: strict about names, escaping by default."""
    return {
        "autoescape": True,
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }


def run(sources: Mapping[str, TemplateText], view: View) -> tuple[str, tuple[TemplateFault, ...]]:
    """The page that the template of ``view`` makes of it; empty if there are faults.

    ``sources`` are all templates by their names. What never ends does not end here either.
    """
    environment = _environment(sources)
    first = next((one.path for one in sources.values() if one.path), "")
    try:
        text = environment.get_template(view.template).render(handed(view))
    except jinja2.TemplateSyntaxError as problem:
        return "", (
            TemplateFault(problem.filename or first, problem.lineno, _words(problem.message)),
        )
    except jinja2.TemplateNotFound as problem:
        path, line = _where(problem, sources)
        near = _near(str(problem.name or ""), sources)
        return "", (
            TemplateFault(path or first, line, f"There is no template `{problem.name}`", near),
        )
    except Exception as problem:  # noqa: BLE001 # whatever a template leads to
        path, line = _where(problem, sources)
        return "", (TemplateFault(path or first, line, _said(problem), _unknown(problem, view)),)
    if len(text) > LONGEST:
        raise BoundsError(f"it makes more than {LONGEST:,} letters")
    return text, ()


def read(sources: Mapping[str, TemplateText], known: Iterable[str]) -> tuple[TemplateFault, ...]:
    """What is wrong with templates before they run: their syntax, and names that aren't there."""
    environment, found = _environment(sources), list[TemplateFault]()
    known = {*known, *(name for one in sources.values() for name in _given(environment, one))}
    for name, source in sources.items():
        if not source.path:
            continue
        try:
            tree = environment.parse(source.text, name, source.path)
            unknown = meta.find_undeclared_variables(tree) - known
            environment.compile(tree, name, source.path)
        except jinja2.TemplateSyntaxError as problem:
            found.append(TemplateFault(source.path, problem.lineno, _words(problem.message)))
            continue
        except RecursionError:
            found.append(TemplateFault(source.path, 0, "It is nested too deep"))
            continue
        for one in tree.find_all(nodes.Name):
            if one.name in unknown:
                unknown.discard(one.name)
                words, hint = f"`{one.name}` is not known here", _near(one.name, known)
                found.append(TemplateFault(source.path, one.lineno, words, hint))
    return tuple(found)


def _given(environment: jinja2.Environment, source: TemplateText) -> Iterator[str]:
    """The names that a template gives to what it works with, which it may hand to others."""
    try:
        tree = environment.parse(source.text)
    except (jinja2.TemplateSyntaxError, RecursionError):
        return
    yield from (one.name for one in tree.find_all(nodes.Name) if one.ctx != "load")
    yield from (one.name for one in tree.find_all(nodes.Macro))
    yield from (one.target for one in tree.find_all(nodes.Import))
    for some in tree.find_all(nodes.FromImport):
        yield from (one if isinstance(one, str) else one[1] for one in some.names)


def handed(view: View) -> dict[str, Any]:
    """What the template of ``view`` is handed, by name."""
    return {name: getattr(view, name) for name in data.names(view)}


def dir_attribute(language: str, around: str = "") -> Markup:
    """The attribute ``dir`` for a text in ``language``, if it is written the other way.

    What stands ``around`` it is from left to right, unless that is a language written otherwise.
    """
    way = direction(language)
    return Markup("" if way == direction(around) else f' dir="{way}"')


def _environment(sources: Mapping[str, TemplateText]) -> jinja2.Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        found = sources.get(name)
        return (found.text, found.path or name, None) if found else None

    made = ImmutableSandboxedEnvironment(loader=jinja2.FunctionLoader(load), **options())
    made.filters["dir"] = dir_attribute
    del made.globals["lipsum"]  # chance, and the same input is to give the same bytes
    del made.filters["random"]
    return made


def _where(problem: BaseException, sources: Mapping[str, TemplateText]) -> tuple[str, int]:
    """The innermost file and line of a book's template that ``problem`` comes from."""
    paths = {one.path for one in sources.values() if one.path}
    found, trace = ("", 0), problem.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in paths:
            found = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return found


def _said(problem: Exception) -> str:
    match problem:
        case MemoryError():
            return "It takes too much memory"
        case RecursionError():
            return "It is nested too deep"
        case SecurityError():
            return f"This is not served: {_words(problem)}"
        case jinja2.UndefinedError() if found := _NAME.search(str(problem)):
            return f"`{found[1] or found[2]}` is not known here"
    return f"It fails: {_words(problem)}"


def _words(problem: object) -> str:
    return " ".join(str(problem).split())[:160].rstrip(".")


def _unknown(problem: Exception, view: View) -> str:
    """The nearest name to one that a template asks for in vain."""
    found = _NAME.search(str(problem))
    return _near(found[1] or found[2], set(_names(view))) if found else ""


def _names(value: object) -> Iterator[str]:
    """The names of all that is handed over, and of all that this has."""
    if isinstance(value, tuple):
        for one in value[:1]:
            yield from _names(one)
    elif data.is_data(value):
        for name in data.names(value):
            yield name
            yield from _names(getattr(value, name))


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"Did you mean `{near[0]}`?" if near else ""
