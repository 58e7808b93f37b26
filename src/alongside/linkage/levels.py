"""How two records can agree, field by field: each level once in words, once in SQL and once in Python.

The bulk path runs the SQL in DuckDB, the single path runs the Python; a test holds them to the same answer.
Levels are tried from the first to the last, and the last of each comparison is "none of these".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from . import agreement as agree
from .agreement import Ready
from .rules import Levels

Test = Callable[[Ready, Ready], bool]


@dataclass(frozen=True)
class Level:
    """One way in which a field of two records compares."""

    key: str
    label: str
    sql: str
    test: Test
    # The column whose frequency tells how much this agreement is worth, and how far it counts (0 to 1).
    frequency_of: str | None = None
    frequency_counts: float = 0.0
    # What it says is already counted at another field.
    counted_elsewhere: bool = False


@dataclass(frozen=True)
class Comparison:
    """One field, what must be known of both to compare it, and its levels from the best to the worst."""

    key: str
    label: str
    needs: str
    levels: tuple[Level, ...]

    def level_of(self, left: Ready, right: Ready) -> int | None:
        """Place of the first level that holds; None when the field is not known of both."""
        if left[self.needs] is None or right[self.needs] is None:
            return None
        return next(place for place, level in enumerate(self.levels) if level.test(left, right))


def _same(column: str, words: str, key: str = "exact", counts: float = 1.0, of: str = "") -> Level:
    test: Test = lambda a, b: a[column] is not None and a[column] == b[column]  # noqa: E731
    return Level(key, words, f"{column}_l = {column}_r", test, of or column if counts else None, counts)


def _shared(column: str, words: str, key: str, counts: float = 0.0, of: str | None = None) -> Level:
    test: Test = lambda a, b: not set(a[column]).isdisjoint(b[column])  # noqa: E731
    return Level(key, words, f"list_has_any({column}_l, {column}_r)", test, of, counts)


def _typed(column: str, words: str, key: str, counts: float = 0.0) -> Level:
    def test(a: Ready, b: Ready) -> bool:
        one, other = a[column], b[column]
        if not one or not other or (one[:1] != other[:1] and one[-1:] != other[-1:]):
            return False
        return agree.edit_distance(one, other) <= 1

    # One mistake leaves the length or moves it by one, and the first letter or the last; asking that saves work.
    sql = (
        f"abs(length({column}_l) - length({column}_r)) <= 1"
        f" AND (left({column}_l, 1) = left({column}_r, 1) OR right({column}_l, 1) = right({column}_r, 1))"
        f" AND damerau_levenshtein({column}_l, {column}_r) <= 1"
    )
    return Level(key, words, sql, test, column if counts else None, counts)


def _alike(column: str, words: str, key: str, at_least: float, counts: float = 0.0) -> Level:
    def test(a: Ready, b: Ready) -> bool:
        one, other = a[column], b[column]
        return bool(one and other) and agree.likeness(one, other) >= at_least

    sql = f"jaro_winkler_similarity({column}_l, {column}_r) >= {at_least}"
    return Level(key, words, sql, test, column if counts else None, counts)


def _else(words: str = "Different") -> Level:
    return Level("else", words, "ELSE", lambda a, b: True)


CROSSED_SQL = " AND ".join(
    f"jaro_winkler_similarity({one}_l, {other}_r) >= 0.85" for one, other in (("given", "family"), ("family", "given"))
)
SWAPPED_SQL = "given_l = family_r AND family_l = given_r"


GIVEN = Comparison(
    "given_name",
    "Given name",
    "given",
    (
        # "S Johnson" at one home may be Sophie, and her twin Sean.
        Level(
            "initial",
            "The same, but of one name only an initial",
            f"(given_first_l = given_first_r OR ({SWAPPED_SQL})) AND initial_l AND initial_r",
            agree.only_an_initial,
        ),
        _same("given", "The same"),
        # "John William" and "William John" are as likely two men as one.
        Level(
            "either_way",
            "Exchanged, but both serve as given names",
            f"{SWAPPED_SQL} AND given_known_l AND given_known_r",
            lambda a, b: agree.swapped(a, b) and a["given_known"] and b["given_known"],
        ),
        Level("swapped", "Given and family name exchanged", SWAPPED_SQL, agree.swapped),
        _same("given_first", "First of several given names the same", "first", 0.8, of="given_first"),
        _shared("given_roots", "Another form of the same name", "form", 0.0),
        _shared("given_known_as", "Also known by this name", "known_as"),
        Level(
            "other_name",
            "Two names of their own",
            "given_known_l AND given_known_r",
            lambda a, b: a["given_known"] and b["given_known"],
        ),
        _typed("given", "One letter different", "typed", 0.3),
        _shared("given_sounds", "Sounds alike", "sounds"),
        _alike("given", "Spelt much alike", "alike", 0.88),
        Level(
            "short",
            "One begins the other, or is its initial",
            "starts_with(given_first_l, given_first_r) OR starts_with(given_first_r, given_first_l)",
            agree.short_for,
        ),
        _alike("given", "Spelt a little alike", "near", 0.75),
        Level("crossed", "Given and family name exchanged, and spelt alike", CROSSED_SQL, agree.crossed),
        _else("Clearly different"),
    ),
)
FAMILY = Comparison(
    "family_name",
    "Family name",
    "family",
    (
        _same("family", "The same"),
        # What an exchange is worth is counted once, at the given name.
        Level("swapped", "Given and family name exchanged", SWAPPED_SQL, agree.swapped, counted_elsewhere=True),
        _typed("family", "One letter different", "typed", 0.3),
        _shared("family_parts", "One part of a double name the same", "part", 0.0),
        _shared("family_known_as", "Also known by this name", "known_as"),
        _shared("family_sounds", "Sounds alike", "sounds"),
        _alike("family", "Spelt much alike", "alike", 0.88),
        Level(
            "crossed",
            "Given and family name exchanged, and spelt alike",
            CROSSED_SQL,
            agree.crossed,
            counted_elsewhere=True,
        ),
        # "Khan Amir" and "Khan Bilal", "Wilson Nadeem" and "Wilson Kuba": where names may stand the wrong way round,
        # the twin shows here.
        Level(
            "perhaps_given",
            "Different, and may be given names",
            "NOT (given_known_l AND given_known_r) OR family_as_given_l OR family_as_given_r",
            agree.perhaps_given,
        ),
        _else("Clearly different"),
    ),
)


SAME_YEAR_SQL = "born_year_l = born_year_r"
BIRTHDAY_SQL = "substr(born_l, 6) = substr(born_r, 6)"
# Every whole date is ten signs long, so that the cheaper count comes first.
SLIP_SQL = "hamming(born_l, born_r) <= 2 AND damerau_levenshtein(born_l, born_r) <= 1"
BORN = Comparison(
    "date_of_birth",
    "Date of birth",
    "born_year",
    (
        _same("born", "The same"),
        Level(
            "swapped",
            "Day and month exchanged",
            f"{SAME_YEAR_SQL} AND born_month_l = born_day_r AND born_day_l = born_month_r",
            agree.day_month_swapped,
        ),
        Level(
            "new_year",
            "Same year, and 1 January may stand for a day not known",
            f"{SAME_YEAR_SQL} AND (ends_with(born_l, '-01-01') OR ends_with(born_r, '-01-01'))"
            " AND born_l IS NOT NULL AND born_r IS NOT NULL",
            agree.new_year,
        ),
        Level(
            "new_years",
            "1 January in both, the years one digit different",
            f"ends_with(born_l, '-01-01') AND ends_with(born_r, '-01-01') AND {SLIP_SQL}",
            lambda a, b: agree.stands_for_unknown(a) and agree.stands_for_unknown(b) and agree.one_slip(a, b),
        ),
        Level(
            "typed",
            "One digit different, or two exchanged",
            f"({SAME_YEAR_SQL} OR {BIRTHDAY_SQL}) AND {SLIP_SQL}",
            lambda a, b: (agree.same_year(a, b) or agree.birthday(a, b)) and agree.one_slip(a, b),
        ),
        Level(
            "partial",
            "The same as far as it is known",
            f"{SAME_YEAR_SQL} AND (born_l IS NULL OR born_r IS NULL)"
            " AND (born_month_l = born_month_r OR born_month_l IS NULL OR born_month_r IS NULL)",
            agree.agrees_as_far_as_known,
        ),
        Level(
            "near",
            "Same year, two digits different",
            f"{SAME_YEAR_SQL} AND hamming(born_l, born_r) <= 2",
            lambda a, b: agree.same_year(a, b) and agree.digits_apart(a, b) <= 2,
        ),
        Level("birthday", "Same day and month", BIRTHDAY_SQL, agree.birthday),
        _same("born_year", "Same year", "year", 0.0),
        Level(
            "next_year",
            "A year apart",
            "abs(born_year_l::INT - born_year_r::INT) = 1",
            lambda a, b: agree.years_apart(a, b) == 1,
        ),
        Level(
            "generation",
            "Twelve years or more apart",
            "abs(born_year_l::INT - born_year_r::INT) >= 12",
            lambda a, b: agree.years_apart(a, b) >= 12,
        ),
        Level(
            "digits",
            "Two digits different",
            "hamming(born_l, born_r) <= 2",
            lambda a, b: agree.digits_apart(a, b) <= 2,
        ),
        _else(),
    ),
)
POSTCODE = Comparison(
    "postcode",
    "Postcode",
    "postcode",
    (
        _same("postcode", "The same"),
        _shared("postcodes", "The same at another time", "earlier"),
        _typed("postcode", "One character different, or two exchanged", "typed"),
        _same("sector", "Same neighbourhood", "sector", 0.0),
        _same("district", "Same postal district", "district", 0.0),
        _else("Another part of the country or city"),
    ),
)
SEX = Comparison("sex", "Sex", "sex", (_same("sex", "The same", counts=0.0), _else()))
COMPARISONS = (GIVEN, FAMILY, BORN, POSTCODE, SEX)
FREQUENCY_COLUMNS = tuple(sorted({level.frequency_of for c in COMPARISONS for level in c.levels if level.frequency_of}))


@cache
def levels_at(places: tuple[int, ...]) -> Levels:
    """The key of each comparison's level, from its place; what is not known (-1) is left out."""
    pairs = zip(COMPARISONS, places, strict=True)
    return Levels((comparison.key, comparison.levels[place].key) for comparison, place in pairs if place >= 0)
