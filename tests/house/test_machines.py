"""What other machines keep: style, direction between rooms, templates, migrations."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template

from .tracked import ROOT, short, tracked

BIN = Path(sys.executable).parent
OURS = {**os.environ, "PYTHONPATH": "src"}


def said_by(*command):
    """What a command says when it fails, else ""."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=OURS)
    return (done.stdout + done.stderr)[-3000:] if done.returncode else ""


@pytest.mark.parametrize("command", [["check", "."], ["format", "--check", "."]], ids=["lint", "format"])
def test_style(command):
    assert said_by(BIN / "ruff", *command) == ""


def test_rooms_depend_downwards_only():
    assert said_by(BIN / "lint-imports") == ""


def test_templates_have_one_style():
    names = [short(path) for path in tracked("src/*.html")]
    assert said_by(BIN / "djade", "--check", "--target-version", "5.2", *names) == ""


def test_every_template_can_be_read():
    for path in tracked("src/*/templates/*.html"):
        name = path.as_posix().split("/templates/", 1)[1]
        assert get_template(name)


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    said = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert "No changes" in said.getvalue()
