"""Every kind in the playbook, and what a definition gives."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from alongside.contributions.envelope import read
from alongside.contributions.kinds import Kind, kinds
from alongside.contributions.quality import gaps_in

AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
KEYS = [
    "police_protection_notification",
    "police_incident",
    "partnership_intelligence",
    "custody_episode",
    "emergency_department_attendance",
    "ambulance_call",
    "missing_episode",
    "return_home_interview",
    "school_exclusion",
    "school_absence",
    "front_door_referral",
    "social_care_involvement",
    "youth_justice_involvement",
    "camhs_contact",
    "service_attendance",
    "general_note",
    "released_information",
]
SMALL = {
    "key": "sighting",
    "name": "Sighting",
    "short": "Sighting",
    "group": "support",
    "says": "Somebody was seen.",
    "roles": ["subject"],
    "title": "Seen[ at {place}][: {mood}]",
    "fields": [
        {"key": "mood", "label": "Mood", "type": "choice", "choices": {"g": "Glad", "s": "Sad"}, "helps": "So."},
        {"key": "times", "label": "How often", "type": "number", "helps": "So.", "show": True},
        {"key": "alone", "label": "Alone?", "type": "boolean", "helps": "So.", "show": True},
        {"key": "with_whom", "label": "With", "type": "choices", "choices": {"m": "Mum", "d": "Dad"}, "helps": "So."},
        {"key": "seen_on", "label": "Seen on", "type": "date", "helps": "So.", "show": True},
        {"key": "woke_at", "label": "Woke", "type": "datetime", "helps": "So.", "show": True},
    ],
    "example": {"details": {}},
}


@pytest.fixture
def sighting() -> Kind:
    return Kind.model_validate(SMALL)


def test_every_kind_is_there():
    assert set(kinds()) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_each_example_is_a_whole_envelope_with_a_title(key):
    kind = kinds()[key]
    envelope, problems = read(kind.example, at=AT)

    assert problems == []
    assert len(kind.title_for(envelope)) > 3
    assert kind.summary_for(envelope)
    assert kind.json_schema()["properties"].keys() == {field.key for field in kind.fields}


@pytest.mark.parametrize("key", KEYS)
def test_an_involvement_tells_who_works_with_the_child(key):
    asked = {field.key for field in kinds()[key].fields}
    told = {"service", "team", "worker", "phone", "status", "started_on", "ended_on"}
    assert (told <= asked) == kinds()[key].involves


def test_what_protects_whoever_told_is_on_no_page():
    kind = kinds()["partnership_intelligence"]
    shown = " ".join(words for _, words in kind.shown(kind.example["details"]))
    assert "Grey hatchback" in shown
    assert kind.example["details"]["call_back_phone"] not in shown


def test_an_empty_police_notification_has_gaps_and_no_problem():
    kind = kinds()["police_protection_notification"]
    labels = {gap.field for gap in gaps_in(kind, {})}
    assert {"people", "narrative", "place", "details.reason", "details.childs_words"} <= labels
    assert kind.problems({}) == []


@pytest.mark.parametrize(
    ("details", "wrong"),
    [
        ({"mood": "g", "times": 3, "alone": True, "with_whom": ["m"], "seen_on": "2026-03-04"}, []),
        ({"mood": "Glad", "times": "3", "alone": "yes", "with_whom": "m|Dad"}, []),
        ({"mood": "angry"}, ["details.mood"]),
        ({"times": "many"}, ["details.times"]),
        ({"times": True}, ["details.times"]),
        ({"alone": "perhaps"}, ["details.alone"]),
        ({"with_whom": ["m", "x"]}, ["details.with_whom"]),
        ({"seen_on": "4 March"}, ["details.seen_on"]),
        ({"woke_at": "2026-03-04T25:00"}, ["details.woke_at"]),
        ({"colour": "red", "mood": "x"}, ["details.colour", "details.mood"]),
    ],
)
def test_only_what_cannot_be_is_a_problem(sighting, details, wrong):
    assert [problem.field for problem in sighting.problems(details)] == wrong


def test_a_file_means_what_a_form_means(sighting):
    told = sighting.tidied({"mood": "sad", "times": "3", "alone": "No", "with_whom": "Mum|d"})
    assert told == {"mood": "s", "times": 3, "alone": False, "with_whom": ["m", "d"]}


@pytest.mark.parametrize(
    ("envelope", "title"),
    [
        ({}, "Seen"),
        ({"place": {"name": "the park"}}, "Seen at the park"),
        ({"place": {"postcode": "LS1 2NY"}, "details": {"mood": "s"}}, "Seen at LS1 2NY: Sad"),
    ],
)
def test_a_title_leaves_out_what_is_not_known(sighting, envelope, title):
    assert sighting.title_for(envelope) == title


@pytest.mark.parametrize(
    ("kind", "details", "title"),
    [
        ("emergency_department_attendance", {"reason_for_attendance": "other"}, "A&E attendance"),
        ("emergency_department_attendance", {"reason_for_attendance": "self_harm"}, "A&E attendance: Self-harm"),
        ("police_protection_notification", {"concern_types": ["other"]}, "Police notification"),
        ("police_incident", {"offence_group": "other"}, "Other incident"),
    ],
)
def test_a_title_does_not_say_that_it_was_something_else(kind, details, title):
    assert kinds()[kind].title_for({"details": details}) == title


def test_what_is_shown_is_said_in_words(sighting):
    details = {"times": 2, "alone": False, "seen_on": "2026-03-04", "woke_at": "2026-06-05T00:02:00Z"}
    assert sighting.shown(details) == [
        ("How often", "2"),
        ("Alone?", "No"),
        ("Seen on", "4 March 2026"),
        ("Woke", "Friday 5 June 2026 at 1:02am"),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"roles": ["villain"]}, "a role is not known"),
        ({"title": "Seen {nowhere}"}, "title names no field"),
        ({"fields": SMALL["fields"][:1] * 2}, "two fields have the same key"),
        ({"default_handling": "everyone"}, "everyone"),
        ({"example": {"details": {"mood": "x"}}}, "not a good one"),
    ],
)
def test_a_definition_that_does_not_hold_together_is_refused(change, says):
    with pytest.raises(ValidationError, match=says):
        Kind.model_validate(SMALL | change)


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (
            {"narrative": "Back at Beckside Academy. He smiled.", "details": {"topic": "change"}},
            "A change: Back at Beckside Academy",
        ),
        ({"narrative": "He came without a coat", "details": {}}, "He came without a coat"),
        ({"narrative": "word " * 40, "details": {"topic": "worry"}}, "A worry: " + "word " * 13 + "word…"),
        ({"details": {"topic": "went_well"}}, "Went well"),
        ({}, "Something partners should know"),
    ],
)
def test_a_note_is_titled_by_its_topic_and_first_words(told, title):
    assert kinds()["general_note"].title_for(told) == title
