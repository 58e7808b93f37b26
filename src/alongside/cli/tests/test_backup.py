"""The restore drill: what was backed up while somebody wrote comes back, whole, on either database."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from alongside.shared.keys import made

ROOT = Path(__file__).resolve().parents[4]
# Tells one thing after another, and says the reference of each once it is durable.
WRITER = """
import django
django.setup()
from django.utils import timezone
from alongside.contributions.actions import accept
for n in range(1, 100_000):
    told = {"kind": "general_note", "source": {"agency": "leeds-camhs", "system": "drill", "reference": f"D-{n}"},
            "occurred_at": "2026-03-04", "narrative": "Came to the group and stayed to the end. " * 20}
    accept([told], by="drill", at=timezone.now())
    print(n, flush=True)
"""
ASK = "import django; django.setup(); from alongside.contributions.models import Contribution as C; print({})"


@contextmanager
def databases(folder, *ends):
    """The address of an empty database of the kind that the tests run on, and others beside it whose names end so;
    all are gone at the end."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/var/alongside.sqlite3"
        return
    server = os.environ["DATABASE_URL"]
    ours = f"drill_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as door:
        for end in ("", *ends):
            door.execute(f"CREATE DATABASE {ours}{end}")
        yield f"{server.rsplit('/', 1)[0]}/{ours}"
        for end in ("", *ends):
            door.execute(f"DROP DATABASE {ours}{end} WITH (FORCE)")


def environ_of(folder, database, keys):
    (folder / "var").mkdir(exist_ok=True)
    return {
        **os.environ,
        **keys,
        "ALONGSIDE_VAR": str(folder / "var"),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def ran_in(folder, environ, *words, status=0, **more):
    command = [sys.executable, *(("-c", words[0]) if len(words) == 1 else ("-m", *words))]
    done = subprocess.run(
        command, env=environ | more, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def keys():
    sealing = ("ALONGSIDE_DATA_KEYS", "ALONGSIDE_SEARCH_KEY", "ALONGSIDE_BACKUP_KEY")
    return {name: made() for name in sealing} | {"ALONGSIDE_SECRET_KEY": "drill"}


@pytest.fixture(scope="module")
def built(tmp_path_factory, keys):
    """A small city, built once: its folder and the address of its database."""
    folder = tmp_path_factory.mktemp("built")
    with databases(folder) as database:
        words = ("alongside", "demo", "--no-serve", "--children", "20", "--days", "30")
        ran_in(folder, environ_of(folder, database, keys), *words)
        yield folder, database


@pytest.fixture
def database(tmp_path):
    with databases(tmp_path, "_restored") as address:
        yield address


@pytest.fixture
def environ(tmp_path, database, keys):
    return environ_of(tmp_path, database, keys)


@pytest.fixture
def run(environ, tmp_path):
    return partial(ran_in, tmp_path, environ)


@pytest.fixture
def city(built, environ, database, tmp_path):
    """The city, in this test's own database."""
    folder, model = built
    shutil.copytree(folder / "var", tmp_path / "var", dirs_exist_ok=True)
    if connection.vendor == "postgresql":
        name, model = database.rpartition("/")[2], model.rpartition("/")[2]
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as door:
            door.execute(f"DROP DATABASE {name}")
            door.execute(f"CREATE DATABASE {name} TEMPLATE {model}")


@contextmanager
def somebody_writing(environ):
    """A process that writes without a pause; gives what reads the number of the last thing that is durable."""
    with subprocess.Popen([sys.executable, "-c", WRITER], env=environ, stdout=subprocess.PIPE, text=True) as writer:
        try:
            yield lambda: int(writer.stdout.readline())
        finally:
            writer.kill()


@pytest.fixture
def elsewhere(tmp_path, database):
    """Where to restore to, and the environment of whoever works there afterwards."""
    if connection.vendor == "sqlite":
        there = str(tmp_path / "there")
        return there, {"ALONGSIDE_VAR": there, "DATABASE_URL": f"sqlite:///{there}/alongside.sqlite3"}
    address = f"{database}_restored"
    return address, {"DATABASE_URL": address}


def backup_in(tmp_path):
    (made_,) = (tmp_path / "var" / "backups").glob("*.backup")
    return made_


def test_what_is_backed_up_while_somebody_writes_comes_back_whole(run, city, environ, elsewhere, tmp_path):
    place, there = elsewhere
    with somebody_writing(environ) as last_written:
        before = [last_written() for _ in range(5)][-1]
        run("alongside", "backup")
        after = last_written()
    head = json.loads(backup_in(tmp_path).read_bytes().split(b"\n")[1])
    assert "NO " not in run("alongside", "restore", str(backup_in(tmp_path)), "--to", place)
    drilled = run(ASK.format('list(C.objects.filter(system="drill").values_list("reference", flat=True))'), **there)
    told = [int(reference.removeprefix("D-")) for reference in json.loads(drilled.replace("'", '"'))]
    assert told == list(range(1, len(told) + 1))
    assert before <= len(told)
    assert after >= before
    assert json.loads(run("alongside", "state", **there)) == head["state"]


def test_trying_a_backup_leaves_nothing_behind(run, city, tmp_path):
    run("alongside", "backup")
    run("alongside", "ledger", "checkpoint")
    before = run("alongside", "state")
    said = run("alongside", "restore", str(backup_in(tmp_path)), "--verify", TMPDIR=str(tmp_path))
    assert "; this machine sealed" in said
    assert [line[:3] for line in said.splitlines()] == ["yes"] * 5 + ["End", "Clo", "Dis"]
    assert not list(tmp_path.glob("alongside-restore-*"))
    assert run("alongside", "state") == before


FORGE = """
import django
django.setup()
from alongside.ledger.tests.tampering import no_triggers, run
with no_triggers():
    run("UPDATE ledger_ledgerevent SET actor = 'nobody' WHERE id = (SELECT min(id) FROM ledger_ledgerevent)")
"""


def test_a_backup_whose_ledger_was_forged_before_says_so(run, city, tmp_path):
    run("alongside", "ledger", "checkpoint")
    run(FORGE)
    run("alongside", "backup")
    said = run("alongside", "restore", str(backup_in(tmp_path)), "--verify", status=1)
    assert [line[:3] for line in said.splitlines()] == ["yes"] * 4 + ["NO "]
    assert "ledger: " in said.splitlines()[-1]


def test_nothing_is_restored_over_a_database_in_use(run, city, environ, tmp_path):
    run("alongside", "backup")
    ours = environ["DATABASE_URL"] if connection.vendor == "postgresql" else environ["ALONGSIDE_VAR"]
    before = run("alongside", "state")
    said = run("alongside", "restore", str(backup_in(tmp_path)), "--to", ours, status=2)
    assert "already" in said
    assert run("alongside", "state") == before


def test_a_backup_that_was_changed_or_is_sealed_otherwise_is_refused(run, city, tmp_path):
    run("alongside", "backup")
    whole = backup_in(tmp_path)
    said = run("alongside", "restore", str(whole), "--verify", status=2, ALONGSIDE_BACKUP_KEY=made())
    assert "sealed with another key" in said
    (tmp_path / "cut").write_bytes(whole.read_bytes()[:-1])
    assert "not whole" in run("alongside", "restore", str(tmp_path / "cut"), "--verify", status=2)


def test_without_a_key_or_tables_there_is_no_backup(run, city, tmp_path):
    assert "no key to seal" in run("alongside", "backup", status=2, ALONGSIDE_BACKUP_KEY="")
    empty = f"sqlite:///{tmp_path}/empty.sqlite3"
    assert "another version" in run("alongside", "backup", status=2, DATABASE_URL=empty)
    assert not list((tmp_path / "var").glob("backups/*.backup"))


DISPOSE = """
import django
django.setup()
from django.utils import timezone
from alongside.agencies.actions import invite
from alongside.contributions.models import Contribution
from alongside.keeping.actions import approve, propose
from alongside.keeping.queries import due_for
now = timezone.now()
vera, abel = (invite(key=key, name=key, email=f"{key}@alongside.example", agency="leeds-city-council",
    role="records_officer", team=None, by="test", at=now) for key in ("vera", "abel"))
due = [one.contribution.receipt for one in due_for(vera, at=now)]
print(approve(proposal=propose(receipts=due, by=vera, at=now), by=abel, at=now))
"""


SAID = """
import django
django.setup()
from alongside.ledger.models import LedgerEvent
print(LedgerEvent.objects.get(what="disposed of again after a restore").subject)
"""


def test_a_restored_backup_disposes_again_of_what_went_since(run, city, elsewhere, tmp_path):
    old = {"kind": "general_note", "source": {"agency": "leeds-city-council", "system": "mosaic", "reference": "OLD-1"}}
    child = {"role": "subject", "reference": "C-OLD", "given_name": "Kestrelina", "family_name": "Merlinson"}
    told = old | {"occurred_at": "1991-05-01", "narrative": "Came with her aunt.", "people": [child]}
    (tmp_path / "old.ndjson").write_text(json.dumps(told))
    place, there = elsewhere
    run("alongside", "ingest", "old.ndjson")
    run("alongside", "backup")
    assert run(DISPOSE) == "1\n"
    after = json.loads(run("alongside", "state"))
    said = run("alongside", "restore", str(backup_in(tmp_path)), "--to", place)
    assert "Disposed of again: 1 of the 1 on the list." in said
    assert json.loads(run("alongside", "state", **there)) == after
    assert run(SAID, **there).startswith("contribution:")
    assert "disposed of on" in run("alongside", "ingest", "old.ndjson", status=2, **there)
    assert "NO LIST" in run("alongside", "restore", str(backup_in(tmp_path)), "--verify", "--disposed", "none.list")


def test_a_list_that_cannot_be_used_is_named_before_anything_is_restored(run, city, tmp_path):
    run("alongside", "backup")
    shelf, there = tmp_path / "var" / "backups", tmp_path / "there"
    doors, gone, cut = shelf / "closed-doors.list", shelf / "disposed-of.list", tmp_path / "cut.list"
    backup = backup_in(tmp_path)
    for option, whole, wrong in (("--closed", doors, gone), ("--disposed", gone, doors)):
        cut.write_bytes(whole.read_bytes()[:-1])
        for path, reason in ((cut, "not whole"), (wrong, "does not list"), (backup, "does not list")):
            said = run("alongside", "restore", str(backup), "--to", str(there), option, str(path), status=2)
            assert f"Nothing was restored: the list {path} cannot be used." in said
            assert reason in said
            assert "Ended" not in said
    assert "is no backup" in run("alongside", "restore", str(doors), "--to", str(there), status=2)
    assert not there.exists()


SIGNED_IN = """
import django
django.setup()
from django.utils import timezone
from alongside.agencies.models import Practitioner, SignedIn
one, at = Practitioner.objects.filter(role="social_worker").first(), timezone.now()
SignedIn.objects.create(practitioner=one, began_at=at, last_seen_at=at)
"""
CLOSE = """
import django
django.setup()
from django.utils import timezone
from alongside.agencies import seats
from alongside.agencies.models import Practitioner
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Person
at, manager = timezone.now(), Practitioner.objects.filter(role="front_door_manager").first()
worker = Practitioner.objects.filter(role="social_worker", is_active=True).first()
one, other = Person.objects.filter(stands=True).order_by("pk")[:2]
seats.suspend(practitioner=worker, because="Sold an address", by="test", at=at)
restrict(person=one, readers=[], by=manager, at=at, because="Moved to a refuge")
declare_tie(person=other, by=manager, at=at, because="Her aunt")
"""
OPEN = """
import django
django.setup()
from alongside.agencies.models import Practitioner, SignedIn
from alongside.people.models import Person, Restriction, Tie
one, other = Person.objects.filter(stands=True).order_by("pk")[:2]
print(Practitioner.objects.exclude(suspended_at=None).count(), Restriction.objects.filter(person=one).count(),
    Tie.objects.filter(person=other).count(), SignedIn.objects.filter(ended_at=None).count())
"""


def test_a_restored_backup_closes_again_what_was_closed_since(run, city, elsewhere, tmp_path):
    place, there = elsewhere
    run(SIGNED_IN)
    run("alongside", "backup")
    run(CLOSE)
    assert b"refuge" not in (tmp_path / "var" / "backups" / "closed-doors.list").read_bytes()
    said = run("alongside", "restore", str(backup_in(tmp_path)), "--to", place)
    assert "Ended: 1 sessions" in said
    assert "Closed again: 1 seats, 1 ties, 1 restrictions. The list is of " in said
    assert run(OPEN, **there) == "1 1 1 0\n"
    said = run("alongside", "restore", str(backup_in(tmp_path)), "--verify", "--closed", "none.list")
    assert "NO LIST of closed doors" in said


LEFT = """
import django
django.setup()
from django.utils import timezone
from alongside.agencies import seats
from alongside.agencies.actions import invite
from alongside.agencies.models import Practitioner
from alongside.people.closing import restrict
from alongside.people.models import Person
at, manager = timezone.now(), Practitioner.objects.filter(role="front_door_manager").first()
newer = invite(key="newer", name="Newer", email="newer@alongside.example", agency="leeds-city-council",
    role="social_worker", team=None, by="test", at=at)
restrict(person=Person.objects.filter(stands=True).order_by("pk")[2], readers=[newer], by=manager, at=at, because="x")
seats.suspend(practitioner=newer, because="Sold an address", by="test", at=at)
"""


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_restore_writes_nothing_where_the_backups_are(run, city, elsewhere, tmp_path):
    """The copy knows less than the list of doors in use, of which it closes what it can."""
    (place, _), shelf = elsewhere, tmp_path / "var" / "backups"
    named = {"ALONGSIDE_BACKUPS": str(shelf)}
    run("alongside", "backup", **named)
    run(CLOSE, **named)
    run(LEFT, **named)
    before = files_of(shelf)
    for where in (["--verify"], ["--to", place]):
        said = run("alongside", "restore", str(backup_in(tmp_path)), *where, **named)
        assert "NOT IN THIS COPY, so not closed: 1 seats" in said
        assert re.search(r"NOT IN THIS COPY, so not named on \w+: newer\.", said)
        assert files_of(shelf) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a PostgreSQL database is in no folder")
def test_a_restore_beside_the_backups_leaves_their_list_alone(run, city, elsewhere, tmp_path):
    (place, there), shelf = elsewhere, tmp_path / "there" / "backups"
    run("alongside", "backup", ALONGSIDE_BACKUPS=str(shelf))
    run(LEFT, ALONGSIDE_BACKUPS=str(shelf))
    run(CLOSE, ALONGSIDE_BACKUPS=str(shelf))
    before = files_of(shelf)
    (backup,) = shelf.glob("*.backup")
    run("alongside", "restore", str(backup), "--to", place)
    assert run(OPEN, **there) == "1 1 1 0\n"
    assert files_of(shelf) == before
