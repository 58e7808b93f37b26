"""What one telling says agrees with what it says elsewhere, and with the other tellings of the same child."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from alongside.demo import words

from .conftest import UNTIL, Written

CUSTODY, NOTIFICATION = "custody_episode", "police_protection_notification"


def of_one_arrest(city: Written) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each time in custody with the notification of the same incident."""
    incident_of = {row["reference"]: row["incident"] for row in city.truth("incidents.csv")}
    told: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for one in city.told():
        if one["kind"] in {CUSTODY, NOTIFICATION}:
            told[incident_of.get(one["source"]["reference"], "")][one["kind"]] = one
    return ((both[CUSTODY], both[NOTIFICATION]) for both in told.values() if len(both) == 2 and CUSTODY in both)


def test_officers_meet_a_child_before_they_are_detained_and_say_so(city: Written) -> None:
    arrests = list(of_one_arrest(city))
    assert arrests
    for custody, notification in arrests:
        assert notification["occurred_at"] < custody["details"]["detention_authorised_at"]
        assert "arrest" in notification["narrative"]
        assert notification["details"]["immediate_action"] in words.AT_ONCE["custody"]


def test_a_worry_about_a_weapon_names_one(city: Written) -> None:
    told = [one["details"] for one in city.told() if one["kind"] == NOTIFICATION]
    about_weapons = [one for one in told if "weapon" in one["concern_types"]]
    assert about_weapons
    assert all(one["weapon_used_or_seen"] != "none" for one in about_weapons)


def test_only_a_note_of_a_meeting_says_that_the_child_was_seen(city: Written) -> None:
    notes = [one for one in city.told() if one["kind"] == "general_note"]
    seen = {one["narrative"] for one in notes if "seen_on" in one["details"]}
    not_seen = {one["narrative"] for one in notes if "seen_on" not in one["details"]}
    assert any("came" in text for text in seen)
    assert not {text for text in seen if "Rang home" in text or "Referral for" in text or "A relative told" in text}
    assert any("Rang home" in text or "Referral for" in text for text in not_seen)


def test_elliss_referral_is_the_schools_and_his_wait_is_a_wait(city: Written) -> None:
    year = city.year_of(city.planted("practice study: areas for improvement")[0]["people"][0])
    referral = next(one for one in year if one["kind"] == "front_door_referral")
    assert referral["details"]["referral_source"] == "2A"
    assert "school" in referral["details"]["reason"].lower()
    assert {one["details"]["what"] for one in year if one["kind"] == "camhs_contact"} == {"waiting"}


@pytest.mark.parametrize(("says", "source"), [("A grandparent asks", "1A"), ("School and a parent", "2A")])
def test_who_refers_is_whom_the_reason_names(city: Written, says: str, source: str) -> None:
    told = [one["details"] for one in city.told() if one["kind"] == "front_door_referral"]
    assert {one["referral_source"] for one in told if one["reason"].startswith(says)} == {source}


def test_no_intelligence_has_waited_half_a_year_for_its_grade(city: Written) -> None:
    told = [one for one in city.told() if one["kind"] == "partnership_intelligence"]
    waiting = [one for one in told if "source_grade" not in one["details"]]
    # Highways' oldest was graded when it was told, on Kofi's page: test_loading.py.
    waiting = [one for one in waiting if one["occurred_at"] > (UNTIL - timedelta(days=365)).isoformat()]
    assert waiting
    assert min(one["occurred_at"] for one in waiting) > (UNTIL - timedelta(days=15)).isoformat()
