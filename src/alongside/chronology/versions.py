"""What was told, version by version, in words, and what each version changed."""

from dataclasses import dataclass
from typing import Any

from alongside.contributions.models import Contribution

Fact = tuple[str, str]
BOOLEANS = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class Version:
    """One version of what was told; `changes` are (what, before, now) against the version before it."""

    contribution: Contribution
    narrative: str
    facts: list[Fact]
    changes: list[tuple[str, str, str]]


def label_of(key: str) -> str:
    return key.replace("_", " ").capitalize()


def words_of(value: Any) -> str:
    """A told value as a reader would say it."""
    if isinstance(value, bool):
        return BOOLEANS[value]
    if isinstance(value, list):
        return ", ".join(words_of(one) for one in value)
    return str(value).replace("_", " ") if isinstance(value, str) and value.islower() else str(value)


def facts_of(told: dict[str, Any]) -> list[Fact]:
    """The details of its kind, each with its label; nobody's name: people are on their own pages."""
    details = told.get("details") or {}
    place = (told.get("place") or {}).get("name", "")
    facts = [("Place", place)] if place else []
    return facts + [
        (label_of(key), words_of(value)) for key, value in details.items() if value not in (None, "", [])
    ]


def changes_between(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What one version says otherwise than the one before it."""
    then, today = dict(told_facts(before)), dict(told_facts(now))
    return [
        (label, then.get(label, ""), today.get(label, ""))
        for label in dict.fromkeys([*then, *today])
        if then.get(label) != today.get(label)
    ]


def told_facts(told: dict[str, Any]) -> list[Fact]:
    narrative = str(told.get("narrative") or "")
    return ([("What was said", narrative)] if narrative else []) + facts_of(told)


def versions_in_words(newest_first: list[Contribution]) -> list[Version]:
    """Each version with what it changed; the first told changed nothing."""
    before = [*newest_first[1:], None]
    return [
        Version(
            one,
            str(one.told.get("narrative") or ""),
            facts_of(one.told),
            changes_between(older.told, one.told) if older else [],
        )
        for one, older in zip(newest_first, before, strict=True)
    ]
