"""Whom information can be given to: somebody with a seat, a team, or a body that has no seat here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.access.rules import Decision, Level
from alongside.agencies.models import Agency, Practitioner, Team
from alongside.agencies.same_person import is_same_person
from alongside.people.closing import not_shut_out, ties_of
from alongside.people.models import Person, Standing
from alongside.people.queries import services_named_to

from .models import Choice, ShareDecision
from .rules import Recipient

Group = tuple[str, list[tuple[str, str]]]
WORKS_WITH_THEM = "Works with this child already"


@dataclass(frozen=True)
class Target:
    """One recipient: a seat, a team or, in words, somebody outside; exactly one of them."""

    practitioner: Practitioner | None = None
    team: Team | None = None
    outside: str = ""

    @property
    def agency(self) -> Agency | None:
        whose = self.practitioner or self.team
        return whose.agency if whose else None

    @property
    def for_rules(self) -> Recipient:
        agency = self.agency
        return Recipient(agency.slug, agency.is_statutory) if agency else Recipient()

    @property
    def columns(self) -> dict[str, Any]:
        return {"to_practitioner": self.practitioner, "to_team": self.team, "to_outside": self.outside}

    def keeps_from(self, who: Practitioner, *, decided_at: str) -> bool:
        """Whether what that agency does not give to this recipient is kept from that seat: theirs or their team's, or
        any in another agency. Not the front door's there, which answers for who reads a record: where no third agency
        works with the child, nobody else could be asked."""
        if is_same_person(self.practitioner, who) or (self.team is not None and who.team_id == self.team.pk):
            return True
        whose = self.practitioner or self.team
        is_a_colleague = whose is not None and who.agency_id == whose.agency_id != decided_at
        return is_a_colleague and not who.may(Permission.FRONT_DOOR)


def may_hear_of(person: Person, to: Target) -> Decision:
    """Nothing of a child is given to somebody who declared a tie to them; which tie, the giver is not told."""
    if to.practitioner and ties_of(to.practitioner).filter(person=person).exists():
        return Decision(False, f"{to.practitioner.name} cannot be told of this child. Choose somebody else, or a team.")
    return Decision(True, "nothing stands between them")


def is_kept_from(one: ShareDecision, who: Practitioner) -> bool:
    """Whether it was decided that they are not given this: they read no word of it, and say none."""
    to = Target(one.to_practitioner, one.to_team, one.to_outside)
    return one.choice == Choice.WITHHOLD and to.keeps_from(who, decided_at=one.agency_id)


def seats_offered(giver: Practitioner, *, standings: Iterable[Standing]) -> list[Group]:
    """Teams and seats of each agency, as a list to choose from, without the giver's own. Those who work with the child
    and stand outside the team come first: of thousands, one of them is most often meant."""
    known = [one for one in services_named_to(giver, standings) if one.level == Level.KNOWN]
    near = {f"p:{one.practitioner.key}" for one in known if one.practitioner}
    near |= {f"t:{one.team_id}" for one in known if one.team_id and not one.practitioner}
    first: list[tuple[str, str]] = []
    groups: dict[str, list[tuple[str, str]]] = {}
    for agency, value, label in _everybody_but(giver):
        if value in near:
            first.append((value, f"{label}, {agency}"))
        else:
            groups.setdefault(agency, []).append((value, label))
    return ([(WORKS_WITH_THEM, first)] if first else []) + sorted(groups.items())


def _everybody_but(giver: Practitioner) -> Iterator[tuple[str, str, str]]:
    """Of each team and seat its agency, its value in the list and what the list says. Of a team in which nobody has a
    seat now, nobody would read it."""
    staffed = Team.objects.filter(Exists(Practitioner.objects.filter(team=OuterRef("pk"), is_active=True)))
    for team in staffed.exclude(pk=giver.team_id).select_related("agency").order_by("agency__name", "name"):
        yield team.agency.name, f"t:{team.slug}", f"{team.name} (everybody in the team)"
    seats = Practitioner.objects.filter(is_active=True).exclude(pk=giver.pk)
    for one in seats.select_related("agency").order_by("agency__name", "name"):
        yield one.agency.name, f"p:{one.key}", f"{one.name}, {one.role_name}"


def target_of(value: str) -> Target:
    """The seat or team that was chosen: `p:leah`, `t:leeds-camhs-crisis`. It was offered, so it is there."""
    kind, _, key = value.partition(":")
    if kind == "t":
        return Target(team=Team.objects.select_related("agency").get(slug=key))
    return Target(practitioner=Practitioner.objects.select_related("agency").get(key=key))


def second_people(person: Person, standings: list[Standing], *, giver: Practitioner) -> list[Practitioner]:
    """Who may say a second word: whoever is in the team around the child, as far as the giver may read who is, or at
    the front door, but for the giver and for whom the record is closed to."""
    here = (
        Practitioner.objects.filter(not_shut_out(person), is_active=True)
        .exclude(pk=giver.pk)
        .select_related("agency")
        .order_by("name")
    )
    near = [one for one in services_named_to(giver, standings) if one.level == Level.TEAM]
    named = {one.practitioner_id for one in near if one.practitioner_id}
    unnamed = [one for one in near if not one.practitioner_id]
    teams = {one.team_id for one in unnamed if one.team_id}
    agencies = {one.agency_id for one in unnamed if not one.team_id}
    front = {key for key, role in ROLES.items() if Permission.FRONT_DOOR in role.permissions}
    return [
        one
        for one in here
        if one.may(Permission.SHARE)
        and (one.pk in named or one.team_id in teams or one.agency_id in agencies or one.role in front)
    ]
