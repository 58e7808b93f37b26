"""What was told for immediate handling waits, in sight, until somebody says that they have it."""

from datetime import timedelta

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.actions import accept
from alongside.contributions.models import Acknowledgement, Contribution
from alongside.contributions.pressing import is_urgent
from alongside.contributions.rules import in_words
from alongside.ledger.models import LedgerEvent

from .conftest import at_a_machine
from .on_pages import seen, words

stories = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
POLICE = "west-yorkshire-police"


def told(at_risk_now, *, when=NOW, agency="corner-shops", **details):
    return {
        "kind": "partnership_intelligence",
        "source": {"agency": agency, "system": "till", "reference": "P-1"},
        "occurred_at": when.isoformat(),
        "narrative": "A boy runs from a car.",
        "details": {"at_risk_now": at_risk_now} | details,
    }


@pytest.mark.parametrize(
    ("at_risk_now", "when", "urgent"),
    [
        ("yes", NOW, True),
        ("not_sure", NOW - timedelta(hours=20), True),
        ("no", NOW, False),
        ("yes", NOW - timedelta(days=30), False),
    ],
    ids=["now", "not sure, last night", "no", "a file of last month"],
)
def test_what_needs_someone_now(at_risk_now, when, urgent):
    assert is_urgent(told(at_risk_now, when=when), at=NOW) is urgent


def notified(how_soon, *, reference="PPN-1", when=NOW):
    return {
        "kind": "police_protection_notification",
        "source": {"agency": POLICE, "system": "niche", "reference": reference},
        "occurred_at": when.isoformat(),
        "reported_at": when.isoformat(),
        "narrative": "Kai was in the park after dark with older boys.",
        "people": [{"role": "subject", "given_name": "Kai"}],
        "details": {"officer_assessment": how_soon} if how_soon else {},
    }


@pytest.mark.parametrize(
    ("how_soon", "when", "urgent"),
    [
        ("tonight", NOW, True),
        ("tonight", NOW - timedelta(days=3), False),
        ("tomorrow", NOW, False),
        ("", NOW, False),
    ],
)
def test_a_notification_that_asks_for_somebody_tonight_waits_for_nobody_else(how_soon, when, urgent):
    assert is_urgent(notified(how_soon, when=when), at=NOW) is urgent


def test_what_police_graded_where_they_told_it_does_not_wait_for_them():
    assert is_urgent(told("yes", agency=POLICE), at=NOW)
    assert not is_urgent(told("yes", agency=POLICE, source_grade="1"), at=NOW)


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=3, minutes=5), "3 hours 5 minutes"),
        (timedelta(days=2, hours=4, minutes=3), "2 days 4 hours"),
    ],
)
def test_how_long_something_waited_in_words(waited, said):
    assert in_words(waited) == said


class TestPages:
    pytestmark = stories

    def test_what_came_by_api_or_file_is_as_urgent_as_what_was_typed(self, agencies):
        accept([told("yes")], by="tests", at=NOW)
        assert Contribution.objects.get().urgent

    def test_it_shows_to_police_until_somebody_has_it(self, highways, desk):
        one = seen(highways, "yes", occurred_when="today")
        assert "Waiting (1)" in words(desk.get(reverse("urgent")))
        desk.post(reverse("urgent_told", args=[one.receipt]), {"doing": "A car is on its way."})

        page = words(desk.get(reverse("urgent")))
        assert "Nothing is waiting" in page
        assert "A car is on its way." in page
        receipt = words(highways.get(reverse("receipt", args=[one.receipt])))
        assert 'that they have it: <bdi dir="auto">A car is on its way.</bdi>' in receipt

    def test_how_long_it_has_waited_and_that_it_is_late_are_said(self, highways, desk):
        one = seen(highways, "yes", occurred_when="today")
        Contribution.objects.update(reported_at=NOW - timedelta(minutes=45))
        page = words(desk.get(reverse("urgent")))
        assert "45 minutes" in page
        assert "Past due" in page
        assert "It has waited 45 minutes" in words(highways.get(reverse("receipt", args=[one.receipt])))

    def test_what_came_in_a_file_has_waited_since_it_was_told(self, desk):
        yesterday = NOW - timedelta(hours=23)
        accept([told("yes", when=yesterday) | {"reported_at": yesterday.isoformat()}], by="tests", at=NOW)
        page = words(desk.get(reverse("urgent")))
        assert "23 hours" in page
        assert "10:20am" in page
        assert "23 hours" in words(desk.get(reverse("intelligence")))
        assert "has waited 23 hours" in words(desk.get(reverse("what_i_sent")))

    def test_reading_it_is_in_the_ledger_and_its_author_sees_so(self, highways, desk):
        one = seen(highways, "yes", occurred_when="today")
        desk.get(reverse("urgent_told", args=[one.receipt]))
        assert LedgerEvent.objects.filter(operation="view", subject=one.subject).count() == 1
        assert "Police read it" in words(highways.get(reverse("what_i_sent")))

    def test_who_said_it_first_has_it(self, highways, desk, sergeant):
        one = seen(highways, "yes", occurred_when="today")
        for who in (desk, sergeant):
            page = who.post(reverse("urgent_told", args=[one.receipt]), {"doing": ""}, follow=True)
        assert "Somebody said so before you" in words(page)
        assert Acknowledgement.objects.get().by.key == "kofi"

    def test_what_was_told_to_police_alone_is_not_the_front_doors(self, highways, front_door):
        one = seen(highways, "yes", occurred_when="today")
        assert "Nothing is waiting" in words(front_door.get(reverse("urgent")))
        assert front_door.get(reverse("urgent_told", args=[one.receipt])).status_code == 404

    def test_what_was_told_to_the_team_is_the_front_doors(self, front_door, desk):
        accept([told("yes") | {"handling": "team"}], by="tests", at=NOW)
        assert "Waiting (1)" in words(front_door.get(reverse("urgent")))
        assert "Someone may be in danger: what Shops told" in words(front_door.get(reverse("my_day")))
        assert "Nothing is waiting" in words(desk.get(reverse("urgent")))

    def test_a_notification_that_asks_for_somebody_tonight_comes_first_after_danger(self, front_door):
        accept([notified("tonight", when=NOW - timedelta(hours=1))], by="tests", at=NOW)
        assert "Somebody should act tonight: what Police told" in words(front_door.get(reverse("my_day")))
        accept([told("yes") | {"handling": "team"}], by="tests", at=NOW)
        page = words(front_door.get(reverse("urgent")))
        assert "Waiting (2)" in page
        assert page.index("Someone may be in danger</td>") < page.index("Somebody should act tonight</td>")

    def test_an_officer_without_the_word_answers_nothing(self, officer):
        assert officer.get(reverse("urgent")).status_code == 403

    def test_someone_who_left_reads_nothing(self, highways, seat):
        one = seen(highways, "yes", occurred_when="today")
        gone = seat("gone", POLICE, "police_intelligence")
        machine = at_a_machine(gone)
        type(gone).objects.filter(pk=gone.pk).update(is_active=False)
        assert machine.get(reverse("urgent_told", args=[one.receipt])).status_code in {302, 403}
