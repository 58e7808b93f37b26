"""SQLite copied at every moment while it is served, and brought back, as docs/how-to/keep-a-copy.md says."""

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.kill_import import environment

from alongside.cli.servants import answers
from alongside.connectors.tests.files import lines, note
from alongside.shared.keys import made

pytestmark = pytest.mark.litestream
ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "keep-a-copy.md").read_text(encoding="utf-8")
DATABASE = "alongside.sqlite3"
PATIENCE = 60


def until(there):
    limit = time.monotonic() + PATIENCE
    while not (found := there()) and time.monotonic() < limit:
        time.sleep(0.3)
    return found


@pytest.fixture
def copies(tmp_path):
    return f"file://{tmp_path}/copies"


@pytest.fixture
def run():
    def ran(var, *words):
        command = [sys.executable, "-m", "alongside", *words]
        done = subprocess.run(command, env=environment(var), capture_output=True, text=True, check=False, timeout=90)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return ran


@pytest.fixture
def serving(tmp_path, free_port, copies):
    """Alongside served with its copy beside it, as it is served in use."""
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(free_port), "--workers", "1"]
    asked = {"ALONGSIDE_LITESTREAM_URL": copies, "ALONGSIDE_SECRET_KEY": f"{made()}{made()}"}
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environment(tmp_path / "var") | asked, stdout=said, stderr=said)
    try:
        assert until(lambda: answers("127.0.0.1", free_port)), (tmp_path / "said").read_text()
        yield process
    finally:
        process.kill()
        process.wait()


def brought_back(folder, copies):
    """The database as it comes back by the page's own command, or False where there is no whole copy yet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = re.search(r"`(litestream restore [^`]+)`", PAGE)[1].replace("URL", copies).split()
    return not subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=PATIENCE).returncode


@pytest.fixture
def var(tmp_path):
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


def test_what_was_told_while_it_was_served_comes_back_when_the_machine_is_gone(var, run, serving, copies, tmp_path):
    (tmp_path / "told").write_text(lines(note("N-1"), note("N-2")))
    assert until(lambda: brought_back(tmp_path / "first", copies))
    run(var, "ingest", str(tmp_path / "told"))
    back = tmp_path / "back"

    def is_all_there():
        return brought_back(back, copies) and json.loads(run(back, "state")) == json.loads(run(var, "state"))

    assert until(is_all_there)
    serving.kill()
    serving.wait()
    shutil.rmtree(var)

    assert brought_back(back, copies)
    assert json.loads(run(back, "state"))["contributions"] == 2
    assert "whole" in run(back, "ledger", "verify")
