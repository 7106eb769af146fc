"""A book's own templates: they stand in place of ours, and can do no harm."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from book import outputs
from book.base.errors import TemplateError, TypesetterError
from book.build import build, check
from book.cache.processes import start_forkserver
from book.cache.store import Nothing, Store
from book.model import Product
from book.outputs import Job
from book.theme import pagecheck, templates, theme
from book.theme.sources import TemplateText
from book.theme.templates import Templates, attempt, ours, plain, rendered, run, tried
from book.theme.views import VIEWS, EpubChapter, PrintChapter, View
from book.theme.viewtypes import sample

FOLDER = Path(theme.__file__).parent / "templates"
BOOK = '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n'
OPENING = "print-opening.html"
NOTHING = Nothing(Path())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of one chapter."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "a.md").write_text("# One\n\nSome *text*.[^a]\n\n[^a]: A note.\n")
    (tmp_path / "book.toml").write_text(BOOK)
    return tmp_path


def lay(root: Path, name: str, text: str, folder: str = "styles") -> None:
    path = root / folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def own(**texts: str) -> Templates:
    """Templates by names in which ``_`` stands for what no name can hold."""
    named = {_called(name): text for name, text in texts.items()}
    return Templates(
        {name: TemplateText(text, f"styles/templates/{name}") for name, text in named.items()}
    )


def _called(name: str) -> str:
    ending = ".xhtml" if name.startswith("epub") else ".html"
    return name.replace("_", "-") + ending


def opening(inside: str) -> Templates:
    """A chapter's opening with something ``inside`` it, else as it should be."""
    text = '<header class="opening" id="{{ slug }}"><h1>{{ heading }}</h1>\n'
    return own(print_opening=f"{text}{inside}</header>")


def said(of: Templates) -> list[str]:
    return [one.words for one in attempt(of)]


def copies() -> Templates:
    """Ours, as a book's own."""
    return Templates(
        {name: TemplateText((FOLDER / name).read_text("utf-8"), name) for name in ours()}
    )


def canonical(page: str) -> str:
    page = page.removeprefix('<?xml version="1.0" encoding="utf-8"?>\n')
    text = page.removeprefix("<!DOCTYPE html>\n")
    return etree.canonicalize(text if "<html" in text else f"<div>{text}</div>")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.template)
def test_a_copy_of_ours_makes_the_same_page(view: type[View]) -> None:
    slots, shown = pagecheck.Slots(), sample(view)
    page, faults = run(copies(), slots.emptied(shown))
    assert not faults
    assert canonical(pagecheck.looked_at(page, shown, slots)) == canonical(plain(shown))


def test_every_template_of_ours_can_be_reached() -> None:
    """By a view's, or by one that this names; a copy of each is of use."""
    assert not attempt(copies())
    reached = {name for name in ours() for view in VIEWS if copies_of(name).touch(view.template)}
    assert reached == set(ours())


def copies_of(name: str) -> Templates:
    return Templates({name: copies().own[name]})


def test_an_edited_template_gives_what_a_clean_build_gives(root: Path, tmp_path: Path) -> None:
    """Nothing that is kept was made by a template that is no more."""
    store = tmp_path / "store"
    mark = '<p class="mark">{}</p>'
    made = []
    for word in ("before", "after"):
        lay(root, OPENING, f'<header class="opening" id="{{{{ slug }}}}">{{{{ heading }}}}'
            f"{mark.format(word)}</header>")  # fmt: skip
        lay(root, "epub-opening.xhtml", f'<h1 id="{{{{ slug }}}}-title">{{{{ heading }}}}</h1>'
            f"{mark.format(word)}")  # fmt: skip
        result = build(root, ["pdf", "epub"], tmp_path / word, kept=store)
        assert not result.findings
        made.append([one.path.read_bytes() for one in result.written])
    fresh = build(root, ["pdf", "epub"], tmp_path / "fresh", cache=False)
    assert made[1] == [one.path.read_bytes() for one in fresh.written]
    assert made[0] != made[1]
    assert "after" in text_of(fresh.written[0].path)


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_a_mistake_is_found_at_its_line_and_ours_is_used(root: Path, tmp_path: Path) -> None:
    lay(root, OPENING, '<header id="{{ slug }}">\n\n{{ haeding }}</header>')
    lay(root, "print-imprint.html", "<p>\n{% if %}</p>")
    lay(root, "print-contnts.html", "<p/>")
    result = build(root, ["pdf"], tmp_path / "out")
    found = {
        str(one.place).rpartition("/")[2]: f"{one.message} {one.hint}" for one in result.findings
    }
    assert sorted(found) == [
        "print-contnts.html",
        "print-imprint.html:2",
        "print-opening.html:3",
    ]
    assert {one.code for one in result.findings} == {"S006"}
    assert "`heading`" in found["print-opening.html:3"]
    assert "`print-contents.html`" in found["print-contnts.html"]
    assert "One" in text_of(result.written[0].path)


def test_what_fails_only_in_this_book_is_found_when_it_is_built(root: Path, tmp_path: Path) -> None:
    lay(
        root, OPENING, '<header id="{{ slug }}">{{ heading }}\n{{ 1 // (title != "One") }}</header>'
    )
    assert not check(root)
    result = build(root, ["pdf"], tmp_path / "out")
    assert [str(one.place) for one in result.findings] == ["styles/templates/print-opening.html:2"]
    assert "One" in text_of(result.written[0].path)


def test_where_the_typesetter_fails_ours_are_used(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft comes out, whatever a template makes."""

    def fails(job: Job) -> Product:
        if job.theme.templates.own:
            raise TypesetterError("a", "it breaks")
        return Product("pdf", (b"made",))

    monkeypatch.setattr(outputs, "OUTPUTS", {"pdf": fails})
    lay(root, OPENING, '<header id="{{ slug }}">{{ heading }}</header>')
    result = build(root, ["pdf"], tmp_path / "out")
    assert [one.code for one in result.findings] == ["S006"]
    assert result.written[0].path.read_bytes() == b"made"


BOMBS = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "range": "{% for a in range(10**9) %}{% endfor %}",
    "macros": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "text": "{{ 'a' * 10**10 }}",
    "doubled": "{% set a = 'aaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "nested": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
    "width": "{{ '%9999999999d' % 1 }}",
    "power": "{{ 10 ** (10 ** 10) }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "include": "{% include 'print-opening.html' %}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_never_ends_or_grows_is_stopped(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "SECONDS", 1)
    start_forkserver()
    usable, findings = tried(opening(BOMBS[name]), NOTHING)
    assert not usable.own
    (one,) = findings
    assert (one.code, one.place.path) == ("S006", "styles/templates/print-opening.html")


def test_one_that_never_ends_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "SECONDS", 1)
    start_forkserver()
    both = {**opening(BOMBS["loops"]).own, **copies_of("epub-opening.xhtml").own}
    usable, _ = tried(Templates(both), NOTHING)
    assert list(usable.own) == ["epub-opening.xhtml"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>1</script>",
        "<p onclick='x()'>a</p>",
        "<a href='javascript:x()'>a</a>",
        "<a href='other.xhtml'>a</a>",
        "<img src='file:///etc/passwd' alt=''/>",
        "<img src='styles/../../x.png' alt=''/>",
        "<img src='https://example.org/x.png' alt=''/>",
        "<iframe src='x'/>",
        "<object data='x'/>",
        "<style>p {}</style>",
        "<p style='background: url(x)'>a</p>",
        "<p id='mine'>a</p>",
        "<p data-to='one'>a</p>",
        "<p>a<div>b</div></p>",
        "<ul><p>a</p></ul>",
        "<?xml-stylesheet href='x'?>",
        "<?slot 99?>",
        "<p>&nbsp;</p>",
        "<p>a",
        "{{ heading }}",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='x'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path fill='url(x)'/></svg>",
        "{{ ''.__class__.__mro__ }}",
        "{{ book.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{% include '/etc/passwd' %}",
        "{% include '../tokens.css' %}",
        "{% include 'metadata.xmp' %}",
        "{{ lipsum() }}",
        "{{ book.authors.append('x') }}",
        "{{ [1, 2] | random }}",
        "{% do x %}",
    ],
)
def test_a_stranger_s_template_runs_reads_and_fetches_nothing(markup: str) -> None:
    assert said(opening(markup))


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='a' lang='fr'>{{ title | upper }} &#160; <!-- said --></p>",
        "<a href='https://example.org/'>x</a>",
        "<img src='styles/mark.png' alt='A mark'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9'/></svg>",
        "{% for word in title.split() %}<span>{{ word }}</span>{% endfor %}",
        "{% macro a(b) %}<i>{{ b }}</i>{% endmacro %}{{ a(words.contents) }}",
        "{% set x = 1 %}{{ x + 1 }}",
    ],
)
def test_what_a_designer_needs_is_served(markup: str) -> None:
    assert not said(opening(markup))


def test_what_is_typed_is_escaped() -> None:
    shown = sample(PrintChapter)
    page, faults = run(opening("{{ '<b>' }}"), shown)
    assert not faults
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("name", ["body", "heading", "extra"])
def test_no_template_loses_a_book_s_words(name: str) -> None:
    held = "".join(f"{{{{ {one} }}}}" for one in ("body", "heading", "extra") if one != name)
    (words,) = said(own(print_chapter=f'<html><body id="{{{{ slug }}}}">{held}</body></html>'))
    assert words == f"`{name}` has to stand in it once, and stands there 0 times"


def test_an_ebook_s_page_keeps_its_namespaces_and_ids() -> None:
    (words,) = said(
        own(
            epub_layout="<html>{% block body %}{% endblock %}{% block title %}{% endblock %}</html>"
        )
    )
    assert "epub" in words
    (words,) = said(own(epub_opening="<h1>{{ heading }}</h1>"))
    assert "-title" in words


def test_a_finding_tells_the_line_of_what_is_not_served() -> None:
    (fault,) = attempt(opening("\n<p>a</p>\n<script>1</script>"))
    assert (fault.path, fault.line) == ("styles/templates/print-opening.html", 4)


def test_pages_of_strangers_are_kept_and_others_not(tmp_path: Path) -> None:
    store = Store(tmp_path)
    start_forkserver()
    shown = sample(EpubChapter)
    assert rendered(opening(""), shown, store) == plain(shown)
    assert not list(tmp_path.iterdir())
    made = [rendered(copies_of("epub-opening.xhtml"), shown, store) for _ in range(2)]
    assert made[0] == made[1] == plain(shown)
    assert list(tmp_path.iterdir())


def test_a_page_that_is_not_in_order_is_an_error_for_the_build() -> None:
    start_forkserver()
    with pytest.raises(TemplateError) as caught:
        rendered(opening("<script/>"), sample(PrintChapter), NOTHING)
    assert caught.value.finding.code == "S006"


def test_a_book_s_template_goes_before_its_theme_s(root: Path) -> None:
    (root / "themes" / "mine").mkdir(parents=True)
    (root / "themes" / "mine" / "theme.toml").write_text("")
    lay(root, OPENING, "theirs", "themes/mine")
    lay(root, "people.html", "theirs", "themes/mine")
    lay(root, OPENING, "mine")
    found, findings = theme.load(root, "themes/mine")
    assert not findings
    assert {name: one.text for name, one in found.templates.own.items()} == {
        OPENING: "mine",
        "people.html": "theirs",
    }
    assert not [path for path, _ in found.files if "templates" in path]


def test_a_template_may_have_helpers_of_its_own() -> None:
    helper = TemplateText("<p>{{ title }}</p>", "styles/templates/rule.html")
    with_helper = {**opening("{% include 'rule.html' %}").own, "rule.html": helper}
    assert not attempt(Templates(with_helper))


def test_a_link_that_leads_outside_and_bytes_that_are_no_text_are_findings(root: Path) -> None:
    lay(root, "people.html", "x")
    (root / "styles" / "templates" / OPENING).symlink_to(sys.executable)
    (root / "styles" / "templates" / "handout.html").write_bytes(b"a\ncaf\xe9")
    found, findings = theme.load(root)
    assert list(found.templates.own) == ["people.html"]
    assert [(one.code, str(one.place)) for one in findings] == [
        ("S006", "styles/templates/handout.html:2"),
        ("S006", "styles/templates/print-opening.html"),
    ]
