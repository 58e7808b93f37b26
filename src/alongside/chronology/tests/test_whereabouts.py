"""Who is missing now, and who is held by police now: said on every page of the child to whom it may be said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from alongside.chronology.tellings import Telling
from alongside.chronology.timeline_facts import CustodyNow, MissingNow, timeline_facts
from alongside.chronology.whereabouts import held_still, missing_still
from alongside.contributions.kinds import kinds
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner, standing
from alongside.web.dates import short_moment
from alongside.web.tests.reading import words

from .factories import entry

AT = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
MISSING = MissingNow(kind="away", returned="back", after_return=("talk",), days=90)
CUSTODY = CustodyNow(kind="held", released="out", outcome="outcome", still_there=("there",), hours=96)


def ago(hours):
    return AT - timedelta(hours=hours)


def away(number: int, kind: str, hours: float, **details) -> Telling:
    told = {"receipt": f"R-{number}", "agency": "Police", "agency_short": "Police", "kind": kind, "role": "subject"}
    return Telling(number, 7, **told, at=ago(hours), details=details)


@pytest.mark.parametrize(
    ("episodes", "seen", "missing"),
    [
        ([(11, None)], [], True),
        ([(11, 3)], [], False),
        ([(11, -3)], [], True),
        ([(11, None), (10, 2)], [], False),
        ([(30, 20), (11, None)], [], True),
        ([(11, None)], [2], False),
        ([(11, None)], [20], True),
        ([(11, None), (30, None)], [20], True),
        ([(-1, None)], [], False),
    ],
    ids=[
        *("no return told", "back", "a return not yet come", "another agency told the return"),
        *("away again", "seen since", "seen before", "an old one forgotten", "not yet gone"),
    ],
)
def test_who_is_missing_now(episodes, seen, missing):
    told = [away(n, "away", a, back=b and ago(b).isoformat()) for n, (a, b) in enumerate(episodes)]
    told += [away(100 + n, "talk", hours) for n, hours in enumerate(seen)]
    assert bool(missing_still(told, MISSING, at=AT)) is missing


def test_the_latest_time_away_is_the_one_shown():
    (still,) = missing_still([away(1, "away", 30), away(2, "away", 11)], MISSING, at=AT)
    assert still.at == ago(11)


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ([(9, {})], True),
        ([(9, {"outcome": "there"})], True),
        ([(9, {"outcome": "home"})], False),
        ([(9, {"out": ago(2).isoformat(), "outcome": "there"})], False),
        ([(9, {"out": ago(-2).isoformat()})], True),
        ([(97, {})], False),
        ([(20, {}), (9, {"outcome": "home"})], False),
        ([(-1, {})], False),
    ],
    ids=[
        *("nothing told", "there still", "let go", "let go at a time", "will be let go"),
        *("long ago", "a later one ended", "not yet"),
    ],
)
def test_who_is_held_now(told, held):
    found = held_still([away(n, "held", hours, **said) for n, (hours, said) in enumerate(told)], CUSTODY, at=AT)
    assert bool(found) is held


def test_every_kind_and_field_that_is_named_is_in_the_playbook():
    facts, known = timeline_facts(), kinds()
    assert set(facts.missing_now.after_return) <= known.keys()
    assert known[facts.missing_now.kind].field(facts.missing_now.returned)
    custody = known[facts.custody_now.kind]
    assert custody.field(facts.custody_now.released)
    assert set(facts.custody_now.still_there) <= {
        choice.code for choice in custody.field(facts.custody_now.outcome).choices
    }


@pytest.fixture
def kai(db):
    return child("7F3K", called="Kai")


@pytest.fixture
def leah(client, kai):
    viewer = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=viewer)
    client.force_login(viewer)
    return viewer


def tells(kai, kind: str, hours: float, handling: str = "team", **details):
    told = {"narrative": "canary", "details": details}
    at = timezone.now() - timedelta(hours=hours)
    return entry(kai, POLICE, kind=kind, handling=handling, occurred_at=at, contribution={"told": told, "kind": kind})


PAGES = ("child", "child_timeline", "child_records", "child_looked")
GONE, HELD = "Missing now, since", "In police custody now, since"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_child_says_so(client, kai, leah, page):
    gone, held = tells(kai, "missing_episode", 11), tells(kai, "custody_episode", 5)
    said = words(client.get(reverse(page, args=["7F3K"])))
    assert f"{GONE} {short_moment(localtime(gone.occurred_at))} · told by Police" in said
    assert f"{HELD} {short_moment(localtime(held.occurred_at))} · told by Police" in said


@pytest.mark.parametrize("handling", ["police", "restricted"])
def test_what_is_not_for_this_reader_is_not_in_the_banner(client, kai, leah, handling):
    tells(kai, "missing_episode", 11, handling)
    assert GONE not in words(client.get(reverse("child", args=["7F3K"])))


def test_a_return_that_this_reader_may_not_read_ends_it_all_the_same(client, kai, leah):
    tells(kai, "missing_episode", 11)
    tells(kai, "missing_episode", 11, "police", returned_at=(timezone.now() - timedelta(hours=3)).isoformat())
    assert GONE not in words(client.get(reverse("child", args=["7F3K"])))
