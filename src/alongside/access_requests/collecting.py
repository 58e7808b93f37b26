"""What one agency holds about a person: how it knows them, and each version of what it told of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.agencies.models import Agency
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person

from .models import PackItem, RequestPart
from .sections import person_of, texts_now


def holders(person: Person) -> list[Agency]:
    """The agencies that hold a record of the person."""
    return list(
        Agency.objects.filter(pk__in=AgencyRecord.objects.filter(person=person).values("agency")).order_by("pk")
    )


@dataclass(frozen=True)
class Changed:
    """What the agency holds and the pack does not have yet, and items that speak of somebody else."""

    more: list[PackItem]
    gone: list[PackItem]

    def __bool__(self) -> bool:
        return bool(self.more or self.gone)


def changed(part: RequestPart) -> Changed:
    """What happened since the pack was collected."""
    items = part.items.select_related("record", "contribution")
    return Changed(uncollected(part), [one for one in items if _is_anothers(one, part.request.person_id)])


def _is_anothers(item: PackItem, person: int) -> bool:
    told = item.contribution
    return item.record.person_id != person or (told is not None and person_of(told, item.record) is None)


def uncollected(part: RequestPart) -> list[PackItem]:
    """What the agency holds and the pack does not have yet, not saved."""
    have = set(part.items.values_list("record", "contribution"))
    found = [
        PackItem(part=part, record=record, contribution=told)
        for record, told in _held(part.request.person, part.agency_id)
        if (record.pk, told.pk if told else None) not in have
    ]
    for one in found:
        one.texts = texts_now(one)
    return found


def _held(person: Person, agency: str) -> Iterator[tuple[AgencyRecord, Contribution | None]]:
    records = list(AgencyRecord.objects.filter(person=person, agency=agency).order_by("pk"))
    entered = ChronologyEntry.objects.filter(record__in=records)
    told = Contribution.objects.filter(
        agency=agency,
        system__in=entered.values("contribution__system"),
        reference__in=entered.values("contribution__reference"),
    )
    versions = list(told.order_by("occurred_at", "pk"))
    for record in records:
        yield record, None
        yield from ((record, one) for one in versions if person_of(one, record) is not None)
