"""Who works with a child, as partners tell it: which services stand near, from when until when."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from alongside.access.rules import Level
from alongside.agencies.models import Practitioner, Team
from alongside.ledger.models import Operation, record

from .models import Person, Standing
from .told import Involvement, Told, is_open

LONDON = ZoneInfo("Europe/London")
# What telling of the same work again brings up to date.
TOLD_FIELDS = ["team", "is_quiet", "role", "worker", "phone", "because", "since", "says_since", "until", "level"]


def _day(text: object) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(str(text)[:10]), time(), LONDON)
    except ValueError:
        return None


def note_standings(told: Told, *, at: datetime, may_open: Callable[[Any, Person], Level]) -> None:
    """An involvement that a partner tells of puts its team near the child, until it is told closed.

    `may_open`: how near the service comes by this telling; Level.NONE where it is not theirs to tell.
    """
    wanted = [one for one in told.involvements if _gives_standing(one)]
    teams = {team.slug: team for team in Team.objects.all()} if wanted else {}
    held = _held({source_of(one.contribution) for one in wanted})
    fresh: dict[tuple[int, str], Standing] = {}
    for one in wanted:
        level = may_open(one.contribution, one.record.person)
        standing = _standing(one, teams, level)
        if level is not Level.NONE and _is_their_team(one.contribution, standing):
            # Once somebody near the child confirmed it, telling it again does not take it away.
            standing.level = held.get((standing.person_id, standing.source, standing.team_id), level)
            fresh[standing.person_id, standing.source] = standing
    Standing.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["person", "source"],
        update_fields=TOLD_FIELDS,
    )
    _end_others(told, at=at, but=set(fresh))


def _held(sources: set[str]) -> dict[tuple[int, str, str | None], str]:
    confirmed = Standing.objects.filter(source__in=sources, level=Level.TEAM)
    return {(one.person_id, one.source, one.team_id): one.level for one in confirmed}


def _is_their_team(contribution: Any, standing: Standing) -> bool:
    """Nobody opens a child to another agency's team; a team that is named must be one of theirs."""
    if standing.team is None:
        return not contribution.told["details"].get("team")
    return standing.team.agency_id == contribution.agency_id


def _end_others(told: Told, *, at: datetime, but: set[tuple[int, str]]) -> None:
    """A correction that no longer names a child, or no longer speaks of a service, ends what the older one gave."""
    corrected = {source_of(one) for one in told.contributions if one.version > 1 and one.is_newest}
    for standing in Standing.objects.filter(source__in=corrected).filter(Q(until=None) | Q(until__gt=at)):
        if (standing.person_id, standing.source) not in but:
            standing.until = max(at, standing.since)
            standing.save(update_fields=["until"])


@transaction.atomic
def confirm_standing(*, standing: Standing, by: Practitioner, at: datetime) -> None:
    """Say that a service does work with the child: from now on its team reads the child's record."""
    standing.level = Level.TEAM
    standing.save(update_fields=["level"])
    about = f"person:{standing.person.reference}"
    record(Operation.ALTER, "involvement confirmed", by=by, at=at, about=about, service=standing.role)


def _gives_standing(one: Involvement) -> bool:
    details = one.contribution.told.get("details", {})
    return one.role == "subject" and "service" in details and "status" in details


def _standing(one: Involvement, teams: dict[str, Team], level: Level) -> Standing:
    contribution, details = one.contribution, one.contribution.told["details"]
    began = _day(details.get("started_on"))
    since = began or contribution.occurred_at
    until = _day(details.get("ended_on"))
    if details["status"] == "closed" and until is None:
        until = contribution.occurred_at
    if contribution.withdrawn_at:
        until = contribution.withdrawn_at
    team = teams.get(str(details.get("team", "")))
    return Standing(
        person_id=one.record.person_id,
        team=team,
        agency_id=contribution.agency_id,
        level=level,
        is_quiet=not is_open(contribution),
        role=str(details["service"])[:120],
        worker=str(details.get("worker", ""))[:120],
        phone=str(details.get("phone", "") or (team.phone if team else ""))[:40],
        because=f"Open to {details['service']}"[:200],
        source=source_of(contribution),
        since=since,
        says_since=bool(began) or contribution.occurred_to in {"minute", "day"},
        until=max(until, since) if until else None,
    )


def move_standings(entries: Any, *, before: Person, to: Person) -> None:
    """The standings that these timeline entries gave go where their record goes."""
    told = {entry.contribution for entry in entries.select_related("contribution")}
    moving = Standing.objects.filter(person=before, source__in=[source_of(one) for one in told])
    there = Standing.objects.filter(person=to).values("source")
    moving.exclude(source__in=there).update(person=to)


def source_of(contribution: Any) -> str:
    return f"{contribution.agency_id}/{contribution.system}/{contribution.reference}"[:160]
