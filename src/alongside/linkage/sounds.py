"""How a name sounds, in the ways an English city might read it."""

import re
from functools import lru_cache

import jellyfish

from .names import normalise, roots, skeleton, tokens

Reading = tuple[tuple[re.Pattern[str], str], ...]


def _reading(*changes: tuple[str, str]) -> Reading:
    return tuple((re.compile(pattern), sound) for pattern, sound in changes)


# Irish and Scottish Gaelic: a consonant with h is another sound, and s beside e or i is "sh".
GAELIC = _reading(
    ("^aoi", "ee"), ("aoi", "ee"), ("bhf", "v"), ("[bm]h", "v"), ("^[dg]h", "g"), ("[dg]h", ""), ("fh", ""),
    ("[st]h", "h"), ("^s(?=[ei])", "sh"), ("s(?=[ei])", "sh"), ("(?<=[ao]i)s", "sh"), ("c(?=[ei])", "k"),
)  # fmt: skip
GAELIC_SIGNS = re.compile("aoi|ois|ais|[bmdgf]h|[^aeiou]io|^s[ei]|c[ei]|ao")
# Polish and its neighbours.
SLAVIC = _reading(
    ("szcz", "shch"), ("sz", "sh"), ("cz", "ch"), ("rz", "zh"), ("dz", "j"), ("w", "v"), ("ch", "h"),
    ("c(?=[ei])", "s"), ("j", "y"), ("zh", "sh"),
)  # fmt: skip
SLAVIC_SIGNS = re.compile("sz|cz|rz|dz|w|j")
# Arabic, Persian, Urdu, Somali and Turkish written in Latin letters.
EASTERN = _reading(
    ("^x", "h"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("q", "k"), ("ph", "f"), ("bh", "b"), ("th", "t"),
    ("ou|oo", "u"), ("ee|ii|ei|ey|ay|ai|y", "i"), ("c(?=a)", ""), ("ç", "ch"), ("w", "v"), ("z", "s"),
)  # fmt: skip
EASTERN_SIGNS = re.compile("^x|[kgdtb]h|q|z|ou|^c[au]|w")
READINGS = ((GAELIC, GAELIC_SIGNS), (SLAVIC, SLAVIC_SIGNS), (EASTERN, EASTERN_SIGNS))
DOUBLED = re.compile(r"(.)\1+")


def _code(spelling: str) -> str:
    """Metaphone of the spelling, any first vowel alike, and "v" as "f"; never empty for a spelling."""
    code = jellyfish.metaphone(DOUBLED.sub(r"\1", spelling)).replace(" ", "")
    if code[:1] in "AEIOU":
        code = "A" + code[1:]
    return code or spelling


@lru_cache(maxsize=200_000)
def sound(name: str | None) -> str:
    """The code of the plain English reading; empty for no name."""
    plain = "".join(tokens(name))
    if not plain:
        return ""
    return _code(plain) if plain.isascii() else plain


@lru_cache(maxsize=200_000)
def sounds(name: str | None) -> frozenset[str]:
    """The codes of every likely reading of a name; two names sound alike when they share one."""
    plain = "".join(tokens(name))
    if not plain or not plain.isascii():
        return frozenset({plain} if plain else ())
    heard = {_code(plain)}
    for changes, signs in READINGS:
        if signs.search(plain):
            spelling = plain
            for pattern, as_heard in changes:
                spelling = pattern.sub(as_heard, spelling)
            heard.add(_code(spelling))
    # One or two sounds are too few to tell names apart, unless the name is itself as short.
    return frozenset(code for code in heard if len(code) > 1 or len(plain) < 5) or frozenset(heard)


def sound_alike(one: str | None, other: str | None) -> bool:
    """Whether some reading of the one is some reading of the other."""
    return bool(sounds(one) & sounds(other))


def may_be_meant(typed: str, name: str) -> bool:
    """Whether two words sound alike and are written enough alike that it is not chance.

    Names with nothing in common share a sound or two: one reading of "xyzzy" is "Hughes". The fewer the sounds
    that two words share, the more of their letters must agree.
    """
    heard = max((len(code.removeprefix("A")) for code in sounds(typed) & sounds(name)), default=0)
    letters = set(typed) & set(name)
    shared = len(letters) / max(2, min(len(set(typed)), len(set(name))))
    if heard < 2:
        return heard == 1 and shared >= 0.66
    return bool(letters) and (heard > 2 or shared >= 0.5 or typed[0] == name[0])


def name_keys(name: str | None) -> set[str]:
    """What to index a name under, and look one up by: each word exactly, by sound, root and letters."""
    keys: set[str] = set()
    for word in tokens(name):
        keys.add(f"word:{word}")
        keys.update(f"sound:{code}" for code in sounds(word))
        keys.update(f"root:{root}" for root in roots(word))
        keys.add(f"letters:{skeleton(word)}")
    if normalise(name):
        keys.add(f"word:{normalise(name).replace(' ', '')}")
    return keys
