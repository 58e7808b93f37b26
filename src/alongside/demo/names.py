"""The names that families of the invented city carry, read from `names.toml` beside this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Words = tuple[str, ...]


@dataclass(frozen=True)
class Heritage:
    """One family background: its share among families, its two codes, and names that are common in it."""

    key: str
    share: int
    sde18: str
    dfe: str
    boys: Words
    girls: Words
    families: Words
    languages: Words


@dataclass(frozen=True)
class Names:
    heritages: tuple[Heritage, ...]
    short_names: dict[str, Words]
    spellings: dict[str, Words]

    def heritage(self, key: str) -> Heritage:
        return next(heritage for heritage in self.heritages if heritage.key == key)


def _words(text: str) -> Words:
    """Commas and line ends part the names; a space may stand within one ("Ho Yin")."""
    return tuple(" ".join(word.split()) for word in text.split(","))


@cache
def names() -> Names:
    told = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    heritages = tuple(
        Heritage(
            key=one["key"],
            share=one["share"],
            sde18=one["sde18"],
            dfe=one["dfe"],
            boys=_words(one["boys"]),
            girls=_words(one["girls"]),
            families=_words(one["families"]),
            languages=_words(one.get("languages", "English")),
        )
        for one in told["heritage"]
    )
    return Names(
        heritages,
        {name: _words(text) for name, text in told["short_names"].items()},
        {name: _words(text) for name, text in told["spellings"].items()},
    )
