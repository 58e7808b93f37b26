"""PostgreSQL copied at every moment and brought back, as docs/how-to/keep-a-copy.md says: by the very same commands."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from scripts import with_postgres

from alongside.connectors.tests.files import lines, note
from alongside.shared.keys import made

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "keep-a-copy.md").read_text(encoding="utf-8")
KEY = made()


def told_by_the_page(name):
    """What the page says to write under that name, with our folder where it has /mnt."""
    return re.search(rf"{name} = '([^']+)'", PAGE)[1]


@pytest.fixture
def run(tmp_path):
    def ran(*words, database):
        environ = {
            **os.environ,
            **dict.fromkeys(("ALONGSIDE_DATA_KEYS", "ALONGSIDE_SEARCH_KEY"), KEY),
            "ALONGSIDE_VAR": str(tmp_path),
            "ALONGSIDE_SECRET_KEY": "archiving",
            "DATABASE_URL": database,
            "PYTHONPATH": str(ROOT / "src"),
        }
        command = [sys.executable, "-m", "alongside", *words]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=90)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return ran


def tool(bin_, as_, home, *words):
    done = subprocess.run(
        [bin_ / words[0], *words[1:]], cwd=home, capture_output=True, text=True, check=False, timeout=120, **as_
    )
    assert done.returncode == 0, done.stdout + done.stderr


def archived(url, archive):
    """Closes the part of the log being written, as archive_timeout would within the minute, and waits for it."""
    with psycopg.connect(url, autocommit=True) as door:
        ((part,),) = door.execute("SELECT pg_walfile_name(pg_switch_wal())")
    until = time.monotonic() + 30
    while not (archive / part).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert (archive / part).exists()


def given_to(as_, path):
    """The server owns it, as it would have made it itself."""
    if as_:
        shutil.chown(path, as_["user"], as_["group"])


@pytest.fixture
def home():
    """A server's folder, with an empty archive in it."""
    as_ = with_postgres.somebody()
    with with_postgres.home_of(as_) as found:
        (found / "archive").mkdir()
        given_to(as_, found / "archive")
        yield found


def test_what_was_told_after_the_base_copy_comes_back_too(run, home, tmp_path):
    bin_, as_, data = with_postgres.programs(), with_postgres.somebody(), home / "data"
    with_postgres.make(bin_, home, as_)
    keeping = told_by_the_page("archive_command").replace("/mnt", str(home))
    settings = ["archive_mode=on", "archive_timeout=60", f"archive_command={keeping}"]
    for reference in ("N-1", "N-2"):
        (tmp_path / reference).write_text(lines(note(reference)))
    with with_postgres.started(bin_, home, data, settings, as_) as url:
        run("ingest", str(tmp_path / "N-1"), database=url)
        base = re.search(r"`(pg_basebackup [^`]+)`", PAGE)[1].replace("/mnt", str(home)).split()
        tool(bin_, as_, home, *base, "-h", str(home), "-U", "alongside")
        tool(bin_, as_, home, "pg_verifybackup", str(home / "base"))
        run("ingest", str(tmp_path / "N-2"), database=url)
        wanted = json.loads(run("state", database=url))
        archived(url, home / "archive")
        tool(bin_, as_, home, "pg_ctl", "stop", "-m", "immediate", "-D", str(data))
    shutil.rmtree(data)
    (home / "base" / "recovery.signal").touch()
    given_to(as_, home / "base" / "recovery.signal")
    back = told_by_the_page("restore_command").replace("/mnt", str(home))
    with with_postgres.started(bin_, home, home / "base", [f"restore_command={back}"], as_) as url:
        assert json.loads(run("state", database=url)) == wanted
        assert wanted["contributions"] == 2
