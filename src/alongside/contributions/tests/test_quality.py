"""What would still help: asked all at once, with why."""

import pytest

from alongside.contributions.kinds import kinds
from alongside.contributions.quality import FEW, foremost, gaps_in, says_something

KIND = "police_protection_notification"


def gaps(**details: object) -> set[str]:
    return {gap.field for gap in gaps_in(kinds()[KIND], {"details": details})}


@pytest.mark.parametrize(
    ("value", "least", "says"),
    [
        ("I don't go home that way", 0, True),
        ("no", 0, True),
        ("  ", 0, False),
        ("N/A", 0, False),
        ("As above.", 0, False),
        ("worried", 15, False),
        ("worried that he is afraid of a man", 15, True),
        (False, 0, True),
        (0, 0, True),
        ([], 0, False),
        (None, 0, False),
    ],
)
def test_a_filled_box_may_say_nothing(value, least, says):
    assert says_something(value, least) is says


@pytest.mark.parametrize(
    ("details", "gap", "there"),
    [
        ({}, "details.childs_words", True),
        ({"childs_words": "Home."}, "details.childs_words", False),
        ({"why_child_not_asked": "Still missing"}, "details.childs_words", False),
        ({"why_child_not_asked": "n/a"}, "details.childs_words", True),
        ({"reason": "as above"}, "details.reason", True),
        ({"weapon_used_or_seen": "none"}, "details.weapon_used_or_seen", False),
        ({"voice_appearance": "Tired"}, "details.voice_appearance", True),
        ({"voice_appearance": "Tired", "voice_environment": "Cold"}, "details.voice_appearance", False),
    ],
)
def test_gaps_of_a_notification(details, gap, there):
    assert (gap in gaps(**details)) is there


@pytest.mark.parametrize(
    ("ethnicity", "gap"),
    [({}, True), ({"stated_by": "self"}, True), ({"code": "B2"}, False), ({"why_not_known": "He left"}, False)],
)
def test_an_ethnicity_or_the_reason_why_not(ethnicity, gap):
    child = {"role": "subject", "given_name": "Kai", "ethnicity": ethnicity}
    fields = {one.field for one in gaps_in(kinds()[KIND], {"people": [child]})}
    assert ("people.1.ethnicity" in fields) is gap


def test_nothing_of_the_kind_is_asked_of_an_adult():
    people = [{"role": "parent", "given_name": "Ngozi"}]
    assert not any(gap.field.startswith("people.1") for gap in gaps_in(kinds()[KIND], {"people": people}))


def test_every_gap_says_why_it_would_help():
    assert all(len(gap.why) > 10 for gap in gaps_in(kinds()[KIND], {}))


def named_first(kind: str, envelope: dict) -> tuple[list[str], int]:
    known = kinds()[kind]
    first, after = foremost(known, gaps_in(known, envelope))
    return [gap.key for gap in first], len(after)


def test_before_sending_four_things_come_first_and_the_others_are_folded():
    told = {"people": [{"role": "victim", "given_name": "Kai"}], "narrative": "A fight.", "details": {}}
    first, after = named_first(KIND, told)
    assert first == ["ethnicity", "childs_words", "reason", "siblings_and_household"]
    assert after > FEW


def test_who_and_what_happened_come_before_all_else():
    assert named_first(KIND, {})[0][:2] == ["people", "narrative"]


def test_where_the_first_things_are_told_a_few_others_are_named():
    answers = {"childs_words": "Home.", "reason": "Hurt twice in a month.", "siblings_and_household": "None known."}
    child = {"role": "victim", "given_name": "Kai", "ethnicity": {"code": "B2"}}
    told = {"people": [child], "narrative": "A fight.", "details": answers}
    assert len(named_first(KIND, told)[0]) == FEW


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_nothing_is_both_named_first_and_folded(kind):
    gaps = gaps_in(kinds()[kind], {})
    first, after = foremost(kinds()[kind], gaps)
    assert sorted(gap.field for gap in first + after) == sorted(gap.field for gap in gaps)


@pytest.mark.parametrize(("occurred_at", "named"), [("not_told", True), ("2026-11", False), ("2026-11-20", False)])
def test_a_day_that_nobody_told_would_help(occurred_at, named):
    kind = kinds()["police_protection_notification"]
    gaps = gaps_in(kind, {"occurred_at": occurred_at})
    assert ("When it happened" in {gap.label for gap in gaps}) is named
    assert ("occurred_at" in {gap.key for gap in foremost(kind, gaps)[0]}) is named
