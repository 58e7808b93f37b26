from datetime import datetime, timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from alongside.access.policy import may_read_entry
from alongside.access.rules import Handling, Level
from alongside.chronology import queries
from alongside.chronology.models import ChronologyEntry
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.people.closing import declare_tie, restrict
from alongside.people.queries import (
    child_as_seen,
    children_near,
    children_seen_by,
    doors_of,
    level_of,
    near_among,
    open_standings,
)
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing

from .factories import entries, entry

pytestmark = pytest.mark.django_db

HANDLINGS = [
    ("partnership", ""),
    ("team", ""),
    ("statutory", ""),
    ("agencies", f",{POLICE},{CAMHS},"),
    ("agencies", ",catch,"),
    ("police", ""),
    ("restricted", ",maya,priya,"),
    ("restricted", ",somebody-else,"),
    ("restricted", ",priya-b,"),
]
CAST = [
    ("maya", "front_door_worker", COUNCIL),
    ("priya", "police_officer", POLICE),
    ("noor", "service_worker", "catch"),
    ("omar", "place_worker", "leeds-highways"),
    ("grace", "information_officer", COUNCIL),
    ("sam", "analyst", COUNCIL),
]


def children_of(viewer) -> list:
    """A child of whose team the viewer is, one they know of, and one they may not know of; then children of their
    team to whom they declared a tie, whose record is restricted to others, and one on whose record they are named."""
    team, known, none, tied, closed, named = (child() for _ in range(6))
    manager = practitioner(f"bea-{viewer.key}", "front_door_manager")
    for person in (team, tied, closed):
        standing(person, viewer.agency_id, practitioner=viewer)
    standing(known, viewer.agency_id, level="known")
    declare_tie(person=tied, by=viewer, at=NOW, because="My nephew")
    restrict(person=closed, readers=[], by=manager, at=NOW, because="Moved")
    restrict(person=named, readers=[viewer], by=manager, at=NOW, because="Moved")
    for person, (handling, readers) in product([team, known, tied, closed, named], HANDLINGS):
        entry(person, handling=handling, readers=readers)
    for handling, readers in HANDLINGS[1:]:
        entry(none, handling=handling, readers=readers)
    return [team, known, none, tied, closed, named]


@pytest.mark.parametrize(("key", "role", "of"), CAST)
def test_sql_and_the_rule_agree_on_every_handling_reader_and_level(key, role, of):
    viewer = practitioner(key, role, of)
    people = children_of(viewer)
    seen = {person.pk: child_as_seen(viewer=viewer, person=person, at=NOW) for person in people}
    by_rule = {
        each.pk
        for each in ChronologyEntry.objects.all()
        if may_read_entry(
            reader=viewer.reader,
            child=seen[each.person_id],
            handling=Handling(each.handling),
            readers=tuple(each.readers.strip(",").split(",")),
        ).allowed
    }
    assert set(queries.entries_seen_by(viewer, at=NOW).values_list("pk", flat=True)) == by_rule


@pytest.mark.parametrize(("key", "role", "of"), CAST)
def test_the_children_somebody_sees_are_those_whose_level_says_so(key, role, of):
    viewer = practitioner(key, role, of)
    people = children_of(viewer)
    levels = {person: level_of(viewer=viewer, person=person, at=NOW) for person in people}
    doors, standings = doors_of(viewer), open_standings(NOW).select_related("practitioner")
    known, near = ({p for p in people if levels[p] in of} for of in ([Level.TEAM, Level.KNOWN], [Level.TEAM]))
    assert set(children_seen_by(viewer, at=NOW)) == known
    assert set(children_seen_by(viewer, at=NOW, doors=doors)) == known
    assert set(children_near(viewer, at=NOW)) == near
    assert near_among(people, viewer=viewer, standings=standings, doors=doors) == {p.pk for p in near}


def test_whoever_is_not_signed_in_sees_nothing():
    kai = child()
    entry(kai, handling="partnership")
    nobody = AnonymousUser()
    assert not queries.entries_seen_by(nobody, at=NOW).exists()
    assert not children_seen_by(nobody, at=NOW).exists()
    assert level_of(viewer=nobody, person=kai, at=NOW) is Level.NONE


@pytest.mark.parametrize(
    ("since", "until", "level"), [(-2, None, Level.TEAM), (-2, -1, Level.NONE), (1, None, Level.NONE)]
)
def test_a_standing_counts_from_its_beginning_to_its_end(since, until, level):
    priya, kai = practitioner("priya", "police_officer", POLICE), child()
    ends = NOW + timedelta(days=until) if until else None
    standing(kai, POLICE, practitioner=priya, since=NOW + timedelta(days=since), until=ends)
    assert level_of(viewer=priya, person=kai, at=NOW) is level


def test_a_partner_who_shares_with_everybody_makes_a_child_known():
    priya, kai = practitioner("priya", "police_officer", POLICE), child()
    entry(kai, CAMHS, handling="partnership")
    assert level_of(viewer=priya, person=kai, at=NOW) is Level.KNOWN
    assert list(children_seen_by(priya, at=NOW)) == [kai]


def test_pages_follow_each_other_without_a_gap_or_a_double():
    maya, kai = practitioner("maya", "front_door_worker"), child()
    made = entries(kai, 30) + [entry(kai, occurred_at=NOW) for _ in range(30)]
    seen, before = [], None
    for _ in range(3):
        page, before = queries.timeline(viewer=maya, person=kai, at=NOW, before=before)
        seen += page
    assert [len(seen), before] == [60, None]
    assert {each.pk for each in seen} == {each.pk for each in made}
    assert seen == sorted(seen, key=lambda each: (each.occurred_at, each.pk), reverse=True)


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (queries.Chosen(), 3),
        (queries.Chosen(agency=CAMHS), 1),
        (queries.Chosen(kind="camhs_contact"), 1),
        (queries.Chosen(place="Bus station"), 1),
        (queries.Chosen(years=(2025,)), 1),
        (queries.Chosen(agency=CAMHS, years=(2025,)), 0),
    ],
)
def test_a_reader_chooses_what_to_see(chosen, left):
    maya, kai = practitioner("maya", "front_door_worker"), child()
    entry(kai, CAMHS, kind="camhs_contact")
    entry(kai, place="Bus station")
    entry(kai, occurred_at=NOW - timedelta(days=500))
    assert len(queries.timeline(viewer=maya, person=kai, at=NOW, chosen=chosen)[0]) == left


def test_what_there_is_to_choose_from_is_what_occurs_by_the_year_here():
    maya, kai = practitioner("maya", "front_door_worker"), child()
    for when in ("2023-12-31T23:30:00+00:00", "2020-06-30T23:30:00+00:00", "2022-12-31T23:59:00+00:00"):
        entry(kai, CAMHS, kind="general_note", place="Park", occurred_at=datetime.fromisoformat(when))
    entry(kai, occurred_at=datetime.fromisoformat("2025-07-01T10:00:00+01:00"))
    entry(kai, "catch", handling="restricted", readers=",priya,", occurred_at=NOW)
    found = queries.facets_of(viewer=maya, person=kai, at=NOW)
    assert found.agencies == {(CAMHS, "CAMHS"), (POLICE, "Police")}
    assert found.kinds == {"general_note", "police_protection_notification"}
    assert (found.places, found.years) == ({"Park", ""}, {2020, 2022, 2023, 2025})


def test_the_first_page_costs_one_look_however_long_the_timeline(django_assert_num_queries):
    maya, kai = practitioner("maya", "front_door_worker"), child()
    entries(kai, 40)
    maya.agency  # noqa: B018 - who is reading is known before the page asks
    with django_assert_num_queries(1):
        page, _ = queries.timeline(viewer=maya, person=kai, at=NOW)
        assert [each.agency.short_name for each in page] == ["Police"] * queries.PAGE


def test_the_index_of_the_timeline_is_used(plans_of):
    maya, kai = practitioner("maya", "front_door_worker"), child()
    page = queries.entries_of(kai, viewer=maya, at=NOW)[:26]
    (plan,) = plans_of(lambda: list(page), table=ChronologyEntry, in_order=True)
    assert "timeline_of_a_person" in plan


@pytest.mark.parametrize(
    ("hours", "what", "of"), [(0.5, "timeline", "maya"), (5, "my day", "maya"), (5, "entry", "ann")]
)
def test_what_is_no_earlier_visit_of_mine(hours, what, of):
    maya, ann, kai = practitioner("maya", "front_door_worker"), practitioner("ann"), child()
    by = {"maya": maya, "ann": ann}[of]
    record(Operation.VIEW, what, by=by, at=NOW - timedelta(hours=hours), about=subjects.child(kai.reference))
    assert queries.last_visit(maya, kai, at=NOW) is None


def test_only_what_came_in_since_my_last_visit_is_new_to_me():
    maya, kai = practitioner("maya", "front_door_worker"), child()
    for hours in (50, 30):
        at = NOW - timedelta(hours=hours)
        record(Operation.VIEW, "child page", by=maya, at=at, about=subjects.child(kai.reference))
    entry(kai, contribution={"received_at": NOW - timedelta(hours=31)})
    new = entry(kai, occurred_at=NOW - timedelta(days=900), contribution={"received_at": NOW - timedelta(hours=29)})
    since = queries.last_visit(maya, kai, at=NOW)
    assert since == NOW - timedelta(hours=30)
    assert queries.timeline(viewer=maya, person=kai, at=NOW, chosen=queries.Chosen(since=since))[0] == [new]


@pytest.mark.parametrize(("accounts", "shown"), [(1, 25), (2, 26), (4, 28)])
def test_a_page_does_not_end_between_two_accounts_of_one_incident(accounts, shown):
    maya, kai = practitioner("maya", "front_door_worker"), child()
    entries(kai, 24)
    for minutes in range(accounts):
        entry(kai, occurred_at=NOW - timedelta(days=30, minutes=minutes), incident="one")
    left = [entry(kai, occurred_at=NOW - timedelta(days=60 + more)) for more in range(3)]
    page, before = queries.timeline(viewer=maya, person=kai, at=NOW)
    assert len(page) == shown
    assert queries.timeline(viewer=maya, person=kai, at=NOW, before=before)[0] == left
