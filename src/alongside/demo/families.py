"""Who lives in the invented city: households, children and parents, as they truly are.

Each family is drawn from a random source of its own: family 17 is the same in a city of 400 and of 20,000.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from alongside.shared.identifiers import UPN_LETTERS

from .city import LA_CODE, NEIGHBOURHOODS, City, School
from .names import Heritage, names

CHILDREN_IN_A_HOUSEHOLD = (1,) * 9 + (2,) * 8 + (3,) * 3 + (4,)
STRENGTHS = (
    "Draws well, and shows it when asked.",
    "Good with younger cousins; patient.",
    "Plays football and turns up for training.",
    "Makes music with friends and writes the words.",
    "Cooks for the family.",
    "Notices when somebody is left out.",
    "Quick with numbers.",
    "Funny, and makes others feel at ease.",
    "Loves animals.",
    "Keeps trying when something is hard.",
    "Speaks up for what is fair.",
    "Can mend a bicycle.",
)
TRUSTED = (
    "{parent}, at home",
    "Nan",
    "Older cousin",
    "Form tutor",
    "Football coach",
    "Auntie",
    "Youth worker at the centre",
    "School’s family worker",
)


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, as they truly are. Agencies know less, and spell it differently."""

    key: str
    given_name: str
    family_name: str
    sex: str
    born: date
    heritage: Heritage
    language: str
    postcode: str
    earlier_postcode: str
    neighbourhood: str
    household: str
    moved_on: date | None = None
    called: str = ""
    middle_name: str = ""
    is_child: bool = True
    # Every agency has the child's numbers and home, and a spelling of the name of its own.
    spelt_in_many_ways: bool = False
    school: School | None = None
    nhs_number: str = ""
    upn: str = ""
    la_child_id: str = ""
    trusted_person: str = ""
    strengths: str = ""
    parents: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def age(self, today: date) -> int:
        before_birthday = (today.month, today.day) < (self.born.month, self.born.day)
        return today.year - self.born.year - before_birthday


@dataclass(frozen=True, slots=True)
class Family:
    key: str
    children: tuple[Person, ...]
    adults: tuple[Person, ...]
    planted: tuple[str, ...] = field(default=())


def nhs_number(serial: int) -> str:
    """The serial-th test number (they begin with 999) whose check digit exists. Serials below 499,999."""
    # 11 serials give at most one digit sum without a check digit, so walk within a stride of two.
    for offset in (0, 1):
        digits = f"999{serial * 2 + offset:06d}"[:9]
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True))
        check = (11 - total % 11) % 11
        if check != 10:
            return f"{digits}{check}"
    raise ValueError(f"no test number near {serial}")


def upn(serial: int, year: int) -> str:
    """A permanent pupil number of an invented Leeds school (4999), with its check letter."""
    digits = f"{LA_CODE}4{year % 100:02d}{serial:06d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return f"{UPN_LETTERS[total % 23]}{digits}"


def families(city: City, *, children: int, seed: int, today: date) -> Iterator[Family]:
    """Families one by one, until the city has exactly so many children."""
    number = left = 0
    left = children
    while left > 0:
        family = _family(city, number, left, seed=seed, today=today)
        left -= len(family.children)
        number += 1
        yield family


def _family(city: City, number: int, most: int, *, seed: int, today: date) -> Family:
    draw = random.Random(f"{seed} family {number}")
    plan = PLANTED.get(number, "")
    heritage = _heritage(plan, draw)
    neighbourhood = NEIGHBOURHOODS[number % len(NEIGHBOURHOODS)][0]
    parent, other = _adults(city, heritage, neighbourhood, f"F{number:06d}", draw, plan=plan, today=today)
    count = min(most, 2 if plan == "twins" else draw.choice(CHILDREN_IN_A_HOUSEHOLD))
    children: list[Person] = []
    for turn in range(count):
        child = _child(city, parent, number * 4 + turn, draw, today=today, elder=children[-1:] or None)
        if plan == "twins" or (children and draw.random() < 0.02):
            child = _twin(child, children)
        children.append(child)
    adults = (parent, other) if other else (parent,)
    if plan == "father and son" and other:
        children[0] = replace(children[0], sex="M", given_name=other.given_name, called="")
    if plan == "spelt in many ways":
        children[0] = _spelt_in_many_ways(children[0])
    planted = (plan,) if plan else ()
    return Family(parent.household, tuple(children), adults, planted + _found(children, parent))


PLANTED = {2: "twins", 3: "father and son", 4: "moved", 5: "father and son", 6: "twins", 7: "spelt in many ways"}
SPELT_IN_MANY_WAYS = "Siobhan"


def _spelt_in_many_ways(child: Person) -> Person:
    (short,) = names().short_names[SPELT_IN_MANY_WAYS]
    named = replace(child, sex="F", given_name=SPELT_IN_MANY_WAYS, called=short, spelt_in_many_ways=True)
    return replace(named, earlier_postcode="", moved_on=None)


def _heritage(plan: str, draw: random.Random) -> Heritage:
    drawn = draw.choices(names().heritages, [one.share for one in names().heritages])[0]
    if plan != "spelt in many ways":
        return drawn
    return next(heritage for heritage in names().heritages if SPELT_IN_MANY_WAYS in heritage.girls)


def _found(children: list[Person], parent: Person) -> tuple[str, ...]:
    twins = any(one.born == other.born for one, other in pairwise(children))
    return ("born on one day",) * twins + ("lived elsewhere",) * bool(parent.earlier_postcode)


def _adults(
    city: City,
    heritage: Heritage,
    neighbourhood: str,
    household: str,
    draw: random.Random,
    *,
    plan: str,
    today: date,
) -> tuple[Person, Person | None]:
    parent = Person(
        key=f"{household}-1",
        given_name=draw.choice(heritage.girls),
        family_name=draw.choice(heritage.families),
        sex="F",
        born=today - timedelta(days=draw.randint(34 * 365, 50 * 365)),
        heritage=heritage,
        language=draw.choice(heritage.languages),
        postcode=draw.choice(city.postcodes[neighbourhood]),
        earlier_postcode="",
        neighbourhood=neighbourhood,
        household=household,
        is_child=False,
    )
    if plan == "moved" or draw.random() < 0.12:
        parent = _moved(city, parent, draw, today)
    alone = plan != "father and son" and draw.random() < 0.45
    return parent, None if alone else _father(parent, draw)


def _father(parent: Person, draw: random.Random) -> Person:
    key, given_name = f"{parent.household}-2", draw.choice(parent.heritage.boys)
    born = parent.born - timedelta(days=draw.randint(-900, 2200))
    return replace(parent, key=key, given_name=given_name, sex="M", born=born)


def _moved(city: City, parent: Person, draw: random.Random, today: date) -> Person:
    """Came from another neighbourhood at some day of the year."""
    away = draw.choice([key for key, _ in NEIGHBOURHOODS if key != parent.neighbourhood])
    moved_on = today - timedelta(days=draw.randint(30, 330))
    return replace(parent, earlier_postcode=draw.choice(city.postcodes[away]), moved_on=moved_on)


def _child(
    city: City, parent: Person, serial: int, draw: random.Random, *, today: date, elder: list[Person] | None
) -> Person:
    sex = draw.choices("MF", (62, 38))[0]
    born = today - timedelta(days=draw.choices((draw.randint(3700, 4700), draw.randint(4700, 6500)), (25, 75))[0])
    if elder:
        born = elder[0].born + timedelta(days=draw.randint(400, 1500))
        born = min(born, today - timedelta(days=1900))
    chosen = parent.heritage.boys if sex == "M" else parent.heritage.girls
    given_name = draw.choice([name for name in chosen if not elder or name != elder[0].given_name])
    short = names().short_names.get(given_name, ())
    schools = city.schools_for(_years(born, today), parent.neighbourhood)
    return replace(
        parent,
        key=f"C{serial:06d}",
        given_name=given_name,
        middle_name=draw.choice(chosen) if draw.random() < 0.3 else "",
        sex=sex,
        born=born,
        called=draw.choice(short) if short and draw.random() < 0.6 else "",
        is_child=True,
        school=(schools[0] if draw.random() < 0.8 else schools[min(1, len(schools) - 1)]) if schools else None,
        nhs_number=nhs_number(serial),
        upn=upn(serial, born.year + 4),
        la_child_id=f"{7_000_000 + serial}",
        trusted_person=draw.choice(TRUSTED).format(parent=parent.given_name),
        strengths=" ".join(draw.sample(STRENGTHS, draw.randint(1, 2))),
        parents=parent.full_name,
    )


def _twin(child: Person, children: list[Person]) -> Person:
    """The same day of birth, home and school; a name and numbers of their own."""
    if not children:
        return child
    return replace(child, born=children[-1].born, school=children[-1].school)


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
