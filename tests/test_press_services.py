"""The tables of print services, a bar code, and what a check says of a book for a press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.cli.commands import PRESETS, app
from book.figures.barcode import ean13
from book.press.errors import PressError
from book.press.services import SERVICES, page_thickness, refused, unknown_size
from tests.test_press_shop import ISBN, run


def test_a_bar_code_has_its_nominal_size() -> None:
    """37.29 mm with its quiet zones; a wrong digit is no ISBN."""
    assert 'width="37.29mm"' in ean13("9783161484100", ISBN)
    with pytest.raises(ValueError, match="9783161484101"):
        ean13("9783161484101", "")


@pytest.mark.parametrize("service", PRESETS)
def test_each_service_has_its_table_with_sources(service: str) -> None:
    """Margins grow with the pages; a book that is too thin is refused in words."""
    one = SERVICES[service]
    assert one.sources
    assert all(source.address.startswith("https://") for source in one.sources)
    widths = [one.least_inner(pages) for pages in range(1, 1200)]
    assert widths == sorted(widths)
    assert "pages, and the book has 8" in refused(one, 8)[0]
    assert refused(one, 200) == unknown_size(one, (148, 210)) == []


def test_kdps_figures_are_those_of_its_sources() -> None:
    """Inner margins by pages, the thickness of a page, the sizes it prints."""
    kdp = SERVICES["kdp"]
    inches = [round(kdp.least_inner(pages) / 25.4, 3) for pages in (24, 150, 151, 301, 501, 701)]
    assert inches == [0.375, 0.375, 0.5, 0.625, 0.75, 0.875]
    assert page_thickness(kdp, "cream") == pytest.approx(0.0025 * 25.4)
    assert "4 by 6 in to 8.5 by 11.69 in" in unknown_size(kdp, (90, 140))[0]
    with pytest.raises(PressError, match="known are white, cream"):
        page_thickness(kdp, "vellum")


def test_without_a_profile_it_says_where_to_name_one(clean_book: Path) -> None:
    said = run(clean_book, "--for-press")
    assert said.exit_code == 1
    assert "`--icc FILE`" in said.output


def test_check_judges_what_book_toml_says_of_a_press(tmp_path: Path) -> None:
    """Each at its key; of a book for no service and no press nothing is said."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01.md").write_text("# One\n\nText.\n")
    head = '[book]\ntitle = "T"\nauthors = ["A B"]\nlanguage = "en"\n[pdf]\npage-size = "A3"\n'
    (tmp_path / "none.icc").write_bytes(b"none")
    toml = tmp_path / "book.toml"
    toml.write_text(
        f'{head}[press]\nservice = "kdp"\nprofile = "none.icc"\npaper = "vellum"\nbleed = "5mm"\n'
    )
    said = CliRunner().invoke(app, ["check", "--book", str(tmp_path)], env={"COLUMNS": "200"})
    found = re.findall(r"book.toml:(\d+):\d+: warning\[T021\]: (.{20})", said.output)
    assert found == [
        ("6", "Amazon KDP prints pa"),
        ("7", "Without an ISBN the "),
        ("9", "none.icc is no ICC p"),
        ("10", "Of Amazon KDP, no pa"),
        ("11", "Amazon KDP takes a b"),
    ]
    toml.write_text(head)
    said = CliRunner().invoke(app, ["check", "--book", str(tmp_path)])
    assert "T021" not in said.output
