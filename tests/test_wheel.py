"""Installed from its wheel, away from this repository, it makes another book."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.judges import pdftext

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (made,) = folder.glob("chapbook-*.whl")
    return made


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``book`` command of an environment that holds the wheel and its dependencies only.

    The dependencies are those of this environment, which the lock has brought already.
    """
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder)
    (site,) = (folder / "lib").glob("python*/site-packages")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(folder),
        "install",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, "--quiet", str(wheel)], check=True)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    others = [
        path
        for path in sorted(Path(here).iterdir())
        if "chapbook" not in path.name and not (site / path.name).exists()
    ]
    for path in others:
        (site / path.name).symlink_to(path)
    return folder / "bin" / "book"


def test_it_holds_the_package_and_no_book(wheel: Path) -> None:
    """Base styles and templates travel in it; this book's chapters and styles don't."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {"book/theme/styles/print.css", "book/theme/templates/print-chapter.html"} <= set(names)
    assert not [name for name in names if name.startswith(("chapters/", "styles/", "tests/"))]


def test_it_makes_another_book(command: Path, clean_book: Path, tmp_path: Path) -> None:
    """``book build`` sets another folder's book, in the base style."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [command, "build", "pdf", "--book", clean_book],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = (clean_book / "build").glob("*.pdf")
    assert "Contents" in "".join(pdftext.pages(made))
    assert all(pdftext.fonts(made).values())
