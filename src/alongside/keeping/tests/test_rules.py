"""Hold beats retain beats purge, whatever the dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.keeping.rules import Begins, Facts, Outcome, Rule, judge, later, latest, rules_for

DAYS = some.dates(date(1990, 1, 1), date(2100, 1, 1))
BIRTHS = some.one_of(some.just(""), some.just("2012-02"), some.just("2011"), DAYS.map(str))
FACTS = some.builds(
    Facts, DAYS, some.lists(BIRTHS, max_size=3).map(tuple), some.one_of(some.none(), DAYS), some.booleans()
)
RULES = some.lists(
    some.builds(
        Rule,
        some.just(("a",)),
        some.just(("*",)),
        some.sampled_from(Begins),
        some.integers(1, 100),
        some.integers(0, 11),
    ),
    max_size=4,
)


@given(RULES, FACTS, DAYS)
def test_nothing_that_is_held_is_ever_due(rules, facts, today):
    assert judge(rules, facts, is_held=True, today=today).outcome is Outcome.HELD


@given(RULES, FACTS, DAYS, RULES)
def test_one_rule_more_never_makes_it_due_sooner(rules, facts, today, more):
    with_more = judge([*rules, *more], facts, is_held=False, today=today)
    if rules and with_more.outcome is Outcome.DUE:
        assert judge(rules, facts, is_held=False, today=today).outcome is Outcome.DUE


@given(RULES, FACTS, DAYS, some.integers(0, 4000))
def test_what_is_due_stays_due(rules, facts, today, days):
    if judge(rules, facts, is_held=False, today=today).outcome is Outcome.DUE:
        assert judge(rules, facts, is_held=False, today=today + timedelta(days=days)).outcome is Outcome.DUE


@given(DAYS, some.integers(0, 100), some.integers(0, 11))
def test_a_period_is_never_shorter_than_it_says(day, years, months):
    after = later(day, years=years, months=months)
    assert after >= day + timedelta(days=365 * years + 28 * months)


@pytest.mark.parametrize(
    ("born", "last"),
    [("2012-02", date(2012, 2, 29)), ("2011", date(2011, 12, 31)), ("2011-03-04", date(2011, 3, 4)), ("", None)],
)
def test_a_date_known_in_part_is_taken_at_its_latest(born, last):
    assert latest(born) == last


def test_the_29th_of_february_is_kept_a_day_longer_not_shorter():
    assert later(date(2024, 2, 29), years=1, months=0) == date(2025, 3, 1)
    assert later(date(2026, 10, 31), years=0, months=1) == date(2026, 12, 1)


AFTER_18 = Rule(("a",), ("*",), Begins.BIRTH, years=21)
OF_WORK = Rule(("a",), ("note",), Begins.CLOSED, years=6)


def test_of_several_children_the_youngest_counts_and_an_unknown_one_keeps_it():
    both = Facts(date(2020, 1, 1), ("2000-01-01", "2005-01-01"))
    assert judge([AFTER_18], both, is_held=False, today=date(2026, 1, 1)).due == date(2026, 1, 1)
    unknown = Facts(date(2020, 1, 1), ("2000-01-01", ""))
    assert judge([AFTER_18], unknown, is_held=False, today=date(2090, 1, 1)).outcome is Outcome.CANNOT_TELL


def test_while_work_is_open_nothing_falls_due_and_then_from_its_end():
    working = Facts(date(2010, 1, 1), is_open=True)
    assert judge([OF_WORK], working, is_held=False, today=date(2090, 1, 1)).outcome is Outcome.KEPT
    ended = Facts(date(2010, 1, 1), closed=date(2020, 1, 1))
    assert judge([OF_WORK], ended, is_held=False, today=date(2026, 1, 1)).outcome is Outcome.DUE
    assert judge([OF_WORK], ended, is_held=False, today=date(2025, 12, 31)).outcome is Outcome.KEPT


def test_a_rule_that_names_the_kind_comes_before_one_for_any():
    assert rules_for([AFTER_18, OF_WORK], controller="a", kind="note") == [OF_WORK]
    assert rules_for([AFTER_18, OF_WORK], controller="a", kind="other") == [AFTER_18]
    assert rules_for([AFTER_18, OF_WORK], controller="b", kind="note") == []


def test_without_a_rule_everything_is_kept():
    assert judge([], Facts(date(1990, 1, 1)), is_held=False, today=date(2090, 1, 1)).outcome is Outcome.CANNOT_TELL
