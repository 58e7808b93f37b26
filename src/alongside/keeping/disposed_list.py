"""The list of what was disposed of, kept sealed beside the backups: a restored backup disposes of it again."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from alongside.contributions.erasing import Decided
from alongside.contributions.models import Contribution, Tombstone
from alongside.contributions.rules import subject_of
from alongside.contributions.tombstones import hash_of
from alongside.ledger.models import Operation, record_each

from . import closed_doors, sealed_list
from .copying import NAME
from .erasing import let_go
from .listed import FACTS, GONE


def write_list(folder: Path) -> Path | None:
    """Every tombstone, in one sealed file that takes the place of the last; nothing where no key seals backups."""
    return sealed_list.write(folder / NAME, _tombstones, head={"holds": GONE})


def _tombstones() -> Iterator[sealed_list.Line]:
    for stone in Tombstone.objects.order_by("pk").iterator():
        yield {name: getattr(stone, name) for name in FACTS} | {"at": stone.disposed_at.isoformat()}


def write_beside_backups() -> None:
    """After a disposal: where this server's backups are. The closed doors too: their list may name who went."""
    write_list(settings.BACKUPS)
    closed_doors.write_list(settings.BACKUPS)


@transaction.atomic
def dispose_again(listed: list[dict[str, Any]], *, at: datetime) -> int:
    """What the list says was disposed of and is here again goes again, by the same people's decision, which stands.
    A tombstone stands for everything on it. Returns how many things went."""
    known = set(Tombstone.objects.values_list("receipt_hash", flat=True))
    missing = {one["receipt_hash"]: one for one in listed if one["receipt_hash"] not in known}
    here = _still_here(set(missing))
    again = [subject_of(one.first_receipt) for one, _ in here]
    for one, listed_hash in here:
        told = missing[listed_hash]
        decided = Decided(told["rule"], told["proposed_by"], told["approved_by"], datetime.fromisoformat(told["at"]))
        let_go([one], decided=decided)
    gone = set(Tombstone.objects.values_list("receipt_hash", flat=True))
    Tombstone.objects.bulk_create(
        Tombstone(disposed_at=datetime.fromisoformat(told["at"]), **{name: told[name] for name in FACTS})
        for key, told in missing.items()
        if key not in gone
    )
    record_each(Operation.ERASE, "disposed of again after a restore", by="alongside restore", at=at, about=again)
    return len(here)


def _still_here(hashes: set[str]) -> list[tuple[Contribution, str]]:
    """The newest versions of what is here and on the list, each with the hash by which it is listed."""
    found: dict[int, tuple[Contribution, str]] = {}
    for pk, receipt in Contribution.objects.values_list("pk", "receipt").iterator() if hashes else ():
        if (listed := hash_of(receipt)) in hashes:
            one = Contribution.objects.get(pk=pk)
            newest = Contribution.objects.get(
                agency=one.agency_id, system=one.system, reference=one.reference, is_newest=True
            )
            found[newest.pk] = (newest, listed)
    return list(found.values())
