"""Each setting that would be unsafe for real children is refused alone, in words, out of a whole that is safe."""

import copy
import string
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from alongside.config import checks, unsafe, unsafe_database, unsafe_machine, unsafe_pages
from alongside.config.refusal import refused_by
from alongside.config.unsafe_database import Database
from alongside.config.unsafe_machine import Machine
from alongside.config.unsafe_sign_in import SignInFacts

KEY = string.ascii_letters
SQLITE = Database()
LOCAL = Database(kind="postgresql", journal_mode="", synchronous=0, foreign_keys=False, host="/run/postgresql")
REMOTE = replace(LOCAL, host="db.example.org", sslmode="verify-full", password="qW8-zR5-uT2-mN9-vB4")
MACHINE = Machine(key=KEY)
DEMO = {"DEMO": True, "SESSION_COOKIE_SECURE": False, "DUTY_PHONE": "0113 496 0001", "SECURE_HSTS_SECONDS": 0}
EVERY = [*unsafe.RULES, *unsafe_pages.RULES, *unsafe_machine.RULES, *unsafe_database.KEEPING, *unsafe_database.RULES]


@pytest.fixture
def safe(monkeypatch, tmp_path):
    """The settings of a real server as they are shipped, on a safe machine, with a safe database."""
    monkeypatch.setenv("ALONGSIDE_SECRET_KEY", KEY)
    monkeypatch.setattr(checks, "about_the_database", lambda: SQLITE)
    monkeypatch.setattr(checks, "about_this_machine", lambda _: MACHINE)
    # How people sign in has its own tests.
    monkeypatch.setattr(checks, "about_signing_in", SignInFacts)
    with override_settings(
        SECRET_KEY=KEY,
        VAR=tmp_path,
        STATIC_ROOT=tmp_path / "static",
        UPLOADS=tmp_path / "uploads",
        ALLOWED_HOSTS=["alongside.example.org"],
        DUTY_PHONE="0300 555 0100",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"],
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
        SECURE_SSL_REDIRECT=True,
        SECURE_HSTS_SECONDS=31_536_000,
        SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        DEFAULT_FROM_EMAIL="alongside@partnership.example",
        EMAIL_HOST="localhost",
    ):
        yield


def policy(**changes):
    """The shipped content security policy with some directives changed; None takes one out."""
    shipped = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    for name, sources in changes.items():
        shipped["DIRECTIVES"][name.replace("_", "-")] = sources
    return shipped


def templates_unescaped():
    return [{**settings.TEMPLATES[0], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], "autoescape": False}}]


def without(name, word):
    return [one for one in getattr(settings, name) if word not in (one if isinstance(one, str) else one["NAME"])]


def log(**changes):
    return {**settings.LOGGING, **changes}


VALIDATORS = "django.contrib.auth.password_validation."
COMMON = {"NAME": VALIDATORS + "CommonPasswordValidator"}
KNOWN = {"NAME": "alongside.agencies.passwords.NotOfWordsKnownHere"}
NOBODY_ANSWERS = ("", "0113-496-0001", "+44 113 496 0001", "0044 (0)113 4960001", "12")
FLIPPED = [
    ({"SECRET_KEY": "short"}, "The secret key is weak"),
    ({"SECRET_KEY": "abc" * 30}, "The secret key is weak"),
    ({"SECRET_KEY": "0123456789" * 5}, "The secret key is weak"),
    ({"DEBUG": True}, "Debugging is on"),
    ({"SESSION_COOKIE_SECURE": False}, "Pages would travel unencrypted"),
    ({"ALLOWED_HOSTS": ["*"]}, "Any host name is accepted"),
    ({"ALLOWED_HOSTS": []}, "No host name is accepted"),
    ({"PLAYBOOK": Path("/nowhere")}, "The partnership’s playbook is not there"),
    ({"PACKAGE": Path("/nowhere")}, "The pages’ styles are not built"),
    ({"DUTY_PHONE": "0113 496 0001"}, "The duty team’s number is an invented one"),
    *(({"DUTY_PHONE": number}, "The duty team’s number is an invented one") for number in NOBODY_ANSWERS),
    ({"SESSION_COOKIE_HTTPONLY": False}, "Scripts may read the session’s cookie"),
    ({"SESSION_COOKIE_SAMESITE": "None"}, "Other sites may send our session’s cookie"),
    ({"SESSION_COOKIE_DOMAIN": ".example.org"}, "The session’s cookie goes to every host"),
    ({"SESSION_COOKIE_AGE": 12 * 3600 + 1}, "A session lasts longer than a working day"),
    ({"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}, "Sessions are kept in cookies"),
    ({"SESSION_SERIALIZER": "somewhere.PickleSerializer"}, "Sessions are stored as programs"),
    ({"CSRF_USE_SESSIONS": False, "CSRF_COOKIE_SECURE": False}, "The mark that proves a form is ours"),
    ({"CSRF_TRUSTED_ORIGINS": ["https://*.example.org"]}, "Forms are taken from sites"),
    ({"CSRF_TRUSTED_ORIGINS": ["http://example.org"]}, "Forms are taken from sites"),
    ({"SECURE_HSTS_SECONDS": 3600}, "Browsers are not told to come back by HTTPS"),
    ({"SECURE_HSTS_INCLUDE_SUBDOMAINS": False}, "HTTPS is asked of this name and not"),
    ({"SECURE_SSL_REDIRECT": False}, "Who comes without HTTPS"),
    ({"USE_X_FORWARDED_HOST": True}, "The host’s name is believed from a header"),
    ({"ALLOWED_HOSTS": [".example.org"]}, "Every host below a domain is accepted"),
    ({"ALLOWED_HOSTS": ["192.0.2.7"]}, "A host is named by its number"),
    ({"ALLOWED_HOSTS": ["[2001:db8::1]"]}, "A host is named by its number"),
    ({"ALLOWED_HOSTS": ["https://alongside.example.org"]}, "A host’s name holds more than the name"),
    ({"ADMINS": [("Amina", "amina@example.org")]}, "Failures would be e-mailed"),
    ({"CONTENT_SECURITY_POLICY": {}}, "There is no content security policy"),
    ({"CONTENT_SECURITY_POLICY": policy(script_src=["'unsafe-inline'"])}, "The content security policy is loosened"),
    ({"CONTENT_SECURITY_POLICY": policy(img_src=["https:"])}, "The content security policy is loosened"),
    ({"CONTENT_SECURITY_POLICY": policy(script_src=["'Unsafe-Inline'"])}, "The content security policy is loosened"),
    ({"CONTENT_SECURITY_POLICY": policy(style_src=["HTTPS:"])}, "The content security policy is loosened"),
    ({"CONTENT_SECURITY_POLICY": policy(script_src=["data:"])}, "The content security policy is loosened"),
    ({"CONTENT_SECURITY_POLICY": policy(worker_src=["blob:"])}, "The content security policy is loosened"),
    ({"CONTENT_SECURITY_POLICY": policy(object_src=None)}, "The content security policy leaves plug-ins"),
    ({"CONTENT_SECURITY_POLICY": policy(frame_ancestors=["'self'"])}, "The content security policy leaves plug-ins"),
    ({"X_FRAME_OPTIONS": "SAMEORIGIN"}, "Our pages may be shown inside a stranger’s"),
    ({"SECURE_REFERRER_POLICY": "origin-when-cross-origin"}, "Other sites would be told the address"),
    ({"SECURE_CONTENT_TYPE_NOSNIFF": False}, "Browsers may guess what a file is"),
    ({"MIDDLEWARE": without("MIDDLEWARE", "Csrf")}, "A part that guards every page is taken out"),
    ({"MIDDLEWARE": without("MIDDLEWARE", "who_asks")}, "A part that guards every page is taken out"),
    ({"MIDDLEWARE": without("MIDDLEWARE", "written_before_it_leaves")}, "A part that guards every page is taken out"),
    ({"TEMPLATES": templates_unescaped()}, "Templates do not escape"),
    ({"INSTALLED_APPS": [*settings.INSTALLED_APPS, "silk"]}, "A tool for developers is installed"),
    ({"INSTALLED_APPS": [*settings.INSTALLED_APPS, "django.contrib.admin"]}, "Django’s admin is installed"),
    ({"DATA_UPLOAD_MAX_MEMORY_SIZE": None}, "A form of any size"),
    ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": None}, "A form of any size"),
    ({"UPLOADS": settings.STATIC_ROOT / "uploads", "STATIC_ROOT": settings.STATIC_ROOT}, "Uploads would lie among"),
    ({"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}, "Passwords are kept in a way"),
    (
        {"AUTH_PASSWORD_VALIDATORS": [{"NAME": VALIDATORS + "MinimumLengthValidator"}, COMMON, KNOWN]},
        "A password may be shorter",
    ),
    ({"AUTH_PASSWORD_VALIDATORS": without("AUTH_PASSWORD_VALIDATORS", "Common")}, "A password may be one that"),
    ({"AUTH_PASSWORD_VALIDATORS": without("AUTH_PASSWORD_VALIDATORS", "Known")}, "A password may be the name"),
    ({"LOGGING": log(root={"handlers": ["console"], "level": "DEBUG"})}, "The log tells everything"),
    ({"LOGGING": log(loggers={"django.db.backends": {"level": "DEBUG"}})}, "Every question to the database is logged"),
    ({"TIME_ZONE": "America/Chicago"}, "Times have no time zone"),
    ({"USE_TZ": False}, "Times have no time zone"),
]


def says(reasons, words):
    """Whether this is the one reason, and no other."""
    return [one.reason[: len(words)] for one in reasons] == [words]


def test_a_safe_server_is_not_refused(safe):
    assert checks.refused() == []


@pytest.mark.filterwarnings("ignore:Overriding setting")
@pytest.mark.parametrize(("change", "words"), FLIPPED)
def test_each_unsafe_setting_is_refused_alone(safe, change, words):
    # As Django itself would read them; only what is looked at changes, not what already runs.
    for name, value in change.items():
        setattr(settings._wrapped, name, value)
    assert says(checks.refused(), words)


def test_a_server_without_a_key_is_refused(safe, monkeypatch):
    monkeypatch.delenv("ALONGSIDE_SECRET_KEY")
    assert says(checks.refused(), "There is no secret key")


def test_a_folder_that_cannot_be_written_to_is_refused(safe, monkeypatch):
    monkeypatch.setattr(checks, "may_write", lambda _: False)
    assert says(checks.refused(), "The folder for data cannot be written to")


def test_less_is_asked_of_the_demo_which_stays_on_this_machine(safe, monkeypatch):
    monkeypatch.setattr(checks, "about_this_machine", lambda _: replace(MACHINE, is_root=True))
    with override_settings(**DEMO, ALLOWED_HOSTS=["localhost"]):
        assert checks.refused() == []
        assert says(checks.refused(listens_on="192.0.2.1"), "The demo lets anyone be anyone")
        settings.ALLOWED_HOSTS = ["demo.example.org"]
        assert says(checks.refused(), "The demo lets anyone be anyone")


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        ({"is_root": True}, "We would run as root"),
        ({"var_mode": 0o755}, "Others on this machine may look into the folder"),
        ({"secret_files": (-1,)}, "A file that a secret should be read from"),
        ({"secret_files": (0o600, 0o640)}, "Others on this machine may read a file with a secret"),
        ({"key": "django-insecure-" + KEY}, "The secret key is a published one"),
        ({"own_key": KEY}, "The secret key is the one that this machine made"),
        ({"other_secrets": (KEY,)}, "One secret is used for two things"),
        ({"other_secrets": (KEY[:20],)}, "One secret is used for two things"),
        ({"other_secrets": ("for numbers", "for search", "for numbers")}, "One secret is used for two things"),
        ({"has_ledger_keys": False}, "The ledger’s key is none"),
        ({"has_sound_backup_keys": False}, "What should seal backups is no key"),
        ({"old_keys": ("short",)}, "An old secret key"),
        ({"old_keys": (KEY,)}, "An old secret key"),
        ({"others_may_write_playbook": True}, "Everybody on this machine may change the playbook"),
        ({"others_may_write_code": True}, "Everybody on this machine may change our own code"),
        ({"trusts_proxy": True, "listens_on": "0.0.0.0"}, "A header that says"),  # noqa: S104
    ],
)
def test_each_unsafe_thing_about_the_machine_is_refused_alone(machine, words):
    assert says(refused_by(unsafe_machine.RULES, replace(MACHINE, **machine)), words)


@pytest.mark.parametrize("machine", [MACHINE, Machine(is_root=True, may_be_root=True), Machine(trusts_proxy=True)])
def test_a_safe_machine_is_not_refused(machine):
    assert refused_by(unsafe_machine.RULES, machine) == []


@pytest.mark.parametrize(
    ("database", "words"),
    [
        (replace(SQLITE, journal_mode="delete"), "SQLite does not write ahead"),
        (replace(SQLITE, synchronous=1), "SQLite is not fully synchronous"),
        (replace(SQLITE, foreign_keys=False), "SQLite does not keep rows"),
        (replace(SQLITE, file_system="nfs4"), "The SQLite file lies on another machine’s disk"),
        (replace(SQLITE, file_mode=0o644), "Others on this machine may read the database file"),
        (replace(SQLITE, seconds_behind=3600.0), "This machine’s clock stands before"),
        (replace(SQLITE, demo_people=True), "The database holds the demo’s invented people"),
        (replace(SQLITE, endless_tokens=1), "A key to the API never runs out"),
        (replace(LOCAL, fsync=False), "PostgreSQL may lose what it said"),
        (replace(LOCAL, synchronous_commit="off"), "PostgreSQL answers before"),
        (replace(LOCAL, full_page_writes=False), "PostgreSQL could not mend a page"),
        (replace(LOCAL, wal_level="minimal"), "PostgreSQL writes too little ahead"),
        (replace(LOCAL, encoding="SQL_ASCII"), "The database cannot hold every name"),
        (replace(LOCAL, superuser=True), "We would work in PostgreSQL as its superuser"),
        (replace(REMOTE, password="postgres"), "The database’s password is one that is guessed first"),
        (replace(REMOTE, password="shorter"), "The database’s password is one that is guessed first"),
        (replace(REMOTE, sslmode=""), "The database on another machine is reached without proof"),
        (replace(REMOTE, sslmode="require"), "The database on another machine is reached without proof"),
        (replace(REMOTE, seconds_apart=-90.0), "The database’s clock and ours"),
    ],
)
def test_each_unsafe_thing_about_the_database_is_refused_alone(database, words):
    assert says(refused_by({**unsafe_database.KEEPING, **unsafe_database.RULES}, database), words)


@pytest.mark.parametrize("database", [SQLITE, LOCAL, REMOTE])
def test_a_safe_database_is_not_refused(database):
    assert refused_by({**unsafe_database.KEEPING, **unsafe_database.RULES}, database) == []


def test_every_refusal_says_why_and_what_to_do():
    assert len({refusal.reason for refusal in EVERY}) == len(EVERY) >= 40
    assert all(refusal.reason.endswith(".") and refusal.mend.endswith(".") for refusal in EVERY)
