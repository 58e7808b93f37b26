"""What is looked at before serving is what is so on this machine and in this database."""

import stat
from base64 import b64encode, urlsafe_b64encode

import pytest
from conftest import NOW
from django.db import connection
from django.test import override_settings

from alongside.config import checks, secret_files
from alongside.config.database_facts import about_the_database, file_system, mode_for_others
from alongside.config.machine_facts import about_this_machine, others_may_write
from alongside.contributions.models import ApiToken
from alongside.contributions.tokens import make_token
from alongside.shared.keys import made

MOUNTS = """21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
35 21 0:30 / /srv/share rw - nfs4 files:/share rw
36 21 0:31 / /srv/with\\040room rw - cifs //files/room rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/var/lib/alongside.sqlite3", "ext4"), ("/srv/share/a/b.sqlite3", "nfs4"), ("/srv/with room/b", "cifs")],
)
def test_a_file_lies_on_the_nearest_file_system(tmp_path, path, kind):
    (tmp_path / "mounts").write_text(MOUNTS)
    assert file_system(tmp_path / path, tmp_path / "mounts") == kind


def test_a_file_in_a_closed_folder_is_closed(tmp_path):
    file = tmp_path / "data" / "alongside.sqlite3"
    file.parent.mkdir(mode=0o700)
    file.write_text("")
    file.chmod(0o644)
    assert mode_for_others(file) == 0o600
    file.parent.chmod(0o755)
    assert mode_for_others(file) == 0o644


def test_one_open_file_in_a_folder_is_found(tmp_path):
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "note.toml").write_text("")
    assert not others_may_write(tmp_path)
    (tmp_path / "kinds" / "note.toml").chmod(0o666)
    assert others_may_write(tmp_path)


def test_a_secret_may_lie_in_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("A_SECRET", "from the environment")
    (tmp_path / "secret").write_text("from the file\n")
    (tmp_path / "secret").chmod(0o640)
    named = {"A_SECRET": str(tmp_path / "secret"), "ANOTHER": str(tmp_path / "not there"), "NONE": ""}
    secret_files.read_secrets(named)
    assert secret_files.os.environ["A_SECRET"] == "from the file"
    assert secret_files.modes(named) == (0o640, secret_files.NO_SUCH_FILE)


def test_this_machine_is_looked_at(tmp_path):
    tmp_path.chmod(0o750)
    (tmp_path / "secret_key").write_text("its own\n")
    with override_settings(VAR=tmp_path, PLAYBOOK=tmp_path / "no such", SECRET_KEY_FALLBACKS=["an old one"]):
        seen = about_this_machine("127.0.0.1")
    assert (stat.S_IMODE(seen.var_mode), seen.own_key, seen.old_keys) == (0o750, "its own", ("an old one",))


def test_one_key_for_two_things_and_an_open_file_are_seen_however_they_are_spelt(tmp_path, monkeypatch):
    file, one, another = tmp_path / "backup_key", made(), made()
    file.write_text(f"{one.rstrip('=')}\n")
    file.chmod(0o644)
    monkeypatch.setenv("ALONGSIDE_BACKUP_KEY_FILE", str(file))
    with override_settings(DATA_KEYS=f"{another},{one}", SEARCH_KEY=made(), LEDGER_KEY=""):
        seen = about_this_machine("127.0.0.1")
    assert 0o644 in seen.secret_files
    assert (len(seen.other_secrets), len(set(seen.other_secrets))) == (4, 3)


NOUGHTS = b64encode(bytes(32)).decode()
ONE_LETTER = b64encode(b"a" * 32).decode()
BY_OTHER_TOOLS = b64encode(bytes(range(224, 256))).decode()
A_KEY, ANOTHER = (urlsafe_b64encode(bytes(range(n, n + 32))).decode() for n in (100, 190))


@pytest.mark.parametrize(
    ("key", "before", "sound"),
    [
        ("", [], True),
        (BY_OTHER_TOOLS, [], True),
        (A_KEY, [], True),
        ("short", [], False),
        (NOUGHTS, [], False),
        (ONE_LETTER, [], False),
        (f"{A_KEY},{ANOTHER}", [], False),
        ("", ["hello"], False),
    ],
)
def test_a_ledger_key_that_is_none_is_seen(key, before, sound):
    with override_settings(LEDGER_KEY=key, LEDGER_KEYS_BEFORE=before):
        assert about_this_machine("127.0.0.1").has_ledger_keys is sound


@pytest.mark.parametrize(
    ("key", "sound"),
    [("", True), (A_KEY, True), (f"{A_KEY},{ANOTHER}", True), ("changeme", False), (NOUGHTS, False)],
)
def test_a_backup_key_that_seals_nothing_is_seen(key, sound, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_BACKUP_KEY", key)
    assert about_this_machine("127.0.0.1").has_sound_backup_keys is sound


@pytest.mark.django_db
def test_this_database_is_looked_at(maya):
    ApiToken.objects.create(agency=maya.agency, name="old", hashed="0" * 64, made_at=NOW)
    make_token(agency=maya.agency, name="new", kinds=[], by="tests", at=NOW)
    seen = about_the_database()
    assert seen.kind == connection.vendor
    assert (seen.demo_people, seen.endless_tokens) == (True, 1)
    assert abs(seen.seconds_apart) < 30


@pytest.mark.django_db
def test_a_database_without_tables_says_nothing_of_what_it_holds(monkeypatch):
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda self: [])
    assert not about_the_database().demo_people


def test_a_folder_that_is_not_there_yet_counts_by_its_parents(tmp_path):
    assert checks.may_write(tmp_path / "a" / "b")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks a server how it is reached")
def test_the_machine_is_the_one_that_was_reached_however_the_address_names_it(monkeypatch):
    """libpq takes a host from the address' end, a service file or its own variable, where the settings hold none."""
    assert about_the_database().host == connection.get_connection_params().get("host", "")
    monkeypatch.setitem(connection.settings_dict, "HOST", "")
    monkeypatch.setattr(type(connection.connection.info), "host", "db.example.org")
    assert about_the_database().is_remote
