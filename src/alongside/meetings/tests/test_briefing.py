from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.kinds import kinds
from alongside.ledger.models import LedgerEvent
from alongside.meetings.project_shield import project_shield
from alongside.meetings.queries import briefing
from alongside.meetings.rendering import as_json, as_text
from alongside.people.models import Person

from .conftest import FRIDAY_NIGHT, MONDAY, STATION

ON = date(2026, 11, 23)
POLICE, CARE, HOSPITAL = "west-yorkshire-police", "leeds-city-council", "leeds-teaching-hospitals"


def read(viewer, on=ON, at=MONDAY):
    return briefing(viewer=viewer, on=on, at=at)


def test_one_incident_told_by_two_is_shown_once_with_its_tellers(chair, fight):
    (incident,) = read(chair).incidents
    assert (incident.number, incident.title, incident.where) == (1, "Violence with injury", "Bus station")
    assert incident.tellers == ("Police", "A&E")
    assert incident.why_one == "the same child, 60 minutes apart"


def test_a_child_whom_the_reader_may_not_see_keeps_a_place_and_nothing_else(chair, fight):
    made = read(chair)
    assert [child.called for child in made.incidents[0].children] == ["Kai", "Restricted"]
    assert [child.called for child in made.children] == ["Kai", "Restricted"]
    assert "Amira" not in as_json(made, printed_by="x", at=MONDAY) + as_text(made, printed_by="x", at=MONDAY)


def test_the_reader_named_on_it_sees_the_same_list_with_the_name(priya, fight):
    (incident,) = read(priya).incidents
    assert [child.called for child in incident.children] == ["Kai", "Amira"]


@pytest.mark.parametrize("handling", ["restricted:priya", "police", f"agencies:{POLICE}"])
def test_an_incident_not_for_this_reader_keeps_its_number(chair, night, handling):
    kai, zoe = night.child("Kai"), night.child("Zoë")
    night.tells(POLICE, "police_incident", kai, handling=handling, **STATION)
    night.tells(POLICE, "police_incident", zoe, at=FRIDAY_NIGHT + timedelta(hours=9), place="Park")
    hidden, shown = read(chair).incidents
    assert (hidden.number, hidden.title, hidden.hidden) == (1, "Restricted. Ask the chair.", True)
    assert (hidden.when, hidden.where, hidden.tellers, hidden.children, hidden.latitude) == (None, "", (), (), None)
    assert (shown.number, shown.where) == (2, "Park")


def test_a_child_seen_elsewhere_is_not_named_in_what_is_restricted(chair, night):
    kai, zoe = night.child("Kai"), night.child("Zoë")
    reference = {"details": {"crime_reference": "13/1"}, **STATION}
    night.tells(POLICE, "police_incident", zoe, **reference)
    night.tells(POLICE, "police_protection_notification", kai, handling="police", **reference)
    night.tells(POLICE, "police_incident", kai, at=FRIDAY_NIGHT + timedelta(days=1), place="Park")
    first, second = read(chair).incidents
    assert [child.called for child in first.children] == ["Zoë", "Restricted"]
    assert [child.called for child in second.children] == ["Kai"]


def test_what_a_child_is_open_to_and_whom_to_call_first(chair, fight):
    kai = read(chair).children[0]
    assert kai.open_to == ("Child in need (Social care)", "Attendance (School)")
    assert (kai.age, kai.lead, kai.phone) == ("15, turns 16 on 1 May", "Leah Brandt", "0113 496 0123")


@pytest.mark.parametrize(
    ("on", "hours_before", "heard"),
    [(23, 71, True), (23, 73, False), (24, 23, True), (24, 25, False), (24, 0, False), (24, 1, False), (24, 2, True)],
    ids=["friday", "too early", "last night", "the night before", "the meeting's hour", "told at it", "before it"],
)
def test_a_monday_hears_of_three_days_and_another_day_of_one(chair, night, on, hours_before, heard):
    eight = MONDAY.replace(day=on, minute=0)
    night.tells(POLICE, "police_incident", night.child("Kai"), at=eight - timedelta(hours=hours_before))
    assert bool(read(chair, on=eight.date(), at=eight + timedelta(minutes=30)).incidents) is heard


def test_what_is_told_of_a_day_without_an_hour_is_heard(chair, night):
    sunday = MONDAY.replace(day=22, hour=0, minute=0)
    night.tells(POLICE, "police_incident", night.child("Kai"), at=sunday, occurred_to="day")
    assert "Sunday 22 November, time not told" in as_text(read(chair), printed_by="x", at=MONDAY)


@pytest.mark.parametrize(
    ("born", "changed"),
    [("1990-01-01", {}), ("2011-01-01", {"withdrawn": True}), ("2011-01-01", {"role": "sibling"})],
    ids=["a grown-up", "taken back", "a brother or sister only named"],
)
def test_what_is_not_about_a_child_in_it_is_not_heard(chair, night, born, changed):
    night.tells(POLICE, "police_incident", night.child("Kai", born), **changed)
    assert read(chair).is_empty


def test_what_is_told_in_the_afternoon_without_an_hour_is_not_of_the_morning(chair, night):
    today = MONDAY.replace(hour=0, minute=0)
    told = night.tells(POLICE, "police_protection_notification", night.child("Kai"), at=today, occurred_to="day")
    ChronologyEntry.objects.filter(contribution=told).update(told_at=MONDAY + timedelta(hours=6))
    assert read(chair).is_empty


def test_of_two_accounts_the_earliest_hour_leads(chair, night):
    kai = night.child("Kai")
    night.tells(POLICE, "custody_episode", kai, at=FRIDAY_NIGHT, title="Taken to a police station")
    night.tells(POLICE, "police_protection_notification", kai, at=FRIDAY_NIGHT + timedelta(minutes=20), title="Worry")
    (incident,) = read(chair).incidents
    assert (incident.title, incident.when) == ("Worry", FRIDAY_NIGHT)


@pytest.mark.parametrize(
    ("details", "days", "role", "there"),
    [
        ({"outcome": "still_held"}, 0, "subject", True),
        ({}, 0, "suspect", True),
        ({"outcome": "no_further_action"}, 0, "subject", False),
        ({"released_at": "2026-11-21T06:00:00Z"}, 0, "subject", False),
        ({"outcome": "still_held"}, 9, "subject", False),
        ({"outcome": "still_held"}, 0, "sibling", False),
    ],
    ids=["still there", "nothing said", "let go", "released", "long ago", "only named"],
)
def test_a_child_who_is_in_police_custody_now_is_said_at_the_top(chair, night, details, days, role, there):
    at = FRIDAY_NIGHT - timedelta(days=days)
    night.tells(POLICE, "custody_episode", night.child("Kai"), at=at, role=role, details=details)
    made = read(chair)
    assert [row.child.called for row in made.in_custody] == ["Kai"] * there
    said = (
        "In police custody now (1)\n  Kai, 15, turns 16 on 1 May · since Friday 20 November at 10:15pm · told by Police"
    )
    assert (said in as_text(made, printed_by="x", at=MONDAY)) is there


@pytest.mark.parametrize(
    ("who", "ask"), [("chair", "the police intelligence desk, 0113 496 0114"), ("maya", "the chair")]
)
def test_what_is_restricted_says_whom_this_reader_asks(request, night, who, ask):
    night.tells(POLICE, "police_incident", night.child("Kai"), handling="restricted:priya")
    made = read(request.getfixturevalue(who))
    for form in (as_text, as_json):
        said = form(made, printed_by="x", at=MONDAY)
        assert f"Restricted. Ask {ask}." in said
        assert said.count("Restricted. Ask") == said.count(f"Restricted. Ask {ask}.")


@pytest.mark.parametrize(
    ("called", "given", "family", "said"),
    [("Hassan", "Hassan", "Mirza", "Hassan Mirza,"), ("Kai", "Kai-Emmanuel", "Adeyemi", "Kai (Kai-Emmanuel Adeyemi),")],
)
def test_a_name_is_said_once(chair, night, called, given, family, said):
    one = night.child(given)
    Person.objects.filter(pk=one.pk).update(called=called, family_name=family)
    night.works_with(one, "leeds-youth-justice", "Youth justice", "Jo Field")
    night.tells(POLICE, "police_incident", one)
    text = as_text(read(chair), printed_by="x", at=MONDAY)
    assert f"  {said}" in text
    assert "Youth justice (Youth justice)" not in text


def test_who_is_in_custody_keeps_a_place_where_the_reader_may_not_know(chair, night):
    night.tells(POLICE, "custody_episode", night.child("Kai"), role="subject", handling="police")
    made = read(chair)
    assert [row.hidden for row in made.in_custody] == [True]
    assert "Kai" not in as_text(made, printed_by="x", at=MONDAY)


def test_who_is_missing_now_and_who_came_back(chair, night):
    amira, zoe = night.child("Amira", "2012-02-29"), night.child("Zoë")
    night.tells(POLICE, "missing_episode", amira, place="Bus station", role="missing")
    back = {"returned_at": "2026-11-21T01:00:00Z"}
    night.tells(POLICE, "missing_episode", zoe, role="missing")
    night.tells(CARE, "missing_episode", zoe, role="missing", details=back)
    (missing,) = read(chair).missing
    assert (missing.child.called, missing.last_seen, missing.told_by) == ("Amira", "Bus station", "Police")


def test_a_missing_child_whom_the_reader_may_not_see_keeps_a_place(chair, night):
    night.tells(POLICE, "missing_episode", night.child("Amira"), role="missing", handling="police")
    made = read(chair)
    assert [row.hidden for row in made.missing] == [True]
    assert [child.hidden for child in made.children] == [True]


@pytest.mark.parametrize(
    ("details", "handling", "shown"),
    [
        (
            {"cleared_for_meeting": True, "words_for_meeting": "Lads meet at the park."},
            "team",
            ["Lads meet at the park."],
        ),
        ({"words_for_meeting": "Not yet read."}, "team", []),
        ({"cleared_for_meeting": True}, "police", ["Restricted. Ask the chair."]),
        ({"cleared_for_meeting": True, "words_for_meeting": "A car by the park."}, "police", ["A car by the park."]),
        ({"cleared_for_meeting": True, "words_for_meeting": "x"}, "restricted:priya", ["Restricted. Ask the chair."]),
    ],
    ids=["cleared", "not cleared", "police only", "released in other words", "restricted"],
)
def test_intelligence_cleared_for_the_meeting(chair, night, details, handling, shown):
    night.contribution(POLICE, "partnership_intelligence", FRIDAY_NIGHT, handling, details)
    assert [row.words for row in read(chair).intelligence] == shown


def test_silence_is_not_safety(chair, night):
    night.contribution(HOSPITAL, "general_note", MONDAY - timedelta(days=9))
    night.contribution(POLICE, "general_note", MONDAY - timedelta(hours=3))
    told = as_text(read(chair), printed_by="Rowan Hall", at=MONDAY)
    assert "Nothing concerning children was told to us in these 72 hours." in told
    assert "Police: last heard Monday 23 November at 6:02am" in told
    assert "A&E, since Saturday 14 November at 9:02am" in told
    assert "Social care, never yet" in told


def test_each_child_shown_has_a_line_in_the_ledger(chair, fight):
    read(chair)
    looks = LedgerEvent.objects.filter(what="briefing")
    lines = list(looks.values_list("operation", "what", "actor", "subject", "purpose"))
    assert lines == [
        ("view", "briefing", "hall", f"person:{fight[0].reference}", "Project Shield, 2026-11-23"),
    ]


def test_when_the_ledger_fails_there_is_no_briefing(chair, fight, monkeypatch):
    def broken(*_, **__):
        raise OSError("no ledger")

    monkeypatch.setattr("alongside.meetings.queries.record_each", broken)
    with pytest.raises(OSError, match="no ledger"):
        read(chair)


@pytest.mark.parametrize("nobody", ["omar", None])
def test_who_may_not_read_it_gets_nothing(request, fight, nobody):
    viewer = request.getfixturevalue(nobody) if nobody else None
    with pytest.raises(PermissionDenied):
        read(viewer)
    assert not LedgerEvent.objects.filter(operation="view").exists()


@pytest.mark.parametrize("rows", [1, 40])
def test_a_long_night_costs_no_more_queries_than_a_short_one(chair, night, rows, django_assert_max_num_queries):
    for hour in range(rows):
        child = night.child(f"Child {hour}")
        night.tells(POLICE, "police_incident", child, at=FRIDAY_NIGHT + timedelta(hours=hour), **STATION)
        night.tells(POLICE, "missing_episode", child, role="missing")
        night.works_with(child, CARE, "Child in need", "Leah Brandt")
    with django_assert_max_num_queries(17):
        made = read(chair)
    assert (len(made.incidents), len(made.missing)) == (rows, rows)


def test_a_school_morning_joins_the_evening_and_alone_is_no_incident(chair, night):
    kai, zoe = night.child("Kai"), night.child("Zoë")
    next_day = FRIDAY_NIGHT + timedelta(hours=10)
    night.tells(POLICE, "police_incident", kai, **STATION)
    night.tells("leeds-education", "general_note", kai, at=next_day, title="Told us about it")
    night.tells("leeds-education", "general_note", zoe, at=next_day, title="Late for school")
    made = read(chair)
    assert [(one.title, one.tellers) for one in made.incidents] == [("Violence with injury", ("Police", "School"))]
    assert [child.called for child in made.children] == ["Kai"]


def test_every_kind_and_field_that_the_meeting_names_is_in_the_playbook():
    meeting, known = project_shield(), kinds()
    told = meeting.intelligence
    assert {*meeting.incidents, *meeting.joins} <= known.keys()
    assert known[told.kind].field(told.cleared)
    assert known[told.kind].field(told.words)


def test_of_a_morning_that_has_gone_who_was_missing_then_is_told(chair, night):
    kai, sol = night.child("Kai"), night.child("Sol")
    night.tells(POLICE, "missing_episode", kai, details={"returned_at": "2026-11-23T12:00:00+00:00"})
    night.tells(POLICE, "missing_episode", sol, at=MONDAY + timedelta(hours=10))
    night.tells(POLICE, "custody_episode", sol, at=MONDAY + timedelta(hours=12))
    later = briefing(viewer=chair, on=MONDAY.date(), at=MONDAY + timedelta(days=1))
    assert [row.child.called for row in later.missing] == ["Kai"]
    assert later.in_custody == ()
    said = as_text(later, printed_by="x", at=MONDAY + timedelta(days=1))
    assert "1 missing at the time" in said
    assert "Missing at the time (1)" in said
    assert "now" not in said.split("Incidents")[0]
