"""A request stays with the record that was asked for, and a pack never holds what is known to be another child's."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from alongside.access_requests.actions import collect, log_request, look_through
from alongside.access_requests.collecting import changed
from alongside.access_requests.models import AccessRequest, PackItem
from alongside.access_requests.queries import parts_seen_by
from alongside.access_requests.releasing import release, say_ready, send_back
from alongside.linkage.actions import decide_pair, undo_decision, unlink
from alongside.linkage.models import LinkQuestion, RecordLink, Verdict
from alongside.people.closing import declare_tie
from alongside.people.models import AgencyRecord, Tie
from alongside.people.tests.factories import COUNCIL, child, record
from alongside.web.errors import Refused
from alongside.web.tests.reading import words

from .conftest import ASKED, AT, tell

YUSUF = {"given_name": "Yusuf", "family_name": "Other", "postcode": "LS9 9ZZ"}


@pytest.fixture
def other(kai):
    """A record of the council's that is taken to be Kai's."""
    held = record(kai, COUNCIL, reference="C-9", system="mosaic", **YUSUF)
    RecordLink.objects.create(record=held, person=kai, rule="x", reason="x", linked_at=AT)
    return held


def read(part, by):
    for one in part.items.filter(looked_at=None):
        look_through(item=one, by=by, at=AT)


def test_what_turns_out_to_be_another_childs_does_not_go_out(as_one, other, part, grace, imran):
    read(part, grace)
    say_ready(part=part, by=grace, at=AT)
    unlink(record_=other, by=grace, at=AT, because="Another child.")
    with pytest.raises(Refused, match="somebody else’s"):
        release(part=part, by=imran, at=AT)
    assert "LS9 9ZZ" not in words(as_one(imran).get(reverse("access_release", args=[part.pk])))
    send_back(part=part, by=imran, at=AT, because="One is another child's.")
    with pytest.raises(Refused, match="somebody else’s"):
        say_ready(part=part, by=grace, at=AT)
    page = words(as_one(grace).get(reverse("access_request", args=[part.pk])))
    assert "Collect it anew" in page
    collect(part=part, by=grace, at=AT)
    assert set(part.items.values_list("record__reference", flat=True)) == {"C-1"}
    say_ready(part=part, by=grace, at=AT)
    release(part=part, by=imran, at=AT)
    part.refresh_from_db()
    assert "LS9 9ZZ" not in json.dumps(part.pack)


def test_nobody_reads_it_from_the_pack_either(as_one, other, part, grace):
    item = PackItem.objects.get(record=other)
    unlink(record_=other, by=grace, at=AT, because="Another child.")
    assert as_one(grace).get(reverse("access_item", args=[part.pk, item.pk])).status_code == 404


@pytest.fixture
def joined(kai, grace, imran):
    """Kai's mother asks; then Grace decides that Kai is the child whom the council knows as A-1, and undoes it."""
    # Whose record is known the longest stays who they are.
    first = record(child("AAAA"), COUNCIL, reference="A-1", system="mosaic", pk=-1)
    held = AgencyRecord.objects.get(reference="C-1")
    RecordLink.objects.create(record=held, person=kai, rule="x", reason="x", linked_at=AT)
    question = LinkQuestion.objects.create(left=first, right=held, weight=1, reason="x", asked_at=AT)
    return decide_pair(question=question, verdict=Verdict.SAME, because="", by=imran, at=AT)


def test_it_follows_the_record_that_was_asked_for(kai, part, joined, grace, imran):
    whose = AccessRequest.objects.get().person
    assert (whose.reference, whose.stands) == ("AAAA", True)
    part = parts_seen_by(grace).get()
    assert {one.record.reference for one in changed(part).more} == {"A-1"}
    assert not changed(part).gone
    undo_decision(decision=joined, by=imran, at=AT)
    part = parts_seen_by(grace).get()
    assert AccessRequest.objects.get().person == AgencyRecord.objects.get(reference="C-1").person
    assert not changed(part).more


def test_whoever_knows_the_family_is_tied_to_the_child_that_it_is_now(as_one, kai, part, joined, grace):
    as_one(grace).post(reverse("access_tie", args=[part.pk]), {"because": "My sister’s son"})
    assert Tie.objects.get().person.reference == "AAAA"
    assert not parts_seen_by(grace).exists()


def test_a_tie_to_the_child_that_it_is_now_closes_the_request(kai, part, joined, imran):
    declare_tie(person=AgencyRecord.objects.get(reference="C-1").person, by=imran, at=AT, because="My nephew")
    assert not parts_seen_by(imran).exists()


def test_it_is_known_by_the_record_that_the_officer_named(as_one, kai, other, grace):
    tell(kai)
    made = log_request(person=kai, known_as=other, by=grace, at=AT, **ASKED)
    yusuf = unlink(record_=other, by=grace, at=AT, because="Another child.")
    made.refresh_from_db()
    assert made.person == yusuf


def test_a_request_of_before_is_known_by_what_was_collected_first(kai, part, grace):
    now = child("BBBB")
    AgencyRecord.objects.filter(reference="C-1").update(person=now)
    AccessRequest.objects.update(known_as=None)
    import_module("alongside.access_requests.migrations.0004_requests_follow_their_record").find_records(apps, None)
    made = AccessRequest.objects.get()
    assert (made.known_as.reference, made.person) == ("C-1", now)
