"""Asks the database what `unsafe_database.py` has rules about."""

import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from alongside.agencies.models import Practitioner
from alongside.config.unsafe_database import Database
from alongside.contributions.models import ApiToken
from alongside.demo.practitioners import CARDS
from alongside.ledger.models import LedgerEvent

MOUNTS = Path("/proc/self/mountinfo")
ASKED = "SELECT " + ", ".join(
    f"current_setting('{name}')"
    for name in ("fsync", "synchronous_commit", "full_page_writes", "wal_level", "server_encoding", "is_superuser")
)


def about_the_database() -> Database:
    """What is known of the database now."""
    own = of_sqlite() if connection.vendor == "sqlite" else of_postgres()
    return Database(kind=connection.vendor, **own, **of_what_it_holds())


def pragma(name: str) -> Any:
    """What SQLite says about one of its settings on a connection of ours."""
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def of_sqlite() -> dict[str, Any]:
    file = Path(str(connection.settings_dict["NAME"]))
    return {
        "journal_mode": str(pragma("journal_mode")),
        "synchronous": int(pragma("synchronous")),
        "foreign_keys": bool(pragma("foreign_keys")),
        "file_system": file_system(file, MOUNTS),
        "file_mode": mode_for_others(file),
    }


def mode_for_others(file: Path) -> int:
    """Who may read a file, as its mode; a folder that others may not enter keeps them from all that is in it."""
    if not file.is_file() or not file.parent.stat().st_mode & (stat.S_IXGRP | stat.S_IXOTH):
        return 0o600
    return stat.S_IMODE(file.stat().st_mode)


def file_system(path: Path, mounts: Path) -> str:
    """The kind of file system that a path lies on, as Linux names it; "" where nobody says."""
    if not mounts.is_file():
        return ""
    found, longest = "", -1
    for line in mounts.read_text().splitlines():
        here, _, behind = line.partition(" - ")
        point = Path(here.split(" ")[4].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) > longest:
            found, longest = behind.split(" ")[0], len(point.parts)
    return found


def of_postgres() -> dict[str, Any]:
    connection.ensure_connection()
    # As the connection that stands says: an address may name the machine in many places, a service file among them.
    here = connection.connection.info
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        fsync, commit, whole_pages, wal, encoding, superuser = cursor.fetchone()
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    return {
        "host": here.host,
        "password": here.password,
        "sslmode": here.get_parameters().get("sslmode", ""),
        "fsync": fsync == "on",
        "synchronous_commit": commit,
        "full_page_writes": whole_pages == "on",
        "wal_level": wal,
        "encoding": encoding,
        "superuser": superuser == "on",
        "seconds_apart": (theirs - datetime.now(UTC)).total_seconds(),
    }


def of_what_it_holds() -> dict[str, Any]:
    """What its rows say; nothing where its tables are still to be made."""
    there = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in (LedgerEvent, Practitioner, ApiToken)} <= there:
        return {}
    last = LedgerEvent.objects.order_by("-pk").values_list("at", flat=True).first()
    return {
        "seconds_behind": (last - timezone.now()).total_seconds() if last else 0.0,
        "demo_people": Practitioner.objects.filter(email__in=[card.email for card in CARDS]).exists(),
        "endless_tokens": ApiToken.objects.filter(ended_at=None, expires_at=None).count(),
    }
