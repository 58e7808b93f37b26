"""Who has what is urgent: whoever said so last and can go on with it."""

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from alongside.people.closing import closed_to_somebody, shut_out
from alongside.people.models import Person

from .models import Acknowledgement, Contribution

# How far back the page shows what was acknowledged. Whoever is walled off from it later than that had it, and was done.
LATELY = timedelta(days=2)
KEY = ("agency", "system", "reference")


def held() -> QuerySet[Acknowledgement]:
    """What was said by those who can go on with it. Once a tie or a restriction closes to its maker somebody whom it
    tells of, in whichever version, an acknowledgement stays as it was made and counts no longer."""
    same = {f"entries__contribution__{name}": OuterRef(f"contribution__{name}") for name in KEY}
    closed = Person.objects.filter(shut_out("by", before="then"), **same)
    then = ExpressionWrapper(F("at") + LATELY, output_field=DateTimeField())
    # What can be closed at all is little, and is found once: of ten thousand, PostgreSQL would look into each.
    told_of_them = Contribution.objects.filter(entries__person__in=closed_to_somebody()).order_by()
    may_be_closed = Q(contribution__reference__in=told_of_them.values("reference"))
    going_on = Acknowledgement.objects.alias(then=then).filter(~(may_be_closed & Exists(closed)))
    return going_on.order_by("-at", "-pk")


def who_said_so(one: Contribution) -> tuple[Acknowledgement | None, list[Acknowledgement]]:
    """Who has this version; and who said so of any and cannot go on with it, the first first: whoever takes it up reads
    what they were doing."""
    if not one.urgent:
        return None, []
    of_it = {f"contribution__{name}": getattr(one, name) for name in ("agency_id", "system", "reference")}
    going_on = Q(pk__in=held().filter(**of_it).order_by().values("pk"))
    said = Acknowledgement.objects.filter(**of_it).annotate(counts=going_on).select_related("by__agency")
    theirs = list(said.order_by("at", "pk"))
    have = [each for each in theirs if each.counts and each.contribution_id == one.pk]
    return have[-1] if have else None, [each for each in theirs if not each.counts]
