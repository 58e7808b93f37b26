"""What waits for one practitioner: shown on their first page, each with where it is done."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from alongside.agencies.models import Practitioner

from .front_door import unopened
from .grading import to_grade
from .models import Contribution
from .rules import in_words
from .supervision import returned_to, waiting_for_a_look
from .urgent import unanswered


@dataclass(frozen=True)
class Waiting:
    """One thing to do: in a sentence, where, and the word on its button; `more` is said beneath it. `is_now`: somebody
    may be in danger, and it comes before all else."""

    do: str
    url: str
    button: str
    more: str = ""
    is_now: bool = False


def waiting_for(viewer: Practitioner, *, at: datetime) -> list[Waiting]:
    """What waits for this practitioner, the most pressing first. No child is named."""
    returned = map(_returned, returned_to(viewer))
    return [*_urgent(viewer, at), *_not_opened(viewer, at), *returned, *_to_look_over(viewer), *_to_grade(viewer)]


def _urgent(viewer: Practitioner, at: datetime) -> list[Waiting]:
    """Who has waited longest is named first; the others are a page away."""
    waiting = unanswered(viewer)
    if not waiting:
        return []
    first, others = waiting[0], len(waiting) - 1
    do = f"{first.why_at_once}: what {first.agency.short_name} told has waited {in_words(at - first.told_us_at)}."
    more = f"{others} more {'waits' if others == 1 else 'wait'} after it." if others else ""
    return [Waiting(do, reverse("urgent_told", args=[first.receipt]), "Read it", more, is_now=True)]


def _not_opened(viewer: Practitioner, at: datetime) -> list[Waiting]:
    waiting = unopened(viewer)
    if not waiting:
        return []
    count, longest = len(waiting), in_words(at - waiting[0].told_us_at)
    since = f"the first of them for {longest}" if count > 1 else f"for {longest}"
    do = f"Open what came to the front door: {count} waiting, {since}."
    return [Waiting(do, reverse("not_opened"), "See them")]


def _to_grade(viewer: Practitioner) -> list[Waiting]:
    count = len(to_grade(viewer))
    return [Waiting(f"Grade what partners told: {count} waiting.", reverse("intelligence"), "Grade")] if count else []


def _returned(sent: Contribution) -> Waiting:
    do = f"Returned to you: {sent.name}, {sent.short_receipt}."
    return Waiting(do, reverse("receipt", args=[sent.receipt]), "Read and correct", sent.comment)


def _to_look_over(viewer: Practitioner) -> list[Waiting]:
    count = len(waiting_for_a_look(viewer))
    if not count:
        return []
    do = f"Look over what your team sent: {count} waiting."
    return [Waiting(do, reverse("team_sent"), "My team sent")]
