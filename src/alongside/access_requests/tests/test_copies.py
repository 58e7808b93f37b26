"""The kept copy of a pack that went out: who opens it, whatever became since of what stands in it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.access_requests.actions import hold_back_whole, log_request, look_through
from alongside.access_requests.queries import items_of
from alongside.access_requests.releasing import release, say_ready
from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import unlink
from alongside.linkage.models import RecordLink
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import AgencyRecord
from alongside.people.tests.factories import COUNCIL, practitioner, record
from alongside.web.tests.reading import words

from .conftest import ASKED, AT
from .test_older_versions import WHERE, told_as

FOR_THEM = "For Leah and Noor."


@pytest.fixture
def zara(db):
    """She works with the child, and answers no requests."""
    return practitioner("zara", "social_worker", COUNCIL)


@pytest.fixture
def copy_for(as_one):
    """What that officer gets who opens the copy as data."""
    return lambda part, who: as_one(who).get(reverse("access_pack", args=[part.pk, "json"]))


def out(person, one, two, *, logged_by=None):
    """The council's part, let go by these two."""
    part = log_request(person=person, by=logged_by or one, at=AT, **ASKED).parts.get(agency=COUNCIL)
    for item in part.items.filter(looked_at=None):
        look_through(item=item, by=one, at=AT)
    say_ready(part=part, by=one, at=AT)
    release(part=part, by=two, at=AT)
    part.refresh_from_db()
    return part


@pytest.fixture
def other(kai):
    """A record that is taken to be Kai's; what the council told by it is for Leah and Noor."""
    held = record(kai, COUNCIL, reference="C-9", system="mosaic")
    RecordLink.objects.create(record=held, person=kai, rule="x", reason="x", linked_at=AT)
    said = {"narrative": FOR_THEM, "handling": "restricted:leah,noor"}
    accept([note("N-9", person={"reference": "C-9"}, **said)], by="tests", at=AT)
    while follow_pending(at=AT):
        pass
    ChronologyEntry.objects.filter(contribution__reference="N-9").update(record=held, person=kai)
    return held


def narrowed(handling, *, minutes):
    """What told of the child of `told_as` is corrected: for whom it is from now on."""
    at = AT + timedelta(minutes=minutes)
    accept([note("N-7", person={"reference": "C-7"}, narrative=f"{WHERE} again", handling=handling)], by="tests", at=at)
    while follow_pending(at=at):
        pass


def test_it_stays_closed_when_a_record_in_it_moves(kai, leah, noor, grace, other, copy_for):
    part = out(kai, leah, noor, logged_by=grace)
    assert FOR_THEM in str(part.pack)
    assert copy_for(part, grace).status_code == 403
    unlink(record_=other, by=leah, at=AT, because="Another child.")
    assert copy_for(part, grace).status_code == 403
    assert FOR_THEM in copy_for(part, noor).content.decode()


@pytest.mark.parametrize("closes", ["tie", "restriction"])
def test_whoever_may_not_read_whose_record_it_is_now_does_not_open_it(kai, leah, noor, other, copy_for, closes):
    part = out(kai, leah, noor)
    yusuf = unlink(record_=other, by=leah, at=AT, because="Another child.")
    if closes == "tie":
        declare_tie(person=yusuf, by=leah, at=AT, because="My nephew")
    else:
        bea = practitioner("bea", "front_door_manager", COUNCIL)
        restrict(person=yusuf, readers=[noor], by=bea, at=AT, because="Moved to a refuge")
    refused = copy_for(part, leah)
    assert (refused.status_code, "Who may read all of it: Noor Aziz." in words(refused)) == (403, True)
    assert copy_for(part, noor).status_code == 200


@pytest.fixture
def narrowed_since(grace, imran, zara):
    """Grace and Imran let it go; then what was told for many is told to Zara alone."""
    part = out(told_as("team"), grace, imran)
    narrowed("restricted:zara", minutes=1)
    return part


def test_those_who_let_it_go_open_it_though_it_is_told_to_fewer_since(as_one, narrowed_since, grace, imran, copy_for):
    for who in (grace, imran):
        assert WHERE in copy_for(narrowed_since, who).content.decode()
        assert "Pack to print" in words(as_one(who).get(reverse("access_request", args=[narrowed_since.pk])))
        assert LedgerEvent.objects.filter(what="access pack as json", actor=who.key).count() == 1


def test_nobody_else_does_and_is_told_who_may(narrowed_since, leah, copy_for):
    refused = copy_for(narrowed_since, leah)
    assert refused.status_code == 403
    assert "Who may read all of it: Grace Lumb, Imran Shah." in words(refused)


def test_nor_do_they_any_more_when_they_declare_a_tie(narrowed_since, grace, imran, copy_for):
    declare_tie(person=AgencyRecord.objects.get(reference="C-7").person, by=grace, at=AT, because="My niece")
    assert copy_for(narrowed_since, grace).status_code == 404
    assert copy_for(narrowed_since, imran).status_code == 200


def test_when_those_are_gone_the_page_says_what_can_be_done(as_one, narrowed_since, leah, copy_for):
    Practitioner.objects.filter(key__in=["grace", "imran"]).update(role="social_worker")
    said = words(as_one(leah).get(reverse("access_request", args=[narrowed_since.pk])))
    assert "hold that back whole" not in said
    assert "Grace Lumb, Imran Shah let it go, and may when they answer requests at your agency again." in said
    assert "Or whoever told it corrects for whom it is told, and names an officer." in said
    narrowed("restricted:zara,leah", minutes=2)
    assert WHERE in copy_for(narrowed_since, leah).content.decode()
    Practitioner.objects.filter(key="grace").update(role="information_officer")
    assert copy_for(narrowed_since, Practitioner.objects.get(key="grace")).status_code == 200


def test_no_correction_is_offered_where_none_would_open_it(as_one, kai, leah, noor, grace, other):
    part = out(kai, leah, noor, logged_by=grace)
    Practitioner.objects.filter(key__in=["leah", "noor"]).update(role="social_worker")
    said = words(as_one(grace).get(reverse("access_request", args=[part.pk])))
    assert "Leah Hill, Noor Aziz let it go, and may when they answer requests at your agency again." in said
    assert "corrects for whom it is told" not in said


def test_where_nothing_of_that_helps_the_page_says_whom_to_ask(as_one, kai, leah, noor, grace, other):
    part = out(kai, leah, noor, logged_by=grace)
    yusuf = unlink(record_=other, by=leah, at=AT, because="Another child.")
    for who in (leah, noor):
        declare_tie(person=yusuf, by=who, at=AT, because="My nephew")
    said = words(as_one(grace).get(reverse("access_request", args=[part.pk])))
    assert "Ask whoever has information governance as their part." in said
    assert ("let it go, and may" in said, "corrects for whom" in said) == (False, False)


def test_of_what_went_out_nobody_is_told_to_hold_it_back(as_one, narrowed_since, grace):
    item = items_of(narrowed_since)[-1]
    said = words(as_one(grace).get(reverse("access_item", args=[narrowed_since.pk, item.pk])))
    assert "It was told to named people only, and not to you." in said
    assert "hold it back whole" not in said


def test_what_was_held_back_whole_closes_no_copy(kai, leah, noor, grace, other, copy_for):
    part = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    hidden = next(one for one in items_of(part) if one.contribution and one.contribution.reference == "N-9")
    hold_back_whole(item=hidden, exemption="third_party", because="x", by=grace, at=AT)
    for one in part.items.filter(looked_at=None):
        look_through(item=one, by=grace, at=AT)
    say_ready(part=part, by=grace, at=AT)
    release(part=part, by=noor, at=AT)
    unlink(record_=other, by=leah, at=AT, because="Another child.")
    assert copy_for(part, leah).status_code == 200
