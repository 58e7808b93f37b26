"""A disk without room: said in words, nothing kept by halves, and all as before once there is room again."""

import errno
import json
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside import cli
from alongside.agencies.models import Agency
from alongside.connectors.models import ImportRun
from alongside.contributions.models import Contribution, Draft
from alongside.contributions.tests.example import note
from alongside.contributions.tests.on_pages import PIP, step
from alongside.contributions.tokens import make_token
from alongside.ledger.models import LedgerEvent
from alongside.web.problems import status_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("agencies"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="its size is limited with words that only SQLite knows"),
]


def pragma(words):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {words}").fetchone()[0]


@contextmanager
def no_room(pages=0):
    """The database may not grow by more than so many pages, and has none to spare."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    pragma(f"max_page_count={pragma('page_count') + pages}")
    try:
        yield
    finally:
        pragma("max_page_count=1073741823")


@pytest.fixture
def tell():
    council = Agency.objects.get(pk="leeds-city-council")
    key = make_token(agency=council, name="mosaic", kinds=[], by="tests", at=timezone.now())[1]
    client = Client(raise_request_exception=False)

    def told(reference):
        body = json.dumps(note(reference, narrative=f"{reference} " * 1_500))
        sent = {"content_type": "application/json", "headers": {"authorization": f"Bearer {key}"}}
        return client.post("/api/v1/contributions", body, **sent)

    return told


def until_it_is_full(tell):
    """The answers until one says that there is no room."""
    answers = []
    for number in range(60):
        answers.append(tell(f"N-{number}"))
        if answers[-1].status_code != 201:
            return answers
    pytest.fail("The disk never filled.")


def test_the_api_says_that_there_is_no_room_and_keeps_nothing_by_halves(tell):
    with no_room(pages=12):
        *kept, last = until_it_is_full(tell)
    assert last.status_code == 507
    assert last["Content-Type"] == "application/json"
    assert last["Retry-After"]
    assert last.json()["detail"].startswith("There is no room to keep this.")
    assert Contribution.objects.count() == len(kept)
    assert LedgerEvent.objects.filter(operation="collect").count() == len(kept)
    assert pragma("integrity_check") == "ok"
    assert tell(f"N-{len(kept)}").status_code == 201


def test_a_page_says_that_there_is_no_room(maya):
    client = Client(raise_request_exception=False)
    client.force_login(maya)
    address = step(uuid4(), "what_happened", PIP)
    with no_room():
        answer = client.post(address, {"narrative": "x" * 50_000})
    assert answer.status_code == 507
    assert "There is no room to keep this" in answer.content.decode()
    assert Draft.objects.count() == 0
    assert client.post(address, {"narrative": "x" * 50_000}).status_code != 507
    assert Draft.objects.count() == 1


def test_an_upload_for_which_there_is_no_room_leaves_nothing_behind(grace, settings, tmp_path, monkeypatch):
    settings.UPLOADS = tmp_path / "uploads"
    client = Client(raise_request_exception=False)
    client.force_login(grace)

    def fills(self, *_, **__):
        yield b"kind,"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SimpleUploadedFile, "chunks", fills)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", fills)
    answer = client.post(reverse("import"), {"files": SimpleUploadedFile("notes.csv", b"kind,\n")})
    assert answer.status_code == 507
    assert ImportRun.objects.count() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_command_says_it_in_words(monkeypatch, capsys):
    def fills():
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(cli, "app", fills)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "no room left on the disk" in capsys.readouterr().err


def test_postgresql_says_it_with_a_kind_of_its_own():
    errors = pytest.importorskip("psycopg.errors")
    failure = OperationalError("could not extend file")
    failure.__cause__ = errors.DiskFull()
    assert status_for(failure) == 507
