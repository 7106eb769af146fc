"""A print server for tests: CUPS on loopback, with queues that keep what they are sent."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_PROGRAMS = "/usr/lib/cups"
_FILES = """\
ServerRoot {0}/etc
RequestRoot {0}/spool
TempDir {0}/spool/tmp
CacheDir {0}/cache
StateDir {0}/run
ServerBin {0}/bin
AccessLog {0}/log/access
ErrorLog {0}/log/error
PageLog {0}/log/page
User {1}
Group {2}
SystemGroup {3}
"""
_SERVER = """\
Listen 127.0.0.1:{0}
Browsing Off
DefaultAuthType None
PreserveJobHistory Yes
<Location />
  Order deny,allow
</Location>
<Location /admin>
  Order deny,allow
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
#: Keeps the words and the file of a job; fails or dawdles if the queue is called so.
_KEEPER = """\
#!/bin/sh
[ $# = 0 ] && exit 0
case $DEVICE_URI in
  *fails) echo "ERROR: out of order" >&2; exit 1;;
  *dawdles) sleep 1;;
esac
printf '%s\\n' "$@" > "{0}/kept/words"
cat "$6" > "{0}/kept/file"
"""
#: The queues: their printers and what happens to a job that fails.
QUEUES = {
    "hall": ("keeps", "abort-job"),
    "attic": ("dawdles", "abort-job"),
    "cellar": ("fails", "abort-job"),
    "yard": ("fails", "stop-printer"),
}


def missing() -> str:
    """Why there can be no server here; empty if there can."""
    needed = ("cupsd", "lpadmin", "lp", "lpstat")
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    lacking = [one for one in needed if not shutil.which(one, path=path)]
    return f"CUPS is not installed ({', '.join(lacking)})" if lacking else ""


@contextmanager
def served() -> Iterator[tuple[str, Path]]:
    """A server with :data:`QUEUES`, until left: where it listens, and where it keeps what came."""
    with TemporaryDirectory(prefix="chapbook-cups-") as name:
        home = Path(name).resolve()
        home.chmod(0o755)
        for part in ("etc", "spool/tmp", "cache", "run", "log", "kept", "bin/backend"):
            (home / part).mkdir(parents=True)
        (home / "kept").chmod(0o777)
        for part in ("filter", "daemon", "notifier", "cgi-bin", "monitor"):
            (home / "bin" / part).symlink_to(f"{_PROGRAMS}/{part}")
        keeper = home / "bin" / "backend" / "keep"
        keeper.write_text(_KEEPER.format(home))
        keeper.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # A server that root starts runs its backends as somebody else, and refuses to as root.
        me = pwd.getpwuid(os.getuid()).pw_name
        who = ("lp", "lp", "root") if me == "root" else (me, me, me)
        (home / "etc" / "cups-files.conf").write_text(_FILES.format(home, *who))
        (home / "etc" / "cupsd.conf").write_text(_SERVER.format(port))
        with (home / "log" / "said").open("wb") as said:
            places = ["-c", f"{home}/etc/cupsd.conf", "-s", f"{home}/etc/cups-files.conf"]
            process = subprocess.Popen(
                [_there("cupsd"), "-f", *places], stdout=said, stderr=subprocess.STDOUT
            )
        try:
            _await(port, process, home)
            for queue, (how, policy) in QUEUES.items():
                _queue(f"127.0.0.1:{port}", queue, how, policy)
            yield f"127.0.0.1:{port}", home / "kept"
        finally:
            process.terminate()
            process.wait(10)


def _there(program: str) -> str:
    return shutil.which(program) or f"/usr/sbin/{program}"


def _await(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((home / "log" / "said").read_text())


def _queue(server: str, name: str, how: str, policy: str) -> None:
    asked = ["-p", name, "-E", "-v", f"keep:/{how}", "-o", f"printer-error-policy={policy}"]
    subprocess.run(
        [_there("lpadmin"), "-h", server, *asked], check=True, capture_output=True, timeout=30
    )
