"""A pack leaves when one officer says that it is ready and another lets it go; then what went out is kept."""

from datetime import datetime

from django.db import transaction

from alongside.agencies.models import Practitioner
from alongside.agencies.same_person import is_same_person
from alongside.ledger.models import Operation, record, record_each
from alongside.web.errors import Refused

from .actions import is_open, must_handle
from .collecting import Changed, changed
from .models import RequestPart
from .open_to import why_not_all
from .packing import pack_of, whole_marks
from .queries import items_of


def why_not_ready(part: RequestPart, since: Changed, by: Practitioner) -> str:
    """What has to be done before this officer can say that it is ready, in a sentence, or "". `since`: what changed
    since it was collected."""
    if since.gone:
        return f"Something in it turned out to be somebody else’s record ({len(since.gone)}). Collect it anew."
    if since.more:
        return f"More came in since it was collected ({len(since.more)}). Collect it, and look through it."
    unread = part.items.filter(looked_at=None).count()
    return f"Look through every item first: {unread} to go." if unread else why_not_all(part, by)


@transaction.atomic
def say_ready(*, part: RequestPart, by: Practitioner, at: datetime) -> None:
    """One officer has looked through everything. Raises Refused with what is left to do."""
    must_handle(by, part)
    kept = is_open(part)
    if why := why_not_ready(kept, changed(kept), by):
        raise Refused(why)
    kept.ready_by, kept.ready_at, kept.returned_because, kept.returned_at = by, at, "", None
    kept.save(update_fields=["ready_by", "ready_at", "returned_because", "returned_at"])
    record(Operation.ALTER, "pack ready", by=by, at=at, about=kept.request.subject)


def _waiting(part: RequestPart) -> RequestPart:
    kept = RequestPart.objects.select_for_update().select_related("request__person", "agency").get(pk=part.pk)
    if kept.ready_at is None or kept.released_at is not None:
        raise Refused("This pack does not wait for a second person.")
    return kept


@transaction.atomic
def send_back(*, part: RequestPart, because: str, by: Practitioner, at: datetime) -> None:
    """The second person does not let it go yet, and says why; it can be worked on again."""
    must_handle(by, part)
    kept = _waiting(part)
    kept.ready_by = kept.ready_at = None
    kept.returned_because, kept.returned_at = because, at
    kept.save(update_fields=["ready_by", "ready_at", "returned_because", "returned_at"])
    record(Operation.ALTER, "pack sent back", by=by, at=at, about=kept.request.subject, purpose=because[:200])


@transaction.atomic
def release(*, part: RequestPart, by: Practitioner, at: datetime) -> None:
    """The second person lets it go. Each thing in it leaves one DISCLOSE line, under the request."""
    must_handle(by, part)
    kept = _waiting(part)
    if is_same_person(kept.ready_by, by):
        raise Refused("You said that it is ready: another officer lets it go.")
    since = changed(kept)
    if since.gone:
        raise Refused("Something in it turned out to be somebody else’s record. Send it back, so that it is taken out.")
    if since.more:
        raise Refused("More came in since it was ready. Send it back, so that it is collected.")
    items = items_of(kept)
    if why := why_not_all(kept, by, items):
        raise Refused(why)
    kept.released_by, kept.released_at = by, at
    kept.pack = pack_of(kept, items)
    kept.save(update_fields=["released_by", "released_at", "pack"])
    went_out = [one.subject for one in items if not whole_marks(one)]
    to = {"to": kept.request.asked_by, "number": kept.number, "person": kept.request.person.reference}
    record_each(Operation.DISCLOSE, "access pack", by=by, at=at, about=[kept.request.subject, *went_out], **to)
