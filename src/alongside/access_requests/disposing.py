"""What may not be disposed of while it is asked for; what becomes of a pack, when something in it is disposed of, and
of a request whose time is over."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord

from .models import AccessRequest, Mark, PackItem, RequestPart


def asked_for(contributions: Iterable[Contribution], *, agency: str) -> set[int]:
    """Those of these, by key, that an answer of this agency waits for, which has not gone out: in any version, or as
    something told of a record or a person that is asked for. To dispose of it would be to destroy what is asked for."""
    told = [one.pk for one in contributions]
    items = PackItem.objects.filter(part__agency=agency, part__released_at=None)
    same = {name: OuterRef(name) for name in ("agency", "system", "reference")}
    packed = items.filter(**{f"contribution__{name}": ref for name, ref in same.items()})
    found = set(Contribution.objects.filter(Exists(packed), pk__in=told).values_list("pk", flat=True))
    parts = RequestPart.objects.filter(agency=agency, released_at=None, request__person=OuterRef("person"))
    about = Q(Exists(parts)) | Q(Exists(items.filter(record=OuterRef("record"))))
    entries = ChronologyEntry.objects.filter(about, contribution__in=told)
    return found | set(entries.values_list("contribution_id", flat=True))


def forget_packed(contributions: Iterable[Contribution], *, records: Iterable[int] = ()) -> None:
    """These go from every pack, and so does the kept copy of a pack that went out with one of them: that it went, to
    whom and when stays. Called inside a transaction."""
    items = PackItem.objects.filter(Q(contribution__in=contributions) | Q(record__in=records, contribution=None))
    for part in RequestPart.objects.filter(items__in=items).exclude(released_at=None).distinct():
        part.pack |= {"about": "", "items": []}
        part.save(update_fields=["pack"])
    forget_items(items)
    for request in AccessRequest.objects.filter(known_as__in=records):
        others = AgencyRecord.objects.filter(person=request.person_id).exclude(pk__in=records)
        request.known_as = others.order_by("pk").first()
        request.save(update_fields=["known_as"])


def forget_items(items: Iterable[PackItem]) -> None:
    """These, with what was held back of them. Called inside a transaction."""
    Mark.objects.filter(item__in=items).delete()
    PackItem.objects.filter(pk__in=[one.pk for one in items]).delete()


def forget_request(request: AccessRequest) -> None:
    """The request and every part of it, with what was held back and the kept copies. Called inside a transaction."""
    forget_items(PackItem.objects.filter(part__request=request))
    request.parts.all().delete()
    request.delete()
