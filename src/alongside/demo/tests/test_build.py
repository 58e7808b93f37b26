"""The city as files: the same again from the same seed, readable by our own door, with the truth beside it."""

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.contributions.envelope import read
from alongside.contributions.kinds import kinds
from alongside.demo.build import write_city
from alongside.demo.loading import seat_practitioners

from .conftest import UNTIL, Written, contents

AT = datetime(2026, 3, 6, 6, 30, tzinfo=UTC)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**9), children=st.integers(20, 60), days=st.integers(30, 400))
def test_the_same_arguments_write_the_same_bytes(seed: int, children: int, days: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        for folder in (one, other):
            write_city(Path(folder), until=UNTIL, children=children, seed=seed, days=days)
        assert contents(Path(one)) == contents(Path(other))


def test_the_order_of_hashes_does_not_change_the_city(tmp_path: Path) -> None:
    lines = (
        "import sys, datetime, pathlib; from alongside.demo.build import write_city; "
        "write_city(pathlib.Path(sys.argv[1]), until=datetime.date(2026, 3, 6), children=40)"
    )
    for hashes in ("1", "2"):
        source = str(Path(__file__).parents[3])
        env = os.environ | {"PYTHONHASHSEED": hashes, "PYTHONPATH": source}
        subprocess.run([sys.executable, "-c", lines, str(tmp_path / hashes)], env=env, check=True)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_another_seed_is_another_city(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_city(tmp_path / str(seed), until=UNTIL, children=40, seed=seed)
    one, other = contents(tmp_path / "1"), contents(tmp_path / "2")
    assert one["west-yorkshire-police.ndjson"] != other["west-yorkshire-police.ndjson"]
    assert one["areas.geojson"] == other["areas.geojson"]


@pytest.fixture
def seated(db: None) -> None:
    """What is restricted names people, who must be known."""
    seat_practitioners(at=AT)


@pytest.mark.usefixtures("seated")
def test_everything_told_is_read_without_a_problem(city: Written) -> None:
    problems = [problem for one in city.told() for problem in read(one, at=AT)[1]]
    assert problems == []


@pytest.mark.usefixtures("seated")
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), days=st.integers(30, 800))
def test_any_city_is_read_without_a_problem(seed: int, days: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = write_city(Path(folder), until=UNTIL, children=30, seed=seed, days=days)
        problems = [problem for one in Written(files).told() for problem in read(one, at=AT)[1]]
    assert problems == []


def test_every_kind_is_told(city: Written) -> None:
    # What police release is told on their pages, from what they hold.
    assert {one["kind"] for one in city.told()} == set(kinds()) - {"released_information"}


def test_every_reference_has_its_truth(city: Written) -> None:
    told = {(one["source"]["agency"], who["reference"]) for one in city.told() for who in one.get("people", [])}
    assert told == set(city.person_of())


def test_the_city_has_as_many_children_as_asked(city: Written) -> None:
    children = {person for person in city.person_of().values() if person.startswith("C")}
    assert len(children) == 150


def test_an_assault_is_told_by_police_a_and_e_and_a_school(city: Written) -> None:
    tellers = defaultdict(set)
    for row in city.truth("incidents.csv"):
        tellers[row["incident"]].add(row["agency"])
    incident = city.planted("assault told by three")[0]["what"].split(": ")[1]
    assert {"west-yorkshire-police", "leeds-teaching-hospitals", "leeds-education"} <= tellers[incident]


def test_the_tellers_of_one_incident_do_not_copy_each_other(city: Written) -> None:
    incident = city.planted("assault told by three")[0]["what"].split(": ")[1]
    references = {row["reference"] for row in city.truth("incidents.csv") if row["incident"] == incident}
    told = [one for one in city.told() if one["source"]["reference"] in references]
    assert len({one["occurred_at"] for one in told}) >= 3
    points = [(one["place"]["latitude"], one["place"]["longitude"]) for one in told if "place" in one]
    assert len(points) == len(set(points)) > 0


def test_the_night_before_is_not_empty(city: Written) -> None:
    last_night = [one for one in city.told() if one["occurred_at"] >= "2026-03-05T08:00:00Z"]
    assert {"police_incident", "missing_episode", "partnership_intelligence"} <= {one["kind"] for one in last_night}


def test_some_notifications_leave_gaps_and_some_do_not(city: Written) -> None:
    told = [one for one in city.told() if one["kind"] == "police_protection_notification"]
    with_reason = [one for one in told if "reason" in one["details"]]
    with_words = [one for one in told if "childs_words" in one["details"]]
    with_ethnicity = [one for one in told if "ethnicity" in one["people"][0]]
    assert all(0 < len(some) < len(told) for some in (with_reason, with_words, with_ethnicity))


@pytest.mark.parametrize(("children", "days"), [(19, 365), (400, 29)])
def test_a_city_too_small_for_its_stories_is_refused(tmp_path: Path, children: int, days: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        write_city(tmp_path, until=UNTIL, children=children, days=days)


def test_the_morning_meeting_hears_some_intelligence_and_is_told_that_some_is_restricted(city: Written) -> None:
    last_night = [
        one
        for one in city.told()
        if one["kind"] == "partnership_intelligence" and one["occurred_at"] >= "2026-03-05T08:00:00Z"
    ]
    cleared = {one["handling"] for one in last_night if one["details"].get("cleared_for_meeting")}
    assert {"police", "restricted:priya"} <= cleared
