"""A partnership that began on SQLite moves to PostgreSQL as docs/how-to/keep-a-copy.md says, and loses nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from alongside.shared.keys import made

KEY = made()
pytestmark = pytest.mark.postgres
ROOT = Path(__file__).resolve().parents[4]
DUMP = ["dumpdata", "--exclude", "contenttypes", "--exclude", "sessions", "--exclude", "auth", "--format", "jsonl"]
NOTE = {
    "kind": "general_note",
    "source": {"agency": "leeds-camhs", "system": "carenotes", "reference": "AFTER-THE-MOVE"},
    "occurred_at": "2026-03-04",
}


@pytest.fixture
def new_database():
    """An empty database on the server of the tests; gone at the end."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as door:
        door.execute("CREATE DATABASE moved")
        yield server.rsplit("/", 1)[0] + "/moved"
        door.execute("DROP DATABASE moved WITH (FORCE)")


@pytest.fixture
def run(tmp_path):
    def ran(*words, database):
        environ = {
            **os.environ,
            "ALONGSIDE_VAR": str(tmp_path),
            "ALONGSIDE_SECRET_KEY": "moving",
            "ALONGSIDE_DATA_KEYS": KEY,
            "ALONGSIDE_SEARCH_KEY": KEY,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=90
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return ran


def test_a_partnership_moves_with_all_that_was_told(run, new_database, tmp_path):
    old = f"sqlite:///{tmp_path}/old.sqlite3"
    run("alongside", "demo", "--no-serve", "--children", "20", "--days", "30", database=old)
    run("alongside", "ledger", "checkpoint", "--out", "kept", database=old)
    run("django", *DUMP, "--output", "all.jsonl", database=old)
    run("django", "migrate", "--verbosity", "0", database=new_database)
    run("django", "loaddata", "all.jsonl", database=new_database)
    assert run("alongside", "state", database=new_database) == run("alongside", "state", database=old)
    verify = ("alongside", "ledger", "verify", "--checkpoint", "kept")
    assert "The ledger is whole." in run(*verify, database=new_database)
    (tmp_path / "note.ndjson").write_text(json.dumps(NOTE))
    assert "1 accepted" in run("alongside", "ingest", "note.ndjson", database=new_database)
    run("alongside", "ledger", "checkpoint", database=new_database)
    assert "The ledger is whole." in run(*verify, database=new_database)
