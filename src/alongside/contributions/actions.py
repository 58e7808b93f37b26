"""Accepting what partners tell us: durable before it is acknowledged, the same again is the same receipt."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localtime

from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record
from alongside.shared.rows import with_key
from alongside.web.dates import day_and_year

from .amending import of_tied
from .envelope import Envelope, as_text, cannot_be_kept, content_hash, read
from .front_door import put_before_the_front_door, waits_no_longer
from .handling import Readers
from .models import Contribution, Pending
from .numbers import kept_apart, whole_hash
from .pressing import is_urgent
from .rules import OUR_PAGES, Key, Problem, receipt_for, subject_of
from .tombstones import Tombstone, disposed_of
from .writing import insert

TIED = "This tells of a child to whom you declared a tie."
LEFT_TO_OTHERS = "Leave it out: a colleague of yours who brings in files, or whoever runs the server, brings it in."


@dataclass(frozen=True)
class Verdict:
    """What became of one item: accepted, unchanged, superseded (a new version of an older one) or rejected.

    `envelope`: what was told, unless it was rejected. `was_disposed_of`: it is not to be kept anywhere, not among what
    may be mended either. `is_older`: unchanged, but as an older version said it; a newer one stands.
    """

    status: str
    receipt: str = ""
    problems: tuple[Problem, ...] = ()
    was_disposed_of: bool = False
    is_older: bool = False
    envelope: Envelope = field(default_factory=dict, compare=False, repr=False)


class _Newest(NamedTuple):
    """The newest version of a reference; `pk` is None while this batch has not yet been written."""

    version: int
    content_hash: str
    receipt: str
    pk: int | None
    reported_at: datetime | None
    urgent: bool
    team: str | None


@dataclass
class _Batch:
    """The contributions of one transaction; of each reference the newest version so far, and the receipt of
    every version by what it said: a file that holds two versions can be taken in again and changes nothing."""

    newest: dict[Key, _Newest] = field(default_factory=dict)
    receipts: dict[tuple[Key, str], str] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    older: list[int] = field(default_factory=list)
    told: set[tuple[Key, str]] = field(default_factory=set)
    disposed: dict[Key, Tombstone] = field(default_factory=dict)
    tied: set[Key] = field(default_factory=set)

    def told_already(self, item: "_Item", *, is_replay: bool) -> Verdict | None:
        """The newest again, or an older one where a newer one stands; None where it is news. An older one is news,
        a correction back to what was said before, but in what comes a second time, beside the newest that was here
        before, or where the newest was reported later."""
        key, hashed = item.key, item.hashed
        newest, receipt = self.newest.get(key), self.receipts.get((key, hashed))
        if newest is None or receipt is None:
            return None
        if newest.content_hash == hashed:
            return Verdict("unchanged", receipt)
        comes_beside_it = newest.pk is not None and (key, newest.content_hash) in self.told
        if is_replay or comes_beside_it or _is_before(item.reported_at, newest.reported_at):
            return Verdict("unchanged", receipt, is_older=True)
        return None


def accept(
    envelopes: Iterable[object],
    *,
    by: Any,
    at: datetime,
    author: Practitioner | None = None,
    agency: str | None = None,
    gaps_reason: str = "",
    replayed: int = 0,
) -> list[Verdict]:
    """One verdict for each item, in order; all that is accepted is in one transaction with one ledger line.

    `agency` limits whoever sends to their own agency. `replayed`: so many of these, the first, come a second time, of
    a file that was taken in so far before. Not more than some thousand items at a time.
    """
    raws = list(envelopes)
    readers = Readers(raws)
    items = [_read(raw, at=at, agency=agency, readers=readers, on_pages=author is not None) for raw in raws]
    told_by = {"author_id": author.pk if author else None, "team_id": author.team_id if author else None}
    told_by |= {"gaps_reason": gaps_reason, "received_at": at}
    with transaction.atomic():
        batch = _known([item.key for item in items if item.key])
        batch.told = {(item.key, item.hashed) for item in items if item.key}
        # What has an author is corrected on a page, which asks for itself.
        batch.tied = of_tied(by, batch.newest) if author is None else set()
        verdicts = [_take(batch, item, told_by, is_replay=turn < replayed) for turn, item in enumerate(items)]
        _write(batch, by=by, at=at)
    kept = zip(verdicts, items, strict=True)
    return [replace(one, envelope=item.envelope) if one.receipt else one for one, item in kept]


class _Item(NamedTuple):
    """One item as it was read: `key` is None, with the problems, where it cannot be taken."""

    key: Key | None
    envelope: Envelope
    text: str = ""
    hashed: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def reported_at(self) -> datetime | None:
        told = self.envelope.get("reported_at")
        return datetime.fromisoformat(told) if told else None


def _is_before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment < other


def _read(raw: object, *, at: datetime, agency: str | None, readers: Readers, on_pages: bool) -> _Item:
    envelope, problems = read(raw, at=at, agency=agency, readers=readers)
    if envelope is None:
        return _Item(None, {}, problems=tuple(problems))
    source = envelope["source"]
    if problem := _from_nowhere(source, readers, on_pages=on_pages):
        return _Item(None, {}, problems=(problem,))
    text = as_text(envelope)
    if why := cannot_be_kept(text):
        return _Item(None, {}, problems=(Problem("", "", why, "Save it again as UTF-8, without it."),))
    key = (source["agency"], source["system"], source["reference"])
    return _Item(key, envelope, text, content_hash(text))


def _from_nowhere(source: dict[str, str], readers: Readers, *, on_pages: bool) -> Problem | None:
    """Why nobody tells from this source. What somebody told on our pages is not written anew by a file or a system."""
    if source["agency"] not in readers.agencies:
        mend = "Use one of: " + ", ".join(sorted(readers.agencies))
        return Problem("source.agency", source["agency"], "No partner has this name.", mend)
    if source["system"] == OUR_PAGES and not on_pages:
        why = "Our own pages have this name: what was told there is corrected there."
        return Problem("source.system", OUR_PAGES, why, "Use the name of your own system.")
    return None


def _known(keys: list[Key]) -> _Batch:
    found = Contribution.objects.filter(with_key(keys)).order_by("version")
    columns = ("agency_id", "system", "reference", "sealed", "version", "content_hash", "receipt")
    columns += ("pk", "reported_at", "urgent", "team_id")
    batch = _Batch()
    for agency, system, reference, sealed, version, kept, receipt, *rest in found.values_list(*columns):
        hashed = whole_hash(kept, sealed, receipt)
        key, newest = (agency, system, reference), _Newest(version, hashed, receipt, *rest)
        batch.newest[key] = newest
        batch.receipts[key, newest.content_hash] = newest.receipt
    batch.disposed = disposed_of(key for key in keys if key not in batch.newest)
    return batch


def _take(batch: _Batch, item: _Item, told_by: dict[str, Any], *, is_replay: bool) -> Verdict:
    key, envelope, _, hashed, problems = item
    if key is None:
        return Verdict("rejected", problems=problems)
    before = batch.newest.get(key)
    if already := batch.told_already(item, is_replay=is_replay):
        return already
    gone = batch.disposed.get(key)
    if gone and not gone.is_let_in:
        return Verdict("rejected", problems=(_was_disposed_of(gone, key),), was_disposed_of=True)
    if key in batch.tied:
        return Verdict("rejected", problems=(Problem("source.reference", key[2], TIED, LEFT_TO_OTHERS),))
    # The receipt of what was disposed of is given to nothing else.
    version = (before or gone).version + 1 if before or gone else 1
    receipt = receipt_for(key, version)
    if before is not None and before.pk is None:
        batch.rows[before.receipt]["is_newest"] = False
    elif before is not None:
        batch.older.append(before.pk)
    urgent = is_urgent(envelope, at=told_by["received_at"], was=bool(before and before.urgent))
    # A correction stays with the team that sent the first, wherever its author is by now.
    team = (before and before.team) or told_by["team_id"]
    batch.newest[key] = _Newest(version, hashed, receipt, None, item.reported_at, urgent, team)
    batch.receipts[key, hashed] = receipt
    batch.rows[receipt] = _row(item, version, receipt) | told_by | {"urgent": urgent, "team_id": team}
    return Verdict("superseded" if before else "accepted", receipt)


def _was_disposed_of(gone: Tombstone, key: Key) -> Problem:
    rule = f"This was disposed of on {day_and_year(localtime(gone.disposed_at))}."
    mend = "Leave it out. Its agency’s records officer may let it in again, with a reason."
    return Problem("source.reference", key[2], rule, mend)


def _row(item: _Item, version: int, receipt: str) -> dict[str, Any]:
    """The columns that what was told fills by itself."""
    agency, system, reference = item.key or ("", "", "")
    envelope = item.envelope
    return {
        "agency_id": agency,
        "system": system,
        "reference": reference,
        "version": version,
        "kind": envelope["kind"],
        "handling": envelope["handling"],
        "occurred_at": datetime.fromisoformat(envelope["occurred_at"]),
        "occurred_to": envelope["occurred_to"],
        "reported_at": item.reported_at,
        "receipt": receipt,
        **kept_apart(envelope, item.text, receipt=receipt, hashed=item.hashed),
    }


def _write(batch: _Batch, *, by: Any, at: datetime) -> None:
    if not batch.rows:
        return
    waited: set[Key] = set()
    if batch.older:
        Contribution.objects.filter(pk__in=batch.older).update(is_newest=False)
        waited = waits_no_longer(batch.older)
    insert(batch.rows.values())
    put_before_the_front_door(batch.rows, waited)
    receipts = list(batch.rows)
    about = subject_of(receipts[0]) if len(receipts) == 1 else ""
    record(Operation.COLLECT, "contributions", by=by, at=at, about=about, count=len(receipts), receipts=receipts)


@transaction.atomic
def withdraw(*, contribution: Contribution, by: Practitioner | str, at: datetime, because: str) -> None:
    """Take back what was told. It stays visible as withdrawn, with who and why. Twice is the same as once: who
    took it back first stays named. `by`: a practitioner, or a word for the system of the agency that told it."""
    kept = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not kept.stands:
        return
    kept.withdrawn_by = by if isinstance(by, Practitioner) else None
    kept.withdrawn_at, kept.withdrawn_because = at, because
    kept.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    Pending.objects.get_or_create(contribution=kept)
    record(Operation.ALTER, "withdrawal", by=by, at=at, about=kept.subject)


def followed(contributions: list[Contribution]) -> None:
    """These have been followed all the way. Called inside the transaction that did the following."""
    Pending.objects.filter(contribution__in=[one.pk for one in contributions]).delete()
