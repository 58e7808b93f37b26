"""A continuous copy is made where somebody asked for it, or the server says why not and does not start."""

import json
import os
import shutil
import stat
import time

import pytest
import typer
from django.db import connection
from django.test import override_settings

from alongside.cli.litestream import litestream
from alongside.cli.servants import start, stop

FAKE = '#!/bin/sh\necho "$@" > "{said}"\nexec sleep 60\n'


@pytest.fixture
def var(tmp_path):
    with override_settings(VAR=tmp_path, LITESTREAM_URL=f"file://{tmp_path}/copies"):
        yield tmp_path


@pytest.fixture
def on_sqlite(monkeypatch, var):
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(var / "alongside.sqlite3"))


def install(folder, monkeypatch, said):
    program = folder / "litestream"
    program.write_text(FAKE.format(said=said))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def until(there):
    limit = time.monotonic() + 20
    while not there() and time.monotonic() < limit:
        time.sleep(0.05)
    return there()


def test_nobody_asked_for_it():
    with override_settings(LITESTREAM_URL=""):
        assert litestream() == []


def test_it_runs_beside_the_others_with_a_configuration_of_ours(on_sqlite, var, monkeypatch):
    said = var / "said"
    install(var, monkeypatch, said)
    (command,) = litestream()
    running = start(command)
    assert until(lambda: said.exists() and said.read_text().strip())
    stop([running])
    assert said.read_text().split() == ["replicate", "-config", str(var / "litestream.yml")]
    (told,) = json.loads((var / "litestream.yml").read_text())["dbs"]
    assert told == {"path": str(var / "alongside.sqlite3"), "replicas": [{"url": f"file://{var}/copies"}]}
    assert stat.S_IMODE((var / "litestream.yml").stat().st_mode) == 0o600


def test_a_promised_copy_that_cannot_be_made_stops_the_start(on_sqlite, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(typer.Exit):
        litestream()
    assert "litestream is not installed" in capsys.readouterr().err


def test_postgresql_is_copied_otherwise(var, monkeypatch, capsys):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(typer.Exit):
        litestream()
    assert "not SQLite" in capsys.readouterr().err
