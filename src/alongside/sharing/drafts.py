"""Keeping what somebody is writing on a page of giving, until it is sent. A draft is its author's alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.forms import Form
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from alongside.agencies.models import Practitioner
from alongside.contributions.answers import Answers, Window, answers_in, fingerprint
from alongside.contributions.drafts import KEPT_FOR, AlreadySentError, ChangedElsewhereError
from alongside.ledger.models import Operation, record
from alongside.people.models import AgencyRecord, Person
from alongside.people.queries import not_closed_wherever

from .models import Page, ShareDecision, ShareDraft
from .recipients import Target

Sent = TypeVar("Sent")
# What somebody says of what they give as they give it: it is said again, of what stands there then.
SAID_ANEW = frozenset({"read", "agreed"})
# Pages without anything of the child: what is written there is open to its author whatever was closed since.
WITHOUT_THE_CHILD = frozenset({Page.REST_CLOSED, Page.LEFT})
# How long a window may still save what it wrote before it was sent.
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Writing:
    """What somebody writes on one page about one child: in which window, and what was kept of it."""

    by: Practitioner
    page: Page
    person: Person
    decision: ShareDecision | None = None
    # What the page sent.
    posted: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> dict[str, Any]:
        return {"by": self.by, "page": self.page, "person": self.person, "decision": self.decision}

    @property
    def begun(self) -> QuerySet[ShareDraft]:
        """What they began before and did not send: of this child; then of whoever is this child by now, which stays
        where it was begun, as decisions do, and is closed by all that closes either."""
        began = ShareDraft.objects.filter(by=self.by, page=self.page, decision=self.decision, over_at=None)
        of_the_child = Q(person=self.person)
        if self.decision:
            return began.filter(of_the_child)
        moved = Q(not_closed_wherever(self.by, "person"), person__in=_who_became(self.person))
        return began.filter(of_the_child | moved).order_by(Case(When(of_the_child, then=0), default=1), "pk")

    @cached_property
    def kept(self) -> ShareDraft | None:
        """What they go on with here; nothing where the record was closed to them since."""
        begun = self.begun
        if self.page not in WITHOUT_THE_CHILD:
            begun = begun.filter(not_closed_wherever(self.by, "person"))
        return begun.first()

    @property
    def mark(self) -> dict[str, Any]:
        """What marks this window as over, once it is sent or thrown away."""
        return {"by": self.by, "page": self.page, "person": self.person, "window": self.window}

    @cached_property
    def answers(self) -> Answers:
        """What the page sent, as it is kept."""
        told = answers_in(self.posted) if self.posted else {}
        return {name: values for name, values in told.items() if name not in {*SAID_ANEW, "page"}}

    @property
    def opened_as(self) -> str:
        """As which page the window was opened: the same address may be another since, once a record is closed."""
        return str(self.posted.get("page", self.page))

    def said(self, name: str) -> list[str]:
        """What stands in a field: as the page sent it, or on one that opens as it was kept."""
        answers: Answers = self.kept.answers if self.kept and not self.posted else self.answers
        return answers.get(name, [])

    @property
    def kept_until(self) -> datetime | None:
        return self.kept.saved_at + KEPT_FOR if self.kept else None

    @cached_property
    def window(self) -> str:
        """The window this is written in, from one save to the next."""
        return str(self.posted.get("window", ""))[:36] or uuid4().hex

    @property
    def had(self) -> str:
        """What was kept when the window was opened."""
        if "had" in self.posted:
            return str(self.posted["had"])
        return fingerprint(self.kept.answers) if self.kept else ""

    @property
    def opens(self) -> str:
        """The page itself."""
        if self.decision is None:
            return reverse(self.page, args=[self.person.reference])
        return reverse("share_left" if self.page == Page.LEFT else "share_rest", args=[self.decision.pk])

    @property
    def keeps(self) -> str:
        """Where the page saves what is typed on it: of a child's page elsewhere, since saving is no look at them."""
        return self.opens if self.decision else reverse(f"{self.page}_draft", args=[self.person.reference])

    def fill(self, form: Form) -> None:
        """What was kept, in the fields of a form that was not sent. What is not offered any more is not chosen."""
        if form.is_bound or self.kept is None:
            return
        told = MultiValueDict(self.kept.answers)
        form.initial = {
            name: one.widget.value_from_datadict(told, {}, name)
            for name, one in form.fields.items()
            if name not in SAID_ANEW
        }


@transaction.atomic
def keep_draft(*, writing: Writing, at: datetime) -> ShareDraft:
    """Keep what the page sent, as typed. No ledger line: a draft is its author's own note until it is sent. Raises
    AlreadySentError, and ChangedElsewhereError."""
    _one_window_at_a_time(writing.by)
    if _over(writing).exists():
        raise AlreadySentError(writing.page)
    draft = writing.begun.first() or ShareDraft(**writing.key, began_at=at)
    if writing.opened_as != writing.page or _writes_over(draft, writing):
        raise ChangedElsewhereError(draft)
    draft.answers, draft.saved_at, draft.window = writing.answers, at, writing.window
    draft.save()
    return draft


def _who_became(child: Person) -> QuerySet[Person]:
    """Those of whom nothing is left but as this child: every record that ever was theirs is this child's."""
    elsewhere = AgencyRecord.objects.exclude(person=child)
    became = Person.objects.filter(stands=False, links__record__person=child)
    return became.exclude(links__record__in=elsewhere)


def _one_window_at_a_time(by: Practitioner) -> None:
    """Held until the end of the transaction: of two windows of one author, and of saving and sending, one waits for the
    other and finds what it did."""
    Practitioner.objects.select_for_update(no_key=True).get(pk=by.pk)


def _over(writing: Writing) -> QuerySet[ShareDraft]:
    return ShareDraft.objects.filter(**writing.mark, over_at__isnull=False)


def _writes_over(draft: ShareDraft, writing: Writing) -> bool:
    window, page = Window(writing.window, writing.page, writing.had), writing.page
    return window.writes_over({page: draft.answers}, draft.window, {page: writing.answers})


@transaction.atomic
def end_draft(*, writing: Writing, at: datetime, sent: ShareDecision | None = None) -> bool:
    """It is sent, or thrown away, and its words are gone. What another window wrote since this one was opened is not
    this window's to end: False where there is any, and it stays kept."""
    _one_window_at_a_time(writing.by)
    begun = writing.begun.first()
    stays = begun is not None and _writes_over(begun, writing)
    if begun and not stays:
        begun.delete()
    moments = dict.fromkeys(("began_at", "saved_at", "over_at"), at)
    over, _ = _over(writing).get_or_create(defaults=writing.mark | moments | {"decision": writing.decision})
    if sent:
        over.sent = sent
        over.save(update_fields=["sent"])
    return not stays


@transaction.atomic
def decide(
    writing: Writing, action: Callable[..., ShareDecision], *, to: Target, at: datetime, **told: Any
) -> tuple[ShareDecision, bool]:
    """Do it, and what was kept of it is gone: both, or neither. Once a window: what it sends again for the same
    recipient, from a page that was gone back to, decides nothing more. Gives the decision, and whether it is new."""
    _one_window_at_a_time(writing.by)
    before = ShareDecision.objects.filter(pk__in=_over(writing).values("sent"), **to.columns).first()
    if before:
        return before, False
    made = action(by=writing.by, to=to, at=at, **told)
    end_draft(writing=writing, at=at, sent=made)
    return made, True


@transaction.atomic
def send(writing: Writing, action: Callable[[], Sent], *, at: datetime) -> Sent:
    """Record the rest, and what was kept of it is gone, also what others wrote of it: all of it, or nothing."""
    sent = action()
    end_draft(writing=writing, at=at)
    ShareDraft.objects.filter(decision=writing.decision, over_at=None).delete()
    return sent


@transaction.atomic
def clear_unused_share_drafts(*, at: datetime) -> int:
    """Drafts that nobody went on with for 30 days are no longer kept. Returns how many."""
    ShareDraft.objects.filter(over_at__lt=at - A_DAY).delete()
    count, _ = ShareDraft.objects.filter(over_at=None, saved_at__lt=at - KEPT_FOR).delete()
    if count:
        record(Operation.ERASE, "drafts never sent", by="retention", at=at, count=count)
    return count
