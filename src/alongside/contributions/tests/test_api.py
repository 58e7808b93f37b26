"""The API: what is taken, what is refused in words, and that nothing sent makes it fall over."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from conftest import NOW
from django.urls import reverse

from alongside.agencies.models import Agency
from alongside.contributions import tokens
from alongside.contributions.models import Contribution, Pending
from alongside.contributions.tokens import make_token
from alongside.ledger.models import LedgerEvent

from .example import note

pytestmark = pytest.mark.django_db
TELL = "/api/v1/contributions"


@pytest.fixture
def told(client, key):
    def tell(body: Any, *, raw: bool = False, **headers: str) -> Any:
        text = body if raw else json.dumps(body)
        sent = {"HTTP_AUTHORIZATION": f"Bearer {key}"} | headers
        return client.post(TELL, text, content_type="application/json", **sent)

    return tell


def test_a_key_that_calls_too_often_is_told_to_wait(told, key, client, monkeypatch):
    """A system gone wrong, or a stolen key, cannot keep everybody else out."""
    monkeypatch.setattr(tokens, "calls_a_minute", lambda: 3)
    with time_machine.travel(NOW, tick=False) as clock:
        assert [told(note(f"N-{turn}")).status_code for turn in range(5)] == [201, 201, 201, 429, 429]
        assert "Wait, and send lists" in told(note("N-9")).json()["detail"]
        assert client.get(f"{TELL}/AB3CD5EF").status_code == 401, "without a key it is only that"
        clock.shift(60)
        assert told(note("N-9")).status_code == 201


HOSTILE = [
    None,
    True,
    0,
    -1,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x" * 25_000,
    "\x00",
    "\ud800",
    "\u202e\u0007\ufeff",
    "0000-00-00",
    "9999-12-31T23:59:59+14:00",
    "0001-01-01T00:00:00+14:00",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    [],
    [[]],
    [None],
    ["\ud800", 5, {}],
    {},
    {"": ""},
    {"code": {"code": []}},
    {"__proto__": None, "\x00": "\x00"},
]


def places_in(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in what is told, from the whole to its last leaf."""
    below = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return [path, *(place for key, part in below for place in places_in(part, (*path, key)))]


def put(told: Any, path: tuple[Any, ...], value: Any) -> Any:
    """What is told, with this value at that place."""
    if not path:
        return value
    changed = dict(told) if isinstance(told, dict) else list(told)
    changed[path[0]] = put(told[path[0]], path[1:], value)
    return changed


def whole() -> dict[str, Any]:
    person = {"aliases": ["Von"], "ethnicity": {"scheme": "sde18", "code": "B1"}, "identifiers": {"pnc": "1"}}
    return note(person=person, details={"childs_words": "No."}, reported_at="2026-11-22T19:00:00Z", handling="team")


@pytest.mark.parametrize("path", places_in(whole()), ids=lambda path: ".".join(map(str, path)) or "whole")
def test_nothing_hostile_in_any_place_is_a_server_error_or_stops_what_follows(told, path):
    for number, value in enumerate(HOSTILE):
        body = put(whole(), path, value)
        if isinstance(body, dict) and isinstance(body.get("source"), dict) and path[:1] != ("source",):
            body["source"]["reference"] = f"N-{number}"
        answer = told(body)
        assert answer.status_code in ({200} if isinstance(body, list) else {201, 422}), value
    assert not Pending.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"nul", b"'{}'", b"1e999999"],
    ids=["nothing", "cut off", "no UTF-8", "deep list", "deep object", "no word", "quoted", "too large"],
)
def test_what_is_no_json_is_answered_in_words(told, body):
    answer = told(body, raw=True)
    assert answer.status_code == (400 if body != b"1e999999" else 422)
    assert "JSON" in answer.content.decode()


def test_a_batch_has_a_verdict_each_and_the_same_again_the_same_receipts(told):
    batch = [note(f"N-{number}") for number in range(20)]
    batch[3], batch[7], batch[11] = note("N-3", occurred_at="soon"), 5, note("N-11", kind="gossip")
    first, again = told(batch).json(), told(batch).json()

    assert (first["accepted"], first["rejected"], again["unchanged"]) == (17, 3, 17)
    assert [item["receipt"] for item in first["items"]] == [item["receipt"] for item in again["items"]]
    assert all(item["problems"] for item in first["items"] if item["status"] == "rejected")


def test_more_than_a_thousand_at_once_is_too_many(told):
    assert told([5] * 1001).status_code == 413


def test_a_receipt_is_answered_to_its_own_agency_alone(told, client, key):
    receipt = told(note()).json()["receipt"]
    mine = client.get(f"{TELL}/{receipt}", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert mine.json()["became"] == "on_the_timeline"
    police = Agency.objects.get(pk="west-yorkshire-police")
    _, theirs = make_token(agency=police, name="niche", kinds=[], by="tests", at=NOW)
    assert client.get(f"{TELL}/{receipt}", HTTP_AUTHORIZATION=f"Bearer {theirs}").status_code == 404


def test_too_much_at_once_is_answered_in_words_and_the_limit_is_in_the_document(told, taken_back, client):
    large = told([note(f"N-{number}", narrative="x" * 15_000) for number in range(1000)])

    assert (large.status_code, large["Content-Type"]) == (413, "application/json; charset=utf-8")
    assert large.json() == {"detail": "Send at most 10 MB at a time: divide the list."}
    assert taken_back("A" * 26, "x" * 11_000_000).json() == large.json()
    assert "at most 10 MB" in client.get(reverse("openapi")).json()["info"]["description"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nothing", "Basic eDp5", "Bearer \x00"])
def test_without_a_key_nothing_is_taken(told, header):
    assert told(note(), HTTP_AUTHORIZATION=header).status_code == 401
    assert not Contribution.objects.exists()


def test_a_key_for_some_kinds_asks_after_those_alone(told, client):
    receipt = told(note()).json()["receipt"]
    council = Agency.objects.get(pk="leeds-city-council")
    for kinds, status in ((["missing_episode"], 404), (["general_note"], 200)):
        _, narrow = make_token(agency=council, name=kinds[0], kinds=kinds, by="tests", at=NOW)
        answer = client.get(f"{TELL}/{receipt}", HTTP_AUTHORIZATION=f"Bearer {narrow}")
        assert answer.status_code == status


def test_a_key_for_some_kinds_sends_those_alone(client, agencies):
    council = Agency.objects.get(pk="leeds-city-council")
    _, narrow = make_token(agency=council, name="narrow", kinds=["missing_episode"], by="tests", at=NOW)
    refused = client.post(TELL, note(), content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {narrow}")
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["rule"] == "Your key may not send this kind."


def test_what_is_no_object_is_called_so_whatever_the_key_may_send(client, agencies):
    council = Agency.objects.get(pk="leeds-city-council")
    _, narrow = make_token(agency=council, name="narrow", kinds=["missing_episode"], by="tests", at=NOW)
    answer = client.post(TELL, "[1, 2]", content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {narrow}")

    rules = [item["problems"][0]["rule"] for item in answer.json()["items"]]
    assert rules == ["One contribution is one JSON object."] * 2


def test_the_document_has_an_example_of_every_kind_and_each_is_taken(client, agencies):
    document = client.get(reverse("openapi")).json()
    examples = document["paths"]["/api/v1/contributions"]["post"]["requestBody"]["content"]["application/json"][
        "examples"
    ]
    for name, example in examples.items():
        agency = Agency.objects.get(pk=example["value"]["source"]["agency"])
        _, key = make_token(agency=agency, name=name, kinds=[], by="tests", at=NOW)
        sent = client.post(TELL, example["value"], content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")
        assert sent.status_code == 201, name


@pytest.fixture
def taken_back(client, key):
    def take(receipt: str, because: object = "About another child", **headers: str) -> Any:
        sent = {"HTTP_AUTHORIZATION": f"Bearer {key}"} | headers
        return client.post(f"{TELL}/{receipt}/withdraw", {"because": because}, content_type="application/json", **sent)

    return take


def test_what_a_system_told_is_taken_back_with_a_reason_and_twice_is_once(told, taken_back, client, key):
    receipt = told(note()).json()["receipt"]

    assert taken_back(receipt).json()["became"] == "withdrawn"
    assert taken_back(receipt, "Another reason").status_code == 200
    kept = Contribution.objects.get()
    assert (kept.withdrawn_because, kept.withdrawn_by) == ("About another child", None)
    assert LedgerEvent.objects.filter(subject=kept.subject, operation="alter", actor="api:mosaic").count() == 1
    assert client.get(f"{TELL}/{receipt}", HTTP_AUTHORIZATION=f"Bearer {key}").json()["became"] == "withdrawn"


def test_only_the_newest_version_is_taken_back(told, taken_back):
    first, _ = told(note()).json()["receipt"], told(note(narrative="And stayed late."))

    assert taken_back(first).status_code == 409
    assert not Contribution.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize("because", ["", " ", None, 5, "x" * 301, "a\x00b", "\ud800"])
def test_it_is_not_taken_back_without_a_reason(told, taken_back, because):
    answer = taken_back(told(note()).json()["receipt"], because)

    assert answer.status_code == 422
    assert "Say in a line why" in answer.json()["detail"]


@pytest.mark.parametrize("of", [("west-yorkshire-police", []), ("leeds-city-council", ["missing_episode"])])
def test_another_key_takes_nothing_back(told, taken_back, of):
    agency, kinds = of
    _, other = make_token(agency=Agency.objects.get(pk=agency), name="other", kinds=kinds, by="tests", at=NOW)

    assert taken_back(told(note()).json()["receipt"], HTTP_AUTHORIZATION=f"Bearer {other}").status_code == 404


def test_what_was_told_on_our_pages_is_taken_back_there(told, taken_back):
    receipt = told(note()).json()["receipt"]
    Contribution.objects.update(system="alongside")

    assert taken_back(receipt).status_code == 404


def test_no_system_writes_anew_what_was_told_on_our_pages(told):
    sent = note()
    told(sent)
    Contribution.objects.update(system="alongside")
    answer = told(sent | {"source": sent["source"] | {"system": "alongside"}, "narrative": "It was nothing."})

    assert answer.status_code == 422
    assert "corrected there" in answer.content.decode()
    assert [one.told["narrative"] for one in Contribution.objects.all()] == [sent["narrative"]]


def test_every_operation_says_what_may_be_answered_at_any_time(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    answers = {
        operation["operationId"]: set(operation["responses"]) for one in paths.values() for operation in one.values()
    }
    assert set(answers) == {"tell", "receipt", "withdraw"}
    assert all(found >= {"200", "401", "429", "503", "507"} for found in answers.values())
    assert answers["withdraw"] >= {"404", "409", "413", "422"}


def test_a_key_that_ran_out_opens_nothing(told, client, agencies):
    council = Agency.objects.get(pk="leeds-city-council")
    _, key = make_token(agency=council, name="old", kinds=[], by="tests", at=NOW, lasts=timedelta(days=-30))
    assert told(note(), HTTP_AUTHORIZATION=f"Bearer {key}").status_code == 401
    assert Contribution.objects.count() == 0


def test_an_address_that_is_not_there_is_answered_as_data(client):
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
