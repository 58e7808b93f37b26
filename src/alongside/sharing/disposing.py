"""What becomes of what was given, when the thing itself is disposed of."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, F, Q, When

from alongside.contributions.models import Contribution
from alongside.people.forgetting import clear_words

from .models import Choice, Page, ShareDecision, SharedEntry, ShareDraft


def agencies_given(contributions: Iterable[Contribution]) -> set[str]:
    """Every agency that was given one of these on purpose: their copies are to go too."""
    given = SharedEntry.objects.filter(contribution__in=contributions).order_by()
    whom = given.values_list("decision__to_practitioner__agency", "decision__to_team__agency")
    return {agency for one in whom for agency in one if agency}


def forget_given(contributions: Iterable[Contribution], *, at: datetime) -> None:
    """The decision stays, with its reason and its bases; what was given under it goes. Where nothing of it is left it
    has ended; whoever gave any of it on paper is asked to tell its holder. Called inside a transaction."""
    contributions = list(contributions)
    entries = SharedEntry.objects.filter(contribution__in=contributions)
    under = list(entries.order_by().values_list("decision", flat=True).distinct())
    ShareDecision.objects.filter(pk__in=under).update(words="")
    entries.delete()
    over = ShareDecision.objects.filter(Q(entries=None) | ~Q(to_outside=""), pk__in=under)
    over.update(gone_at=at, told_gone_at=_paper_that_is_back())
    _forget_drafts_of({one.receipt for one in contributions})


def _paper_that_is_back() -> Case:
    """Whoever held the paper of what ended before, and gave it back or destroyed it, is not asked for it again."""
    return Case(When(ended_at__isnull=False, then=F("told_gone_at")))


def _forget_drafts_of(receipts: set[str]) -> None:
    """What somebody is writing to give with one of these goes whole: its words may say what the entry said."""
    begun = ShareDraft.objects.filter(page=Page.SHARE, over_at=None)
    chose = [one.pk for one in begun if receipts.intersection(one.answers.get("entries", []))]
    ShareDraft.objects.filter(pk__in=chose).delete()


def forget_decisions_about(people: Iterable[int], *, at: datetime) -> None:
    """Once nothing told of them stands: what was given in words alone goes too, and has ended as above, and why, and
    what somebody is writing to give. That it was given or not, when, by whom, to whom and on what basis stays. Called
    inside a transaction."""
    people = list(people)
    ShareDraft.objects.filter(person__in=people).delete()
    made = ShareDecision.objects.filter(person__in=people)
    had_words = made.filter(Q(entries=None) | ~Q(to_outside=""), choice=Choice.GIVE).exclude(words="")
    had_words.update(gone_at=at, told_gone_at=_paper_that_is_back())
    made.update(words="", advice="")
    clear_words(made, "because", "family_because", "ended_because", "second_because", "seen_to_because")
