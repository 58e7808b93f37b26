"""A new database is made ready with a word, on stderr, and a look keeps nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
SAID = "Preparing the database …\n"
REFUSED = {
    "kind": "gossip",
    "source": {"agency": "leeds-camhs", "system": "carenotes", "reference": "N-1"},
    "occurred_at": "2026-03-04",
}


@pytest.fixture
def run(tmp_path):
    def ran(*words):
        environ = {
            **os.environ,
            "ALONGSIDE_VAR": str(tmp_path / "var"),
            "DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3",
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        command = [sys.executable, "-m", "alongside", *words]
        return subprocess.run(
            command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )

    return ran


def test_a_new_database_is_prepared_with_a_word_and_a_look_keeps_nothing(run, tmp_path):
    first, again = run("state"), run("state")

    assert first.stderr == SAID
    assert json.loads(first.stdout) == json.loads(again.stdout)
    assert again.stderr == ""

    (tmp_path / "notes.ndjson").write_text(json.dumps(REFUSED) + "\n")
    look = run("ingest", "notes.ndjson", "--dry-run", "--report", "report.json")
    assert SAID not in look.stderr
    assert "No kind has this name." in look.stdout
    assert "rows to mend" not in look.stdout
    assert json.loads((tmp_path / "report.json").read_text())["totals"]["rejected"] == 1
    assert not list(tmp_path.rglob("*rejects*"))
