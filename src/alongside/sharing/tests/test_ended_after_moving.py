"""The reading of what was given of a child whose records moved ends by who leads for whoever has them now."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.agencies.seats import end_seat
from alongside.chronology.tests.factories import entry, known_as
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import move, unlink
from alongside.people.closing import declare_tie, restrict
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner, standing
from alongside.sharing.actions import take_back
from alongside.web.tests.reading import words

from .conftest import AT, given

WHY = {"because": "He is the danger"}
SAID = {"rule": "details", "because": "Same child", "at": AT}
SHARED = reverse("child_shared", args=["REAL1"])


@pytest.fixture
def grace(kai):
    return practitioner("grace", "information_officer", COUNCIL)


@pytest.fixture
def real(kai):
    """Who Kai turns out to be."""
    found = child("REAL1", given_name="Kai")
    known_as(found, COUNCIL)
    return found


@pytest.fixture
def lou(real):
    """Leads for them."""
    seat = practitioner("lou", "social_worker", COUNCIL, name="Lou Hart")
    standing(real, COUNCIL, practitioner=seat)
    return seat


def of_words(kai, leah, tom):
    known_as(kai, COUNCIL)
    return given(kai, by=leah, to=tom, words="Look for a grey car.")


def of_an_entry(kai, leah, tom):
    return given(kai, by=leah, to=tom, entries=[entry(kai, title="Seen")])


def joined(kai, real, grace):
    for each in kai.records.all():
        move(each, real, by=grace, **SAID)
    kai.refresh_from_db()
    assert not kai.stands


def page_of(made) -> str:
    return reverse("share_end", args=[made.pk])


@pytest.mark.parametrize("gives", [of_words, of_an_entry])
@pytest.mark.parametrize("leaves", [True, False])
def test_who_leads_for_them_now_finds_it_there_and_ends_it(as_one, kai, real, leah, tom, lou, grace, gives, leaves):
    made = gives(kai, leah, tom)
    joined(kai, real, grace)
    if leaves:
        end_seat(practitioner=leah, because="Left", by="tests", at=AT)
    client = as_one(lou)
    assert page_of(made) in client.get(SHARED).content.decode()
    assert "To Tom Whitaker" in words(client.get(page_of(made)))
    assert LedgerEvent.objects.filter(actor="lou", what="still being read", subject="person:REAL1").exists()
    assert client.post(page_of(made), WHY).headers["Location"] == SHARED
    assert as_one(tom).get(reverse("received_one", args=[made.pk])).status_code == 410
    assert "Ended by: Lou Hart" in words(client.get(SHARED))


def test_others_of_their_team_read_who_can_and_end_nothing(as_one, kai, real, leah, tom, lou, grace):
    made = of_words(kai, leah, tom)
    joined(kai, real, grace)
    pat = practitioner("pat", "police_officer", POLICE)
    standing(real, POLICE, practitioner=pat)
    page = words(as_one(pat).get(page_of(made)))
    assert "Who leads for the child, or comes next:" in page
    assert "Lou Hart" in page
    with pytest.raises(PermissionDenied):
        take_back(decision=made, by=pat, at=AT, **WHY)


def test_words_given_of_a_child_who_stands_stay_with_that_child(as_one, kai, real, leah, tom, lou, grace):
    """One record of theirs was another's: what was written is about the child on whose page it was."""
    made = of_words(kai, leah, tom)
    one = known_as(kai, POLICE)
    move(one, real, by=grace, **SAID)
    assert as_one(lou).get(page_of(made)).status_code == 404
    assert page_of(made) not in as_one(lou).get(SHARED).content.decode()


def test_an_entry_that_left_the_child_alone_is_ended_where_it_went(as_one, kai, leah, tom, lou, grace):
    made = of_an_entry(kai, leah, tom)
    known_as(kai, COUNCIL)
    went = unlink(record_=made.entries.get().record, by=grace, at=AT, because="Another child")
    standing(went, COUNCIL, practitioner=lou)
    as_one(lou).post(page_of(made), WHY)
    made.refresh_from_db()
    assert made.ended_by == lou


def has_a_tie(to, lou, bea):
    declare_tie(person=to, by=lou, at=AT, because="A neighbour")


def is_left_out(to, lou, bea):
    restrict(person=to, readers=[], by=bea, at=AT, because="Moved for safety")


@pytest.mark.parametrize("closes", [has_a_tie, is_left_out])
def test_nobody_learns_of_it_who_may_not_know_of_another_who_has_some_of_the_records(
    as_one, kai, real, leah, tom, lou, grace, closes
):
    made = of_words(kai, leah, tom)
    other = child("OTHER1", given_name="Kai")
    move(known_as(kai, POLICE), other, by=grace, **SAID)
    joined(kai, real, grace)
    assert as_one(lou).get(page_of(made)).status_code == 200
    closes(other, lou, practitioner("bea", "front_door_manager", COUNCIL))
    assert as_one(lou).get(page_of(made)).status_code == 404
    assert "Tom Whitaker" not in words(as_one(lou).get(SHARED))


def test_a_tie_to_the_child_it_was_given_of_closes_it(as_one, kai, real, leah, tom, lou, grace):
    made = of_words(kai, leah, tom)
    declare_tie(person=kai, by=lou, at=AT, because="A neighbour")
    joined(kai, real, grace)
    assert as_one(lou).get(page_of(made)).status_code == 404
