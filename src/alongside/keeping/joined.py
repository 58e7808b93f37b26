"""Who may be one and the same child, by every link that was ever decided or undone."""

from collections.abc import Iterable

from alongside.linkage.models import RecordLink


def ever_joined(people: Iterable[int]) -> set[int]:
    """These, and everybody to whom a record of theirs ever belonged, and so on. A link may have been wrong, and so may
    its undoing: what is kept for a court is kept on both sides of the doubt."""
    found: set[int] = set()
    new = set(people)
    while new:
        found |= new
        records = RecordLink.objects.filter(person__in=new).order_by().values("record")
        linked = RecordLink.objects.filter(record__in=records).order_by().values_list("person", flat=True)
        new = set(linked) - found
    return found
