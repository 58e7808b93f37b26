"""A table the model was not trained on: other slips, other shapes, people of all ages, each record in one cell.

python -m benchmarks.linkage_held_out OUT.csv [--people 3000] [--seed 5]; its columns: Name, Born, Post code, Who.
"""

import random

from .linkage_people import invented_people
from .tables import write_table

# What an eye, an ear or a finger takes for something else.
MISREAD = (("m", "rn"), ("l", "i"), ("e", "c"), ("o", "a"), ("u", "v"), ("h", "b"))
MISHEARD = (("ph", "f"), ("ee", "ea"), ("ck", "k"), ("ie", "y"), ("th", "t"), ("s", "z"), ("ai", "ay"))
NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "n": "m", "r": "t", "s": "d", "t": "y", "l": "k", "o": "p", "h": "j"}
SHAPES = ("{0} {1}", "{0} {1}", "{1}, {0}", "{1} {0}", "Mr {0} {1}")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def held_out_rows(people: int, seed: int) -> list[dict[str, str]]:
    """Rows of so many people, one to five each."""
    chance = random.Random(seed)
    return [
        _row(chance, person)
        for person in invented_people(people, chance, born=(1930, 2020))
        for _ in range(chance.randint(1, 5))
    ]


def _row(chance: random.Random, person: dict) -> dict[str, str]:
    given, family = (_misspelt(chance, person[name]) for name in ("given_name", "family_name"))
    if chance.random() < 0.06:
        given = given[:1]
    name = chance.choice(SHAPES).format(given, family) if chance.random() > 0.04 else family
    place = person["postcode"] if chance.random() > 0.2 else ""
    if place and chance.random() < 0.08:
        place = place.replace("1", "I").replace("0", "O").lower()
    return {
        "Name": name.upper() if chance.random() < 0.3 else name,
        "Born": _dated(chance, person["date_of_birth"]),
        "Post code": place,
        "Who": person["person"],
    }


def _misspelt(chance: random.Random, name: str) -> str:
    if chance.random() > 0.15:
        return name
    if chance.random() < 0.3:
        at = chance.randrange(len(name))
        return name[:at] + NEIGHBOURS.get(name[at].lower(), name[at]) + name[at + 1 :]
    old, new = chance.choice(MISREAD + MISHEARD)
    return name.lower().replace(old, new, 1).title()


def _dated(chance: random.Random, born: str) -> str:
    year, month, day = born.split("-")
    if chance.random() < 0.1:
        return chance.choice(("", year, f"{year}-{month}"))
    if chance.random() < 0.06:
        day = f"{chance.randint(1, 28):02d}"
    if chance.random() < 0.04:
        year = str(int(year) + chance.choice((-1, 1, 2, 100 if int(year) < 1925 else -2)))
    return chance.choice(
        (f"{year}-{month}-{day}", f"{day}/{month}/{year}", f"{int(day)} {MONTHS[int(month) - 1]} {year}")
    )


def main(arguments: list[str] | None = None) -> None:
    write_table(held_out_rows, arguments, prog="linkage_held_out", people=3_000, seed=5)


if __name__ == "__main__":
    main()
