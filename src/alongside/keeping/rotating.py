"""Sealing again with the newest key every number, and every text that may hold one, a few hundred rows at a time, while
others go on working.

Each batch is a transaction of its own that looks at what lies in the table, not at what was done before: stopped
anywhere, begun again, run twice, it comes to the same end.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast

from alongside.access_requests.models import PackItem, RequestPart
from alongside.contributions.models import Contribution, Draft
from alongside.linkage.candidates import index
from alongside.people.models import AgencyRecord
from alongside.people.sealing import NumbersSealedField, SealedField, WordsSealedField, vault
from alongside.sharing.models import ShareDraft

BATCH = 500
Sealing = SealedField | NumbersSealedField | WordsSealedField
SEALED: dict[type[models.Model], tuple[str, ...]] = {
    AgencyRecord: ("nhs_number", "upn", "la_child_id", "more", "closed"),
    Contribution: ("sealed",),
    Draft: ("answers",),
    RequestPart: ("pack",),
    PackItem: ("texts",),
    ShareDraft: ("answers",),
}


def rotate(*, batch: int = BATCH) -> Iterator[int]:
    """How many rows each batch sealed again; 0 for one in which nothing was left to do."""
    for model in SEALED:
        for keys in _batches(model, batch):
            yield _seal_again(model, keys)


def index_again(*, batch: int = BATCH) -> Iterator[int]:
    """How many records each batch made to be found by the search keys of today, and by none of before."""
    for keys in _batches(AgencyRecord, batch):
        with transaction.atomic():
            yield len(index(AgencyRecord.objects.select_for_update().filter(pk__in=keys).order_by("pk")))


def _batches(model: type[models.Model], size: int) -> Iterator[list[int]]:
    """The keys of all rows there are, those that come meanwhile too."""
    last, all_keys = 0, model._default_manager.order_by("pk").values_list("pk", flat=True)
    while keys := list(all_keys.filter(pk__gt=last)[:size]):
        last = keys[-1]
        yield keys


@transaction.atomic
def _seal_again(model: type[models.Model], keys: list[int]) -> int:
    held = model._default_manager.select_for_update().filter(pk__in=keys)
    list(held.order_by("pk").values_list("pk"))
    stale = [pk for pk, *stored in _as_stored(model, keys) if not _is_newest(model, stored)]
    if not stale:
        return 0
    rows = list(model._default_manager.filter(pk__in=stale).order_by("pk"))
    for row in rows:
        if isinstance(row, Contribution):
            row.sealed = vault().seal(vault().open(row.sealed, row.receipt), row.receipt)
    model._default_manager.bulk_update(rows, SEALED[model], batch_size=100)
    if model is AgencyRecord:
        # Keys of records that were known before numbers were sealed hold the numbers as they are.
        index(rows)
    return len(rows)


def _as_stored(model: type[models.Model], keys: list[int]) -> Iterator[tuple[Any, ...]]:
    """The columns as they lie in the table."""
    raw = {f"raw_{name}": Cast(name, _field(model, name).kept_as()) for name in SEALED[model]}
    yield from model._default_manager.filter(pk__in=keys).annotate(**raw).values_list("pk", *raw)


def _field(model: type[models.Model], name: str) -> Sealing:
    """The field; what a contribution seals by itself, bound to its receipt, lies there as a sealed word."""
    field = model._meta.get_field(name)
    return field if isinstance(field, Sealing) else SealedField(name=name)


def _is_newest(model: type[models.Model], stored: list[Any]) -> bool:
    return all(_field(model, name).is_newest(one) for name, one in zip(SEALED[model], stored, strict=True))
