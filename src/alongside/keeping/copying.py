"""A copy of a database at one moment, while others go on reading and writing, and what is known of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from . import programs

State = dict[str, Any]
SQLITE_FILE, POSTGRESQL_FILE, CONTENTS = "database.sqlite3", "database.dump", "contents.json"
# The lists beside the backups: what was disposed of, and which doors are closed.
NAME, DOORS = "disposed-of.list", "closed-doors.list"
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT DISTINCT tgname::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
}
MIGRATIONS = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"


def facts(cursor: Any, vendor: str) -> dict[str, Any]:
    """The newest migration of each app, and the triggers that refuse what must not be: read with any cursor."""
    cursor.execute(TRIGGERS[vendor])
    triggers = [name for (name,) in cursor.fetchall()]
    cursor.execute(MIGRATIONS)
    return {"triggers": triggers, "migrations": dict(cursor.fetchall())}


def copy_sqlite(folder: Path, state_of: Callable[[str], State]) -> dict[str, Any]:
    """A file of its own, without the free pages in which what was erased might still lie. `state_of`: what the
    database at an address holds, asked of the copy, so that it tells of this moment."""
    path = folder / SQLITE_FILE
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as door:
        door.execute("VACUUM INTO ?", (str(path),))
    state = state_of(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as door:
        # Asking put it into WAL mode; one file is easier to keep whole than three.
        door.execute("PRAGMA journal_mode=DELETE")
        return {"database": "sqlite", "state": state, **facts(door.cursor(), "sqlite")}


def copy_postgresql(folder: Path, state_here: Callable[[], State]) -> dict[str, Any]:
    """`pg_dump` of the same moment as the state, by a snapshot that both look at. Raises ProgramError."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        wanted = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        programs.run("pg_dump", *wanted, f"--file={folder / POSTGRESQL_FILE}")
        return {"database": "postgresql", "state": state_here(), **facts(cursor, "postgresql")}
