"""Gathering what a briefing is made of: a few queries, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from alongside.access.rules import Handling, may_see_entry, parse_handling
from alongside.agencies.models import Agency, Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.tellings import Telling, tellings_in
from alongside.chronology.timeline_facts import timeline_facts
from alongside.chronology.whereabouts import held_still, missing_still
from alongside.contributions.grading import with_grade
from alongside.contributions.models import Contribution
from alongside.contributions.queries import not_closed_to
from alongside.contributions.unfiled import closed_unfiled
from alongside.people.leads import leading_first
from alongside.people.models import Person, Standing

from .briefing import Child, Feed, InCustody, Intelligence, Missing
from .hearing import NEAR, may_see
from .models import MeetingAction
from .project_shield import ProjectShield
from .rules import Window, age_in_words, may_be_a_child


def missing_now(*, viewer: Practitioner, on: date, at: datetime) -> list[tuple[ChronologyEntry, bool]]:
    """The episode of each child missing still, longest away first, and whether this reader may see it."""
    facts = timeline_facts()
    of, left_out = facts.missing_now, facts.same_incident.not_involved
    since = at - timedelta(days=of.days)
    # Of the contribution, which has an index of kinds and moments.
    told = ChronologyEntry.objects.filter(
        contribution__kind__in=[of.kind, *of.after_return], contribution__occurred_at__gte=since
    )
    return _shown(missing_still(tellings_in(told, leaving_out=left_out), of, at=at), viewer=viewer, on=on)


def in_custody_now(*, viewer: Practitioner, on: date, at: datetime) -> list[tuple[ChronologyEntry, bool]]:
    """The latest custody of each child whom police hold still, longest held first, and whether this reader may see
    it."""
    facts = timeline_facts()
    of, left_out = facts.custody_now, facts.same_incident.not_involved
    told = ChronologyEntry.objects.filter(kind=of.kind, occurred_at__gt=at - timedelta(hours=of.hours))
    return _shown(held_still(tellings_in(told, leaving_out=left_out), of, at=at), viewer=viewer, on=on)


def _shown(away: Iterable[Telling], *, viewer: Practitioner, on: date) -> list[tuple[ChronologyEntry, bool]]:
    entries = ChronologyEntry.objects.filter(pk__in=[one.entry for one in away])
    shown = entries.select_related("person", "agency").order_by("occurred_at", "pk")
    return [(one, may_see(one, viewer)) for one in shown if may_be_a_child(one.person.date_of_birth, on)]


def told_in_custody(entry: ChronologyEntry, child: Child) -> InCustody:
    """The row of a child in custody; of one whom the reader may not see, only that there is one."""
    if child.hidden:
        return InCustody(child)
    return InCustody(child, entry.occurred_at, entry.occurred_to, entry.agency.short_name)


def told_missing(entry: ChronologyEntry, child: Child) -> Missing:
    """The row of a child who is missing; of one whom the reader may not see, only that there is one."""
    if child.hidden:
        return Missing(child)
    return Missing(child, entry.occurred_at, entry.occurred_to, entry.place, entry.agency.short_name)


def open_standings(people: Iterable[Person], *, at: datetime) -> dict[int, list[Standing]]:
    """Which services each is open to at that moment, the one whose worker leads first."""
    found = (
        Standing.objects.filter(Q(until=None) | Q(until__gt=at), person__in=people, since__lte=at, is_quiet=False)
        .select_related("agency", "team", "practitioner")
        .order_by("since", "pk")
    )
    held: dict[int, list[Standing]] = defaultdict(list)
    for standing in leading_first(found):
        held[standing.person_id].append(standing)
    return held


def child(
    person: Person,
    standings: list[Standing],
    before: list[MeetingAction],
    *,
    on: date,
    may_open: bool,
    another_record: str,
) -> Child:
    """A child as the meeting needs to know them."""
    lead = standings[0] if standings else None
    return Child(
        reference=person.reference,
        called=person.likes_to_be_called,
        full_name=person.full_name,
        age=age_in_words(person.date_of_birth, on),
        open_to=tuple(dict.fromkeys(open_to(one.role, one.agency.short_name) for one in standings)),
        another_record=another_record,
        lead=_name_of(lead) if lead else "",
        phone=_phone_of(lead) if lead else "",
        before=tuple((one.raised_for, one.done_at is None) for one in before),
        may_open=may_open,
    )


def open_to(service: str, agency: str) -> str:
    """ "Attendance (School)"; a service that is its agency is said once."""
    return service if service.casefold() == agency.casefold() else f"{service} ({agency})"


def _name_of(standing: Standing) -> str:
    if standing.worker or standing.practitioner:
        return standing.worker or standing.practitioner.name
    return (standing.team or standing.agency).name


def _phone_of(standing: Standing) -> str:
    numbers = [standing.phone, standing.team.phone if standing.team else "", standing.agency.phone]
    return next((number for number in numbers if number), "")


def cleared_in(hours: Window, *, viewer: Practitioner, meeting: ProjectShield) -> tuple[Intelligence, ...]:
    """Intelligence that was cleared for the meeting in those hours, in the words meant for the meeting: by the last
    grade that police gave it here, or where it has none, as police told it. Of what concerns a child who is closed to
    the reader, only that there is something."""
    of = meeting.intelligence
    in_hours = Q(graded_at=None, told_at__gte=hours.start, told_at__lt=hours.end)
    in_hours |= Q(cleared=True, graded_at__gte=hours.start, graded_at__lt=hours.end)
    told = (
        with_grade(Contribution.objects.all())
        .filter(kind=of.kind, is_newest=True, withdrawn_at=None)
        .filter(occurred_at__gte=hours.start - timedelta(days=of.days))
        .annotate(told_at=Coalesce("reported_at", "received_at"))
        .annotate(is_open=ExpressionWrapper(not_closed_to(viewer), BooleanField()))
        .filter(in_hours)
        .select_related("agency", "pending")
        .order_by("told_at", "pk")
    )
    cleared = [one for one in told if one.graded_at or one.told.get("details", {}).get(of.cleared)]
    about, closed = _concerned(cleared), closed_unfiled(viewer, cleared)
    return tuple(
        _intelligence(one, viewer, of.words, about[one.pk])
        if one.is_open and one.pk not in closed
        else Intelligence(hidden=True)
        for one in cleared
    )


def _concerned(told: list[Contribution]) -> dict[int, list[str]]:
    """References of those on whose timelines each of these stands."""
    people = Person.objects.filter(entries__contribution__in=told).order_by("pk").distinct()
    found: dict[int, list[str]] = defaultdict(list)
    for one, reference in people.values_list("entries__contribution", "reference"):
        found[one].append(reference)
    return found


def _intelligence(one: Contribution, viewer: Practitioner, words: str, about: list[str]) -> Intelligence:
    """The words that police released; without them, what was told, for those who may read it."""
    handling, readers = parse_handling(one.handling)
    may = may_see_entry(reader=viewer.reader, level=NEAR, handling=handling, readers=readers).allowed
    said = one.words_for_meeting or one.told.get("details", {}).get(words)
    released = "" if handling is Handling.RESTRICTED else str(said or "")
    if not (may or released):
        return Intelligence(hidden=True)
    said_so = released or str(one.told.get("narrative") or "")
    return Intelligence(said_so, one.agency.short_name, one.told_at, tuple(about))


def feeds(meeting: ProjectShield, *, at: datetime) -> tuple[Feed, ...]:
    """The partners whose telling the meeting counts on, in the order of their names."""
    newest = Contribution.objects.filter(agency=OuterRef("pk"), received_at__lte=at).order_by("-pk")
    agencies = Agency.objects.filter(slug__in=meeting.feeds).order_by("name", "pk")
    return tuple(
        Feed(
            one.short_name,
            one.heard,
            not one.heard or one.heard < at - timedelta(hours=meeting.feeds[one.pk]),
        )
        for one in agencies.annotate(heard=Subquery(newest.values("received_at")[:1]))
    )
