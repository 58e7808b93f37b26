"""The one door to a child's pages: it finds the child, asks how near the reader stands, and writes the
line in the ledger before anything of the child is sent. Where the ledger fails, there is no page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.access.queries import OPENS_A_CHILD, SHOWS_LESS, use_lately, verdict_of
from alongside.access.rules import Level
from alongside.agencies.held_back import answer
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.linkage.queries import was_elsewhere
from alongside.people.models import Person, Standing
from alongside.people.queries import bearing_on, nearness_of, services_named_to, standings_of
from alongside.people.rules import EMERGENCY
from alongside.web.errors import Refused

from .asked import asked_of, in_a_pair
from .forms import EmergencyForm
from .named_in import only_named
from .queries import entry_told, is_restricted

# The ledger's word for an entry whose account is about somebody else, and was not shown.
ONLY_NAMED = "only named in an entry"
View = Callable[..., HttpResponse]
# The ledger's word for what somebody reads who may only know of the child.
CARD = "contact card"
# Whoever declares a tie asks not to read the record.
SHOWS_LESS.update({CARD, ONLY_NAMED, "tie"})


@dataclass(frozen=True)
class Look:
    """One look at one child: who looks, when, how near they stand, and who else works with the child."""

    viewer: Practitioner
    person: Person
    level: Level
    standings: list[Standing]
    at: datetime
    # Why they stand so near, or no nearer, in a sentence.
    reason: str = ""

    @cached_property
    def emergency(self) -> Standing | None:
        """The viewer's own emergency access, where it is open."""
        own = [s for s in self.standings if s.practitioner_id == self.viewer.pk]
        return next((s for s in own if s.source.startswith(EMERGENCY)), None)

    @property
    def asks(self) -> dict[str, Any]:
        """Who asks for what is known of which child, and how near they stand, as the queries of the page want it."""
        return {"viewer": self.viewer, "person": self.person, "at": self.at, "level": self.level}

    @property
    def involved(self) -> list[Standing]:
        """Services that work with the child, as far as the viewer may read which."""
        return services_named_to(self.viewer, self.standings)

    @property
    def to_confirm(self) -> list[Standing]:
        """Of these, who said on our pages that they work with the child, and whose team does not read it yet."""
        return [each for each in self.involved if each.level == Level.KNOWN]


def looking(request: HttpRequest, reference: str) -> Look | None:
    """How the reader stands to the child of that reference; nothing where there is none."""
    at = timezone.now()
    use = use_lately(Measure.CHILD, by=request.user, at=at, subject=subjects.child(reference))
    people = Person.objects.filter(reference=reference)
    about_records = {"in_a_pair": in_a_pair(), "was_elsewhere": was_elsewhere()}
    person = people.annotate(**about_records, used=Subquery(use), **bearing_on(request.user)).first()
    if person is None:
        return None
    paired = [person.pk] if person.in_a_pair else []
    person.another_asked = bool(asked_of(paired, viewer=request.user, at=at))
    standings = list(standings_of(person, at=at))
    near = nearness_of(viewer=request.user, person=person, at=at, standings=standings)
    return Look(request.user, person, near.level, standings, at, near.reason)


def write_down(look: Look, what: str, *also: str) -> None:
    """The lines in the ledger, about the child and `also`, durable before the page leaves."""
    purpose = look.emergency.because if look.emergency else ""
    record_each(
        Operation.VIEW,
        what,
        by=look.viewer,
        at=look.at,
        about=[subjects.child(look.person.reference), *also],
        purpose=f"Emergency access: {purpose}"[:200] if purpose else "",
        level=str(look.level),
    )


def also_shown(look: Look, what: str, references: Iterable[str]) -> None:
    """The lines for other people whom a page of this child leads to by their references."""
    about = [subjects.child(reference) for reference in sorted(references)]
    record_each(Operation.VIEW, what, by=look.viewer, at=look.at, about=about, level=str(look.level))


def too_much(request: HttpRequest, look: Look) -> HttpResponse | None:
    """Instead of one child's record too many. What is opened in an emergency is never held back."""
    if look.emergency:
        return None
    verdict = verdict_of(look.person.used, Measure.CHILD, by=look.viewer)
    return answer(request, Measure.CHILD, verdict, at=look.at, reference=look.person.reference, emergency=EmergencyForm)


def refusal(request: HttpRequest, reference: str, look: Look | None = None) -> HttpResponse:
    """The same page whether there is no such child or the reader may not know of one; whoever declared a tie reads
    that it is why."""
    if look and look.person.is_tied:
        return render(request, "chronology/tied.html", {"look": look}, status=403)
    context = {"form": EmergencyForm(), "reference": reference}
    return render(request, "chronology/not_in_the_team.html", context, status=403)


def not_near(request: HttpRequest, reference: str, look: Look | None, least: Level) -> HttpResponse | None:
    """Instead of a page of the child, for whoever stands less near than `least`."""
    if look is None or look.level is Level.NONE:
        return refusal(request, reference, look)
    if least is Level.TEAM and look.level is not Level.TEAM:
        return redirect("child", reference)
    return None


def looks_at_child(
    permission: Permission, *, what: str, least: Level = Level.TEAM, changes: bool = False
) -> Callable[[View], View]:
    """Guards a page of one child; the view is called with `look`. `what` is the ledger's word for the page.

    Whoever stands less near than `least` is led to the contact card. `changes`: the page changes the child's record,
    and is refused to whoever opened it in an emergency, also where they are near: an emergency sets limits aside.
    """

    OPENS_A_CHILD.update({what, CARD})

    def guard(view: View) -> View:
        @requires(permission)
        @wraps(view)
        def guarded(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
            look = looking(request, reference)
            if instead := not_near(request, reference, look, least):
                return instead
            if instead := too_much(request, look):
                return instead
            write_down(look, what if look.level is Level.TEAM else CARD)
            if changes and look.emergency:
                raise Refused("Emergency access is for reading. It changes nothing of a child’s record.")
            return view(request, look, *args, **kwargs)

        guarded.looks_at_child = what
        return guarded

    return guard


def writes_about_child(permission: Permission) -> Callable[[View], View]:
    """Guards what is kept of what somebody types on a page of one child: open to whom the page is. Nothing of the child
    is in its answer, so that it is no look at them: it leaves no line in the ledger, and none counts."""

    def guard(view: View) -> View:
        @requires(permission)
        @wraps(view)
        def guarded(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
            look = looking(request, reference)
            return not_near(request, reference, look, Level.TEAM) or view(request, look, *args, **kwargs)

        return guarded

    return guard


def looks_at_entry(permission: Permission) -> Callable[[View], View]:
    """Guards the page of one entry; the view is called with `look`, the entry, and what stands in the place of an
    account that only names the child.

    Whoever may read the entry reads it: the team around the child as its handling allows, and whoever it names, near
    the child or not. Where the account was read, its teller sees who read it.
    """

    OPENS_A_CHILD.update({"entry", ONLY_NAMED})

    def guard(view: View) -> View:
        @requires(permission)
        @wraps(view)
        def guarded(request: HttpRequest, reference: str, receipt: str) -> HttpResponse:
            look = looking(request, reference)
            if look is None:
                return refusal(request, reference)
            entry = entry_told(viewer=look.viewer, person=look.person, receipt=receipt, at=look.at)
            if entry is None:
                return not_for(request, look, receipt)
            if instead := too_much(request, look):
                return instead
            named = only_named(entry, viewer=look.viewer, at=look.at)
            write_down(look, *([ONLY_NAMED] if named else ["entry", entry.contribution.subject]))
            return view(request, look, entry, named)

        guarded.looks_at_child = "entry"
        return guarded

    return guard


def not_for(request: HttpRequest, look: Look, receipt: str) -> HttpResponse:
    """What somebody sees of an entry that they may not read: in the child's team that it is restricted, if it
    is; further away no more than of any child."""
    if look.level is Level.NONE:
        return refusal(request, look.person.reference, look)
    if look.level is Level.KNOWN:
        return redirect("child", look.person.reference)
    if not is_restricted(look.person, receipt):
        raise Http404
    # The page says whose entry it is.
    write_down(look, "restricted entry")
    return render(request, "chronology/restricted.html", {"look": look, "person": look.person}, status=403)
