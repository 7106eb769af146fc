"""What a build asks the system for: no file outside its places, no connection, no program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from functools import cache
from pathlib import Path

import pytest

import book
from tests.firstbook import ROOT
from tests.hostilesheets import MAP

SCRIPT = str(Path(sys.executable).with_name("book"))
#: ``open`` and its kin, connections, and programs that are started.
_CALLS = "open,openat,openat2,connect,execve,execveat"
_CALL = re.compile(
    r"^\d+ +(?P<name>open(?:at2?)?|connect|execve(?:at)?)\((?P<rest>.*)\) += (?P<came>-?\d+)"
)
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)(?:<(?P<at>[^>]*)>)?, )?"(?P<path>(?:[^"\\]|\\.)*)"')
#: What the system itself holds: its libraries, fonts, settings of both, and about processes.
_SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"),
    *("/usr/share", "/usr/local/share"),
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/fonts", "/etc/localtime", "/etc/mime.types"),
    *("/etc/locale.alias", "/etc/gnutls", "/etc/ssl/openssl.cnf", "/etc/nsswitch.conf"),
    *("/etc/passwd", "/etc/group", "/usr/etc"),
    *("/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/sys"),
    *("/proc/filesystems", "/proc/mounts", "/var/cache/fontconfig"),
    *("/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/null", "/dev/urandom", "/dev/random"),
    *("/dev/shm", "/dev/tty"),
)  # fmt: skip

#: What other tests of this process have set.
_OURS = {"CHAPBOOK_STORE", "FONTCONFIG_FILE"}

HOSTILE: dict[str, str | bytes] = {
    "book.toml": '[book]\ntitle = "Hostile"\nauthors = ["Ada Example"]\nlanguage = "en"\n'
    '[fonts]\nserif = "Secret"\nsans = "../../secret.ttf"\n[check]\nalso = ["W006"]\n',
    "chapters/01.md": "# One\n\n![a](../../secret.png) ![b](file:///etc/hostname)\n\n"
    "![c](http://192.0.2.1/x.png) ![d](a.svg) ![e](../link/secret.png)\n\n"
    '<img src="/etc/hostname" alt="f"> <object data="/etc/hostname"></object>\n\n'
    '<link rel="stylesheet" href="/etc/hostname"> <a href="file:///etc/hostname">g</a>\n',
    "chapters/a.svg": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" xml:base="http://192.0.2.1/">'
    '<image href="file:///etc/hostname"/><use href="http://192.0.2.1/a.svg#b"/>'
    "<style>@import url(http://192.0.2.1/a.css);</style><text>&x;</text></svg>",
    "chapters/map.svg": MAP,
    "styles/print.css": "@import 'http://192.0.2.1/a.css';\np { background: url(/etc/hostname) }\n"
    "h1 { background: url(../../secret.png) }\n"
    "@font-face { font-family: x; src: url(file:///etc/hostname), local(y) }\n"
    "p { font-family: x }\n",
    "styles/epub.css": "p { background: url(http://192.0.2.1/a.png) }\n",
    "struct.py": "open('/etc/hostname').read()\n",
    "queue.py": "open('/etc/hostname').read()\n",
    "lxml.py": "open('/etc/hostname').read()\n",
}  # fmt: skip
#: What leads out of the hostile book to a secret beside it.
LINKS = ("styles/fonts/Secret.otf", "styles/templates/print-title-page.html", "words.txt")


@cache
def _traced() -> str:
    """Why nothing can be traced here; empty if it can."""
    if not shutil.which("strace"):
        return "strace isn't installed"
    done = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], check=False)
    return "strace may not trace here" if done.returncode else ""


def _calls(where: Path, home: Path, out: Path) -> list[tuple[str, str]]:
    """Names and paths of what a build of the book in ``where``, in that folder, asked for."""
    log = home / "log"
    environment = {name: text for name, text in os.environ.items() if name not in _OURS}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home)}
    subprocess.run(
        ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", f"trace={_CALLS}", "-o", log,
         sys.executable, SCRIPT, "build", "-q", "--no-cache", "--output", out],
        cwd=where, env=environment, check=False, capture_output=True,
    )  # fmt: skip
    found: list[tuple[str, str]] = []
    for line in log.read_text(errors="replace").splitlines():
        call = _CALL.match(line)
        # What isn't there can't be read: a search along a path is no harm.
        if call is None or int(call["came"]) < 0:
            continue
        if call["name"] == "connect":
            found.append(("connect", call["rest"]))
            continue
        named = _PATH.match(call["rest"])
        assert named, line
        path = os.path.join(named["at"] or str(where), named["path"])  # noqa: PTH118 # texts
        found.append((call["name"], os.path.normpath(path)))
    assert found
    return found


def _is_within(path: str, places: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in places)


def _is_strange(name: str, path: str, ours: tuple[str, ...]) -> bool:
    if name == "connect":
        return "AF_UNIX" not in path
    if name.startswith("exec"):
        return Path(path).resolve() != Path(sys.executable).resolve()
    # Folders on the way to one of ours are opened to be followed, and not read.
    is_above = any(one.startswith(path.rstrip("/") + "/") for one in ours)
    return not is_above and not _is_within(path, (*_SYSTEM, *ours))


def _assert_keeps_within(where: Path, out: Path) -> None:
    # A short name: there is a socket in it.
    with tempfile.TemporaryDirectory(prefix="t-") as home:
        python = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
        ours = (str(where), home, str(out), str(Path(book.__file__).parent), *python)
        calls = _calls(where, Path(home), out)
    strange = sorted({call for call in calls if _is_strange(*call, ours)})
    assert not strange, strange[:20]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["the first book", "a hostile one"])
def test_a_build_stays_within_its_places(what: str, tmp_path: Path) -> None:
    """The book, the output, the package, Python, the system's libraries and fonts, the caches.

    Sockets of the fork server are in the temporary folder, which is here in the home as caches
    are. No program is started but this Python.
    """
    if why := _traced():
        pytest.skip(why)
    where = tmp_path / "book"
    if what == "a hostile one":
        (tmp_path / "secret.png").write_bytes(b"secret")
        for name, text in HOSTILE.items():
            path = where / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        for name in LINKS:
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            (where / name).symlink_to(tmp_path / "secret.png")
        (where / "link").symlink_to(tmp_path)
    else:
        for name in ("book.toml", "chapters", "styles"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, where / name)
            elif source.exists():
                where.mkdir(exist_ok=True)
                shutil.copy(source, where / name)
    out = tmp_path / "out"
    _assert_keeps_within(where, out)
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".epub"}
