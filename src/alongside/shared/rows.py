"""Many rows at once, in SQL of our own.

Django makes an expression of every value of every row: that took a quarter of the time in which what was told is
followed to the timelines. Tables and columns are the model's, asked of it, so the two cannot drift apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Field, Model, Q


class NotWrittenError(OperationalError):
    """The database took rows and did not keep them all: something in it drops them without a word."""


def with_key(keys: Iterable[tuple[str, str, str]]) -> Q:
    """The rows that agencies know by these (agency, system, reference).

    System by system, as the indexes hold them: with agencies and references alone, all that an agency ever told is
    looked through each time.
    """
    references: dict[tuple[str, str], set[str]] = defaultdict(set)
    for agency, system, reference in keys:
        references[agency, system].add(reference)
    none = Q(pk__in=())
    wanted = (Q(agency=agency, system=system, reference__in=some) for (agency, system), some in references.items())
    return reduce(or_, wanted, none) if references else none


def update_rows(rows: Iterable[Model], names: Sequence[str]) -> None:
    """Save these fields of rows of one model that are in the database already."""
    rows = list(rows)
    if not rows:
        return
    meta = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    where = quote(meta.pk.column)
    statement = f"UPDATE {quote(meta.db_table)} SET {values} WHERE {where} = %s"  # noqa: S608  names of our own model
    _many(statement, rows, [*fields, meta.pk])


def insert_rows(rows: Iterable[Model]) -> None:
    """Write new rows of one model whose keys the database gives; the keys are not asked for. Raises NotWrittenError."""
    rows = list(rows)
    if not rows:
        return
    statement, fields = _insertion(rows[0])
    written = _many(statement, rows, fields)
    if written != len(rows):
        raise NotWrittenError(f"{written} of {len(rows)} rows were written to {rows[0]._meta.db_table}.")


def insert_row(row: Model) -> None:
    """Write one new row, which learns its key. Raises NotWrittenError: Django's own way stumbles there, or sees
    nothing."""
    statement, fields = _insertion(row)
    says_key = connection.features.can_return_columns_from_insert
    if says_key:
        statement += f" RETURNING {connection.ops.quote_name(row._meta.pk.column)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [_kept(field, row) for field in fields])
        key = cursor.fetchone() if says_key else (cursor.lastrowid,) if cursor.rowcount == 1 else None
    if key is None:
        raise NotWrittenError(f"A row was not written to {row._meta.db_table}.")
    (row.pk,) = key


def _insertion(row: Model) -> tuple[str, list[Field[Any, Any]]]:
    """The statement that writes such a row, and the fields that it takes."""
    meta, quote = row._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns, marks = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})", fields  # noqa: S608  as above


def _many(statement: str, rows: Sequence[Model], fields: Sequence[Field[Any, Any]]) -> int:
    """How many rows there were of it."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_kept(field, row) for field in fields] for row in rows])
        return cursor.rowcount


def _kept(field: Field[Any, Any], row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
