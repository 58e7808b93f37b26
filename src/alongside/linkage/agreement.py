"""What it means, in Python, that two comparable records agree: the counterparts of the levels' SQL."""

from rapidfuzz.distance import DamerauLevenshtein, Hamming, JaroWinkler

Ready = dict


def edit_distance(one: str, other: str) -> int:
    """Letters to add, drop, change or exchange with a neighbour; on bytes, as DuckDB counts them."""
    return DamerauLevenshtein.distance(one.encode(), other.encode())


def likeness(one: str, other: str) -> float:
    """Jaro-Winkler, 0 to 1; on bytes, as DuckDB counts them."""
    return JaroWinkler.similarity(one.encode(), other.encode())


def swapped(a: Ready, b: Ready) -> bool:
    return a["given"] == b["family"] and a["family"] == b["given"] and None not in (a["family"], b["family"])


def crossed(a: Ready, b: Ready) -> bool:
    if None in (a["given"], a["family"], b["given"], b["family"]):
        return False
    return likeness(a["given"], b["family"]) >= 0.85 and likeness(a["family"], b["given"]) >= 0.85


def only_an_initial(a: Ready, b: Ready) -> bool:
    return (a["given_first"] == b["given_first"] or swapped(a, b)) and a["initial"] and b["initial"]


def perhaps_given(a: Ready, b: Ready) -> bool:
    return not (a["given_known"] and b["given_known"]) or a["family_as_given"] or b["family_as_given"]


def short_for(a: Ready, b: Ready) -> bool:
    one, other = a["given_first"], b["given_first"]
    return one.startswith(other) or other.startswith(one)


def day_month_swapped(a: Ready, b: Ready) -> bool:
    known = a["born"] and b["born"] and a["born_year"] == b["born_year"]
    return bool(known) and a["born_month"] == b["born_day"] and a["born_day"] == b["born_month"]


def agrees_as_far_as_known(a: Ready, b: Ready) -> bool:
    if a["born_year"] != b["born_year"] or (a["born"] and b["born"]):
        return False
    return a["born_month"] == b["born_month"] or None in (a["born_month"], b["born_month"])


def new_year(a: Ready, b: Ready) -> bool:
    if a["born_year"] != b["born_year"] or not (a["born"] and b["born"]):
        return False
    return stands_for_unknown(a) or stands_for_unknown(b)


def stands_for_unknown(one: Ready) -> bool:
    return bool(one["born"]) and one["born"].endswith("-01-01")


def birthday(a: Ready, b: Ready) -> bool:
    known = a["born"] and b["born"]
    return bool(known) and a["born"][5:] == b["born"][5:]


def same_year(a: Ready, b: Ready) -> bool:
    return a["born_year"] == b["born_year"]


def digits_apart(a: Ready, b: Ready) -> int:
    """Digits that differ between two whole dates; as many as a date has when one is not known."""
    known = a["born"] and b["born"]
    return Hamming.distance(a["born"], b["born"]) if known else len("2010-05-01")


def one_slip(a: Ready, b: Ready) -> bool:
    """One digit different, or two neighbours exchanged."""
    return digits_apart(a, b) <= 2 and edit_distance(a["born"], b["born"]) <= 1


def years_apart(a: Ready, b: Ready) -> int:
    """Years between the two years of birth, both known."""
    return abs(int(a["born_year"]) - int(b["born_year"]))
