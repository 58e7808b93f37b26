"""The ledger's rows as the database holds them: text as bytes, read one after another at one moment.

Sealing and verifying read here and nowhere else, so that both see the same bytes, and so that a hundred thousand lines
a second pass without becoming objects.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from . import encoding

MANY = 5000
Row = tuple[Any, ...]
WORDS = ("operation", "what", "actor", "actor_name", "agency", "subject", "purpose")
AT_SQLITE, DETAILS_SQLITE = "CAST(e.at AS TEXT)", "CAST(e.details AS TEXT)"
# As str(datetime) has it: no fraction of a second where there is none.
AT_POSTGRESQL = (
    "convert_to(replace(to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', ''), 'UTF8')"
)


def columns() -> str:
    """The columns of a line, of a table called e, in the order of `encoding.COLUMNS`."""
    if connection.vendor == "postgresql":
        texts = [f"convert_to(e.{name}, 'UTF8')" for name in WORDS]
        details, mark = "convert_to(e.details::text, 'UTF8')", "convert_to(e.mark, 'UTF8')"
        return ", ".join(["e.id", AT_POSTGRESQL, *texts, details, mark])
    texts = [f"CAST(e.{name} AS TEXT)" for name in WORDS]
    return ", ".join(["e.id", AT_SQLITE, *texts, DETAILS_SQLITE, "CAST(e.mark AS TEXT)"])


def values(row: Row) -> tuple[bytes, ...]:
    """The columns as they are hashed."""
    number, *words, details, mark = row
    return (b"%d" % number, *words, encoding.canonical_of(details), mark)


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as it was at one moment, whatever is written meanwhile; nothing is locked."""
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")


def read(query: str, *asked: Any) -> Iterator[Row]:
    """Rows one after another, a few thousand held at once; text comes as bytes. `?` stands for what is asked."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        yield from _from_postgresql(query, asked)
        return
    database, usual = connection.connection, connection.connection.text_factory
    cursor = database.cursor()
    # How text comes is settled when a row is fetched; others who read on this connection want it as words.
    try:
        database.text_factory = bytes
        cursor.execute(query, asked)
        while some := cursor.fetchmany(MANY):
            database.text_factory = usual
            yield from some
            database.text_factory = bytes
    finally:
        database.text_factory = usual
        cursor.close()


def _from_postgresql(query: str, asked: tuple[Any, ...]) -> Iterator[Row]:
    """With a cursor that the server keeps, where there is a transaction to keep it in."""
    with connection.chunked_cursor() as cursor:
        cursor.itersize = MANY
        cursor.execute(query.replace("?", "%s"), asked)
        for row in cursor:
            yield tuple(bytes(part) if isinstance(part, memoryview) else part for part in row)
