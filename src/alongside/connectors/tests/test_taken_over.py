"""A reader that a file has taken over: what it may still do, tried by one that is taken over."""

import json
import os
import pickle
import subprocess
import sys

import pytest

from alongside.connectors import bounded, fence
from alongside.connectors.safety import NotReadable

SECRETS = (
    *("DATABASE_URL", "ALONGSIDE_SECRET_KEY", "ALONGSIDE_DATA_KEYS_FILE", "ALONGSIDE_MAIL", "PGPASSWORD"),
    *("AWS_SECRET_ACCESS_KEY", "LITESTREAM_SECRET_ACCESS_KEY", "A_SECRET_THAT_NOBODY_THOUGHT_OF"),
)
FENCED = (
    *("makes a file", "takes a file away", "empties a file", "reads another file", "lists a folder"),
    *("reads the environment of what started it", "reads the memory of what started it", "starts a program"),
)


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory):
    """What a reader came by, in the environment and the bounds of every reader."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("secret", "taken_away", "emptied"):
        (folder / name).write_text("to be kept")
    file = tmp_path_factory.mktemp("uploads") / "file.csv"
    file.write_text("kind,narrative\n")
    with pytest.MonkeyPatch.context() as patch:
        for name in SECRETS:
            patch.setenv(name, "to be kept")
        environment = bounded.environment()
    command = [sys.executable, "-m", "alongside.connectors.tests.hostile_reader", file, folder]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) | {"written": (folder / "open_before").read_text()}


class Call:
    """What unpacks itself by calling something of ours."""

    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("sent", [Call(os.system, ("touch called",)), Call(eval, ("1",)), {"a": "row"}, object()])
def test_what_it_sends_back_calls_nothing_and_is_a_row_or_nothing(sent, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotReadable):
        bounded.rows_in(pickle.dumps(sent))
    assert not list(tmp_path.iterdir())


def test_it_reads_its_own_file_and_its_environment_holds_no_secret(taken_over):
    assert taken_over["reads its own file"] == "done"
    assert "to be kept" not in taken_over["environment"].values()


def test_the_server_of_readers_is_told_nothing_else(monkeypatch):
    told = {}
    monkeypatch.setenv("A_SECRET_THAT_NOBODY_THOUGHT_OF", "to be kept")
    monkeypatch.setattr(bounded.subprocess, "Popen", lambda *words, **how: told.update(how))
    server = bounded.Server()
    server.start()
    server.door.close()
    assert told["env"] == bounded.environment()
    assert "to be kept" not in told["env"].values()


def test_it_writes_nothing_into_any_file(taken_over):
    assert taken_over["writes to what stood open"].startswith("refused")
    assert taken_over["writes a file"].startswith("refused")
    assert taken_over["written"] == ""


@pytest.mark.skipif(not fence.newest(), reason="this kernel has no Landlock")
@pytest.mark.parametrize("attempt", FENCED)
def test_where_linux_has_landlock_it_reaches_no_other_file_process_or_program(taken_over, attempt):
    assert taken_over[attempt].startswith("refused")


@pytest.mark.skipif(fence.newest() < fence.KEEPS_SIGNALS, reason="this kernel's Landlock lets signals out")
def test_it_sends_no_signal(taken_over):
    assert taken_over["sends a signal"].startswith("refused")


@pytest.mark.skipif(not fence.numbers(), reason="no filter for this machine")
@pytest.mark.parametrize("attempt", ["asks the network", "asks a process of this machine"])
def test_on_linux_it_opens_no_connection(taken_over, attempt):
    assert taken_over[attempt].startswith("refused")
