"""Which officer may read an item, and so who may say that a pack is ready, let it go, and open its copies.

Officers of the agency that told it read all but what is for named people. Whoever stands in for an agency that has no
officer reads what that agency let theirs read, as one in the team around the child would.
"""

from collections.abc import Iterable

from alongside.access.permissions import Permission
from alongside.access.rules import Handling, Level, may_see_entry, parse_handling
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.contributions.models import Contribution
from alongside.contributions.rules import Key
from alongside.web.errors import Refused

from .models import PackItem, RequestPart
from .packing import whole_marks
from .queries import items_of, parts_seen_by

NOT_FOR_YOU = {
    Handling.RESTRICTED: "It was told to named people only, and not to you.",
    Handling.AGENCIES: "It was told to named agencies only, and not to yours.",
    Handling.STATUTORY: "It was told to statutory agencies only.",
    Handling.POLICE: "It was told to police only.",
}


def why_closed(item: PackItem, viewer: Practitioner) -> str:
    """Why this officer may hold the item back and not read it, in a sentence, or ""."""
    return _why(item.part, handlings_of([item]), viewer)


def handlings_of(items: Iterable[PackItem]) -> set[str]:
    """For whom these were told. What was told to many and is for a few now is for those few in its older versions, too:
    most of the words are the same."""
    told = [one.contribution for one in items if one.contribution]
    older = {one.key for one in told if not one.is_newest}
    return {one.handling for one in told} | (_handlings_now(older) if older else set())


def _handlings_now(keys: set[Key]) -> set[str]:
    agencies, systems, references = (set(each) for each in zip(*keys, strict=True))
    newest = Contribution.objects.filter(agency__in=agencies, system__in=systems, reference__in=references)
    found = newest.filter(is_newest=True).values_list("agency", "system", "reference", "handling")
    return {handling for *key, handling in found if tuple(key) in keys}


def _why(part: RequestPart, handlings: Iterable[str], viewer: Practitioner) -> str:
    is_own = part.agency_id == viewer.agency_id
    for handling, readers in map(parse_handling, sorted(handlings)):
        if is_own and handling is not Handling.RESTRICTED:
            continue
        if not may_see_entry(reader=viewer.reader, level=Level.TEAM, handling=handling, readers=readers).allowed:
            return NOT_FOR_YOU[handling]
    return ""


def must_read(item: PackItem, viewer: Practitioner) -> None:
    """Raises Refused for whoever may only hold it back whole."""
    if why := why_closed(item, viewer):
        raise Refused(why)


def why_not_all(part: RequestPart, viewer: Practitioner, items: Iterable[PackItem] | None = None) -> str:
    """Why this officer may not read all that goes out, and who may, in two sentences, or "". What it is that they may
    not read is not said. `items`: those of the part, with the marks that stand, where they were asked for already."""
    going = [one for one in (items_of(part) if items is None else items) if not whole_marks(one)]
    handlings = handlings_of(going)
    if not _why(part, handlings, viewer):
        return ""
    # Whoever said that it is ready is not the second person.
    gone = part.ready_by_id if part.ready_at and not part.released_at else None
    officers = those_who(Permission.HANDLE_ACCESS_REQUESTS, agency=viewer.agency_id)
    may = [one for one in officers if one.pk != gone and not _why(part, handlings, one) and _sees(one, part)]
    named = ", ".join(sorted(one.name for one in may))
    nobody = "Nobody else who answers requests at your agency may read all of it: hold that back whole."
    return f"Something in it was not told for you to read. {f'Who may read all of it: {named}.' if may else nobody}"


def _sees(officer: Practitioner, part: RequestPart) -> bool:
    return parts_seen_by(officer).filter(pk=part.pk).exists()
