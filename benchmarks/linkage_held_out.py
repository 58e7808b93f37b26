"""A table the model was not trained on: other slips, other shapes, people of all ages, each record in one cell.

python -m benchmarks.linkage_held_out OUT.csv [--people 3000] [--seed 5]; its columns: Name, Born, Post code, Who.
"""

import argparse
import csv
import random
from pathlib import Path

from .linkage_people import invented_people

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
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage_held_out")
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=5)
    chosen = parser.parse_args(arguments)
    rows = held_out_rows(chosen.people, chosen.seed)
    with chosen.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
