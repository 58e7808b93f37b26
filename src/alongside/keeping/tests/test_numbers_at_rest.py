"""No table holds a child's number as it is; search, linkage, import and the hash of the meaning do not notice."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from conftest import NOW
from django.core.exceptions import FieldError
from django.db import connection

from alongside.access_requests.actions import log_request
from alongside.access_requests.models import PackItem, RequestPart
from alongside.access_requests.tests.conftest import ASKED
from alongside.config.state import hash_of_meaning
from alongside.contributions.drafts import save_draft
from alongside.contributions.envelope import as_text, content_hash
from alongside.contributions.models import Contribution, Draft
from alongside.contributions.numbers import whole_hash, without_numbers
from alongside.contributions.tests.example import note
from alongside.keeping.rotating import index_again, rotate
from alongside.linkage.models import RecordLink
from alongside.linkage.search import find
from alongside.people.models import AgencyRecord
from alongside.shared import identifiers
from alongside.shared.keys import keys_in, made
from alongside.shared.vault import CannotOpenError
from alongside.sharing.models import ShareDraft

from .test_no_trace import words_in_tables

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]
NHS, UPN, COUNCIL, PNC = "9434765919", "B801200005001", "7004321", "2010/0123456X"
NUMBERS = {"nhs_number": NHS, "upn": UPN, "la_child_id": COUNCIL, "identifiers": {"pnc": PNC}}
POLICE = {"agency": "west-yorkshire-police", "system": "niche", "reference": "I-1"}
OTHER = {"reference": "N-778", "given_name": "Vonnie", "family_name": "Byrne", "date_of_birth": "", "postcode": ""}


def in_the_clear():
    return {(table, n) for table, row in words_in_tables() for n in (NHS, UPN, COUNCIL, PNC) if n in row}


@pytest.fixture
def told(tell):
    return tell(note(person=NUMBERS), note(source=POLICE, handling="police", person=OTHER | {"nhs_number": NHS}))


def test_no_table_holds_a_number_and_everybody_who_may_reads_it(told, maya):
    draft = Draft(key=uuid4(), author=maya, kind="general_note", saved_at=NOW)
    save_draft(draft=draft, answers={"who": {"p1-nhs_number": [NHS], "p1-name": ["S"]}}, by=maya, at=NOW)
    assert in_the_clear() == set()
    assert Draft.objects.get().answers["who"] == {"p1-nhs_number": [NHS], "p1-name": ["S"]}
    assert Contribution.objects.get(reference="N-1").told["people"][0]["nhs_number"] == NHS
    assert Contribution.objects.defer("told").get(reference="N-1").told["people"][0]["identifiers"] == {"pnc": PNC}
    record = AgencyRecord.objects.get(agency="leeds-city-council")
    assert (record.upn, record.la_child_id, record.more["identifiers"]) == (UPN, COUNCIL, {"pnc": PNC})
    assert AgencyRecord.objects.get(agency="west-yorkshire-police").closed["nhs_number"] == NHS


def test_a_child_is_found_and_linked_by_a_number(told, maya):
    assert [one.why for one in find("943 476 5919", viewer=maya, at=NOW)] == [("the NHS number is the same",)]
    assert find("9434765870", viewer=maya, at=NOW) == []
    assert RecordLink.objects.get(record__agency="west-yorkshire-police").reason == "The same NHS number"


def test_the_same_again_is_the_same_and_another_number_is_a_new_version(told, tell):
    assert tell(note(person=NUMBERS))[0].status == "unchanged"
    assert tell(note(person=NUMBERS | {"nhs_number": "9434765870"}))[0].status == "superseded"


def test_a_number_cannot_be_found_by_trying_which_gives_the_hash(told):
    one = Contribution.objects.get(reference="N-1")
    assert one.content_hash == content_hash(as_text(without_numbers(one.told)))
    assert whole_hash(one.content_hash, one.sealed, one.receipt) == content_hash(as_text(one.told))


def test_a_sealed_column_is_never_compared_in_silence():
    with pytest.raises(FieldError, match="sealed"):
        AgencyRecord.objects.filter(nhs_number=NHS).exists()


def test_a_new_key_seals_all_again_and_nothing_else_changes(told, settings):
    before, old = hash_of_meaning(), settings.DATA_KEYS
    settings.DATA_KEYS = f"{made()},{old}"
    assert sum(rotate(batch=1)) == 4
    assert sum(rotate()) == 0
    assert hash_of_meaning() == before
    settings.DATA_KEYS = settings.DATA_KEYS.split(",")[0]
    assert hash_of_meaning() == before
    settings.DATA_KEYS = old
    with pytest.raises(CannotOpenError):
        hash_of_meaning()


def test_a_new_search_key_takes_the_place_of_the_old_one_and_no_record_is_lost_meanwhile(told, tell, maya, settings):
    old, new = settings.SEARCH_KEY, made()
    found = [one.person for one in find(NHS, viewer=maya, at=NOW)]
    settings.SEARCH_KEY = f"{new},{old}"
    assert [one.person for one in find(NHS, viewer=maya, at=NOW)] == found
    tell(note(source=POLICE | {"reference": "I-2"}, person=OTHER | {"reference": "N-779", "nhs_number": NHS}))
    assert set(AgencyRecord.objects.values_list("person", flat=True)) == {found[0].pk}
    assert sum(index_again(batch=1)) == 3
    settings.SEARCH_KEY = new
    assert [one.person for one in find(NHS, viewer=maya, at=NOW)] == found
    assert sum(index_again()) == 3
    settings.SEARCH_KEY = old
    assert find(NHS, viewer=maya, at=NOW) == []


def test_what_was_known_before_numbers_were_sealed_is_sealed_by_the_first_rotation(told, maya):
    before = hash_of_meaning()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_agencyrecord SET nhs_number = %s WHERE agency_id = 'leeds-city-council'", [NHS])
    assert in_the_clear() == {("people_agencyrecord", NHS)}
    assert hash_of_meaning() == before
    assert sum(rotate()) == 1
    assert in_the_clear() == set()
    assert find(NHS, viewer=maya, at=NOW)


def test_what_somebody_writes_to_give_is_sealed_whole_and_again_with_a_new_key(told, maya, settings):
    person = AgencyRecord.objects.get(agency="leeds-city-council").person
    written = {"words": [f"His number is {NHS}"]}
    page = {"by": maya, "page": "share", "person": person, "began_at": NOW, "saved_at": NOW}
    draft = ShareDraft.objects.create(**page, answers=written)
    assert in_the_clear() == set()
    settings.DATA_KEYS = f"{made()},{settings.DATA_KEYS}"
    assert (sum(rotate()), sum(rotate())) == (5, 0)
    settings.DATA_KEYS = settings.DATA_KEYS.split(",")[0]
    draft.refresh_from_db()
    assert draft.answers == written


@pytest.fixture
def packed(told, grace):
    """What the council collected for a request of the child's mother, with its numbers in words."""
    person = AgencyRecord.objects.get(agency="leeds-city-council").person
    return log_request(person=person, by=grace, at=NOW, **ASKED).parts.get(agency="leeds-city-council")


def words_of(part):
    return str(list(PackItem.objects.filter(part=part).order_by("pk").values_list("texts", flat=True)))


def test_a_pack_holds_numbers_for_whoever_works_on_it_and_for_nobody_else(packed):
    assert NHS in words_of(packed)
    assert in_the_clear() == set()


def test_what_was_packed_before_packs_were_sealed_is_sealed_by_the_first_rotation(packed):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_requests_packitem SET texts = %s", [json.dumps([["nhs_number", "NHS", NHS]])])
        cursor.execute("UPDATE access_requests_requestpart SET pack = %s", [json.dumps({"about": NHS})])
    packed.refresh_from_db()
    assert (NHS in words_of(packed), packed.pack) == (True, {"about": NHS})
    assert in_the_clear() == {("access_requests_packitem", NHS), ("access_requests_requestpart", NHS)}
    assert sum(rotate()) == PackItem.objects.count() + RequestPart.objects.count()
    assert (in_the_clear(), sum(rotate())) == (set(), 0)
    packed.refresh_from_db()
    assert (NHS in words_of(packed), packed.pack) == (True, {"about": NHS})


@pytest.fixture
def environ(tmp_path):
    """A server's environment with two keys, on an empty database of the kind that the tests run on."""
    given = os.environ | {
        "ALONGSIDE_VAR": str(tmp_path),
        "ALONGSIDE_SECRET_KEY": "rotating",
        "ALONGSIDE_DATA_KEYS": made(),
        "ALONGSIDE_SEARCH_KEY": made(),
        "DATABASE_URL": f"sqlite:///{tmp_path}/alongside.sqlite3",
        "PYTHONPATH": str(ROOT / "src"),
    }
    if connection.vendor == "sqlite":
        yield given
        return
    server, name = os.environ["DATABASE_URL"], f"rotating_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as door:
        door.execute(f"CREATE DATABASE {name}")
        yield given | {"DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{name}"}
        door.execute(f"DROP DATABASE {name} WITH (FORCE)")


def alongside(environ, *words):
    command = [sys.executable, "-m", "alongside", *words]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=120).stdout


def numbers_in(folder):
    """Every NHS number and pupil number in the files of the invented city."""
    words = {word for path in folder.rglob("*") if path.is_file() for word in re.findall(r"\w+", path.read_text())}
    return {word for word in words if identifiers.nhs_number(word) or identifiers.upn(word)}


def test_no_file_of_the_database_holds_a_number_of_the_invented_city(environ, tmp_path):
    environ["DATABASE_URL"] = f"sqlite:///{tmp_path}/alongside.sqlite3"
    alongside(environ, "demo", "--no-serve", "--children", "60", "--days", "60")
    numbers = numbers_in(tmp_path / "demo-city")
    assert len(numbers) > 30
    files = [path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("alongside.sqlite3")]
    assert [number for number in numbers if any(number.encode() in file for file in files)] == []


def test_killed_anywhere_rotation_goes_on_from_there(environ):
    alongside(environ, "demo", "--no-serve", "--children", "40", "--days", "60")
    before, newest = alongside(environ, "state"), made()
    environ["ALONGSIDE_DATA_KEYS"] = f"{newest},{environ['ALONGSIDE_DATA_KEYS']}"
    command = [sys.executable, "-m", "alongside", "keys", "rotate", "--batch", "1"]
    for seconds in (0.9, 1.1, 1.3, 1.6):
        with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as rotating:
            time.sleep(seconds)
            rotating.kill()
    said = alongside(environ, "keys", "rotate")
    assert f"sealed with key {next(iter(keys_in(newest, name='')))}" in said
    assert alongside(environ | {"ALONGSIDE_DATA_KEYS": newest}, "state") == before
