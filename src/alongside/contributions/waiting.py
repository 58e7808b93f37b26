"""What waits for one practitioner: shown on their first page, each with where it is done."""

from dataclasses import dataclass

from django.urls import reverse

from alongside.agencies.models import Practitioner

from .models import Contribution
from .supervision import returned_to, waiting_for_a_look


@dataclass(frozen=True)
class Waiting:
    """One thing to do: in a sentence, where, and the word on its button; `more` is said beneath it."""

    do: str
    url: str
    button: str
    more: str = ""


def waiting_for(viewer: Practitioner) -> list[Waiting]:
    """What waits for this practitioner, the most pressing first. No child is named."""
    return [*map(_returned, returned_to(viewer)), *_to_look_over(viewer)]


def _returned(sent: Contribution) -> Waiting:
    do = f"Returned to you: {sent.name}, {sent.short_receipt}."
    return Waiting(do, reverse("receipt", args=[sent.receipt]), "Read and correct", sent.comment)


def _to_look_over(viewer: Practitioner) -> list[Waiting]:
    count = len(waiting_for_a_look(viewer))
    if not count:
        return []
    do = f"Look over what your team sent: {count} waiting."
    return [Waiting(do, reverse("team_sent"), "My team sent")]
