"""A restored database is asked everything before anybody relies on it. Runs with that database as ours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.ledger.keys import trusted
from alongside.ledger.notes import Note, UnreadableError
from alongside.ledger.outside import ours
from alongside.ledger.queries import latest
from alongside.ledger.refusals import strangers
from alongside.ledger.verifying import verify

from . import programs
from .copying import POSTGRESQL_FILE, State, facts
from .sealed import Head
from .unpacking import NotEmptyError


@dataclass(frozen=True)
class Restored:
    """What the backup's head says, and how to learn what the database holds now."""

    head: Head
    state_here: Callable[[], State]
    # The checkpoint that the machine keeps beside the database in use.
    kept: bytes | None = None


@dataclass(frozen=True)
class Finding:
    """One question that was asked of the restored database, and its answer."""

    question: str
    is_right: bool
    answer: str


def fill_postgresql(folder: Path) -> None:
    """Reads the dump into our database, all of it or nothing. Raises NotEmptyError and ProgramError."""
    if tables := connection.introspection.table_names():
        raise NotEmptyError(f"This database holds {len(tables)} tables already. Restore into an empty one only.")
    connection.close()
    name = str(connection.get_connection_params()["dbname"])
    wanted = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={name}"]
    programs.run("pg_restore", *wanted, str(folder / POSTGRESQL_FILE))
    (folder / POSTGRESQL_FILE).unlink()


def is_sound(restored: Restored) -> Finding:
    """SQLite reads its every page, and every reference leads somewhere; PostgreSQL refused anything else itself."""
    if connection.vendor != "sqlite":
        return Finding("sound", True, "PostgreSQL read all of it in one transaction")
    with connection.cursor() as cursor:
        (said,) = cursor.execute("PRAGMA integrity_check").fetchone()
        astray = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return Finding("sound", said == "ok" and not astray, f"integrity {said}, {len(astray)} references astray")


def has_its_triggers(restored: Restored) -> Finding:
    """What refuses changes to the ledger is there as it was, and nothing stands beside it."""
    with connection.cursor() as cursor:
        here = set(facts(cursor, connection.vendor)["triggers"])
    there = set(restored.head["triggers"])
    other = [f"missing: {name}" for name in sorted(there - here)]
    other += [f"not ours: {what}" for what in [*sorted(here - there), *strangers(connection)]]
    return Finding("triggers", bool(here) and not other, ", ".join(other) or "all there")


def is_of_this_version(restored: Restored) -> Finding:
    """Its tables are those of this version: else its meaning is hashed otherwise, and cannot be compared."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    with connection.cursor() as cursor:
        same = facts(cursor, connection.vendor)["migrations"] == restored.head["migrations"]
    if waiting:
        return Finding("tables", False, f"of version {restored.head['version']}: restore with that, then upgrade")
    return Finding("tables", same, "of this version" if same else "other than the backup says")


def means_the_same(restored: Restored) -> Finding:
    """As many of each thing, and the same hash of what they mean."""
    now, then = restored.state_here(), restored.head["state"]
    other = [name for name in {*now, *then} if now.get(name) != then.get(name)]
    differing = ", ".join(f"{name} {then.get(name)} → {now.get(name)}" for name in sorted(other))
    return Finding("meaning", not other, differing or f"{now['contributions']} contributions, hash {now['hash'][:16]}")


def has_its_ledger(restored: Restored) -> Finding:
    """Who looked and what was done is as it was signed, by a key that this installation trusts. A copy is older than
    what this machine sealed last: that is said, and no fault; nor is it one that what this machine keeps is damaged."""
    last, (kept, unread) = latest(), _kept(restored)
    is_older = kept is not None and kept.head.size > (last.size if last else 0)
    found = verify(trusted=trusted(), kept=[kept] if kept and not is_older else [])
    if not found.is_whole:
        more = f" … and {found.wrong - 1} more" if found.wrong > 1 else ""
        return Finding("ledger", False, f"{found.sentences[0]}{more}")
    lacks = f"; this machine sealed {kept.head.size} by {kept.head.at}" if is_older else unread
    return Finding("ledger", True, f"whole: {found.sealed} sealed lines, {found.checkpoints} checkpoints{lacks}")


def _kept(restored: Restored) -> tuple[Note | None, str]:
    """What this machine keeps, and a word on it where it cannot be compared."""
    if restored.kept is None:
        return None, ""
    try:
        return ours(restored.kept), ""
    except UnreadableError:
        return None, "; what this machine keeps of the ledger cannot be read, and was not compared"


# A line more is a question more: each is asked, in this order, whatever the others answered.
QUESTIONS: tuple[Callable[[Restored], Finding], ...] = (
    is_sound,
    has_its_triggers,
    is_of_this_version,
    means_the_same,
    has_its_ledger,
)


def findings(restored: Restored) -> Iterator[Finding]:
    """Every question's answer as it comes; one that cannot be answered is answered no."""
    for question in QUESTIONS:
        try:
            yield question(restored)
        except Exception as failure:
            yield Finding(question.__name__, False, f"{type(failure).__name__}: {failure}")


def all_right(found: list[Finding]) -> bool:
    """Whether the restored database may be relied upon."""
    return all(one.is_right for one in found)
