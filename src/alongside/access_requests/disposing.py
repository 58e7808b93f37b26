"""What becomes of a pack, when something in it is disposed of."""

from collections.abc import Iterable

from django.db.models import Q

from alongside.contributions.models import Contribution

from .models import Mark, PackItem, RequestPart


def forget_packed(contributions: Iterable[Contribution], *, records: Iterable[int] = ()) -> None:
    """These go from every pack, and so does the kept copy of a pack that went out with one of them: that it went, to
    whom and when stays. Called inside a transaction."""
    items = PackItem.objects.filter(Q(contribution__in=contributions) | Q(record__in=records, contribution=None))
    for part in RequestPart.objects.filter(items__in=items).exclude(released_at=None).distinct():
        part.pack |= {"about": "", "items": []}
        part.save(update_fields=["pack"])
    Mark.objects.filter(item__in=items).delete()
    items.delete()
