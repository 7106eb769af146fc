"""Custom properties are written out where they have one value, and left alone where not."""

from __future__ import annotations

from book.render.pdf.draft.variables import written_out


def test_what_only_the_root_sets_is_written_out() -> None:
    """One property may need another, within a function or not."""
    css = ":root { --a: 2pt; --b: calc(var(--a) * 2) } p { margin: var(--b) var(--a) }"
    # White space between tokens means nothing here (CSS Syntax 3, section 4).
    assert "margin:calc(2pt*2)2pt" in written_out(css).replace(" ", "")


def test_what_changes_somewhere_is_left_to_the_typesetter() -> None:
    """A value that a page or an element sets for itself is not the root's."""
    css = ":root { --a: 1pt } .wide { --a: 2pt } p { margin: var(--a) }"
    assert "margin: var(--a)" in written_out(css)


def test_properties_that_need_themselves_do_no_harm() -> None:
    """A circle, or a ``var()`` that names nothing, is passed on as it is."""
    css = ":root { --a: var(--b); --b: var(--a) } p { margin: var(--a); padding: var() }"
    assert "padding: var()" in written_out(css)
