"""A referral without a first meeting is a wait: drawn as long as it lasts, and said in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from alongside.chronology.strip import Mark, strip_of
from alongside.chronology.tellings import Telling
from alongside.chronology.timeline_facts import timeline_facts
from alongside.chronology.waits import how_long, in_words, meanwhile_in_words, waits_in
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW
from alongside.web.tests.reading import words

from .factories import entry

TODAY = date(2026, 11, 23)
REFERRED = {"what": "referred", "started_on": "2026-02-03"}


def tells(on: str, known_to: str = "day", agency: str = "Leeds CAMHS", **details: str) -> Telling:
    at = datetime.fromisoformat(on).replace(hour=12, tzinfo=UTC)
    told = {"receipt": f"R-{on}", "agency": agency, "agency_short": "CAMHS", "kind": "camhs_contact", "role": "subject"}
    return Telling(1, 1, **told, at=at, known_to=known_to, details=details)


def said(*tellings: Telling) -> list[str]:
    return [in_words(wait, today=TODAY) for wait in waits_in(tellings, timeline_facts().waits)]


FIRST = tells("2026-02-05", **REFERRED)
WAITING = ["Waiting for CAMHS since 3 February 2026, 41 weeks"]


@pytest.mark.parametrize(
    ("tellings", "words_said"),
    [
        ([FIRST], WAITING),
        ([tells("2026-02-05", what="referred")], []),
        ([tells("2026-02-05", what="working", started_on="2026-02-03")], []),
        ([FIRST, tells("2026-05-01", what="waiting", started_on="2026-02-10")], WAITING),
        ([FIRST, tells("2026-05-01", what="crisis")], WAITING),
        ([FIRST, tells("2026-05-01", what="was_not_brought")], WAITING),
        ([FIRST, tells("2026-05-01", what="first_contact", agency="Another trust")], WAITING),
        (
            [FIRST, tells("2026-05-05", what="first_contact")],
            ["Waited for CAMHS from 3 February 2026 to 5 May 2026, 13 weeks"],
        ),
        (
            [FIRST, tells("2026-05-05", status="closed", what="waiting", started_on="2026-02-03")],
            ["Waited for CAMHS from 3 February 2026 to 5 May 2026, 13 weeks"],
        ),
        (
            [tells("2026-05-05", status="closed", ended_on="2026-04-28", **REFERRED)],
            ["Waited for CAMHS from 3 February 2026 to 28 April 2026, 12 weeks"],
        ),
        (
            [FIRST, tells("2026-05-05", "untold", what="ended")],
            ["Waited for CAMHS from 3 February 2026; the day it ended was not told"],
        ),
        (
            [
                FIRST,
                tells("2026-02-07", what="not_accepted"),
                tells("2026-11-16", what="referred", started_on="2026-11-14"),
            ],
            [
                "Waited for CAMHS from 3 February 2026 to 7 February 2026, 4 days",
                "Waiting for CAMHS since 14 November 2026, 9 days",
            ],
        ),
    ],
)
def test_what_is_a_wait(tellings, words_said):
    assert said(*tellings) == words_said


@pytest.mark.parametrize(("days", "words_said"), [(0, "0 days"), (1, "1 day"), (13, "13 days"), (14, "2 weeks")])
def test_how_long_in_words(days, words_said):
    assert how_long(days) == words_said


def test_the_newest_word_of_who_looks_in_stands():
    told = [
        FIRST,
        tells("2026-05-01", care_while_waiting="School mentor.", **REFERRED),
        tells("2026-06-01", **REFERRED),
    ]
    (wait,) = waits_in(told, timeline_facts().waits)
    assert meanwhile_in_words(wait) == "Meanwhile: School mentor"
    assert wait.receipts == ("R-2026-02-05", "R-2026-05-01", "R-2026-06-01")


def test_a_wait_is_drawn_as_long_as_it_lasts_and_is_no_event():
    first = TODAY - timedelta(days=183)
    strip = strip_of([Mark(first, "Leeds CAMHS", "CAMHS", "wait", days=183)], first=first, today=TODAY)
    assert strip.sentence == "1 wait for a service"
    assert strip.shapes == {"wait"}
    for picture in (strip.wide, *strip.tall):
        assert picture.count('stroke-width="8"') == 1


@pytest.fixture
def waits(kai):
    """Kai was referred on 3 February; nobody has told of a first meeting."""
    told = {"kind": "camhs_contact", "told": {"details": REFERRED | {"service": "CAMHS"}}}
    return entry(kai, CAMHS, occurred_at=NOW - timedelta(days=290), title="CAMHS: Referred", contribution=told)


@pytest.mark.django_db
class TestPages:
    def test_the_first_page_says_and_draws_it_however_long_ago_it_began(self, client, signed_in, waits):
        signed_in("maya", "front_door_worker", COUNCIL)
        page = words(client.get(reverse("child", args=["7F3K"])))
        assert f"{WAITING[0]}. Nobody has told us who looks in meanwhile." in page
        assert "1 wait for a service" in page
        assert "waiting for a service" in page
        assert "See 1 wait as a list" in page
        assert "No first meeting that you may see has come" in page

    def test_the_timeline_says_it_where_it_was_told(self, client, signed_in, waits):
        signed_in("maya", "front_door_worker", COUNCIL)
        assert WAITING[0] in words(client.get(reverse("child_timeline", args=["7F3K"])))

    @pytest.mark.parametrize("handling", ["restricted", "police"])
    def test_who_may_not_read_of_it_reads_of_no_wait(self, client, signed_in, waits, handling):
        signed_in("maya", "front_door_worker", COUNCIL)
        type(waits).objects.update(handling=handling, readers=",maya,")
        assert "Waiting for CAMHS" not in words(client.get(reverse("child", args=["7F3K"])))

    def test_what_was_taken_back_is_no_wait(self, client, signed_in, waits):
        signed_in("maya", "front_door_worker", COUNCIL)
        type(waits).objects.update(withdrawn=True)
        assert "Waiting for CAMHS" not in words(client.get(reverse("child", args=["7F3K"])))
