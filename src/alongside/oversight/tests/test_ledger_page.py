from datetime import timedelta

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.ledger.subjects import child
from alongside.oversight import queries
from alongside.oversight.queries import lines_seen_by

pytestmark = pytest.mark.django_db
PAGE = reverse("ledger")


def words(response) -> str:
    return " ".join(response.content.decode().split()).replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
def read(client, grace, maya, priya):
    """What grace reads of three lines."""
    record(Operation.VIEW, "timeline", by=maya, at=NOW, about=child("4HRZ9BCD"), level="team")
    record(Operation.VIEW, "search", by=priya, at=NOW - timedelta(days=1), asked="canary", found=2)
    record(Operation.ALTER, "graded", by=priya, at=NOW - timedelta(days=2), about="contribution:7F3K2222", grade="1A")
    client.force_login(grace)

    def page(**asked) -> str:
        return words(client.post(PAGE, asked, follow=True))

    return page


def test_each_line_is_a_sentence_and_what_was_typed_is_not_said_again(read):
    page = read()
    assert "Maya Osei, Social care, opened the timeline of child 4HRZ9BCD." in page
    assert "searched, and found 2." in page
    assert "canary" not in page


def test_whoever_answers_for_an_agency_reads_the_reasons_of_its_own_people(read, maya, priya):
    """What police wrote of a source is not for the council’s officer; that they decided it is."""
    for by, why in ((maya, "a council’s reason"), (priya, "a reason of police")):
        record(Operation.ALTER, "decided not to give", by=by, at=NOW, about=child("4HRZ9BCD"), purpose=why)
    page = read()
    assert "Why: a council’s reason." in page
    assert "a reason of police" not in page
    assert page.count("decided not to give") == 2


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"child": "4hrz9bcd"}, "opened the timeline", "searched"),
        ({"who": "Priya"}, "searched", "opened the timeline"),
        ({"who": "maya"}, "opened the timeline", "searched"),
        ({"operation": "alter"}, "graded what was told under 7F3K2222", "searched"),
        ({"on_day": "22", "on_month": "11", "on_year": "2026"}, "searched", "opened the timeline"),
    ],
)
def test_lines_are_chosen_by_child_practitioner_kind_and_day(read, asked, there, gone):
    page = read(**asked)
    assert there in page
    assert gone not in page


def test_looking_is_a_line_and_asked_about_a_child_a_line_about_that_child(read):
    read(child="4HRZ9BCD", who="maya")
    line = LedgerEvent.objects.get(what="ledger")
    assert (line.actor, line.subject, line.details) == ("grace", "person:4HRZ9BCD", {"asked": {"who": "maya"}})


def test_page_by_page_every_line_comes_once(read, client, maya, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 4)
    for turn in range(9):
        record(Operation.VIEW, "child page", by=maya, at=NOW, about=child(f"CHILD{turn:03}"))
    address, seen = client.post(PAGE, {"who": "maya"})["Location"], []
    while address:
        answer = client.get(address)
        seen += [line.subject for line, _ in answer.context["lines"]]
        address = answer.context["earlier"] and f"{PAGE}{answer.context['earlier']}"
    assert sorted(seen) == sorted({*seen})
    assert len(seen) == LedgerEvent.objects.filter(actor="maya").count()


@pytest.mark.parametrize("asked", ["siobhan", "Siobhan O'Brien", "4HRZ-9BCD", "SIOBHANA", "4HRZ9BC"])
def test_a_name_is_no_reference_and_is_said_to_be_none(read, asked):
    """“No line is like that” to a name would read as: nobody looked."""
    page = read(child=asked)
    assert "Write the reference, like GQ2SKTKB" in page
    assert "No line is like that" not in page
    assert not LedgerEvent.objects.filter(what="ledger").exists()


@pytest.mark.parametrize("pasted", ["GQ2SKTKB ", " gq2sktkb", "\tGQ2SKTKB\n"])
def test_a_reference_that_is_pasted_with_a_blank_is_the_same(read, pasted):
    """Who works with the child sees that somebody asked, under the child's reference."""
    record(Operation.VIEW, "timeline", by="tests", at=NOW, about="person:GQ2SKTKB")
    assert "No line is like that" not in read(child=pasted)
    assert LedgerEvent.objects.get(what="ledger").subject == "person:GQ2SKTKB"


def test_so_is_a_practitioner_whom_nobody_is_called(read):
    page = read(who="Pria")
    assert "Nobody has that name or key" in page
    assert "No line is like that" not in page
    assert not LedgerEvent.objects.filter(what="ledger").exists()


def test_a_part_of_the_system_is_asked_for_by_its_own_word(read):
    record(Operation.ALTER, "wrong codes after a right password", by="sign-in", at=NOW, about="priya")
    assert "wrong codes" in read(who="sign-in")


def test_a_reference_with_no_line_is_to_be_looked_at_again(read):
    assert "No line is like that. Is each letter of the reference right?" in read(child="GQ2SKTKB")
    assert "Is each letter" not in read(operation="erase")


def test_nothing_that_was_typed_stays_in_the_address_or_plain_in_the_session(client, read):
    for asked in ({"child": "4HRZ9BCD", "who": "Maya Osei"}, {"child": "siobhan"}):
        answer = client.post(PAGE, asked)
        assert "Maya" not in (address := answer.headers.get("Location", PAGE))
        assert "4HRZ9BCD" not in address
        assert "siobhan" not in address
        assert answer.status_code == (302 if "who" in asked else 200)
    assert "Osei" not in str(dict(client.session))


def test_an_address_whose_question_is_gone_leads_to_the_page(client, read):
    assert client.get(PAGE, {"asked": "gone"})["Location"] == PAGE


def test_nobody_else_looks_through_it(client, maya):
    client.force_login(maya)
    assert client.get(PAGE).status_code == 403
    assert not lines_seen_by(maya).exists()
