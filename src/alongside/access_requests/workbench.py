"""One item as an officer reads it: each section with what is marked, what could be, and its sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Mark, PackItem
from .rules import Span, joined, others_named, places_of, sentences
from .sections import Section, names_of_others, own_names, sections_of

Choice = tuple[str, str]


@dataclass(frozen=True)
class Stretch:
    """A piece of a section's text, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Bench:
    """A section, its text in stretches, what is offered because it names somebody else, and its sentences. An offer
    is a choice that nobody has made yet."""

    section: Section
    stretches: list[Stretch]
    offered: list[Choice]
    sentences: list[Choice]

    @property
    def only(self) -> str:
        """The one thing to tick, where the section is one short answer."""
        return self.sentences[0][0] if len(self.sentences) == 1 else ""


def bench_of(item: PackItem, marks: Iterable[Mark]) -> list[Bench]:
    others, own, standing = names_of_others(item), own_names(item), list(marks)
    return [_section(one, standing, others, own) for one in sections_of(item)]


def _section(section: Section, marks: list[Mark], others: set[str], own: set[str]) -> Bench:
    text = section.text
    spans = joined((Span(m.start, m.end) for m in marks if m.section == section.key), longest=len(text))
    named = [span for span in others_named(text, others=others, own=own) if not _within(span, spans)]
    whole = [span for span in sentences(text) if not _within(span, spans)]
    return Bench(
        section,
        _stretches(text, spans),
        [(key_of(section, span), f"“{text[span.start : span.end]}”, in “{around(text, span)}”") for span in named],
        [(key_of(section, span), text[span.start : span.end]) for span in whole],
    )


def _within(span: Span, spans: list[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def _stretches(text: str, spans: list[Span]) -> list[Stretch]:
    found, at = [], 0
    for span in spans:
        found += [Stretch(text[at : span.start], False), Stretch(text[span.start : span.end], True)]
        at = span.end
    return [one for one in [*found, Stretch(text[at:], False)] if one.text]


def around(text: str, span: Span, *, signs: int = 30) -> str:
    """The words about a name, so that it is not decided blind."""
    before, after = max(0, span.start - signs), span.end + signs
    start, end = ("…" if before else ""), ("…" if after < len(text) else "")
    return f"{start}{' '.join(text[before:after].split())}{end}"


def key_of(section: Section, span: Span) -> str:
    return f"{section.key}|{span.start}|{span.end}"


def span_of(key: str) -> tuple[str, Span]:
    """What `key_of` spelt; the form has checked that it was offered."""
    section, start, end = key.rsplit("|", 2)
    return section, Span(int(start), int(end))


def everywhere(item: PackItem, words: str) -> list[tuple[str, Span]]:
    """Each place in the item where these words stand."""
    return [(one.key, span) for one in sections_of(item) for span in places_of(words, one.text)]
