"""The only way out for something told: two people's decision, and a tombstone in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .models import Acknowledgement, Call, Contribution, Draft, Grade, Pending, SupervisorLook, Unopened
from .tombstones import Tombstone, hash_of


@dataclass(frozen=True)
class Decided:
    """By which rule and which two people, and when."""

    rule: str
    proposed_by: str
    approved_by: str
    at: datetime


def stone_for(one: Contribution, decided: Decided) -> Tombstone:
    """What will stand where this version stood."""
    return Tombstone(
        number=one.pk,
        receipt_hash=hash_of(one.receipt),
        version=one.version,
        is_newest=one.is_newest,
        kind=one.kind,
        controller=one.agency_id,
        rule=decided.rule[:200],
        disposed_at=decided.at,
        proposed_by=decided.proposed_by,
        approved_by=decided.approved_by,
    )


def erase(contributions: Iterable[Contribution], *, decided: Decided) -> list[Tombstone]:
    """These and all that was said of them here are gone; a tombstone stands for each. Called inside a transaction,
    once nothing in the rooms above points to them."""
    contributions = list(contributions)
    stones = Tombstone.objects.bulk_create(stone_for(one, decided) for one in contributions)
    keys = [one.pk for one in contributions]
    for said in (Pending, SupervisorLook, Acknowledgement, Call, Grade, Unopened):
        said._default_manager.filter(contribution__in=keys).delete()
    Draft.objects.filter(corrects__in=keys).delete()
    Draft.objects.filter(sent_as__in=keys).delete()
    Contribution.objects.filter(pk__in=keys).delete()
    return stones
