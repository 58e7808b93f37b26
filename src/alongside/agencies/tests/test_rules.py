"""What holds of seats, sessions and tries, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.agencies.rules import (
    Doors,
    Limits,
    Seat,
    mailbox_of,
    may_change_seat,
    may_give_role,
    may_open_by_agency,
    session_ends,
    state_of_seat,
    wait_after,
    why_over,
)
from alongside.agencies.tries import KEPT_FOR

AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
LIMITS = Limits(
    idle=timedelta(minutes=30),
    longest=timedelta(hours=10),
    seat_checked_every=timedelta(days=365),
    seat_suspended_after=timedelta(days=30),
    invitation_lasts=timedelta(days=7),
)


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (9, 16), (14, 512), (15, 900), (5000, 900)]
)
def test_a_wait_doubles_up_to_its_longest(tries, seconds):
    assert wait_after(tries) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("tries", "minutes"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 15), (5000, 15)])
def test_while_somebody_is_guessing_even_the_first_try_waits(tries, minutes):
    assert wait_after(tries, many=True) == timedelta(minutes=minutes)


def made_by(moment: timedelta, *, many: bool) -> int:
    """How many tries at one seat from one place have been looked at by then, if each comes as soon as it may."""
    tries, at = 0, wait_after(0, many=many)
    while at <= moment:
        tries += 1
        at += wait_after(tries, many=many)
    return tries


@pytest.mark.parametrize(("many", "an_hour", "a_day"), [(False, 17, 300), (True, 6, 100)])
def test_so_many_guesses_at_one_seat_from_one_place_and_no_more(many, an_hour, a_day):
    assert made_by(timedelta(minutes=59), many=many) == an_hour
    assert made_by(timedelta(days=1), many=many) <= a_day
    # Whoever rests until they are forgotten, after however many tries, gains nothing beyond it.
    for tries in range(1, 200):
        spent = sum((wait_after(each, many=many) for each in range(tries)), timedelta(0)) + KEPT_FOR
        assert tries * (timedelta(days=1) / spent) <= a_day


@pytest.mark.parametrize(
    ("began", "seen", "over"),
    [
        (timedelta(0), timedelta(0), ""),
        (timedelta(hours=2), timedelta(minutes=29), ""),
        (timedelta(hours=2), timedelta(minutes=31), "nobody used it"),
        (timedelta(hours=9, minutes=59), timedelta(0), ""),
        (timedelta(hours=10), timedelta(0), "its longest time was reached"),
    ],
)
def test_a_session_ends_after_its_rest_and_at_its_longest(began, seen, over):
    assert why_over(began_at=AT - began, last_seen_at=AT - seen, at=AT, limits=LIMITS) == over


def test_what_is_shown_of_a_sessions_end_is_whichever_comes_first():
    assert session_ends(began_at=AT, last_seen_at=AT, limits=LIMITS) == AT + timedelta(minutes=30)
    late = AT + timedelta(hours=9, minutes=45)
    assert session_ends(began_at=AT, last_seen_at=late, limits=LIMITS) == AT + timedelta(hours=10)


CARYS = Seat("carys", "leeds-city-council")


@pytest.mark.parametrize(
    ("manages", "seat", "allowed"),
    [
        (True, Seat("maya", "leeds-city-council"), True),
        (False, Seat("maya", "leeds-city-council"), False),
        (True, Seat("priya", "west-yorkshire-police"), False),
        (True, CARYS, False),
    ],
)
def test_each_agency_runs_its_own_people_and_nobody_themselves(manages, seat, allowed):
    decision = may_change_seat(by=CARYS, manages=manages, seat=seat)
    assert decision.allowed is allowed
    assert decision.reason.endswith(".")


def test_a_role_is_given_only_where_the_playbook_lets_it_be():
    police_only = {"role": "police_officer", "agency": "leeds-city-council"}
    assert not may_give_role(allowed=("social_worker",), **police_only).allowed
    assert may_give_role(role="social_worker", allowed=("social_worker",), agency="leeds-city-council").allowed


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("factor", [False, True])
@pytest.mark.parametrize(
    ("link", "been_in", "opens"),
    [
        ("never", False, "always"),
        ("never", True, "always"),
        ("used", False, "with a factor"),
        ("used", True, "with a factor"),
        ("waits", False, "with a factor"),
        ("waits", True, "never"),
    ],
)
def test_which_seat_the_agencys_own_sign_in_opens(link, been_in, opens, shown, factor):
    links = {"had_a_link": link != "never", "waits_for_link": link == "waits"}
    may = may_open_by_agency(Doors(shown_there=shown, has_factor=factor, has_been_in=been_in, **links))
    assert may.allowed is {"always": True, "with a factor": shown or factor, "never": False}[opens]


@pytest.mark.parametrize(
    ("seat", "state"),
    [
        (Seat("a", "b", ended=True, suspended=True), "ended"),
        (Seat("a", "b", suspended=True, joined=False), "suspended"),
        (Seat("a", "b", joined=False, checked_at=AT), "invited"),
        (Seat("a", "b", checked_at=None), "open"),
        (Seat("a", "b", checked_at=AT - timedelta(days=364)), "open"),
        (Seat("a", "b", checked_at=AT - timedelta(days=365)), "check_due"),
        (Seat("a", "b", checked_at=AT - timedelta(days=394)), "check_due"),
        (Seat("a", "b", checked_at=AT - timedelta(days=395)), "check_overdue"),
    ],
)
def test_every_seat_stands_somehow(seat, state):
    assert state_of_seat(seat, at=AT, limits=LIMITS) == state


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        ("maya@alongside.example", "maya@alongside.example"),
        (" MAYA@Alongside.Example ", "maya@alongside.example"),
        ("maya+second@alongside.example", "maya@alongside.example"),
        ("maya+a+b@alongside.example", "maya@alongside.example"),
        ("maya@along\u017fide.example", "maya@alongside.example"),
        ("maya.osei@alongside.example", "maya.osei@alongside.example"),
    ],
)
def test_spellings_of_one_mailbox(email, mailbox):
    assert mailbox_of(email) == mailbox
