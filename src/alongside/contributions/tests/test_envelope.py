from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.contributions.envelope import as_text, content_hash, read
from alongside.contributions.flat import flatten, unflatten
from alongside.contributions.kinds import kinds

from .example import note

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


def fields_wrong(raw: object, **limits: str) -> list[str]:
    _, problems = read(raw, at=NOW, **limits)
    return [problem.field for problem in problems]


def test_what_was_told_is_kept_in_one_shape():
    envelope, problems = read(note(), at=NOW)

    assert problems == []
    assert envelope["people"][0]["postcode"] == "LS8 4AA"
    assert envelope["occurred_at"] == "2026-11-22T18:30:00+00:00"


def test_the_canonical_shape_reads_as_itself():
    envelope, _ = read(note(), at=NOW)
    again, _ = read({k: v for k, v in envelope.items() if k != "occurred_to"}, at=NOW)

    assert as_text(again) == as_text(envelope)


@pytest.mark.parametrize("key", sorted(kinds()))
def test_every_kinds_example_is_taken_in(key):
    assert read(kinds()[key].example, at=NOW)[1] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"kind": "gossip"}, "kind", id="no such kind"),
        pytest.param({"source": {}}, "source.agency", id="nobody told it"),
        pytest.param({"occurred_at": "1890-01-01"}, "occurred_at", id="1890"),
        pytest.param({"occurred_at": "2027-06-01"}, "occurred_at", id="next year"),
        pytest.param({"occurred_at": None}, "occurred_at", id="no time"),
        pytest.param({"handling": "secret"}, "handling", id="no such handling"),
        pytest.param({"handling": "agencies:"}, "handling", id="agencies without names"),
        pytest.param({"place": {"latitude": 200}}, "place.latitude", id="off the Earth"),
        pytest.param({"place": "Bus station"}, "place", id="a place that is no object"),
        pytest.param({"person": {"nhs_number": "1111111111"}}, "people.1.nhs_number", id="repeated digits"),
        pytest.param({"person": {"date_of_birth": "2031-02-01"}}, "people.1.date_of_birth", id="not born yet"),
        pytest.param({"person": {"role": "villain"}}, "people.1.role", id="no such role"),
        pytest.param({"person": {"shoe_size": "5"}}, "people.1.shoe_size", id="unknown field of a person"),
        pytest.param({"colour": "red"}, "colour", id="unknown field"),
        pytest.param({"narrative": "a\x00b"}, "narrative", id="a character no database keeps"),
        pytest.param({"narrative": "x" * 20_001}, "narrative", id="too long"),
        pytest.param({"people": "Kai"}, "people", id="people that are no list"),
    ],
)
def test_what_is_wrong_is_named(changes, field):
    assert field in fields_wrong(note(**changes))


def test_everything_wrong_is_said_at_once():
    assert {"occurred_at", "handling"} <= set(fields_wrong(note(occurred_at="soon", handling="secret")))


def test_nobody_tells_for_another_agency():
    assert fields_wrong(note(), agency="west-yorkshire-police") == ["source.agency"]


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(["source", "occurred_at", "place", "people", "details", "handling", "narrative"]), json_like)
def test_nothing_sent_breaks_the_reading(field, value):
    envelope, problems = read(note() | {field: value}, at=NOW)
    assert (envelope is None) == bool(problems)


def test_flat_and_back_is_the_same():
    envelope, _ = read(note(person={"aliases": ["Shiv", "Vonnie"]}), at=NOW)
    flat = flatten({k: v for k, v in envelope.items() if k != "occurred_to"})

    assert flat["people.1.given_name"] == "Siobhan"
    assert content_hash(as_text(read(unflatten(flat), at=NOW)[0])) == content_hash(as_text(envelope))


@pytest.mark.parametrize(
    ("agency", "rules"), [("corner-shops", ["This is not yours to say."]), ("west-yorkshire-police", [])]
)
def test_only_police_grade_and_clear_for_the_meeting(agency, rules):
    told = {
        "kind": "partnership_intelligence",
        "source": {"agency": agency, "system": "till", "reference": "P-1"},
        "occurred_at": "2026-11-22T18:30:00Z",
        "details": {"cleared_for_meeting": True},
    }
    _, problems = read(told, at=NOW)
    assert [problem.rule for problem in problems] == rules


@pytest.mark.parametrize(
    ("changes", "rule", "mend"),
    [
        ({"occurred_at": "2027-06-01"}, "This is in the future.", "Look at the year"),
        ({"occurred_at": "1890-01-01"}, "This is before 1990.", "Look at the year"),
        ({"occurred_at": "01/06/2026"}, "This is no date and time.", "Give the day first as year-month-day"),
        ({"place": {"postcode": "nope"}}, "This is not written as a postcode is.", "Give a whole postcode"),
        ({"people": [{"nhs_number": "1"}]}, "This is no NHS number: its digits do not check.", "Give the ten digits"),
        ({"people": [{"upn": "A1"}]}, "This is no pupil number: its letter and", "Give the pupil number"),
        ({"people": [{"la_child_id": "1/2"}]}, "This is no council’s id of a child.", "Give letters and digits only"),
    ],
)
def test_each_mistake_is_answered_with_what_mends_it(changes, rule, mend):
    _, (problem,) = read(note(**changes), at=NOW)

    assert problem.rule.startswith(rule)
    assert problem.mend.startswith(mend)


def test_a_day_that_nobody_told_stands_where_it_was_reported_and_says_so():
    told = {"occurred_at": "not_told", "reported_at": "2026-11-22T20:15:00Z"}
    envelope, problems = read(note(**told), at=NOW)
    assert problems == []
    assert (envelope["occurred_at"], envelope["occurred_to"]) == ("2026-11-22T20:15:00+00:00", "untold")
    again, _ = read(unflatten(flatten(note(**told))), at=NOW)
    assert as_text(again) == as_text(envelope)


@pytest.mark.parametrize("reported", [None, "soon", "1890-01-01", "2027-06-01"])
def test_without_the_day_it_must_be_told_when_it_was_reported(reported):
    assert fields_wrong(note(occurred_at="not_told", reported_at=reported)) != []
