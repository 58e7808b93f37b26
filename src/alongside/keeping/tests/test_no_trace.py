"""After a disposal no word of it is left: in no table, not in the database's files, not among uploads."""

import json

import pytest
from conftest import NOW
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from alongside.connectors.models import ImportRun
from alongside.contributions.models import Contribution
from alongside.contributions.tests.example import note
from alongside.contributions.writing import line_up
from alongside.flow import follow_pending
from alongside.keeping.actions import approve, propose
from alongside.keeping.queries import due_for
from alongside.linkage.models import LinkQuestion

from .conftest import old

# Each a word that stands nowhere else, in every place where something told can hold one.
CANARIES = ("Kestrelina", "Merlinson", "narrativkestrel", "strengthkestrel", "oldnamekestrel", "QKESTREL", "refkestrel")
CANARY = {
    "person": {
        "reference": "QKESTREL-7",
        "given_name": "Kestrelina",
        "family_name": "Merlinson",
        "aliases": ["oldnamekestrel"],
        "likes_to_be_called": "Kestrelina",
        "strengths": "strengthkestrel",
        "trusted_person": "Merlinson",
    },
    "narrative": "narrativkestrel and more",
}


def words_in_tables():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own tables
            for row in cursor.fetchall():
                yield table, json.dumps(row, default=str, ensure_ascii=False)


def found_in_tables(words):
    low = [word.lower() for word in words]
    return {(table, word) for table, row in words_in_tables() for word in low if word in row.lower()}


def found_in_files(folder, words):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {(path.name, word) for path in files for word in words if word.lower().encode() in path.read_bytes().lower()}


def dispose_of_all(una, joe):
    proposal = propose(receipts=[one.contribution.receipt for one in due_for(una, at=NOW)], by=una, at=NOW)
    return approve(proposal=proposal, by=joe, at=NOW)


@pytest.mark.django_db
def test_no_table_holds_a_word_of_it(tell, una, joe):
    tell(note("N-9"), old("refkestrel", **CANARY), old("refkestrel", **CANARY | {"narrative": "Corrected."}))
    alike = {"given_name": "Kestrelina", "family_name": "Merlinson", "date_of_birth": "2010-05", "postcode": ""}
    tell(old("refkestrel-2", person=alike | {"reference": "QKESTREL-8"}))
    assert LinkQuestion.objects.exists()
    assert {word for _, word in found_in_tables(CANARIES)} == {word.lower() for word in CANARIES}
    assert dispose_of_all(una, joe) == 2
    assert found_in_tables(CANARIES) == set()
    assert Contribution.objects.get().reference == "N-9"


@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_database_or_of_uploads_holds_a_word_of_it(una, joe, tell, client, grace, settings, tmp_path):
    settings.UPLOADS, settings.VAR = tmp_path / "uploads", tmp_path
    client.force_login(grace)
    rejected = json.dumps(old("refkestrel", **CANARY) | {"occurred_at": "soon"}).encode()
    client.post(reverse("import"), {"files": SimpleUploadedFile("notes.ndjson", rejected)})
    assert found_in_files(tmp_path / "uploads", CANARIES)
    tell(old("refkestrel", **CANARY))
    dispose_of_all(una, joe)
    assert found_in_files(tmp_path, CANARIES) == set()
    assert ImportRun.objects.get().report["totals"]["rejected"] == 1
    assert found_in_tables(CANARIES) == set()


@pytest.mark.django_db
def test_what_comes_again_is_not_kept_among_the_rejects(tell, una, joe, client, grace, settings, tmp_path):
    settings.UPLOADS, settings.VAR = tmp_path / "uploads", tmp_path
    tell(old("refkestrel", **CANARY))
    dispose_of_all(una, joe)
    client.force_login(grace)
    again = json.dumps(old("refkestrel", **CANARY)).encode()
    answer = client.post(reverse("import"), {"files": SimpleUploadedFile("notes.ndjson", again)})
    client.post(reverse("import_take_in", args=[ImportRun.objects.get().key]))
    assert answer.status_code == 302
    assert {file for file, _ in found_in_files(tmp_path, CANARIES)} <= {"notes.ndjson", "report.json"}


@pytest.mark.django_db
def test_what_waits_to_be_followed_is_not_yet_due(tell, una):
    tell(old())
    line_up(Contribution.objects.values_list("pk", flat=True))
    assert due_for(una, at=NOW) == []
    follow_pending(at=NOW)
    assert len(due_for(una, at=NOW)) == 1


def test_every_table_is_looked_at():
    """The search reads the database, not the models: nothing is left out because nobody thought of it."""
    assert {model._meta.db_table for model in apps.get_models()} >= {"contributions_contribution", "people_namekey"}
