"""What the page of one step shows and where its buttons lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.forms import BoundField
from django.http import Http404
from django.urls import reverse

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner

from .amending import may_go_on
from .answers import fingerprint
from .forms import PersonForm, QuestionsForm
from .kinds import Kind, kinds
from .models import Contribution, Draft
from .quality import Gap, foremost
from .queries import draft_of, sent_by
from .summary import sections
from .telling import Telling, names_of, telling_of, words_advice
from .words import Advice

# A kind with more steps than this asks little on each.
MANY = 4


def kinds_for(viewer: Practitioner) -> list[Kind]:
    """What this practitioner may tell: whoever sees no child's record names no child either."""
    sees_children = viewer.may(Permission.SEE_CHILDREN)
    told = (kind for kind in kinds().values() if kind.has_form)
    return [kind for kind in told if sees_children or not kind.about_people]


@dataclass
class StepPage:
    """One step of telling, for its author."""

    draft: Draft
    telling: Telling
    step: str
    # What the page sent, where it is shown again unsaved.
    posted: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def window(self) -> str:
        """The window this is written in, from one save to the next."""
        return self.posted.get("window") or uuid4().hex

    @property
    def had(self) -> str:
        """What this step held when the window was opened."""
        return self.posted.get("had", fingerprint(self.draft.answers.get(self.step)))

    @property
    def kind(self) -> Kind:
        return self.telling.kind

    @property
    def keys(self) -> list[str]:
        return [step.key for step in self.kind.steps]

    @property
    def number(self) -> int:
        return self.keys.index(self.step) + 1

    @property
    def title(self) -> str:
        return self.kind.steps[self.number - 1].title

    @property
    def is_check(self) -> bool:
        return self.step == "check"

    @property
    def people(self) -> list[tuple[str, PersonForm]]:
        if self.step != "who":
            return []
        return list(zip(names_of(self.kind, self.draft.answers), self.telling.people, strict=True))

    @property
    def form(self) -> QuestionsForm:
        return self.telling.steps[self.step]

    @property
    def wrong(self) -> list[Any]:
        return self.telling.wrong.get(self.step, [])

    @property
    def gaps(self) -> list[Gap]:
        """What would still help: on this step, or in all before sending."""
        if self.is_check:
            return self.telling.gaps
        return [gap for gap in self.telling.gaps if gap_step(self.kind, gap) == self.step]

    @property
    def gaps_first(self) -> list[Gap]:
        return foremost(self.kind, self.gaps)[0]

    @property
    def gaps_after(self) -> list[Gap]:
        return foremost(self.kind, self.gaps)[1]

    @property
    def questions(self) -> list[tuple[BoundField, list[Advice]]]:
        """Each field of this step with the kinder words for what stands in it."""
        found = [] if self.is_check else words_advice(self.telling, self.step)
        return [(field, [advice for name, advice in found if name == field.name]) for field in self.form]

    @property
    def sections(self) -> list[Any]:
        return sections(self.telling, self.draft) if self.is_check else []

    @property
    def mending(self) -> list[tuple[str, str]]:
        """Steps with something impossible in them, as (title, address), for the page before sending."""
        titles = {step.key: step.title for step in self.kind.steps}
        return [(titles[step], self.address(step)) for step in self.telling.wrong if step != "check"]

    def address(self, step: str) -> str:
        return reverse("tell_step", args=[self.draft.kind, self.draft.key, step])

    @property
    def may_end(self) -> bool:
        """Where there are many steps: whether whoever told the first of them may go straight to sending."""
        return len(self.keys) > MANY and 1 < self.number < len(self.keys) - 1

    @cached_property
    def place_before(self) -> dict[str, str]:
        """The place that the author told of last, to be told again with one press; empty where one is typed."""
        if self.step != self.kind.step_for("where") or self.kind.about_people or self.telling.envelope["place"]:
            return {}
        last = sent_by(self.draft.author).filter(kind=self.kind.key).first()
        place = last.told.get("place", {}) if last else {}
        return {part: place[part] for part in ("name", "postcode") if place.get(part)}

    @property
    def back(self) -> str:
        return self.address(self.keys[self.number - 2]) if self.number > 1 else reverse("tell_partners")

    @property
    def next(self) -> str:
        return self.address(self.keys[self.number]) if self.number < len(self.keys) else self.address("check")


def next_step(draft: Draft) -> str:
    """The first step not answered yet, or the last."""
    steps = kinds()[draft.kind].steps
    return next((step.key for step in steps if step.key not in draft.answers), steps[-1].key)


def reads_it_next(sent: Contribution) -> str:
    """Who reads it next, in words that go before "it next"."""
    return "Police read" if sent.handling == "police" else "The front door reads"


# What a gap is called, and the part of the questions that it is asked in.
GAP_PARTS = {"occurred_at": "when", "place": "where"}


def gap_step(kind: Kind, gap: Gap) -> str:
    """The step on which a gap can be filled."""
    part, _, rest = gap.field.partition(".")
    if part == "people":
        return "who"
    asked = kind.field(rest)
    return asked.step if asked else kind.step_for(GAP_PARTS.get(part, part))


def step_page(viewer: Practitioner, kind: str, key: UUID, step: str, *, at: datetime) -> StepPage:
    """Raises Http404 for what is not the viewer's to tell, somebody else's draft, and one that corrects what is not
    theirs to correct any more."""
    known = {one.key: one for one in kinds_for(viewer)}
    if kind not in known or step not in {one.key for one in known[kind].steps}:
        raise Http404
    try:
        draft = draft_of(viewer, key=key, kind=kind)
    except Draft.DoesNotExist:
        raise Http404 from None
    if not may_go_on(viewer, draft):
        raise Http404
    return StepPage(draft, telling_of(draft, at=at), step)
