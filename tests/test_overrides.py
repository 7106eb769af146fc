"""The contract with WeasyPrint: what of ours stands where, and what it was written against."""

from __future__ import annotations

import ast
import inspect
import pickle
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import weasyprint

from book.render.pdf.engine import export, overrides, upstream
from book.render.pdf.engine.overrides import OVERRIDES
from book.render.pdf.engine.reliances import RELIANCES
from book.render.pdf.engine.upstream import Definition, Override, UpstreamChangedError
from tests.volumes import Printed, one_chapter
from tools import upstream as tool

LIBRARY = Path(weasyprint.__file__).parent
ROOT = Path(__file__).parent.parent


def found(place: str) -> Any:
    """What stands at ``module:name``."""
    module, _, path = place.partition(":")
    thing: Any = import_module(module)
    for step in path.split("."):
        thing = getattr(thing, step)
    return thing


class TestTheTable:
    @pytest.mark.parametrize("one", OVERRIDES, ids=lambda one: str(one.place))
    def test_what_is_ours_stands_in_its_place(self, one: Override) -> None:
        overrides.install()
        assert found(one.place) is one.ours

    @pytest.mark.parametrize("one", sorted(set(overrides.sources())), ids=lambda one: str(one.name))
    def test_what_ours_was_written_against_is_what_is_installed(self, one: Definition) -> None:
        assert upstream.digest_of(one.name) == one.digest

    def test_one_look_at_the_files_tells_as_much(self) -> None:
        """Users don't wait for each definition to be looked up."""
        assert upstream.digest_of_files(overrides.sources()) == overrides.MEASURED

    def test_each_place_is_against_what_stands_there(self) -> None:
        """The first of what an override is against is the definition that it takes the place of."""
        for one in OVERRIDES:
            name = one.place.rpartition(":")[2].split(".")[0]
            assert one.against[0].name.rpartition(":")[2] == name
            assert upstream.source_of(one.against[0].name)

    def test_everything_says_why(self) -> None:
        assert all(one.why.endswith(".") for one in (*OVERRIDES, *RELIANCES))

    def test_the_page_has_the_table(self) -> None:
        """If it is stale, run ``python tools/upstream.py --measured``."""
        text = tool.PAGE.read_text("utf-8")
        assert tool.page(text) == text
        assert all(f"`{one.place}`" in text for one in OVERRIDES)

    def test_weasyprint_is_held_to_the_version_that_was_measured(self) -> None:
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert f"weasyprint=={weasyprint.__version__}" in declared["dependencies"]


class TestAnotherUpstream:
    """A library that is not the one that ours was written against."""

    def test_is_refused_before_anything_is_put_in_place(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        overrides.install()
        other = Definition("weasyprint.layout.inline:text_align", "of another version")
        mine = Override("weasyprint.layout.inline:text_align", None, "It is ours.", (other,))
        monkeypatch.setattr(overrides, "OVERRIDES", (mine,))
        monkeypatch.setattr(overrides, "MEASURED", "of other files")
        with pytest.raises(UpstreamChangedError) as raised:
            overrides.install.__wrapped__()
        assert found(mine.place) is not None
        assert raised.value.others == (other,)
        words = f"weasyprint {weasyprint.__version__} can't be used"
        assert str(raised.value).startswith(words)
        assert "weasyprint.layout.inline:text_align" in str(raised.value)

    def test_may_differ_in_what_does_not_concern_us(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(overrides, "MEASURED", "of other files")
        overrides.install.__wrapped__()

    def test_may_have_dropped_something(self) -> None:
        gone = Definition("weasyprint.layout.inline:was_never_there", "0")
        assert upstream.source_of(gone.name) == ""
        assert upstream.changed([gone]) == [gone]

    def test_is_told_of_from_another_process(self) -> None:
        raised = UpstreamChangedError([Definition("pydyf:Stream", "0")])
        again = pickle.loads(pickle.dumps(raised))
        assert (again.others, str(again)) == (raised.others, str(raised))

    @pytest.mark.parametrize(
        "written",
        [
            b"<</Length 3>>\nstream\nabc",
            b"<</Length 3>>\r\nstream\r\nabc\r\nendstream",
            b"<</Length 4>>\nstream\nabc\nendstream",
            b"<</Length 3>>\nstream\nabc\nendstream\n",
            b"<<>>\nstream\nabc\nendstream",
        ],
    )
    def test_may_not_write_streams_in_another_way(self, written: bytes) -> None:
        said = b"<</A(b)/Length1 9/Length 13>>"
        content = b"\nendstream\nab"
        whole = said + b"\nstream\n" + content + b"\nendstream"
        assert export.parted(whole) == (said, content)
        with pytest.raises(UpstreamChangedError, match="pydyf"):
            export.parted(written)


class Call(NamedTuple):
    """A call in WeasyPrint: where, of what, and what it passes."""

    where: str
    what: str
    places: int
    names: tuple[str, ...]
    is_open: bool
    """Whether it passes a list or a mapping of more."""


@cache
def calls() -> tuple[Call, ...]:
    """Every call of a name or an attribute in WeasyPrint, with where the name was defined."""
    made = []
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = ["weasyprint", *path.relative_to(LIBRARY).with_suffix("").parts]
        module = ".".join(parts).removesuffix(".__init__")
        package = module if path.stem == "__init__" else module.rpartition(".")[0]
        tree = ast.parse(path.read_text("utf-8"))
        homes = dict(_homes(tree, package))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                if isinstance(node.func, ast.Name):
                    what = homes.get(node.func.id, f"{module}:{node.func.id}")
                else:
                    what = f".{node.func.attr}"
                starred = any(isinstance(one, ast.Starred) for one in node.args)
                names = [one.arg for one in node.keywords]
                made.append(
                    Call(
                        f"{module}, line {node.lineno}",
                        what,
                        len(node.args) - starred,
                        tuple(name for name in names if name),
                        starred or None in names,
                    )
                )
    return tuple(made)


def _homes(tree: ast.AST, package: str) -> Iterator[tuple[str, str]]:
    """The names that a module imports, wherever in it, and what they name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            home = resolve_name("." * node.level + (node.module or ""), package)
            yield from ((one.asname or one.name, f"{home}:{one.name}") for one in node.names)


def _accepts(ours: Any, call: Call, *, bound: bool) -> bool:
    """Whether ``ours`` takes what is passed; ``bound`` to an object that comes first."""
    signature = inspect.signature(ours)
    given = [None] * (call.places + bound), dict.fromkeys(call.names)
    bind = signature.bind_partial if call.is_open else signature.bind
    try:
        bind(*given[0], **given[1])
    except TypeError:
        return False
    return True


def _replaced(one: Override) -> Iterator[tuple[set[str], Any, bool]]:
    """Each function of theirs that ours replaces: how it is called, ours, and if it is a method."""
    name = one.place.rpartition(":")[2]
    if not isinstance(one.ours, type):
        method = "." in name
        homes = set() if method else {one.place, one.against[0].name}
        yield {*homes, f".{name.rpartition('.')[2]}"}, one.ours, method
        return
    ours = [kind for kind in one.ours.__mro__ if kind.__module__.startswith("book.")]
    theirs = one.ours.__mro__[len(ours)]
    yield {one.place, one.against[0].name}, one.ours, False
    for method_name in {name for kind in ours for name in vars(kind)} - {"__init__"}:
        method = getattr(one.ours, method_name)
        if inspect.isfunction(method) and hasattr(theirs, method_name):
            yield {f".{method_name}"}, method, True


@pytest.mark.parametrize("one", OVERRIDES, ids=lambda one: str(one.place))
def test_ours_takes_all_that_upstream_passes(one: Override) -> None:
    """By place or by name: WeasyPrint calls the same function in either way."""
    called = False
    for names, ours, is_method in _replaced(one):
        own = [call for call in calls() if call.what in names]
        called = called or bool(own)
        assert not [call for call in own if not _accepts(ours, call, bound=is_method)]
    assert called or one.place.startswith("pyphen")


def test_what_would_not_take_it_is_found() -> None:
    """The way in which tables by ``display: grid`` used to fail."""

    def ours(context: Any, box: Any, bottom_space: float, skip: Any, parent: Any) -> None:
        del context, box, bottom_space, skip, parent

    name = "weasyprint.layout.block:block_level_layout"
    refused = [
        call for call in calls() if call.what == name and not _accepts(ours, call, bound=False)
    ]
    assert any("layout.grid" in call.where for call in refused)


@pytest.mark.parametrize("display", ["grid", "flex", "inline-block", "table", "flow-root"])
def test_paragraphs_may_be_displayed_in_any_way(tmp_path: Path, display: str) -> None:
    """Whatever lays them calls the layout of blocks, and all of their words are printed."""
    styles = tmp_path / "styles"
    styles.mkdir()
    (styles / "print.css").write_text(f".text p {{ display: {display} }}")
    words = [f"word{number}" for number in range(60)]
    text = "\n\n".join(" ".join(words[at : at + 10]) for at in range(0, 60, 10))
    printed = Printed(one_chapter(tmp_path, f"# One\n\n{text}\n"))
    said = re.findall(r"word\d+", " ".join(printed.pages).replace("-\n", "").replace("\n", " "))
    assert sorted(set(said)) == sorted(words)
