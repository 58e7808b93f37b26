"""What becomes of a pack, when something in it is disposed of, and of a request whose time is over."""

from collections.abc import Iterable

from django.db.models import Q

from alongside.contributions.models import Contribution

from .models import AccessRequest, Mark, PackItem, RequestPart


def forget_packed(contributions: Iterable[Contribution], *, records: Iterable[int] = ()) -> None:
    """These go from every pack, and so does the kept copy of a pack that went out with one of them: that it went, to
    whom and when stays. Called inside a transaction."""
    items = PackItem.objects.filter(Q(contribution__in=contributions) | Q(record__in=records, contribution=None))
    for part in RequestPart.objects.filter(items__in=items).exclude(released_at=None).distinct():
        part.pack |= {"about": "", "items": []}
        part.save(update_fields=["pack"])
    Mark.objects.filter(item__in=items).delete()
    items.delete()


def forget_request(request: AccessRequest) -> None:
    """The request and every part of it, with what was held back and the kept copies. Called inside a transaction."""
    items = PackItem.objects.filter(part__request=request)
    Mark.objects.filter(item__in=items).delete()
    items.delete()
    request.parts.all().delete()
    request.delete()
