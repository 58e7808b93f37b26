"""Which officer may read an item, and so who may say that a pack is ready, let it go, and open its copies."""

from collections.abc import Iterable

from alongside.access.permissions import Permission
from alongside.access.rules import Handling, parse_handling
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.web.errors import Refused

from .models import PackItem, RequestPart
from .packing import whole_marks
from .queries import items_of, parts_seen_by

FOR_NAMED_PEOPLE = "It was told to named people only, and not to you."


def why_closed(item: PackItem, viewer: Practitioner) -> str:
    """Why this officer may hold the item back and not read it, in a sentence, or ""."""
    if item.contribution is None:
        return ""
    handling, readers = parse_handling(item.contribution.handling)
    return FOR_NAMED_PEOPLE if handling is Handling.RESTRICTED and viewer.key not in readers else ""


def must_read(item: PackItem, viewer: Practitioner) -> None:
    """Raises Refused for whoever may only hold it back whole."""
    if why := why_closed(item, viewer):
        raise Refused(why)


def why_not_all(part: RequestPart, viewer: Practitioner, items: Iterable[PackItem] | None = None) -> str:
    """Why this officer may not read all that goes out, and who may, in two sentences, or "". What it is that they may
    not read is not said. `items`: those of the part, with the marks that stand, where they were asked for already."""
    going = [one for one in (items_of(part) if items is None else items) if not whole_marks(one)]
    if _reads_all(viewer, going):
        return ""
    # Whoever said that it is ready is not the second person.
    gone = part.ready_by_id if part.ready_at and not part.released_at else None
    officers = those_who(Permission.HANDLE_ACCESS_REQUESTS, agency=viewer.agency_id)
    may = [one for one in officers if one.pk != gone and _reads_all(one, going) and _sees(one, part)]
    named = ", ".join(sorted(one.name for one in may))
    nobody = "Nobody else who answers requests at your agency may read all of it: hold that back whole."
    return f"Something in it was not told for you to read. {f'Who may read all of it: {named}.' if may else nobody}"


def _reads_all(officer: Practitioner, going: Iterable[PackItem]) -> bool:
    return not any(why_closed(one, officer) for one in going)


def _sees(officer: Practitioner, part: RequestPart) -> bool:
    return parts_seen_by(officer).filter(pk=part.pk).exists()
