"""What practitioners wrote about a child, once nothing that was told of the child stands any more."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet

from .models import EmergencyNotice, Restriction, Standing, Tie
from .rules import EMERGENCY

# Where a reason has to stand, so that it shows that there was one.
CLEARED = "Cleared: nothing told of them stands any more."


def clear_words(rows: QuerySet[Model], *fields: str) -> None:
    """These words go from these rows, and it shows that there were some; the rows stay."""
    for field in fields:
        rows.exclude(**{field: ""}).update(**{field: CLEARED})


def forget_reasons(people: Iterable[int]) -> None:
    """Why somebody knows them outside work, why their record was restricted or opened in an emergency, and what was
    said of that. That it was so, from when until when and by whom stays. Called inside a transaction."""
    people = list(people)
    clear_words(Tie.objects.filter(person__in=people), "because", "ended_because")
    clear_words(Restriction.objects.filter(person__in=people), "because", "lifted_because")
    emergencies = Standing.objects.filter(person__in=people, source__startswith=EMERGENCY)
    clear_words(emergencies, "because")
    clear_words(EmergencyNotice.objects.filter(standing__in=emergencies), "because")
