"""The ledger is no way around a wall: whoever is shut out of a child's record does not read there who opened it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.access_requests.models import AccessRequest
from alongside.chronology.tests.factories import contribution, entry
from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.ledger.subjects import child as about_child
from alongside.linkage.models import RecordLink
from alongside.oversight.queries import lines_to_prove
from alongside.people.closing import declare_tie, end_tie, name_reader, restrict
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner
from alongside.people.tests.factories import record as agency_record
from alongside.sharing.models import ShareDecision

pytestmark = pytest.mark.django_db
NOTE = "Lines about whom you know outside work are left out"


@pytest.fixture
def kai():
    return child("7F3K2222")


@pytest.fixture
def people():
    roles = {"grace": "information_officer", "gil": "information_officer", "leah": "social_worker"}
    return {key: practitioner(key, role, COUNCIL) for key, role in roles.items()} | {
        "dan": practitioner("dan", "data_protection_lead", POLICE)
    }


@pytest.fixture
def opened(kai, people):
    """A line about Kai, and one about somebody else."""
    for reference, why in (("7F3K2222", "Canary"), ("4HRZ9BCD", "A call")):
        about = about_child(reference)
        record(Operation.ALTER, "emergency access", by=people["leah"], at=NOW, about=about, purpose=why)


def tied(kai, people):
    declare_tie(person=kai, by=people["grace"], at=NOW, because="My sister's son")


def restricted(kai, people):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[people["gil"]], by=bea, at=NOW, because="Moved")


def ledger(client, reader, **asked):
    client.force_login(reader)
    return " ".join(client.post(reverse("ledger"), asked, follow=True).content.decode().split())


@pytest.mark.parametrize(("closes", "reader"), [(tied, "grace"), (restricted, "dan")])
def test_lines_about_a_closed_child_are_left_out(client, kai, people, opened, closes, reader):
    assert "child 7F3K2222" in ledger(client, people[reader])
    closes(kai, people)
    for asked in ({}, {"who": "leah"}, {"child": "7F3K2222"}):
        page = ledger(client, people[reader], **asked)
        assert "Canary" not in page
        assert "child 7F3K2222" not in page
        # Only of a tie is it said that something is left out.
        assert (NOTE in page) is (closes is tied)
    assert "child 4HRZ9BCD" in ledger(client, people[reader])
    assert "Canary" in ledger(client, people["gil"])
    assert NOTE not in ledger(client, people["gil"])
    assert LedgerEvent.objects.filter(what="ledger", subject="person:7F3K2222", actor=reader).exists()


def test_a_record_restricted_to_people_who_read_no_ledger_hides_no_line(client, kai, people, opened):
    """Bea restricts it to herself and opens it as she likes: the officers see that still."""
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    assert "Canary" in ledger(client, people["grace"])
    assert "child 7F3K2222" in ledger(client, people["dan"])
    name_reader(restriction=kai.restrictions.get(), reader=people["gil"], by=bea, at=NOW)
    assert "child 7F3K2222" not in ledger(client, people["dan"])
    assert "Canary" in ledger(client, people["gil"])


def test_an_office_reads_what_its_own_people_did_whomever_a_restriction_names(client, kai, people, opened):
    """That Leah opened the record, and Gil too, but not why: whoever restricts a record chooses nobody's auditor."""
    restricted(kai, people)
    record(Operation.VIEW, "timeline", by=people["gil"], at=NOW, about=about_child("7F3K2222"), purpose="Canary")
    page = ledger(client, people["grace"], child="7F3K2222")
    assert "Leah, Social care, opened the record of child 7F3K2222 in an emergency." in page
    assert "Gil, Social care, opened the timeline of child 7F3K2222." in page
    assert "Canary" not in page
    line = LedgerEvent.objects.get(actor="gil", what="timeline").pk
    assert lines_to_prove(str(line), viewer=people["grace"], at=NOW) == []
    assert lines_to_prove(str(line), viewer=people["gil"], at=NOW) == [line]


def test_a_reader_of_the_ledger_who_has_a_tie_hides_no_line_from_others(client, kai, people, opened):
    restricted(kai, people)
    assert "child 7F3K2222" not in ledger(client, people["dan"])
    declare_tie(person=kai, by=people["gil"], at=NOW, because="My nephew")
    assert "child 7F3K2222" in ledger(client, people["dan"])
    assert "Canary" in ledger(client, people["grace"])
    assert "child 7F3K2222" not in ledger(client, people["gil"])


def given_of(person, by):
    terms = {"choice": "give", "because": "x", "family": "told", "expires_on": date(2026, 12, 1), "recorded_at": NOW}
    return ShareDecision.objects.create(person=person, to_outside="A club", by=by, agency_id=COUNCIL, at=NOW, **terms)


def asked_about(person, by):
    when = {"received_on": date(2026, 11, 1), "identity_on": date(2026, 11, 1), "due_on": date(2026, 12, 1)}
    return AccessRequest.objects.create(person=person, logged_by=by, logged_at=NOW, **when)


def item_of(asked, told):
    part = asked.parts.create(agency=told.agency)
    return part.items.create(record=told.entries.get().record, contribution=told)


def said_why(page):
    return set(re.findall(r"Why: Because of (\S*?) ?\.", page))


@pytest.fixture
def no_longer(kai):
    """What told of Kai: disposed of; and corrected so that it tells of somebody else, in both versions."""
    gone, told = entry(kai, COUNCIL), entry(kai, COUNCIL)
    key = {"system": told.contribution.system, "reference": told.contribution.reference}
    newer = entry(child("4HRZ9BCD"), COUNCIL, contribution={"version": 2, **key}).contribution
    subjects = [gone.contribution.subject, told.contribution.subject, newer.subject]
    Contribution.objects.filter(pk=told.contribution_id).update(is_newest=False)
    kai.entries.all().delete()
    return subjects


@pytest.mark.parametrize("closes", [tied, restricted])
def test_of_what_may_have_told_of_the_child_before_the_words_stay_closed(client, kai, people, no_longer, closes):
    """A line about it remains, and says of nobody; why something was given are words about the child."""
    for subject in no_longer:
        record(Operation.DISCLOSE, "given on purpose", by=people["leah"], at=NOW, about=subject, purpose="Canary")
    assert "Canary" in ledger(client, people["grace"])
    closes(kai, people)
    page = ledger(client, people["grace"])
    assert "Canary" not in page
    assert page.count("gave a partner something of what was told under") == len(no_longer)
    line = str(LedgerEvent.objects.get(subject=no_longer[0]).pk)
    assert lines_to_prove(line, viewer=people["grace"], at=NOW) == []


def test_who_answers_for_an_agency_without_an_officer_reads_that_its_people_looked(client, kai, people):
    """Else whoever restricts a record would choose who reads what they do; why is for their own agency alone."""
    cara = practitioner("cara", "social_worker", "catch")
    record(Operation.ALTER, "emergency access", by=cara, at=NOW, about=about_child("7F3K2222"), purpose="Canary")
    restricted(kai, people)
    page = ledger(client, people["dan"], who="cara")
    assert "child 7F3K2222" in page
    assert "Canary" not in page
    practitioner("col", "information_officer", "catch")
    assert "child 7F3K2222" not in ledger(client, people["dan"], who="cara")


def test_they_come_back_when_the_tie_ends(client, kai, people, opened):
    tied(kai, people)
    end_tie(tie=kai.ties.get(), by=people["gil"], at=NOW, because="She named the wrong child")
    assert "Canary" in ledger(client, people["grace"])


def test_so_are_lines_about_what_was_told_given_and_asked_for(client, kai, people):
    told = entry(kai, COUNCIL).contribution
    key = {"system": told.system, "reference": told.reference}
    newer = contribution(COUNCIL, version=2, **key)
    given, asked = given_of(kai, people["leah"]), asked_about(kai, people["gil"])
    other = child("4HRZ9BCD")
    open_to_her = [given_of(other, people["leah"]).subject, asked_about(other, people["gil"]).subject, "seat", ""]
    closed = [told.subject, newer.subject, given.subject, asked.subject, f"{asked.subject}:{item_of(asked, told).pk}"]
    open_to_her.append(entry(other, COUNCIL).contribution.subject)
    for subject in [*closed, *open_to_her]:
        record(Operation.ALTER, "x", by=people["leah"], at=NOW, about=subject, purpose=f"Because of {subject} ")
    tied(kai, people)
    assert said_why(ledger(client, people["gil"])) == {*closed, *open_to_her}
    assert said_why(ledger(client, people["grace"])) == {*open_to_her}


def test_lines_under_the_reference_that_a_record_had_before_are_left_out_too(client, kai, people, opened):
    """The record of somebody was found to be Kai's, and the tie is declared to Kai."""
    before = child("4HRZ9BCD", stands=False)
    moved = agency_record(kai)
    for person, undone in ((before, NOW), (kai, None)):
        RecordLink.objects.create(record=moved, person=person, rule="x", linked_at=NOW, undone_at=undone)
    tied(kai, people)
    page = ledger(client, people["grace"])
    assert "A call" not in page
    assert "A call" in ledger(client, people["gil"])


def test_a_line_is_not_proved_to_whom_it_is_closed(kai, people, opened):
    line = str(LedgerEvent.objects.get(subject="person:7F3K2222").pk)
    tied(kai, people)
    assert lines_to_prove(line, viewer=people["grace"], at=NOW) == []
    assert lines_to_prove(line, viewer=people["gil"], at=NOW) == [int(line)]
    assert lines_to_prove("999999", viewer=people["grace"], at=NOW) == [999999]


def test_it_asks_the_database_little(client, kai, people, opened, django_assert_max_num_queries):
    tied(kai, people)
    for minutes in range(60):
        record(Operation.VIEW, "x", by=people["leah"], at=NOW + timedelta(minutes=minutes), about="person:4HRZ9BCD")
    client.force_login(people["grace"])
    with django_assert_max_num_queries(10):
        client.get(reverse("ledger"))
