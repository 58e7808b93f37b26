"""The morning briefing, begun from its reader. Reading it is recorded here, so that no door can forget to."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.chronology.same_incident import same_incident
from alongside.chronology.timeline_facts import timeline_facts
from alongside.ledger.models import Operation, record_each
from alongside.people.models import Person
from alongside.people.queries import children_near

from . import gathering
from .briefing import HIDDEN, Briefing, Child, Heard, Incident, people_of, told_incident
from .project_shield import ProjectShield, project_shield
from .rules import Window, window


@transaction.atomic
def briefing(*, viewer: Practitioner, on: date, at: datetime, form: str = "page") -> Briefing:
    """What this reader may know of the night before that day's meeting, once each child shown has its line in
    the ledger. Raises PermissionDenied for anybody without the permission to read the briefing."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_BRIEFING):
        raise PermissionDenied(Permission.SEE_BRIEFING)
    meeting = project_shield()
    hours = window(on, hours=meeting.hours, monday_hours=meeting.monday_hours, starts=meeting.starts)
    made = _made(viewer, meeting, hours, on=on, at=at)
    record_each(
        Operation.VIEW,
        "briefing",
        by=viewer,
        at=at,
        about=[f"person:{child.reference}" for child in made.children if not child.hidden],
        purpose=f"{meeting.name}, {on.isoformat()}",
        form=form,
    )
    return made


def _made(viewer: Practitioner, meeting: ProjectShield, hours: Window, *, on: date, at: datetime) -> Briefing:
    reports, people = gathering.heard_in(hours, viewer=viewer, meeting=meeting, on=on)
    late, more = gathering.told_late(hours, viewer=viewer, meeting=meeting, on=on)
    people |= more
    told, told_late = _one_by_one(reports, meeting), _one_by_one(late, meeting)
    heard = [one for incident in [*told, *told_late] for one in incident]
    away = gathering.missing_now(viewer=viewer, meeting=meeting, on=on, at=at)
    people |= {one.person_id: one.person for one, _ in away}
    order = list(dict.fromkeys([one.person_id for one, _ in away] + people_of(heard)))
    seen = {one.person_id for one, may in away if may} | set(people_of(one for one in heard if one.visible))
    children = _children([people[key] for key in order if key in seen], meeting, viewer=viewer, on=on, at=at)
    return Briefing(
        name=meeting.name,
        on=on,
        prepared_at=at,
        window=hours,
        missing=tuple(gathering.told_missing(one, children[one.person_id] if may else HIDDEN) for one, may in away),
        incidents=_incidents(told, children, meeting, first=1),
        told_late=_incidents(told_late, children, meeting, first=len(told) + 1),
        children=tuple(children.get(key, HIDDEN) for key in order),
        intelligence=gathering.cleared_in(hours, viewer=viewer, meeting=meeting),
        feeds=gathering.feeds(meeting, at=at),
    )


def _one_by_one(heard: list[Heard], meeting: ProjectShield) -> list[list[Heard]]:
    """The reports of each incident; a kind that only joins an incident makes none alone."""
    by_id = {one.report.id: one for one in heard}
    grouped = same_incident([one.report for one in heard], timeline_facts().same_incident.nearness)
    told = [[by_id[report.id] for report in incident.reports] for incident in grouped]
    return [reports for reports in told if any(one.report.kind in meeting.incidents for one in reports)]


def _incidents(
    told: list[list[Heard]], children: dict[int, Child], meeting: ProjectShield, *, first: int
) -> tuple[Incident, ...]:
    kinds, away = (*meeting.incidents, *meeting.joins), timeline_facts().same_incident.afterwards
    return tuple(
        told_incident(number, reports, children, kinds=kinds, away=away)
        for number, reports in enumerate(told, start=first)
    )


def _children(
    people: list[Person], meeting: ProjectShield, *, viewer: Practitioner, on: date, at: datetime
) -> dict[int, Child]:
    standings = gathering.open_standings(people, meeting=meeting, at=at)
    near = set(
        children_near(viewer, at=at).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True)
    )
    return {
        person.pk: gathering.child(person, standings[person.pk], on=on, may_open=person.pk in near) for person in people
    }
