"""The reading of what was given of a child whose records moved ends by who leads for whoever has them now."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.agencies.seats import end_seat
from alongside.chronology.tests.factories import entry, known_as
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import move, unlink
from alongside.linkage.models import RecordLink
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Person
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.sharing.actions import take_back
from alongside.sharing.ending import may_end
from alongside.web.tests.reading import words

from .conftest import AT, given

MINUTE = timedelta(minutes=1)
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
    standing(other, COUNCIL, practitioner=lou)
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


@pytest.fixture
def pat(grace):
    """Leads for Zoe, of whom a record was Kai's by mistake, and has nothing to do with Kai."""
    zoe = child("OTHER1", given_name="Zoe")
    seat = practitioner("pat", "social_worker", COUNCIL, name="Pat Moss")
    standing(zoe, COUNCIL, practitioner=seat)
    return seat


def parted(kai, real, grace, *, first: str) -> None:
    """The wrong record goes to Zoe, and Kai's own to another row of Kai's; in whichever order."""
    moves = {POLICE: Person.objects.get(reference="OTHER1"), COUNCIL: real}
    for agency in sorted(moves, key=lambda one: one != first):
        move(known_as(kai, agency), moves[agency], by=grace, **SAID)
    kai.refresh_from_db()
    assert not kai.stands


@pytest.mark.parametrize("first", [POLICE, COUNCIL])
def test_words_of_one_child_are_not_told_to_the_team_of_another(as_one, kai, real, leah, tom, lou, pat, grace, first):
    """Nor can either lead end it: of whom it was may be either. The office of the giver's agency can."""
    known_as(kai, POLICE)
    made = of_words(kai, leah, tom)
    parted(kai, real, grace, first=first)
    for who, page in ((pat, "OTHER1"), (lou, "REAL1")):
        client = as_one(who)
        assert "Tom Whitaker" not in words(client.get(reverse("child_shared", args=[page])))
        assert client.get(page_of(made)).status_code == client.post(page_of(made), WHY).status_code == 404
        with pytest.raises(PermissionDenied):
            take_back(decision=made, by=who, at=AT, **WHY)
    assert may_end(made, by=grace, at=AT)


def test_whoever_is_in_the_team_of_both_reads_and_ends_it(as_one, kai, real, leah, tom, lou, pat, grace):
    known_as(kai, POLICE)
    made = of_words(kai, leah, tom)
    parted(kai, real, grace, first=POLICE)
    standing(Person.objects.get(reference="OTHER1"), COUNCIL, practitioner=lou)
    as_one(lou).post(page_of(made), WHY)
    made.refresh_from_db()
    assert made.ended_by == lou


def test_a_record_that_was_theirs_at_another_time_asks_nobody_of_its_team(
    as_one, kai, real, leah, tom, lou, pat, grace
):
    """What was given before it came, or after it went, is not about the child of whom it is."""
    known_as(kai, COUNCIL)
    move(known_as(kai, POLICE), Person.objects.get(reference="OTHER1"), by=grace, **SAID | {"at": NOW})
    made = of_words(kai, leah, tom)
    later = known_as(kai, CAMHS)
    RecordLink.objects.filter(record=later).update(linked_at=AT + MINUTE)
    move(later, Person.objects.get(reference="OTHER1"), by=grace, **SAID | {"at": AT + MINUTE})
    joined(kai, real, grace)
    assert as_one(lou).get(page_of(made)).status_code == 200
    assert as_one(pat).get(page_of(made)).status_code == 404


def test_why_it_was_given_of_one_child_is_not_read_where_an_entry_of_it_is_anothers(as_one, kai, leah, tom, lou, grace):
    told = entry(kai, title="Seen")
    made = given(kai, by=leah, to=tom, entries=[told], words="x", because="Kai was hurt by his father")
    known_as(kai, COUNCIL)
    went = unlink(record_=made.entries.get().record, by=grace, at=AT, because="Another child")
    standing(went, COUNCIL, practitioner=lou)
    client = as_one(lou)
    for page in (reverse("child_shared", args=[went.reference]), page_of(made)):
        read = words(client.get(page))
        assert "Tom Whitaker" in read
        assert "Kai was hurt" not in read
    looks = LedgerEvent.objects.filter(actor="lou", what="still being read").values_list("subject", flat=True)
    assert set(looks) == {"person:7F3K", f"person:{went.reference}", made.subject}
    assert "Kai was hurt" in words(as_one(leah).get(reverse("child_shared", args=["7F3K"])))
