"""Invented children, their families and how several agencies write them down, from a seed: to train on."""

import random
from itertools import accumulate
from pathlib import Path
from string import ascii_lowercase

from alongside.linkage.names import known_names, roots

COMMON = (Path(__file__).parent / "family_names.txt").read_text(encoding="utf-8").split()
STARTS = ("Ash", "Beck", "Birk", "Brad", "Brom", "Clay", "Den", "Elm", "Farn", "Gold", "Hart", "Kirk", "Lang", "Stan")
ENDS = (
    "bourne",
    "brook",
    "by",
    "combe",
    "croft",
    "dale",
    "field",
    "ford",
    "ham",
    "hurst",
    "ley",
    "shaw",
    "thorpe",
    "ton",
)
# Many share a few names; many more have a name that is rare.
FAMILIES = [*COMMON, *(start + end for end in ENDS for start in STARTS)]
# How often an agency writes a thing otherwise than it is. Assumed, not measured.
SLIPS = {
    "typed": 0.06,
    "form": 0.10,
    "swapped": 0.01,
    "no_date": 0.03,
    "date": 0.05,
    "moved": 0.15,
    "renamed": 0.03,
    "two_names": 0.03,
    "none": 0.05,
    "sex": 0.01,
}


def invented_records(people: int, seed: int) -> list[dict]:
    """Records of at least so many people, with their person under "person"."""
    chance = random.Random(seed)
    records = [
        _written(chance, person) | {"person": person["person"]}
        for person in invented_people(people, chance)
        for _ in range(chance.choice((1, 1, 2, 2, 3, 4)))
    ]
    return [record | {"record_id": f"i{number:06d}"} for number, record in enumerate(records)]


def invented_people(people: int, chance: random.Random, born: tuple[int, int] = (2008, 2023)) -> list[dict]:
    """At least so many people, family by family, as they are."""
    given = sorted({name for name in known_names() if len(name) > 2})
    chance.shuffle(given)
    everyone: list[dict] = []
    while len(everyone) < people:
        everyone += _family(chance, given, born)
    return everyone


def _common(chance: random.Random, names: list[str]) -> str:
    """A few names are common and many are rare."""
    weights = list(accumulate(1 / (place + 8) for place in range(len(names))))
    return chance.choices(names, cum_weights=weights)[0]


def _family(chance: random.Random, given: list[str], years: tuple[int, int]) -> list[dict]:
    home, name = _postcode(chance), _common(chance, FAMILIES)
    children: list[dict] = []
    born = None
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        is_twin = born is not None and chance.random() < 0.04
        born = born if is_twin else _date(chance, *years)
        taken = {root for child in children for root in roots(child["given_name"])}
        called = _common(chance, [one for one in given if taken.isdisjoint(roots(one))] if taken else given)
        children.append(_person(chance, called, name, born, home))
    if chance.random() < 0.2:
        father = children[0]["given_name"] if chance.random() < 0.1 else _common(chance, given)
        children.append(_person(chance, father, name, _date(chance, years[0] - 38, years[1] - 28), home))
    return children


def _person(chance: random.Random, given: str, family: str, born: str, home: str) -> dict:
    return {
        "person": f"{chance.getrandbits(60):x}",
        "given_name": given.title(),
        "family_name": family,
        "date_of_birth": born,
        "sex": chance.choice("MF"),
        "postcode": home,
    }


def _date(chance: random.Random, first: int, last: int) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def _postcode(chance: random.Random) -> str:
    inward = "".join(chance.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    return f"XX{chance.randint(1, 29)} {chance.randint(1, 9)}{inward}"


def _written(chance: random.Random, person: dict) -> dict:
    """The person as one agency has them."""
    record = {name: value for name, value in person.items() if name != "person"}
    _named(chance, record)
    if chance.random() < SLIPS["moved"]:
        # Most move to somewhere near.
        far, nearer = _postcode(chance), record["postcode"][:-2] + _postcode(chance)[-2:]
        record["postcode"] = chance.choice((far, nearer, nearer))
    if chance.random() < SLIPS["sex"]:
        record["sex"] = "F" if record["sex"] == "M" else "M"
    record["date_of_birth"] = _dated(chance, record["date_of_birth"])
    for name in ("sex", "postcode"):
        if chance.random() < SLIPS["none"]:
            record[name] = None
    return record


def _named(chance: random.Random, record: dict) -> None:
    """Writes the names as this agency has them."""
    if chance.random() < SLIPS["form"]:
        known = [name for name in sorted(known_names()) if set(roots(name)) & set(roots(record["given_name"]))]
        record["given_name"] = chance.choice(known or [record["given_name"]]).title()
    if chance.random() < SLIPS["renamed"]:
        record["family_name"] = _common(chance, FAMILIES)
    if chance.random() < SLIPS["two_names"]:
        record["family_name"] += "-" + _common(chance, FAMILIES)
    for name in ("given_name", "family_name", "postcode"):
        if chance.random() < SLIPS["typed"]:
            record[name] = _mistyped(chance, record[name])
    if chance.random() < SLIPS["swapped"]:
        record["given_name"], record["family_name"] = record["family_name"], record["given_name"]


def _dated(chance: random.Random, born: str) -> str | None:
    year, month, day = born.split("-")
    if chance.random() < SLIPS["no_date"]:
        return chance.choice((None, year, f"{year}-{month}", f"{year}-01-01"))
    if chance.random() >= SLIPS["date"]:
        return born
    if chance.random() < 0.3 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    slips = (
        f"{year}-{month}-{chance.randint(1, 28):02d}",
        f"{year}-{chance.randint(1, 12):02d}-{day}",
        f"{int(year) + chance.choice((-10, -1, 1, 10))}-{month}-{day}",
        _date(chance, int(year) - 2, int(year) + 2),
    )
    return chance.choice(slips)


def _mistyped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    wrong = chance.choice(ascii_lowercase)
    shapes = (
        word[:at] + word[at + 1 :],
        word[:at] + wrong + word[at:],
        word[:at] + wrong + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    )
    return chance.choice(shapes) or word
