"""Words that blame a child, and what to write instead: advice while writing, never counted, never kept."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import Field as Declared

from alongside import playbook

from .kind_fields import Strict

# What somebody said, as they said it, is theirs.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)|(?<!\w)'[^'\n]*'(?!\w)")
WORD = r"(?<![\w-]){}(?![\w-])"


@dataclass(frozen=True)
class Advice:
    """What was written, what says the same without blame, and whether a danger must stay plain in it."""

    found: str
    instead: str
    danger: bool

    @property
    def is_whole(self) -> bool:
        """Whether it can stand in the text as it is: what is in (brackets) only the writer knows."""
        return "(" not in self.instead


class Phrase(Strict):
    """One way of writing, with the forms it takes (in lower case, whole words)."""

    forms: list[str] = Declared(min_length=1)
    instead: str
    danger: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        spaced = [r"\s+".join(map(re.escape, form.split())) for form in sorted(self.forms, key=len, reverse=True)]
        return re.compile(WORD.format(f"(?:{'|'.join(spaced)})"), re.IGNORECASE)


class Phrases(Strict):
    phrases: list[Phrase]


def read_phrases(file: Path) -> list[Phrase]:
    """Raises playbook.BrokenPlaybookError."""
    return playbook.load(file, Phrases).phrases


@lru_cache(maxsize=4)
def _phrases_of(book: Path) -> list[Phrase]:
    return read_phrases(book / "words.toml")


def phrases() -> list[Phrase]:
    """The phrases of this partnership's playbook."""
    return _phrases_of(settings.PLAYBOOK)


def kinder_words(text: str, phrases: list[Phrase]) -> list[Advice]:
    """Advice on each phrase that stands in the text outside quotation marks, once each, in reading order."""
    ours = QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    met = [(match.start(), match, phrase) for phrase in phrases if (match := phrase.pattern.search(ours))]
    return [
        Advice(found=match[0], instead=phrase.instead, danger=phrase.danger)
        for _, match, phrase in sorted(met, key=lambda found: found[0])
    ]


def with_kinder_words(text: str, advice: Advice) -> str:
    """The text with that phrase replaced wherever it stands outside quotation marks."""
    pattern = re.compile(WORD.format(re.escape(advice.found)), re.IGNORECASE)
    quoted = [match.span() for match in QUOTED.finditer(text)]

    def replaced(match: re.Match[str]) -> str:
        inside = any(start <= match.start() < end for start, end in quoted)
        return match[0] if inside else advice.instead

    return pattern.sub(replaced, text)
