"""The world of the matrix: for every role somebody who holds it, and for every relation a child of theirs, each with an
entry of every handling. Every entry and every name carries a canary: a word that stands nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from conftest import NOW

from alongside.agencies.models import Agency, Practitioner, Team
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.tests.factories import entry
from alongside.contributions.models import Unopened
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Person, Standing

from .oracle import AGENCY, HANDLINGS, RELATIONS

ELSEWHERE = "yorkshire-ambulance"
TELLER = "west-yorkshire-police"
# Long enough that no key against forgery, drawn at random on every page, happens to hold one.
CANARY = re.compile(r"zqcanary(\d+)h([a-z_]+?)q")
NAME = re.compile(r"Znamed(\d+)x")
# What somebody does for a child, as its services are named.
WORKS = re.compile(r"zqworks(\d+)q")
HELD = re.compile(r"zqheld(\d+)q")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class OnesChild:
    """A child of the cast: whose they are, in which relation, and the receipt of their entry of each handling."""

    number: int
    role: str
    relation: str
    person: Person
    receipts: dict[str, str] = field(default_factory=dict)
    entries: dict[str, ChronologyEntry] = field(default_factory=dict)


@dataclass(frozen=True)
class Thing:
    """Something that somebody made: how a page is asked for it, and the roles of this cast that may open or do it.
    `acts`: whether anything is left to do with it for whoever may."""

    words: str
    args: tuple[object, ...]
    roles: frozenset[str]
    acts: bool = True


@dataclass(frozen=True)
class Held:
    """A word that stands in a thing and nowhere else, and the roles of this cast that may read it."""

    words: str
    roles: frozenset[str]


@dataclass
class World:
    """`manager`: a front-door manager who is none of the cast. `things`: by the page that is asked for them."""

    manager: Practitioner
    viewers: dict[str, Practitioner] = field(default_factory=dict)
    children: dict[int, OnesChild] = field(default_factory=dict)
    things: dict[str, list[Thing]] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)

    def word(self, words: str, roles: Iterable[str]) -> str:
        """A new word that stands in one thing alone, for these to read."""
        number = len(self.held) + 1
        self.held[number] = Held(words, frozenset(roles))
        return f"zqheld{number}q"

    def add(self, name: str, words: str, args: Iterable[object], roles: Iterable[str], *, acts: bool = True) -> None:
        """Something to ask the page of that name for."""
        self.things.setdefault(name, []).append(Thing(words, tuple(args), frozenset(roles), acts))

    def of(self, role: str, relation: str) -> OnesChild:
        return next(one for one in self.children.values() if (one.role, one.relation) == (role, relation))


def made_for(roles: Iterable[str]) -> World:
    """The whole world, for these roles."""
    manager = seat("z-manager", "front_door_manager")
    world = World(manager)
    world.viewers = {role: seat(f"z-{role.replace('_', '-')}", role) for role in roles}
    for role, viewer in world.viewers.items():
        for relation in RELATIONS:
            number = len(world.children) + 1
            world.children[number] = child_of(number, viewer, role, relation, manager)
    return world


def seat(key: str, role: str) -> Practitioner:
    """Somebody who holds this role, in a team of their agency's where it has one."""
    agency = Agency.objects.get(pk=AGENCY[role])
    team = Team.objects.filter(agency=agency).order_by("pk").first()
    named = {"name": key.title(), "email": f"{key}@alongside.example"}
    return Practitioner.objects.create(key=key, role=role, agency=agency, team=team, **named)


def child_of(number: int, viewer: Practitioner, role: str, relation: str, manager: Practitioner) -> OnesChild:
    person = Person.objects.create(
        reference=f"ZC{number:06}", given_name="Kit", family_name=f"Znamed{number}x", date_of_birth="2011-03-04"
    )
    made = OnesChild(number, role, relation, person)
    for handling in HANDLINGS:
        # What is shared with the whole partnership makes a child known: its own relation.
        if handling != "partnership" or relation not in {"none", "ended", "glass"}:
            tell(made, handling, viewer)
    if relation == "team":
        # Known to two agencies, so that somebody may doubt that the record of one is theirs.
        entry(person, "leeds-education", occurred_at=NOW - 60 * DAY, told_at=NOW - 60 * DAY)
    RELATE[relation](person, viewer, manager)
    return made


def tell(made: OnesChild, handling: str, viewer: Practitioner) -> None:
    word, readers = {
        "agencies_mine": ("agencies", f",{viewer.agency_id},"),
        "agencies_other": ("agencies", f",{ELSEWHERE},"),
        "restricted_me": ("restricted", f",{viewer.key},"),
        "restricted_other": ("restricted", ",nobody-here,"),
    }.get(handling, (handling, ""))
    canary = f"zqcanary{made.number}h{handling}q"
    told = {"told": {"narrative": canary, "details": {"reason": canary}}, "urgent": made.relation == "team"}
    one = entry(
        made.person,
        TELLER,
        handling=word,
        readers=readers,
        title=canary,
        summary=canary,
        place=canary,
        occurred_at=NOW - timedelta(hours=12),
        told_at=NOW - timedelta(hours=11),
        contribution=told | {"reported_at": NOW - timedelta(hours=11)},
    )
    if made.relation == "known":
        Unopened.objects.create(contribution=one.contribution)
    made.receipts[handling], made.entries[handling] = one.contribution.receipt, one


def _team(person: Person, viewer: Practitioner, manager: Practitioner, **more: object) -> None:
    works(person, viewer.agency_id, practitioner=viewer, **more)


def works(person: Person, agency: str, **more: object) -> None:
    """Somebody works with the child: the viewer in person, or an agency."""
    said = {
        "level": "team",
        "role": "".join(["Worker", *(f" zqworks{number}q" for number in NAME.findall(person.family_name))]),
        "because": "Open",
        "since": NOW - DAY,
        "source": f"zq-{person.pk}",
    } | more
    said["is_quiet"] = str(said["source"]).startswith("emergency:")
    Standing.objects.create(person=person, agency_id=agency, **said)


def _tied(person: Person, viewer: Practitioner, manager: Practitioner) -> None:
    _team(person, viewer, manager)
    declare_tie(person=person, by=viewer, at=NOW - DAY, because="My nephew")


def _restricted(person: Person, viewer: Practitioner, manager: Practitioner) -> None:
    _team(person, viewer, manager)
    restrict(person=person, readers=[], by=manager, at=NOW - DAY, because="Moved")


RELATE = {
    "none": lambda person, viewer, manager: None,
    "shared": lambda person, viewer, manager: None,
    "known": lambda person, viewer, manager: _team(person, viewer, manager, level="known"),
    "other_team": lambda person, viewer, manager: works(person, ELSEWHERE),
    "team": _team,
    "glass": lambda person, viewer, manager: _team(
        person, viewer, manager, source=f"emergency:{viewer.key}:{person.pk}", until=NOW + DAY
    ),
    "ended": lambda person, viewer, manager: _team(person, viewer, manager, until=NOW - timedelta(hours=1)),
    "tied": _tied,
    "restricted": _restricted,
    "named": lambda person, viewer, manager: restrict(
        person=person, readers=[viewer], by=manager, at=NOW - DAY, because="Moved"
    ),
}
