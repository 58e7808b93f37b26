"""Writes many contributions at once.

In SQL of its own: making and saving model instances took two thirds of an import's time
(benchmarks/intake.py). The columns are the model's, asked of it, so the two cannot drift apart.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from .models import Contribution, Pending

DEFAULTS: dict[str, Any] = {
    "is_newest": True,
    "withdrawn_at": None,
    "withdrawn_by_id": None,
    "withdrawn_because": "",
}


@cache
def _columns() -> list[tuple[str, str]]:
    """(attribute, column) of each field but the key that the database gives."""
    fields = Contribution._meta.concrete_fields
    return [(field.attname, field.column) for field in fields if not field.primary_key]


@cache
def _insert(vendor: str) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for _, column in _columns())
    marks = ", ".join(["%s"] * len(_columns()))
    return f"INSERT INTO {quote(Contribution._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  names of our own model


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def insert(rows: Iterable[dict[str, Any]]) -> None:
    """Write these contributions and put each in line to be followed. Called inside a transaction.

    A row holds every attribute of the model but those in DEFAULTS; `told` is its JSON text.
    """
    rows = [DEFAULTS | row for row in rows]
    attributes = [attribute for attribute, _ in _columns()]
    with connection.cursor() as cursor:
        cursor.executemany(_insert(connection.vendor), [[_adapted(row[name]) for name in attributes] for row in rows])
    receipts = [row["receipt"] for row in rows]
    fresh = Contribution.objects.filter(receipt__in=receipts).order_by("pk").values_list("pk", flat=True)
    line_up(fresh)


def line_up(keys: Iterable[int]) -> None:
    """Put these contributions in line to be followed."""
    quote = connection.ops.quote_name
    table, column = Pending._meta.db_table, Pending._meta.pk.column
    statement = f"INSERT INTO {quote(table)} ({quote(column)}) VALUES (%s)"  # noqa: S608  names of our own model
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(key,) for key in keys])
