"""Facts about places, many at a time: new, the same as before, or in place of what was there."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from .arrivals import Known

# Where a model's own number is not what names the thing.
KEYS = {"deprivation": ("area_code", "edition", "domain")}
Values = tuple[Any, ...]


def upsert(arrivals: list[Known]) -> list[str]:
    """For each row, in order: accepted, unchanged or superseded. One transaction of the caller's."""
    things = [thing for arrival in arrivals for thing in arrival.things]
    if not things:
        return ["unchanged"] * len(arrivals)
    model = type(things[0])
    key, others = names_of(model)
    before = stored(model, key, others, things)
    fresh: dict[Values, models.Model] = {}
    verdicts = []
    for arrival in arrivals:
        said = {take(thing, key, others, before, fresh) for thing in arrival.things}
        verdicts.append(next((word for word in ("accepted", "superseded") if word in said), "unchanged"))
    model._default_manager.bulk_create(
        fresh.values(), update_conflicts=True, unique_fields=list(key), update_fields=list(others)
    )
    return verdicts


def take(
    thing: models.Model,
    key: Values,
    others: Values,
    before: dict[Values, Values],
    fresh: dict[Values, models.Model],
) -> str:
    """What this thing is beside what we knew; it is remembered for the rows that follow."""
    named = tuple(getattr(thing, name) for name in key)
    told = tuple(getattr(thing, name) for name in others)
    known = before.get(named)
    if known == told:
        return "unchanged"
    before[named], fresh[named] = told, thing
    return "accepted" if known is None else "superseded"


def names_of(model: type[models.Model]) -> tuple[Values, Values]:
    """The fields that name a thing, and the fields that say something of it."""
    primary = model._meta.pk.name  # type: ignore[union-attr]
    key = KEYS.get(model._meta.model_name or "", (primary,))
    others = tuple(one.attname for one in model._meta.concrete_fields if one.name not in {*key, primary})
    return key, others


def stored(
    model: type[models.Model], key: Values, others: Values, things: Iterable[models.Model]
) -> dict[Values, Values]:
    """What is already known of these things, by key."""
    wanted = {getattr(thing, key[0]) for thing in things}
    found = model._default_manager.filter(**{f"{key[0]}__in": wanted}).order_by().values_list(*key, *others)
    return {row[: len(key)]: row[len(key) :] for row in found}
