"""The morning briefing, begun from its reader. Reading it is recorded here, so that no door can forget to."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.chronology.asked import ANOTHER_RECORD, asked_of, in_a_pair
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.same_incident import same_incident
from alongside.chronology.timeline_facts import timeline_facts
from alongside.contributions.models import Contribution
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record, record_each
from alongside.people.models import Person
from alongside.people.queries import children_near, doors_of, not_closed
from alongside.web.errors import Refused

from . import carrying, gathering, hearing
from .briefing import ASK, HIDDEN, Briefing, Carried, Child, Heard, Incident, people_of, told_incident
from .models import MeetingAction
from .project_shield import ProjectShield, project_shield
from .rules import Window, has_briefing, has_gone, is_long_past, window


def briefing(*, viewer: Practitioner, on: date, at: datetime, form: str = "page") -> Briefing:
    """What this reader may know of the night before that day's meeting, once each child shown has its line in
    the ledger. Raises PermissionDenied for anybody without the permission to read the briefing, and Refused for a
    day that is not theirs to ask for."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_BRIEFING):
        raise PermissionDenied(Permission.SEE_BRIEFING)
    meeting = project_shield()
    hours = _hours(meeting, viewer=viewer, on=on, at=at)
    made = _made(viewer, meeting, hours, on=on, at=at)
    record_each(
        Operation.VIEW,
        "briefing",
        by=viewer,
        at=at,
        about=[subjects.child(reference) for reference in _shown(made, form)],
        purpose=f"{meeting.name}, {on.isoformat()}",
        form=form,
    )
    return made


def _named(alone: list[tuple[ChronologyEntry, bool]], heard: list[Heard]) -> tuple[list[int], set[int]]:
    """The children of a meeting in their order, and those of them whom the reader may see."""
    order = list(dict.fromkeys([one.person_id for one, _ in alone] + people_of(heard)))
    return order, {one.person_id for one, may in alone if may} | set(people_of(one for one in heard if one.visible))


def _not_of(closed: set[int], told: list[tuple[ChronologyEntry, bool]]) -> list[tuple[ChronologyEntry, bool]]:
    """The same, but that nobody reads of a child whom a tie or a restriction closes to them."""
    return [(one, may and one.person_id not in closed) for one, may in told]


def _not_only_of(closed: set[int], reports: list[Heard]) -> list[Heard]:
    """The same, but that nobody reads a report that is of such children only."""
    return [replace(one, visible=one.visible and not closed.issuperset(one.people)) for one in reports]


def _shown(made: Briefing, form: str) -> list[str]:
    """References of the children of whom the briefing shows something in this form: the map, those of the incidents on
    it."""
    placed = [child for incident in made.on_the_map for child in incident.children]
    shown = [one.reference for one in (placed if form == "map" else made.children) if not one.hidden]
    if form != "map":
        shown += [reference for one in made.intelligence for reference in one.about]
        # What an earlier meeting left to do says of whom it is, though nothing is told of them today.
        shown += [one.about for one in made.carried if not one.hidden]
    return list(dict.fromkeys(shown))


def why_not(*, viewer: Practitioner, on: date, at: datetime) -> str:
    """Why this reader may not ask for that day's briefing, in a sentence, or ""."""
    meeting, today = project_shield(), timezone.localdate(at)
    if not has_briefing(on):
        return "There is no briefing for that day."
    if on > today:
        return "That morning has not come yet: its briefing is made on the day."
    if is_long_past(on, today=today, back=meeting.days_back) and not viewer.may(Permission.LEAD_MEETINGS):
        return f"Mornings more than {meeting.days_back} days ago are for the chair of the meeting."
    return ""


def _hours(meeting: ProjectShield, *, viewer: Practitioner, on: date, at: datetime) -> Window:
    if reason := why_not(viewer=viewer, on=on, at=at):
        raise Refused(reason, ask="What concerns a child you work with is on the child’s own page.")
    return window(on, hours=meeting.hours, monday_hours=meeting.monday_hours, starts=meeting.starts)


def _then(hours: Window, *, on: date, at: datetime) -> datetime:
    """The moment of which who is missing or held is told: now, or of a morning that has gone when its meeting began."""
    return hours.end if has_gone(on, at=at) else at


def _made(viewer: Practitioner, meeting: ProjectShield, hours: Window, *, on: date, at: datetime) -> Briefing:
    asked = {"viewer": viewer, "meeting": meeting, "on": on}
    closed, then = doors_of(viewer).closed, _then(hours, on=on, at=at)
    told = _one_by_one(_not_only_of(closed, hearing.heard_in(hours, **asked)), meeting)
    told_late = _one_by_one(_not_only_of(closed, hearing.told_late(hours, **asked)), meeting)
    away = _not_of(closed, gathering.missing_now(viewer=viewer, on=on, at=then))
    held = _not_of(closed, gathering.in_custody_now(viewer=viewer, on=on, at=then))
    order, seen = _named([*away, *held], [one for incident in [*told, *told_late] for one in incident])
    seen -= closed
    actions = _Actions(carrying.actions_before(on=on, end=hours.end, people=seen), viewer)
    people = Person.objects.annotate(in_a_pair=in_a_pair()).in_bulk(seen)
    children = _children([people[key] for key in order if key in seen], actions.before(on), viewer=viewer, on=on, at=at)
    return Briefing(
        name=meeting.name,
        on=on,
        ask=f"Restricted. Ask {meeting.chair_asks}." if viewer.may(Permission.LEAD_MEETINGS) else ASK,
        prepared_at=at,
        window=hours,
        missing=tuple(gathering.told_missing(one, children[one.person_id] if may else HIDDEN) for one, may in away),
        in_custody=tuple(
            gathering.told_in_custody(one, children[one.person_id] if may else HIDDEN) for one, may in held
        ),
        incidents=_incidents(told, children, meeting, first=1),
        told_late=_incidents(told_late, children, meeting, first=len(told) + 1),
        children=tuple(children.get(key, HIDDEN) for key in order),
        intelligence=gathering.cleared_in(hours, viewer=viewer, meeting=meeting),
        carried=actions.carried(hours.end),
        feeds=gathering.feeds(meeting, at=at),
    )


class _Actions:
    """What earlier meetings raised, and which of it this reader may read."""

    def __init__(self, actions: list[MeetingAction], viewer: Practitioner) -> None:
        self.actions, self.viewer = actions, viewer
        self.readable = carrying.readable(actions, viewer)

    def before(self, on: date) -> dict[int, list[MeetingAction]]:
        """Those of earlier days, by child, the latest first."""
        found: dict[int, list[MeetingAction]] = defaultdict(list)
        for one in sorted(self.actions, key=lambda one: one.raised_for, reverse=True):
            if one.pk in self.readable and one.raised_for < on:
                found[one.person_id].append(one)
        return found

    def carried(self, end: datetime) -> tuple[Carried, ...]:
        """Those that were open when the meeting began, soonest due first."""
        still = [one for one in self.actions if one.done_at is None or one.done_at >= end]
        return tuple(_carried(one, self.viewer, hidden=one.pk not in self.readable) for one in still)


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


def _carried(action: MeetingAction, viewer: Practitioner, *, hidden: bool) -> Carried:
    if hidden:
        return Carried(hidden=True)
    may = action.owner_id == viewer.pk or viewer.may(Permission.LEAD_MEETINGS)
    return Carried(
        key=action.pk,
        what=action.what,
        called=action.person.likes_to_be_called,
        about=action.person.reference,
        owner=f"{action.owner.name}, {action.owner.agency.short_name}",
        due=action.due,
        raised_for=action.raised_for,
        done=action.outcome,
        may_tick_off=may and action.done_at is None,
    )


def heard_about(reference: str, *, viewer: Practitioner, on: date, at: datetime) -> tuple[Person, Contribution] | None:
    """A child whom that day's briefing names to this reader, and what was heard of them, as widely readable as
    there is; nothing for any other child. The look is in the ledger."""
    meeting = project_shield()
    hours = _hours(meeting, viewer=viewer, on=on, at=at)
    asked = {"viewer": viewer, "meeting": meeting, "on": on}
    reports = [*hearing.heard_in(hours, **asked), *hearing.told_late(hours, **asked)]
    away = gathering.missing_now(viewer=viewer, on=on, at=_then(hours, on=on, at=at))
    person = Person.objects.filter(not_closed(viewer, "pk"), reference=reference).first()
    if person is None:
        return None
    told = {one.report.id for one in reports if one.visible and person.pk in one.people}
    told |= {one.contribution_id for one, may in away if may and one.person_id == person.pk}
    because = carrying.widest(Contribution.objects.filter(pk__in=told))
    if because is None:
        return None
    record(Operation.VIEW, "raising an action", by=viewer, at=at, about=subjects.child(reference))
    return person, because


def action_to_tick(pk: int, *, viewer: Practitioner, at: datetime) -> MeetingAction | None:
    """An open action that this practitioner may tick off; the look is in the ledger."""
    action = carrying.action_for(viewer, pk)
    if action is not None:
        record(Operation.VIEW, "action", by=viewer, at=at, about=subjects.child(action.person.reference))
    return action


def _children(
    people: list[Person],
    before: dict[int, list[MeetingAction]],
    *,
    viewer: Practitioner,
    on: date,
    at: datetime,
) -> dict[int, Child]:
    standings = gathering.open_standings(people, at=at)
    near = set(
        children_near(viewer, at=at).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True)
    )
    asked = asked_of((person.pk for person in people if person.in_a_pair), viewer=viewer, at=at)
    return {
        one.pk: gathering.child(
            one,
            standings[one.pk],
            before.get(one.pk, []),
            on=on,
            may_open=one.pk in near,
            another_record=ANOTHER_RECORD if one.pk in asked else "",
        )
        for one in people
    }
