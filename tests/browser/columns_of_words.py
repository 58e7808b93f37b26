"""Every column of every table that takes words, filled with words that try to run, and how many of them stand there.

Each stands whole, longer than the column may be in use: that a column is short is not what keeps words from running.
SQLite takes them so."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, Field, JSONField, Model, TextField

from alongside.people.sealing import NumbersSealedField, WordsSealedField

from .payloads import PAYLOADS, ROUND

# Columns that hold a code, a key, a hash or what is sealed by us, which no partner and no practitioner writes freely.
CODES = {
    "ledger.LedgerEvent": "what actor agency subject mark",
    "ledger.Checkpoint": "at read_at",
    "agencies.KnownDevice": "digest",
    "agencies.SignedIn": "source",
    "agencies.SingleSignOnName": "issuer subject",
    "agencies.Practitioner": "password role",
    "people.Person": "date_of_birth sex",
    "people.AgencyRecord": (
        "system reference date_of_birth sex postcode nhs_number upn la_child_id school_urn ethnicity"
    ),
    "people.NameKey": "key",
    "people.EmergencyNotice": "told_as",
    "places.Area": "edition outline",
    "places.Deprivation": "area_code edition domain",
    "places.Establishment": "la_code establishment_number postcode lsoa_code",
    "places.AnonymousIncident": "month lsoa_code",
    "linkage.RecordLink": "rule",
    "contributions.Call": "why_not",
    "contributions.Tombstone": "kind controller proposed_by approved_by",
    "contributions.LetIn": "by",
    "contributions.Contribution": "system reference kind handling occurred_to sealed content_hash",
    "contributions.Draft": "kind window",
    "contributions.Grade": "source information handling priority",
    "contributions.ApiToken": "kinds",
    "chronology.ChronologyEntry": "kind role occurred_to handling readers group incident",
    "sharing.ShareDecision": "bases",
    "sharing.SharedEntry": "role",
    "sharing.ShareDraft": "window",
    "access_requests.Mark": "section exemption",
    "keeping.Hold": "kind receipt",
    "keeping.ProposedItem": "first receipt kind",
    "keeping.DisposalNotice": "receipt kind",
}
# In what is told as data, what stands under these names is one too.
CODES_IN_DATA = {
    "ledger.LedgerEvent.details": "asked bases form kind level named number owner person proposed_by receipts why",
    "people.AgencyRecord.earlier": "until",
    "contributions.Contribution.told": (
        "handling kind occurred_at occurred_to people.date_of_birth people.reference people.role people.sex "
        "source.agency source.reference source.system"
    ),
    "contributions.Draft.answers": "who.people",
    "access_requests.RequestPart.pack": "number",
}
# The words of the world's own in data, in place of which others are put.
OURS = "zq"
# What one value holds at least: each way out of where a value stands, twice, around ways to run that are far apart.
AT_LEAST, APART = 2 * len(ROUND), 43
# After each of them, in whose place it stands and which it is. It closes what they leave open; as a script it is a
# comment.
MARK = "//{}.{}//</svg>"
MARKED = re.compile(r"//(\d+)\.(\d+)//</svg>")
SHOWN = re.compile(r"//(\d+)\.(\d+)//")
Tally = dict[str, set[int]]


def columns() -> Iterator[tuple[type[Model], Field]]:
    """Every column of ours that takes words, by its table."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model.__module__.startswith("alongside.") else ():
            takes_words = isinstance(field, CharField | TextField | JSONField | NumbersSealedField | WordsSealedField)
            code = field.choices or field.unique or field.name in CODES.get(model._meta.label, "").split()
            if takes_words and not code:
                yield model, field


def name_of(model: type[Model], field: Field) -> str:
    return f"{model._meta.label}.{field.name}"


def is_data(field: Field) -> bool:
    return isinstance(field, JSONField)


def replaced(told: Any, give: Callable[[str], str], where: str) -> Any:
    """The same data, with what is given for its place for each word of the world's own."""
    if isinstance(told, dict):
        return {key: replaced(value, give, f"{where}.{key}") for key, value in told.items()}
    if isinstance(told, list):
        return [replaced(one, give, where) for one in told]
    return give(where) if isinstance(told, str) and OURS in told else told


def words_in(told: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Each word of it that is not empty, by its place."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from words_in(value, f"{where}.{key}")
    elif isinstance(told, list):
        for one in told:
            yield from words_in(one, where)
    elif isinstance(told, str) and told:
        yield where, told


def share_of(begins: int, many: int) -> list[int]:
    """The numbers of so many payloads that stand in one value, from the one where the last value ended."""
    return [(begins + one) * APART % len(PAYLOADS) for one in range(many)]


def joined(which: Iterable[int], number: int = 0) -> str:
    return "".join(PAYLOADS[one] + MARK.format(number, one) for one in which)


class Filling:
    """Fills every place: a column, and in data each name under which words stand. Several rows of one place share the
    payloads between them, each row from where the last ended, so that all of them together hold every payload.
    `turn`: with another one, a row holds others."""

    def __init__(self, turn: int = 0) -> None:
        self.turn = turn
        self.numbers: dict[str, int] = {}
        self.codes: set[str] = set()

    def everywhere(self) -> None:
        for model, field in columns():
            rows = list(model._base_manager.order_by("pk").values_list("pk", field.attname))
            fill = self._data if is_data(field) else self._text
            fill(model, field, rows)

    def _data(self, model: type[Model], field: Field, rows: list[tuple[Any, Any]]) -> None:
        name = name_of(model, field)
        found = [one for _, before in rows for one in words_in(before, name)]
        often = Counter(where for where, words in found if OURS in words)
        self.codes |= {where for where, _ in found} - set(often)
        shares = {where: self._shares(where, count) for where, count in often.items()}
        for pk, before in rows:
            after = replaced(before, lambda where: next(shares[where]), name)
            if after != before:
                model._base_manager.filter(pk=pk).update(**{field.attname: after})

    def _text(self, model: type[Model], field: Field, rows: list[tuple[Any, Any]]) -> None:
        taking = takers(model, field, [pk for pk, before in rows if before is not None])
        for pk, words in zip(taking, self._shares(name_of(model, field), len(taking)), strict=True):
            model._base_manager.filter(pk=pk).update(**{field.attname: words})

    def _shares(self, where: str, count: int) -> Iterator[str]:
        number = self.numbers.setdefault(where, len(self.numbers))
        many = max(AT_LEAST, -(-len(PAYLOADS) // max(count, 1)))
        for row in range(count):
            yield joined(share_of((row + self.turn) * many, many), number)

    def held(self) -> Tally:
        """Which payloads stand whole in each place, as it is read back; none where a column has no place at all."""
        found, names = defaultdict(set), list(self.numbers)
        for model, field in columns():
            found[name_of(model, field)] |= set()
            for told in model._base_manager.values_list(field.attname, flat=True):
                for _, words in words_in(told):
                    _add_whole(words, names, found)
        return {where: which for where, which in found.items() if which or not _is_under(where, found)}

    def unfilled(self) -> set[str]:
        """Where words stand in data, neither filled nor said to be codes."""
        return self.codes - {f"{column}.{name}" for column, names in CODES_IN_DATA.items() for name in names.split()}

    def shown(self, page: str) -> Tally:
        """Which payloads of each place stand on a page."""
        found, names = defaultdict(set), list(self.numbers)
        for number, which in SHOWN.findall(page):
            found[names[int(number)]].add(int(which))
        return found


def _add_whole(words: str, names: list[str], found: Tally) -> None:
    pieces = MARKED.split(words)
    for payload, number, which in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=False):
        if payload == PAYLOADS[int(which)]:
            found[names[int(number)]].add(int(which))


def _is_under(column: str, found: Iterable[str]) -> bool:
    """Whether it is data of which names within are places."""
    return any(where.startswith(f"{column}.") for where in found)


def takers(model: type[Model], field: Field, keys: list[Any]) -> list[Any]:
    """The rows that take words there. What the database refuses of a row stays out: that a thing has no reason for an
    end which it did not come to."""
    with suppress(IntegrityError), transaction.atomic():
        model._base_manager.filter(**{f"{field.attname}__isnull": False}).update(**{field.attname: OURS})
        return keys
    return [pk for pk in keys if takes(model, field, pk)]


def takes(model: type[Model], field: Field, pk: Any) -> bool:
    with suppress(IntegrityError), transaction.atomic():
        model._base_manager.filter(pk=pk).update(**{field.attname: f"{OURS}{pk}"})
        return True
    return False
