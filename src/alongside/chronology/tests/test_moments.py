"""Until when a thing lasted, and when a child was seen, from what was told."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from alongside.agencies.partners import read_partners
from alongside.chronology.moments import group_told, lasted_until, moment, seen_at
from alongside.chronology.timeline_facts import timeline_facts
from alongside.contributions.kinds import kinds

AT = datetime(2026, 11, 20, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "details", "group"),
    [
        ("emergency_department_attendance", {"reason_for_attendance": "other"}, "support"),
        ("emergency_department_attendance", {"reason_for_attendance": "other", "injury": "serious"}, "danger"),
        ("emergency_department_attendance", {"reason_for_attendance": "assault_sharp"}, "danger"),
        ("ambulance_call", {"reason": "other"}, "support"),
        ("ambulance_call", {"reason": "overdose"}, "danger"),
        ("police_incident", {"offence_group": "public_order"}, "support"),
        ("police_incident", {"offence_group": "public_order", "injury": "minor"}, "danger"),
        ("police_incident", {"offence_group": "public_order", "weapon": "knife"}, "danger"),
        ("police_incident", {"offence_group": "robbery"}, "danger"),
        ("police_protection_notification", {}, "danger"),
    ],
)
def test_hurt_or_in_danger_is_what_the_answers_tell_not_the_kind_alone(kind, details, group):
    assert group_told(kind, "danger", details, timeline_facts()) == group


@pytest.mark.parametrize(
    ("kind", "role", "details", "seen"),
    [
        ("emergency_department_attendance", "subject", {}, AT),
        ("police_incident", "victim", {}, AT),
        ("police_incident", "suspect", {}, None),
        ("police_protection_notification", "sibling", {}, None),
        ("return_home_interview", "subject", {"outcome": "talked"}, AT),
        ("return_home_interview", "subject", {"outcome": "not_reached"}, None),
        ("general_note", "subject", {"seen_on": "2026-11-18"}, datetime(2026, 11, 18, tzinfo=UTC)),
        ("general_note", "subject", {}, None),
        ("missing_episode", "missing", {}, None),
    ],
)
def test_when_a_child_was_seen(kind, role, details, seen):
    assert seen_at(kind, role, details, AT, timeline_facts().seen) == seen


@pytest.mark.parametrize(
    ("kind", "details", "until"),
    [
        ("custody_episode", {"released_at": "2026-11-21T06:20:00Z"}, datetime(2026, 11, 21, 6, 20, tzinfo=UTC)),
        ("custody_episode", {"released_at": "2026-11-19T06:20:00Z"}, None),
        ("school_exclusion", {"ended_on": "2026-11-27"}, datetime(2026, 11, 27, tzinfo=UTC)),
        ("school_exclusion", {"ended_on": "soon"}, None),
        ("school_exclusion", {}, None),
        ("police_incident", {"released_at": "2026-11-21T06:20:00Z"}, None),
    ],
)
def test_until_when_it_lasted(kind, details, until):
    assert lasted_until(kind, details, AT, timeline_facts()) == until


def test_a_moment_without_an_offset_is_said_here():
    assert moment("2026-07-01T10:00:00") == datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_every_kind_field_role_and_agency_of_the_timeline_is_in_the_playbook():
    facts, known = timeline_facts(), kinds()
    named = list(facts.lasts_until.items())
    named += [(by.kind, field) for by in facts.seen.by for field in (by.on, *by.only) if field]
    assert [pair for pair in named if known[pair[0]].field(pair[1]) is None] == []
    answers = [(by.kind, field, one) for by in facts.seen.by for field, some in by.only.items() for one in some]
    assert [
        which for which in answers if which[2] not in [one.code for one in known[which[0]].field(which[1]).choices]
    ] == []
    assert {*facts.same_incident.kinds, *facts.same_incident.afterwards, *(by.kind for by in facts.seen.by)} <= set(
        known
    )
    assert {kind for owed in facts.owed for kind in (owed.after, owed.kind)} <= set(known)
    fields = {field.key for kind in known.values() for field in kind.fields}
    assert {*facts.same_incident.references} <= fields
    assert [owed for owed in facts.owed if not set(owed.roles) <= set(known[owed.after].roles)] == []
    assert {owed.by for owed in facts.owed} <= {
        agency.slug for agency in read_partners(settings.PLAYBOOK / "agencies.toml")
    }
