"""Which officer may read an item, and so who may say that a pack is ready, let it go, and open its copies.

Officers of the agency that told it read all but what is for named people. Whoever stands in for an agency that has no
officer reads what that agency let theirs read, as one in the team around the child would.

Whoever let a pack go read what is in it, and it is gone as they read it: they open its copies, also when its words are
told to fewer people since. Everybody else is asked as of today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from alongside.access.permissions import Permission
from alongside.access.rules import Handling, Level, may_see_entry, parse_handling
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.agencies.same_person import is_same_person
from alongside.contributions.models import Contribution
from alongside.contributions.rules import Key
from alongside.people.queries import not_closed
from alongside.web.errors import Refused

from .models import PackItem, RequestPart
from .packing import whole_marks
from .queries import all_items_of, items_of, parts_seen_by

NOT_FOR_YOU = {
    Handling.RESTRICTED: "It was told to named people only, and not to you.",
    Handling.AGENCIES: "It was told to named agencies only, and not to yours.",
    Handling.STATUTORY: "It was told to statutory agencies only.",
    Handling.POLICE: "It was told to police only.",
}

HANDLES = Permission.HANDLE_ACCESS_REQUESTS
NOT_ALL = "Something in it was not told for you to read."
HOLD_BACK = "Nobody else who answers requests at your agency may read all of it: hold that back whole."
NOBODY_NOW = "Nobody who answers requests at your agency may read all of it now."
ASK = "Ask whoever has information governance as their part."


def why_closed(item: PackItem, viewer: Practitioner) -> str:
    """Why this officer may hold the item back and not read it, in a sentence, or ""."""
    return _why(item.part, handlings_of([item]), viewer)


def handlings_of(items: list[PackItem]) -> set[str]:
    """For whom these were told. What was told to many and is for a few now is for those few in its older versions, too:
    most of the words are the same."""
    told = [one.contribution for one in items if one.contribution]
    older = {one.key for one in told if not one.is_newest}
    return handlings_then(items) | (_handlings_now(older) if older else set())


def handlings_then(items: Iterable[PackItem]) -> set[str]:
    """For whom these versions were told, whatever was told since."""
    return {one.contribution.handling for one in items if one.contribution}


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


@dataclass(frozen=True)
class Going:
    """What goes out of a part, or went out of it."""

    part: RequestPart
    items: list[PackItem]

    @cached_property
    def handlings(self) -> set[str]:
        return handlings_of(self.items)

    def is_open_to(self, officer: Practitioner) -> bool:
        return self.lets_in(officer) and (self.is_let_go_by(officer) or not self.why_not(officer))

    def why_not(self, officer: Practitioner) -> str:
        return _why(self.part, self.handlings, officer)

    def is_let_go_by(self, officer: Practitioner) -> bool:
        by = {self.part.ready_by_id, self.part.released_by_id}
        return self.part.released_at is not None and officer.pk in by

    def lets_in(self, officer: Practitioner) -> bool:
        """Whether neither a tie nor a restriction closes to them whose a record in it is by now."""
        moved = [one.pk for one in self.items if one.record.person_id != self.part.request.person_id]
        left = PackItem.objects.filter(not_closed(officer, "record__person"), pk__in=moved)
        return not moved or left.count() == len(moved)


def why_not_all(part: RequestPart, viewer: Practitioner, items: list[PackItem] | None = None) -> str:
    """Why this officer may not read all that goes out, and who may, in two sentences, or "". What it is that they may
    not read is not said. `items`: those of the part, with the marks that stand, where they were asked for already."""
    if part.released_at:
        items = all_items_of(part)
    elif items is None:
        items = items_of(part)
    going = Going(part, [one for one in items if not whole_marks(one)])
    if going.is_open_to(viewer):
        return ""
    # Whoever said that it is ready is not the second person.
    gone = part.ready_by if part.ready_at and not part.released_at else None
    handle = those_who(HANDLES, agency=viewer.agency_id)
    officers = [one for one in handle if not is_same_person(gone, one) and _sees(one, part)]
    may = ", ".join(sorted(one.name for one in officers if going.is_open_to(one)))
    if may:
        return f"{NOT_ALL} Who may read all of it: {may}."
    return f"{NOT_ALL} {_what_to_do(going, officers) if part.released_at else HOLD_BACK}"


def _what_to_do(gone: Going, officers: list[Practitioner]) -> str:
    """How somebody comes to open a pack that went out, where nobody may who answers requests now."""
    let_go = [one for one in (gone.part.ready_by, gone.part.released_by) if _may_again(one, gone)]
    # What was for named people as it went out is for them alone, whoever is named on it since.
    then = handlings_then(gone.items)
    told = any(gone.lets_in(one) and not _why(gone.part, then, one) for one in officers)
    names = ", ".join(sorted(one.name for one in let_go))
    ways = [f"{names} let it go, and may when they answer requests at your agency again."] if let_go else []
    ways += ["Or whoever told it corrects for whom it is told, and names an officer."] if told else []
    return " ".join([NOBODY_NOW, *(ways or [ASK])])


def _may_again(officer: Practitioner, gone: Going) -> bool:
    about = RequestPart.objects.filter(not_closed(officer, "request__person"), pk=gone.part.pk)
    return gone.lets_in(officer) and about.exists()


def _sees(officer: Practitioner, part: RequestPart) -> bool:
    return parts_seen_by(officer).filter(pk=part.pk).exists()


def may_read_why_back(part: RequestPart, viewer: Practitioner) -> bool:
    """Whether they may know the words with which it was sent back: these were written of all that would have gone out
    then, also of what is held back whole since."""
    items, sent = all_items_of(part), part.returned_at
    held = [one for one in items if any(sent and mark.at <= sent for mark in whole_marks(one))]
    return Going(part, [one for one in items if one not in held]).is_open_to(viewer)
