"""A server that would be unsafe, or that has a broken playbook, does not start."""

import shutil
import string

import pytest
from django.conf import settings
from typer.testing import CliRunner

from alongside.cli import app, serve
from alongside.config import checks
from alongside.config.unsafe_database import Database
from alongside.config.unsafe_machine import Machine
from alongside.ledger.actions import UnsoundError

pytestmark = pytest.mark.django_db


AS_SHIPPED = {
    "SECRET_KEY": string.ascii_letters,
    "DEMO": False,
    "DUTY_PHONE": "0300 555 0100",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "SECOND_FACTOR": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_USE_TLS": True,
    "EMAIL_HOST": "mail.partnership.example",
    "DEFAULT_FROM_EMAIL": "alongside@partnership.example",
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
}


@pytest.fixture
def safe(tmp_path, monkeypatch):
    """The settings of a real server, and a web server that only says whether it would start."""
    playbook = tmp_path / "playbook"
    shutil.copytree(settings.PLAYBOOK, playbook)
    monkeypatch.setenv("ALONGSIDE_SECRET_KEY", string.ascii_letters)
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path))
    monkeypatch.setattr(serve, "serve_together", lambda *_, **__: 0)
    monkeypatch.setattr(serve, "collect_pages", lambda: None)
    monkeypatch.setattr(checks, "about_the_database", Database)
    monkeypatch.setattr(checks, "about_this_machine", lambda _: Machine())
    folders = {"VAR": tmp_path, "STATIC_ROOT": tmp_path / "static", "UPLOADS": tmp_path / "uploads"}
    changes = AS_SHIPPED | folders | {"PLAYBOOK": playbook}
    for name, value in changes.items():
        monkeypatch.setattr(settings, name, value)
    return playbook


def served(*words):
    return CliRunner().invoke(app, ["serve", "--port", "8399", *words])


def test_a_safe_server_starts(safe):
    answer = served()
    assert answer.exit_code == 0, answer.output


def test_an_unsafe_server_does_not(safe, monkeypatch):
    monkeypatch.setattr(settings, "DEBUG", True)
    answer = served()
    assert answer.exit_code == 1
    assert "Unset ALONGSIDE_DEBUG." in answer.output


def test_a_broken_playbook_is_said_with_its_line_and_not_served(safe):
    (safe / "agencies.toml").write_text('[[agencies]]\nslug = "police"\n')
    answer = served()
    assert answer.exit_code == 1
    assert "agencies.toml" in answer.output


def test_the_ledger_is_sealed_at_once_and_then_once_a_minute(monkeypatch):
    passed = iter([100.0, 100.0, 130.0, 161.0, 161.0])
    monkeypatch.setattr(serve.time, "monotonic", lambda: next(passed))
    sealed, chores = [], serve.Chores()
    monkeypatch.setattr("alongside.ledger.actions.seal", lambda *, at: sealed.append(at))
    for _ in range(3):
        chores.do()
    assert len(sealed) == 2


def test_a_ledger_that_does_not_fit_holds_up_no_timeline(monkeypatch):
    def refuses(*, at):
        raise UnsoundError

    monkeypatch.setattr("alongside.ledger.actions.seal", refuses)
    serve.Chores().do()
