"""A table of another shape, that nothing was fitted to: grown people without families, who move and marry.

python -m benchmarks.linkage_census OUT.csv [--people 4000] [--seed 17]; its columns: forename, surname, sex, born,
address, person. Unlike the other invented tables its names are in no list of ours, few of them are common, a clerk cuts
them short or hears them wrong, and a date of birth is often an age worked backwards.
"""

import random
from itertools import accumulate

from .tables import write_table

ONSETS = ("B", "Br", "C", "D", "F", "G", "Gr", "H", "J", "K", "L", "M", "N", "P", "R", "S", "St", "T", "Tr", "V", "W")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
CODAS = ("l", "n", "r", "s", "m", "th", "ck", "nd", "rt", "ll", "x", "")
LAST = {"F": ("a", "ie", "ine", "elle", "ys"), "M": ("o", "an", "ert", "in", "us")}
HOUSES = ("son", "man", "ley", "ton", "er", "well", "ard", "kin", "s", "shaw")
# What is heard instead; each way round.
HEARD = (("ck", "k"), ("ai", "ay"), ("ea", "ee"), ("ou", "oo"), ("ll", "l"), ("x", "cks"), ("V", "F"), ("ie", "y"))
FORENAMES, SURNAMES, CODES = 300, 1_200, 900
CENSUS_YEAR = 2011


def census_rows(people: int, seed: int) -> list[dict[str, str]]:
    """Rows of so many people, most of them two or three each, in an order that says nothing."""
    chance = random.Random(seed)
    names = {sex: [_forename(chance, sex) for _ in range(FORENAMES)] for sex in "FM"}
    surnames = [_syllable(chance) + chance.choice(HOUSES) for _ in range(SURNAMES)]
    codes = [_code(chance) for _ in range(CODES)]
    rows = []
    for number in range(people):
        person = _person(chance, names, surnames, codes) | {"person": f"p{number}"}
        rows += [_row(chance, person, surnames, codes) for _ in range(chance.choice((1, 2, 2, 2, 3, 3, 6)))]
    chance.shuffle(rows)
    return rows


def _syllable(chance: random.Random) -> str:
    return chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)


def _forename(chance: random.Random, sex: str) -> str:
    return _syllable(chance) + chance.choice(LAST[sex])


def _code(chance: random.Random) -> str:
    letters = "".join(chance.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    return f"ZZ{chance.randint(1, 40)} {chance.randint(1, 9)}{letters}"


def _common(chance: random.Random, names: list[str]) -> str:
    return chance.choices(names, cum_weights=list(accumulate(1 / (place + 3) for place in range(len(names)))))[0]


def _person(chance: random.Random, names: dict[str, list[str]], surnames: list[str], codes: list[str]) -> dict:
    sex = chance.choice("FM")
    return {
        "sex": sex,
        "forenames": [_common(chance, names[sex]) for _ in range(chance.choice((1, 2, 2, 3)))],
        "surname": _common(chance, surnames),
        "age": chance.randint(18, 95),
        "month": chance.randint(1, 12),
        "day": chance.randint(1, 28),
        "address": chance.choice(codes),
    }


def _row(chance: random.Random, person: dict, surnames: list[str], codes: list[str]) -> dict[str, str]:
    surname = person["surname"]
    if chance.random() < (0.15 if person["sex"] == "F" else 0.01):
        surname = _common(chance, surnames)
    forename = _as_called(chance, person["forenames"])
    if chance.random() < 0.02:
        forename, surname = surname, forename
    return {
        "forename": _heard(chance, forename),
        "surname": _heard(chance, surname)[: chance.choice((6, 30, 30, 30, 30))],
        "sex": person["sex"] if chance.random() > 0.1 else chance.choice(("", "", "", "F", "M")),
        "born": _born(chance, person),
        "address": _address(chance, person["address"], codes),
        "person": person["person"],
    }


def _as_called(chance: random.Random, forenames: list[str]) -> str:
    """All the names, the first, the first with initials, an initial, or the second as the only one."""
    first, rest = forenames[0], forenames[1:]
    shape = chance.random()
    if shape < 0.08:
        return first[0]
    if shape < 0.14 and rest:
        return rest[0]
    if shape < 0.30:
        return " ".join(forenames)
    return " ".join([first, *(name[0] for name in rest)]) if shape < 0.45 else first


def _heard(chance: random.Random, name: str) -> str:
    for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2))):
        old, new = chance.choice(HEARD)
        name = name.replace(old, new, 1) if old in name else name.replace(new, old, 1)
    if len(name) > 3 and chance.random() < 0.06:
        at = chance.randrange(1, len(name) - 1)
        name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name


def _born(chance: random.Random, person: dict) -> str:
    year, month, day = CENSUS_YEAR - person["age"], person["month"], person["day"]
    shape = chance.random()
    if shape < 0.08:
        return ""
    if shape < 0.14:
        return str(year + chance.choice((-1, 0, 0, 1)))
    if shape < 0.17:
        month, day = (day, month) if day <= 12 else (month, chance.randint(1, 28))
    elif shape < 0.21:
        year += chance.choice((-10, -2, -1, 1, 2, 10))
    elif shape < 0.23:
        month, day = 1, 1
    return f"{day:02d}/{month:02d}/{year}"


def _address(chance: random.Random, address: str, codes: list[str]) -> str:
    shape = chance.random()
    if shape < 0.12:
        return ""
    if shape < 0.42:
        return chance.choice(codes)
    return address.replace(" ", "") if shape < 0.6 else address


def main(arguments: list[str] | None = None) -> None:
    write_table(census_rows, arguments, prog="linkage_census", people=4_000, seed=17)


if __name__ == "__main__":
    main()
