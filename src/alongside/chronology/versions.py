"""What was told, version by version, in words, and what each version changed."""

from dataclasses import dataclass
from typing import Any

from alongside.agencies.models import Team
from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution
from alongside.contributions.voices import voice_of

Fact = tuple[str, str]


@dataclass(frozen=True)
class Version:
    """One version of what was told; `changes` are (what, before, now) against the version before it."""

    contribution: Contribution
    narrative: str
    facts: list[Fact]
    changes: list[tuple[str, str, str]]


def facts_of(kind: str, told: dict[str, Any]) -> list[Fact]:
    """What was answered, as the kind words it; nobody else's name: people have pages of their own."""
    place = (told.get("place") or {}).get("name", "")
    known = kinds().get(kind)
    return ([("Place", place)] if place else []) + (known.shown(named_team(told.get("details") or {})) if known else [])


def named_team(details: dict[str, Any]) -> dict[str, Any]:
    """The same, with the team by its name; a team that nobody here knows stays as it was told."""
    if not details.get("team"):
        return details
    team = Team.objects.filter(slug=str(details["team"])).first()
    return details | {"team": team.name} if team else details


def changes_between(before: Contribution, now: Contribution, *, record: str) -> list[tuple[str, str, str]]:
    """What one version says otherwise than the one before it, as it concerns the person of that record."""
    then, today = dict(told_facts(before, record)), dict(told_facts(now, record))
    return [
        (label, then.get(label, ""), today.get(label, ""))
        for label in dict.fromkeys([*then, *today])
        if then.get(label) != today.get(label)
    ]


def told_facts(version: Contribution, record: str) -> list[Fact]:
    narrative = str(version.told.get("narrative") or "")
    said = [("What was said", narrative)] if narrative else []
    return said + voice_of(version, record) + facts_of(version.kind, version.told)


def versions_in_words(newest_first: list[Contribution], *, record: str) -> list[Version]:
    """Each version with what it changed; the first told changed nothing. Of what children said, only the words of
    the child of that record."""
    before = [*newest_first[1:], None]
    return [
        Version(
            one,
            str(one.told.get("narrative") or ""),
            voice_of(one, record) + facts_of(one.kind, one.told),
            changes_between(older, one, record=record) if older else [],
        )
        for one, older in zip(newest_first, before, strict=True)
    ]
