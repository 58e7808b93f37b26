"""What a name is: its plain spelling, its other forms, and how to take a full name apart."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

FORMS = ("names_of_britain.txt", "names_of_the_world.txt")
SINGLE = ("names_of_one_form.txt",)
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ħ": "h"}
)
# Apostrophes join (O'Brien is Obrien, N'Golo is Ngolo); whatever else is not a letter parts two names.
APOSTROPHES = re.compile(r"['’‘ʼʻ`´′]")
WITH_DIGITS = re.compile(r"\w*\d\w*")
NOT_A_LETTER = re.compile(r"[\W\d_]+")
TITLES = frozenset(
    "mr mrs ms miss mx master dr prof professor rev revd reverend sir dame lord lady fr sr".split()  # noqa: SIM905
)
SUFFIXES = frozenset({"jr", "jnr", "junior", "snr", "senior", "ii", "iii"})
# Small words that belong to the family name that follows them.
PARTICLES = frozenset(
    {
        *("de", "da", "di", "do", "dos", "das", "del", "della", "du", "des", "la", "le", "van", "von", "der"),
        *("den", "ter", "ten", "bin", "binte", "bint", "ibn", "al", "el", "abu", "o", "mac", "mc", "st"),
    }
)


@lru_cache(maxsize=200_000)
def normalise(name: str | None) -> str:
    """Lower case, without accents, invisible marks or punctuation; scripts other than Latin are kept."""
    if not name:
        return ""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(LETTERS)
    kept = (c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    # "2nd" or "X1" is nobody's name.
    plain = WITH_DIGITS.sub(" ", APOSTROPHES.sub("", "".join(kept)))
    return " ".join(NOT_A_LETTER.sub(" ", plain).split())


def tokens(name: str | None) -> list[str]:
    """The words of a name, without titles."""
    return [word for word in normalise(name).split() if word not in TITLES]


@lru_cache(maxsize=200_000)
def split_full_name(full_name: str | None) -> tuple[str, str]:
    """Given names and family name of a name in one piece; "Khan, Aisha" is read backwards."""
    before, comma, after = (full_name or "").partition(",")
    if comma and tokens(before) and tokens(after) and tokens(after)[0] not in SUFFIXES:
        return " ".join(tokens(after)), " ".join(tokens(before))
    words = [word for word in tokens(full_name) if word not in SUFFIXES]
    if len(words) < 2:
        return " ".join(words), ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


@cache
def _roots_by_name() -> dict[str, tuple[str, ...]]:
    roots: dict[str, list[str]] = {}
    for line in _lines(FORMS):
        spellings, _, fond = line.partition(":")
        root = spellings.split()[0]
        for name in spellings.split() + fond.split():
            roots.setdefault(normalise(name), []).append(root)
    return {name: tuple(dict.fromkeys(found)) for name, found in roots.items()}


@cache
def known_names() -> frozenset[str]:
    """Every given name in the lists, in plain spelling."""
    return frozenset(name for line in _lines(SINGLE) for name in line.split()) | _roots_by_name().keys()


def is_a_known_name(given_name: str | None) -> bool:
    """Whether the lists know it as a given name, so that it is hardly another name mistyped."""
    return "".join(tokens(given_name)) in known_names()


def _lines(names: tuple[str, ...]) -> list[str]:
    folder = files("alongside.linkage") / "wordlists"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=200_000)
def roots(given_name: str | None) -> tuple[str, ...]:
    """The names this one is a form of ("bill" → "william"); a name unknown to the lists is its own root."""
    words = tokens(given_name)
    if not words:
        return ()
    known = _roots_by_name()
    whole = "".join(words)
    return known.get(whole) or known.get(words[0]) or (words[0],)


def may_be_the_same_given_name(one: str | None, other: str | None) -> bool:
    """Whether the two are spellings or fond forms of one name."""
    return bool(set(roots(one)) & set(roots(other)))


def skeleton(name: str | None) -> str:
    """The letters of a name in order of the alphabet, each once: proof against letters changing places."""
    return "".join(sorted(set(normalise(name).replace(" ", ""))))
