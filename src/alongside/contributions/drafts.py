"""Keeping what somebody is writing, and sending it. A draft is its author's alone until it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record

from .actions import Verdict, accept
from .answers import Window
from .models import Contribution, Draft
from .telling import answers_to_correct

Answers = dict[str, list[str]]
KEPT_FOR = timedelta(days=30)


class AlreadySentError(Exception):
    """What was sent is corrected by sending anew, never changed in place."""


class OvertakenError(Exception):
    """What a draft would correct no longer stands: somebody corrected it or took it back meanwhile."""


@transaction.atomic
def begin_correction(*, sent: Contribution, by: Practitioner, at: datetime) -> Draft:
    """A draft with the answers that `sent` was sent from; once sent, it takes its place as a new version. Begun
    twice, it is the same draft. Raises OvertakenError, and Draft.DoesNotExist where it was not told on our pages."""
    if not sent.stands:
        raise OvertakenError(sent.receipt)
    begun = Draft.objects.filter(corrects=sent, author=by, sent_as=None).first()
    if begun:
        return begun
    before = Draft.objects.filter(sent_as=sent).latest("pk")
    answers = answers_to_correct(before, sent)
    return Draft.objects.create(key=uuid4(), author=by, kind=sent.kind, answers=answers, saved_at=at, corrects=sent)


class ChangedElsewhereError(Exception):
    """Another window wrote on this step since it was opened; nothing was saved. Holds the draft as kept."""


@transaction.atomic
def save_draft(
    *, draft: Draft, answers: dict[str, Answers], by: Practitioner, at: datetime, window: Window | None = None
) -> Draft:
    """Keep the answers of these steps, exactly as typed, upserted on the draft's key. No ledger line: a draft is
    its author's own note until it is sent. Raises AlreadySentError, and ChangedElsewhereError."""
    kept, _ = Draft.objects.select_for_update().get_or_create(
        key=draft.key, author=by, defaults={"kind": draft.kind, "saved_at": at}
    )
    if kept.sent_as_id:
        raise AlreadySentError(kept.key)
    if window and window.writes_over(kept.answers, kept.window, answers):
        raise ChangedElsewhereError(kept)
    kept.answers = {**kept.answers, **answers}
    kept.saved_at, kept.window = at, window.key if window else ""
    kept.save(update_fields=["answers", "saved_at", "window"])
    return kept


@transaction.atomic
def clear_unused_drafts(*, at: datetime) -> int:
    """Drafts that nobody went on with for 30 days are no longer kept. Returns how many."""
    unused = Draft.objects.filter(sent_as=None, saved_at__lt=at - KEPT_FOR)
    count, _ = unused.delete()
    if count:
        record(Operation.ERASE, "drafts never sent", by="retention", at=at, count=count)
    return count


@transaction.atomic
def send_draft(
    *,
    draft: Draft,
    envelope: Callable[[Draft], dict[str, Any]],
    by: Practitioner,
    at: datetime,
    gaps_reason: str = "",
) -> Verdict:
    """Send it once, however often Send is pressed: the second press finds it sent and gives the same receipt.
    Raises OvertakenError."""
    drafts = Draft.objects.select_for_update(of=("self",)).select_related("author", "sent_as", "corrects")
    kept = drafts.get(pk=draft.pk, author=by)
    if kept.sent_as:
        return Verdict("unchanged", kept.sent_as.receipt)
    if kept.corrects and not kept.corrects.stands:
        raise OvertakenError(kept.corrects.receipt)
    (verdict,) = accept(
        [envelope(kept)],
        by=by,
        at=at,
        author=by,
        agency=by.agency_id,
        gaps_reason=gaps_reason,
    )
    if verdict.receipt:
        kept.sent_as = Contribution.objects.get(receipt=verdict.receipt)
        kept.save(update_fields=["sent_as"])
    return verdict
