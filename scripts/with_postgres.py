"""Runs a command beside a PostgreSQL of its own: `with_postgres.py pytest …`, told where by DATABASE_URL.

The cluster is made in a temporary folder, reached through a socket in it by nobody else, run without root's
powers, and gone when the command ends, however it ends. Exit status 3: no PostgreSQL on this machine.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

NONE_HERE = 3
NEEDED = ("initdb", "postgres", "pg_isready")
START_WITHIN, STOP_WITHIN = 60.0, 15.0
PR_SET_PDEATHSIG = 1
# A cluster that lives for one test run may forget what it wrote when the power goes.
# It lies in memory where there is plenty: then the tests wait for no disk, which may be shared and slow.
MEMORY, PLENTY = Path("/dev/shm"), 4 * 2**30  # noqa: S108  mkdtemp makes a folder of its own in it
# What tests write is rolled back. Whoever counts rows in between finds none, and then plans as if there were none, and
# reads whole tables for each row: one page took minutes so.
HASTE = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"),
    *("shared_buffers=128MB", "max_connections=60"),
)


def folders() -> Iterator[Path]:
    """Where PostgreSQL's programs may lie, the likeliest first."""
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False).stdout
        yield Path(said.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def programs() -> Path | None:
    """The first folder that holds all that a server needs."""
    return next((one for one in folders() if all(os.access(one / name, os.X_OK) for name in NEEDED)), None)


def somebody() -> dict[str, object]:
    """Whom to run the server as: PostgreSQL refuses root, so `postgres` or `nobody` then, else ourselves."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL will not run as root, and this machine has neither `postgres` nor `nobody`.")


def stops_with_us() -> Callable[[], None] | None:
    """On Linux: the server stops when this process ends, even by `kill -9`."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def make(bin_: Path, home: Path, as_: dict[str, object]) -> None:
    """An empty cluster whose owner is called `alongside`."""
    initdb = [
        bin_ / "initdb",
        "-D",
        home / "data",
        "-U",
        "alongside",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    made = subprocess.run(initdb, cwd=home, capture_output=True, text=True, check=False, timeout=120, **as_)
    if made.returncode:
        raise SystemExit(f"No cluster could be made: {made.stderr}")


def wait_until_ready(bin_: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers; tells its log when it does not within a minute."""
    until = time.monotonic() + START_WITHIN
    while server.poll() is None and time.monotonic() < until:
        if subprocess.run([bin_ / "pg_isready", "-q", "-h", home], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start: {(home / 'log').read_text()[-2000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """A quick, orderly stop; a hard one after fifteen seconds."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def in_memory() -> Path | None:
    """Where files lie in memory, with room for a cluster that tests fill; None where there is no such place."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= PLENTY:
        return MEMORY
    return None


@contextmanager
def home_of(as_: dict[str, object], within: Path | None = None) -> Iterator[Path]:
    """A folder of whoever runs the server, with other temporary files or `within` another; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="alongside-postgres-", dir=within))
    if as_:
        os.chown(home, as_["user"], as_["group"])
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def started(bin_: Path, home: Path, data: Path, settings: Sequence[str], as_: dict[str, object]) -> Iterator[str]:
    """A server on that cluster, with its socket in `home`; gives its DATABASE_URL."""
    here = ("listen_addresses=", f"unix_socket_directories={home}")
    options = [word for setting in (*settings, *here) for word in ("-c", setting)]
    with (home / "log").open("wb") as log:
        command = [bin_ / "postgres", "-D", data, *options]
        running = subprocess.Popen(command, cwd=home, stdout=log, stderr=log, preexec_fn=stops_with_us(), **as_)
    try:
        wait_until_ready(bin_, home, running)
        yield f"postgres://alongside@{quote(str(home), safe='')}/postgres"
    finally:
        stop(running)


@contextmanager
def server(bin_: Path) -> Iterator[str]:
    """A running server with a cluster of its own; gives its DATABASE_URL."""
    as_ = somebody()
    with home_of(as_, in_memory()) as home:
        make(bin_, home, as_)
        with started(bin_, home, home / "data", HASTE, as_) as url:
            yield url


def main(command: list[str]) -> int:
    """Runs the command; its exit status is ours."""
    bin_ = programs()
    if bin_ is None:
        print("No PostgreSQL server on this machine (initdb and postgres are needed).", file=sys.stderr)
        return NONE_HERE
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(bin_) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
