"""The ONIX record: what libraries and shops are told of the ebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from book.cache.store import Store
from book.cli.commands import app
from book.model import Book
from book.render import epub, onix
from book.theme.theme import Theme
from tests import torture
from tests.epubs import BASE, NO_FONTS, TOML, assembled, pixel

NS = {"o": "http://ns.editeur.org/onix/3.0/reference"}

#: The order of the elements that we write, by their parents (EDItEUR, ONIX for Books 3.0).
ORDER = {
    "ONIXMessage": "Header Product",
    "Header": "Sender SentDateTime MessageNote",
    "Product": "RecordReference NotificationType ProductIdentifier DescriptiveDetail "
    "CollateralDetail PublishingDetail RelatedMaterial",
    "ProductIdentifier": "ProductIDType IDTypeName IDValue",
    "DescriptiveDetail": "ProductComposition ProductForm ProductFormDetail ProductFormFeature "
    "PrimaryContentType EpubTechnicalProtection EpubLicense Collection TitleDetail Contributor "
    "NoEdition Language Extent Subject",
    "TitleElement": "TitleElementLevel PartNumber TitleText Subtitle",
    "Contributor": "SequenceNumber ContributorRole PersonName PersonNameInverted NamesBeforeKey "
    "KeyNames",
    "PublishingDetail": "Publisher PublishingStatus PublishingDate",
}


@pytest.fixture(autouse=True)
def _plain_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)


def recorded(book: Book) -> etree._Element:
    data = epub.render(book, Theme({"tokens": "", "epub": BASE}), None, Store(book.root / "s")).data
    return etree.fromstring(onix.record(book, data))


@pytest.fixture
def record(tmp_path: Path) -> etree._Element:
    """That of a book that says all that a book can say."""
    book = assembled(tmp_path, {"01-one": "# One\n\nText.\n"}, torture.TOML + NO_FONTS)
    return recorded(book)


def values(root: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in root.findall(path, NS)]


def test_its_elements_stand_in_the_order_of_the_standard(record: etree._Element) -> None:
    """A schema would refuse any other, or a name that it does not know."""
    for element in record.iter():
        order = ORDER.get(etree.QName(element).localname, "").split()
        found = [order.index(etree.QName(child).localname) for child in element] if order else []
        assert found == sorted(found)


def test_it_identifies_the_ebook(record: etree._Element) -> None:
    """The ISBN as list 5 wants it, a digital download (list 150), EPUB (list 175), no DRM."""
    assert values(record, ".//o:Product/o:ProductIdentifier/o:ProductIDType") == ["15"]
    assert values(record, ".//o:Product/o:ProductIdentifier/o:IDValue") == ["9783161484100"]
    forms = [values(record, f".//o:{name}") for name in ("ProductForm", "ProductFormDetail")]
    assert forms == [["ED"], ["E101"]]
    assert values(record, ".//o:EpubTechnicalProtection") == ["00"]


def test_it_names_people_in_their_roles(record: etree._Element) -> None:
    """List 17, from MARC's relators; families as keys."""
    assert values(record, ".//o:ContributorRole") == ["A01", "A01", "B06"]
    assert values(record, ".//o:KeyNames") == ["Example", "Иванов", "Translator"]


def test_it_says_series_date_rights_and_subjects(record: etree._Element) -> None:
    """As the package does."""
    assert values(record, ".//o:Collection//o:TitleText") == ["Hard Books"]
    assert values(record, ".//o:Collection//o:PartNumber") == ["3"]
    assert values(record, ".//o:PublishingDate/o:Date") == ["20200229"]
    assert values(record, ".//o:EpubLicenseName") == ["CC BY 4.0"]
    assert values(record, ".//o:SubjectHeadingText") == ["Typography", "Torture"]
    assert values(record, ".//o:TextContent/o:Text") == ["Everything at once & more."]


def test_it_tells_of_accessibility_what_the_package_tells(record: etree._Element) -> None:
    """List 196; nothing of pages if none are marked."""
    told = values(record, ".//o:ProductFormFeatureValue")
    assert {"00", "04", "82", "85", "52"} <= set(told)
    assert "19" not in told
    assert not record.findall(".//o:RelatedProduct", NS)


def test_a_book_that_says_little_has_a_record_too(tmp_path: Path) -> None:
    """Its own identifier, its author as publisher, no empty element but those that are flags."""
    root = recorded(assembled(tmp_path, {"01-one": "# One\n\nText.\n"}))
    assert values(root, ".//o:Product/o:ProductIdentifier/o:IDTypeName") == ["URN"]
    assert values(root, ".//o:PublisherName") == ["Ada Example"]
    empty = {one.tag for one in root.iter() if not len(one) and not one.text}
    assert empty == {f"{{{NS['o']}}}NoEdition"}


def test_the_command_writes_it_beside_the_ebook(tmp_path: Path) -> None:
    """``book build epub --onix FILE``; without the ebook it is a misuse."""
    assembled(tmp_path, {"01-one": "# One\n\nText.\n"}, f"{TOML}{NO_FONTS}page-list = false\n")
    file = tmp_path / "record.xml"
    arguments = ["build", "--book", str(tmp_path), "--onix", str(file)]
    assert CliRunner().invoke(app, [*arguments, "pdf"]).exit_code == 2
    assert not file.exists()
    for _ in range(2):  # the second time, nothing has changed
        file.unlink(missing_ok=True)
        result = CliRunner().invoke(app, [*arguments, "epub"])
        assert result.exit_code == 0, result.output
        assert etree.parse(file).getroot().tag == f"{{{NS['o']}}}ONIXMessage"
