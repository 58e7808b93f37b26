"""What came to the front door waits until somebody of it has opened it, however much else comes in."""

from datetime import timedelta
from unittest import mock

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.access import limits
from alongside.access.limits import Limits
from alongside.contributions.actions import accept, withdraw
from alongside.contributions.models import Contribution
from alongside.flow import follow_pending
from alongside.ledger.models import LedgerEvent
from alongside.ledger.together import NotDurableError
from alongside.people.closing import declare_tie

from .conftest import at_a_machine
from .on_pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
POLICE, COUNCIL, SCHOOL = "west-yorkshire-police", "leeds-city-council", "leeds-education"


def told(kind="police_protection_notification", *, agency=POLICE, reference="P-1", when=NOW, **changes):
    return {
        "kind": kind,
        "source": {"agency": agency, "system": "records", "reference": reference},
        "occurred_at": when.isoformat(),
        "reported_at": when.isoformat(),
        "narrative": "Kai was in the park after dark with older boys.",
        "people": [{"role": "subject", "reference": f"{reference}-1", "given_name": "Kai", "family_name": "Moss"}],
        "details": {},
    } | changes


def take_in(*envelopes):
    verdicts = accept(envelopes, by="tests", at=NOW)
    assert {one.status for one in verdicts} <= {"accepted", "superseded"}
    follow_pending(at=NOW)
    return Contribution.objects.get(receipt=verdicts[0].receipt)


def waiting(machine) -> int:
    return machine.get(reverse("not_opened")).content.decode().count('data-label="Has waited"')


def test_a_notification_among_hundreds_of_absences_is_not_lost(front_door):
    absences = [told("school_absence", agency=SCHOOL, reference=f"A-{number}") for number in range(250)]
    one = take_in(told(when=NOW - timedelta(hours=3)), *absences)

    assert "Open what came to the front door: 1 waiting, for 3 hours." in words(front_door.get(reverse("my_day")))
    page = words(front_door.get(reverse("not_opened")))
    assert "Kai Moss" in page
    assert reverse("came_in", args=[one.receipt]) in page
    assert waiting(front_door) == 1


def test_once_one_of_the_front_door_opened_it_it_waits_no_longer_and_police_see_that_it_was_read(front_door):
    one = take_in(told())
    page = words(front_door.get(reverse("came_in", args=[one.receipt])))

    assert "Kai was in the park" in page
    assert reverse("child", args=[one.entries.get().person.reference]) in page
    assert LedgerEvent.objects.filter(operation="view", subject=one.subject).count() == 1
    assert "Everything has been opened" in words(front_door.get(reverse("not_opened")))


def test_opened_on_the_child_s_timeline_is_opened(front_door):
    one = take_in(told())
    front_door.get(reverse("child_entry", args=[one.entries.get().person.reference, one.receipt]))

    assert waiting(front_door) == 0


def addresses_of(one):
    person = one.entries.get().person
    return [reverse("came_in", args=[one.receipt]), reverse("child_entry", args=[person.reference, one.receipt])]


@pytest.mark.django_db(transaction=True)
def test_what_the_ledger_held_back_was_opened_by_nobody(front_door):
    one = take_in(told())
    with mock.patch("alongside.ledger.together.write", side_effect=NotDurableError):
        assert [front_door.get(address).status_code for address in addresses_of(one)] == [503, 503]
    assert not LedgerEvent.objects.filter(subject=one.subject, operation="view").exists()
    assert waiting(front_door) == 1


def test_asking_whether_there_is_such_a_page_opens_nothing(front_door):
    one = take_in(told())
    assert [front_door.head(address).status_code for address in addresses_of(one)] == [200, 200]
    assert waiting(front_door) == 1


def test_read_by_somebody_else_it_still_waits(front_door, officer):
    one = take_in(told())
    officer.get(reverse("child_entry", args=[one.entries.get().person.reference, one.receipt]))

    assert waiting(front_door) == 1


@pytest.mark.parametrize(
    "envelope",
    [
        told(when=NOW - timedelta(days=8)),
        told("front_door_referral", agency=COUNCIL),
        told("school_absence", agency=SCHOOL),
        told(details={"officer_assessment": "tonight"}),
        told(handling="police"),
    ],
    ids=[
        "of last week",
        "told by a system of the front door's own agency",
        "for nobody in particular",
        "urgent",
        "for police alone",
    ],
)
def test_what_does_not_wait_here(front_door, envelope):
    take_in(envelope)

    assert waiting(front_door) == 0


def test_a_correction_waits_in_the_place_of_what_it_corrects_and_what_is_taken_back_does_not_wait(front_door):
    take_in(told())
    newest = take_in(told(narrative="Kai was in the park in the afternoon."))
    assert waiting(front_door) == 1

    withdraw(contribution=newest, by="tests", at=NOW, because="Another Kai")
    assert waiting(front_door) == 0


def test_a_notification_that_names_nobody_is_opened_all_the_same(front_door):
    one = take_in(told(people=[]))

    assert "Nobody named" in words(front_door.get(reverse("not_opened")))
    assert "Kai was in the park" in words(front_door.get(reverse("came_in", args=[one.receipt])))
    assert waiting(front_door) == 0


def test_each_child_named_on_the_list_is_in_the_ledger(front_door):
    one = take_in(told(), told(reference="P-2"))
    front_door.get(reverse("not_opened"))

    lines = LedgerEvent.objects.filter(operation="view", what="not opened yet")
    names = {f"person:{entry.person.reference}" for entry in one.entries.all()}
    assert names < set(lines.values_list("subject", flat=True))
    assert lines.count() == 2


def test_a_child_closed_to_the_reader_by_a_tie_is_not_on_the_list(front_door, seat):
    one = take_in(told())
    nina = seat("nina", COUNCIL, "front_door_worker")
    declare_tie(person=one.entries.get().person, by=nina, at=NOW, because="My niece")

    assert waiting(at_a_machine(nina)) == 0
    assert at_a_machine(nina).get(reverse("came_in", args=[one.receipt])).status_code == 404
    assert waiting(front_door) == 1


def test_a_referral_of_a_colleague_in_another_team_waits(front_door, seat):
    rowan = seat("rowan", COUNCIL, "social_worker", name="Rowan Pike")
    maya = seat("mia", COUNCIL, "front_door_worker", name="Mia Stone")
    for number, author in enumerate((rowan, maya)):
        accept([told("front_door_referral", agency=COUNCIL, reference=f"R-{number}")], by=author, at=NOW, author=author)
    follow_pending(at=NOW)
    assert waiting(front_door) == 1


def test_a_late_correction_waits_as_long_as_what_it_corrects_waited(front_door):
    take_in(told(when=NOW - timedelta(days=6)))
    late = told(when=NOW - timedelta(days=6), narrative="Kai was in the park in the afternoon.")
    accept([late], by="tests", at=NOW + timedelta(days=3))
    follow_pending(at=NOW)
    assert waiting(front_door) == 1


def test_what_was_urgent_and_unanswered_is_so_in_its_late_correction(front_door):
    asked = {"details": {"officer_assessment": "tonight"}}
    take_in(told(when=NOW - timedelta(days=1), **asked))
    late = told(when=NOW - timedelta(days=1), narrative="Kai was alone.", **asked)
    accept([late], by="tests", at=NOW + timedelta(days=3))
    assert Contribution.objects.get(is_newest=True).urgent


def test_an_older_version_is_read_nowhere_for_nobody_can_tell_to_whom_it_is_closed(front_door):
    first = take_in(told())
    take_in(told(narrative="Kai was in the park in the afternoon."))
    assert front_door.get(reverse("came_in", args=[first.receipt])).status_code == 404


def test_named_as_a_sister_it_is_not_read_and_waits_still(front_door):
    people = [*told()["people"], {"role": "sibling", "reference": "P-1-2", "given_name": "Ada"}]
    one = take_in(told(people=people))
    sister = one.entries.get(role="sibling").person
    front_door.get(reverse("child_entry", args=[sister.reference, one.receipt]))
    assert waiting(front_door) == 1


def test_until_it_is_known_whose_it_is_it_waits_unseen(front_door):
    (verdict,) = accept([told()], by="tests", at=NOW)
    assert waiting(front_door) == 0
    assert "1 more came in just now and is being filed" in words(front_door.get(reverse("not_opened")))
    assert front_door.get(reverse("came_in", args=[verdict.receipt])).status_code == 404
    follow_pending(at=NOW)
    assert waiting(front_door) == 1


def test_an_officer_has_no_such_list(officer):
    assert officer.get(reverse("not_opened")).status_code == 403


def test_whoever_opens_more_than_is_usual_is_asked_why(front_door, monkeypatch):
    few = Limits(usual={"account": {"hour": (1, 2)}})
    monkeypatch.setattr(limits, "read", lambda _: few)
    first, second = take_in(told()), take_in(told(reference="P-2"))
    pages = [front_door.get(reverse("came_in", args=[one.receipt])) for one in (first, first, second)]
    assert [page.status_code for page in pages] == [200, 200, 429]
    assert "You have opened more accounts that wait for somebody than is usual" in words(pages[2])
