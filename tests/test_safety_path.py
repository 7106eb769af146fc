"""Nothing that lies in a book's folder is ever imported, by whichever process of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

#: Modules of Python, of ours and of what we depend on; each is imported by some build.
SHADOWED = """
    _bisect _compression _csv _datetime _lzma _random _socket _struct _weakrefset abc argparse array
    ast base64 bisect bz2 calendar codecs collections colorsys concurrent contextlib copy copyreg
    csv ctypes dataclasses datetime decimal dis email encodings enum errno fnmatch fractions
    functools gc getpass gettext glob gzip hashlib hmac html http importlib inspect io ipaddress
    itertools json keyword linecache locale logging lzma math mimetypes multiprocessing numbers
    opcode operator os pathlib pickle pkgutil platform posixpath pprint queue quopri random re
    reprlib runpy secrets select selectors shlex shutil signal site sitecustomize socket ssl stat
    statistics string struct subprocess sys tempfile textwrap threading time token tokenize tomllib
    traceback types typing unicodedata urllib usercustomize uuid warnings weakref xml zipfile
    zipimport zlib

    book conftest weasyprint pydyf cssselect2 tinycss2 tinyhtml5 pyphen fontTools cffi PIL lxml
    markdown jinja2 markupsafe ebooklib msgspec pydantic pydantic_core pypdfium2 uharfbuzz rich
    click babel yaml brotli zopfli font_source_sans_pro font_source_serif_pro webencodings six
    fontpkg fontpkg_ibm_plex_mono pygments simplejson numpy
"""

#: What Python itself imports, from the current folder, before it begins with ``-m``: not ours to
#: mend, and so ``docs/security.md`` says not to start it in this way.
PYTHONS_OWN = {"collections", "contextlib", "functools", "importlib", "keyword", "operator"} | {
    *("reprlib", "runpy", "types", "warnings", "book", "abc", "itertools", "_weakrefset")
}


def shadowed(book: Path, ran: Path, without: set[str] | None = None) -> None:
    """Put a module of each name into ``book``, which leaves its name in ``ran``, and more."""
    for name in set(SHADOWED.split()) - (without or set()):
        code = f"open({str(ran)!r}, 'a').write('{name}\\n')\n"
        (book / f"{name}.py").write_text(code)
        for folder in ("chapters", "styles"):
            (book / folder).mkdir(exist_ok=True)
            (book / folder / f"{name}.py").write_text(code)
    (book / "evil.pth").write_text(f"import os; open({str(ran)!r}, 'a').write('pth')\n")
    (book / ".env").write_text("PYTHONPATH=.\nPYTHONSTARTUP=conftest.py\n")
    (book / "pyvenv.cfg").write_text("home = .\n")
    (book / "setup.cfg").write_text("[tool:pytest]\n")
    for number in range(3, 6):
        (book / f"chapters/{number:02}-more.md").write_text(f"# Part {number}\n\nWords.\n")


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """Where code from the book would leave its name."""
    return tmp_path / "ran"


def at_home(book: Path, *command: str) -> None:
    """Run ``command`` in the folder of ``book``."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=book, env=clean, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


SCRIPT = [sys.executable, str(Path(sys.executable).with_name("book"))]


@pytest.mark.parametrize("flags", [[], ["-E"]])
def test_no_module_from_the_books_folder_is_run(
    clean_book: Path, ran: Path, flags: list[str]
) -> None:
    """Everything is built within it, by every process that we start."""
    shadowed(clean_book, ran)
    program, script = SCRIPT
    at_home(clean_book, program, *flags, script, "build", "--no-cache")
    at_home(clean_book, program, *flags, script, "check")
    assert not ran.exists()


def test_nor_when_python_is_asked_for_it(clean_book: Path, ran: Path) -> None:
    """``python -m book`` leaves the current folder before it imports anything itself."""
    shadowed(clean_book, ran, PYTHONS_OWN)
    at_home(clean_book, sys.executable, "-m", "book", "build", "--no-cache")
    assert not ran.exists()
    shadowed(clean_book, ran)
    at_home(clean_book, sys.executable, "-P", "-m", "book", "build", "--no-cache")
    assert not ran.exists()
