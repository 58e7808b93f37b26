"""`alongside restore`: a backup into a new place, and whether it is whole. The database in use is never touched."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from alongside.cli.environment import awake, folder_for_data, keep_own_keys, refuse, var

if TYPE_CHECKING:
    from alongside.keeping.listed import Listed

# As LEDGER_KEPT of the settings has it.
KEPT = "ledger_checkpoint"
POSTGRESQL = ("postgres", "postgresql", "pgsql")


def add_to(app: typer.Typer) -> None:
    app.command("restore")(restore)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.", exists=True, dir_okay=False)],
    to: Annotated[str, typer.Option(help="New folder (SQLite), or postgres://… of an empty database.")] = "",
    disposed: Annotated[Path | None, typer.Option(help="List of what was disposed of; the one beside FILE.")] = None,
    closed: Annotated[Path | None, typer.Option(help="List of closed doors; the one beside FILE.")] = None,
    verify: Annotated[bool, typer.Option(help="Only try it, in a place that goes afterwards.")] = False,
) -> None:
    """Restore a backup into a new place and ask it whether it is whole. Never over a database in use.

    Exit status 1: it is not what was backed up. 2: it cannot be opened, or the place is taken.
    """
    if bool(to) == verify:
        refuse("Say where to restore it (--to), or that it is only to be tried (--verify).")
    from alongside.keeping.programs import ProgramError
    from alongside.keeping.sealed import CannotBeOpenedError
    from alongside.keeping.unpacking import NotEmptyError
    from alongside.shared.keys import KeyMistakeError

    try:
        # All of both before anything is unpacked: no copy is left open, or with what was disposed of, for want of one.
        doors, gone = lists(file, closed, disposed)
        with place(to, database_of(file)) as (folder, address):
            answer(file, folder, address)
            end_sessions()
            close_again(doors)
            dispose_again(gone)
    except (KeyMistakeError, CannotBeOpenedError, ProgramError, NotEmptyError, OSError) as failure:
        refuse(str(failure))
    if not verify:
        typer.echo(f"Restored to {to}. docs/how-to/keep-a-copy.md says how to go on from there.")


def database_of(file: Path) -> str:
    """Of which database it is a backup. Raises CannotBeOpenedError where it is none."""
    from alongside.keeping.sealed import CannotBeOpenedError
    from alongside.keeping.unpacking import head_of

    head = head_of(file)
    if "database" not in head:
        raise CannotBeOpenedError(f"{file} is no backup: it lists {head.get('holds', 'something else')}.")
    return str(head["database"])


def lists(file: Path, closed: Path | None, disposed: Path | None) -> "tuple[Listed, Listed]":
    """Those named, or those beside the backup. Raises CannotBeOpenedError where one is there and cannot be used."""
    from alongside.keeping.backup import backup_keys
    from alongside.keeping.copying import DOORS, NAME
    from alongside.keeping.listed import CLOSED, GONE, listed_at

    keys = backup_keys()
    doors = listed_at(closed or file.with_name(DOORS), keys, holds=CLOSED)
    return doors, listed_at(disposed or file.with_name(NAME), keys, holds=GONE)


@contextmanager
def place(to: str, database: str) -> Iterator[tuple[Path, str]]:
    """The folder and, for PostgreSQL, the address to restore to; of their own, and gone afterwards, where none is
    named. Raises CannotBeOpenedError where the place is of the other database."""
    from alongside.keeping.sealed import CannotBeOpenedError

    is_address = urlsplit(to).scheme in POSTGRESQL
    if ":" in to and not is_address:
        raise CannotBeOpenedError(f"{to} is neither a folder nor the address of a PostgreSQL database.")
    if to and is_address != (database == "postgresql"):
        raise CannotBeOpenedError(f"This is a backup of {database}: it cannot be restored to {to.split(':')[0]}.")
    with tempfile.TemporaryDirectory(prefix="alongside-restore-") as temporary:
        # The copy is too old to know all that is on the lists in use: what it would write there goes with this.
        os.environ["ALONGSIDE_BACKUPS"] = temporary
        if to and not is_address:
            yield Path(to).resolve(), ""
        elif to:
            yield Path(temporary), to
        elif database == "postgresql":
            with scratch_database() as address:
                yield Path(temporary), address
        else:
            yield Path(temporary), ""


@contextmanager
def scratch_database() -> Iterator[str]:
    """An empty database beside ours on the same server; gone afterwards."""
    import psycopg
    from psycopg import sql

    ours = os.environ.get("DATABASE_URL", "")
    if urlsplit(ours).scheme not in POSTGRESQL:
        refuse("To try a backup of PostgreSQL, DATABASE_URL names a server on which a database may be made.")
    name = f"alongside_restore_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(ours, autocommit=True) as door:
            door.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                yield urlsplit(ours)._replace(path=f"/{name}").geturl()
            finally:
                door.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    except psycopg.Error as failure:
        refuse(f"No database could be made to try it in: {failure}".strip())


def answer(file: Path, folder: Path, address: str) -> None:
    """Unpacks, wakes with the new place as ours, asks, and says. Exit status 1 where any answer is no."""
    from alongside.keeping.backup import backup_keys
    from alongside.keeping.unpacking import unpack

    head = unpack(file, keys=backup_keys(), into=folder)
    # The keys that seal its numbers are those of here, not new ones of the new place.
    folder_for_data(needed=False)
    keep_own_keys()
    kept = kept_here()
    os.environ["ALONGSIDE_VAR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    if address:
        os.environ["DATABASE_URL"] = address
    awake()
    from alongside.config.state import state
    from alongside.keeping.restoring import Restored, all_right, fill_postgresql, findings

    if address:
        fill_postgresql(folder)
    found = []
    for one in findings(Restored(head, state, kept)):
        found.append(one)
        typer.echo(f"{'yes' if one.is_right else 'NO '}  {one.question}: {one.answer}")
    if not all_right(found):
        raise typer.Exit(1)


def kept_here() -> bytes | None:
    """The last checkpoint that this machine keeps beside its database in use, where it has any."""
    path = var() / KEPT
    return path.read_bytes() if path.is_file() else None


def end_sessions() -> None:
    """Nobody goes on in a session of then, nor by a link that was open then."""
    from django.utils import timezone

    from alongside.agencies.after_restore import end_all

    count = end_all(by="alongside restore", at=timezone.now())
    typer.echo(f"Ended: {count['sessions']} sessions, {count['browsers']} known browsers, {count['links']} open links.")


def close_again(listed: "Listed") -> None:
    """What was closed since the backup was made is closed again. Says what, or that no list says what that was."""
    if listed.head is None:
        typer.echo(
            f"NO LIST of closed doors at {listed.path}: seats suspended or ended, sign-ins replaced, API keys ended, "
            "restrictions and ties since the backup are open as before. Close them before anybody works.",
            err=True,
        )
        return
    from django.utils import timezone

    from alongside.keeping.closing_again import AGAIN, NOT_HERE, close_again
    from alongside.web.dates import moment

    became = close_again(listed.lines, at=timezone.now())
    again = ", ".join(f"{number} {door}" for door, number in became.counted[AGAIN].items())
    written_at = timezone.localtime(datetime.fromisoformat(listed.head["written_at"]))
    typer.echo(f"Closed again: {again or 'nothing'}. The list is of {moment(written_at)}.")
    if lacking := ", ".join(f"{number} {door}" for door, number in became.counted[NOT_HERE].items()):
        typer.echo(f"NOT IN THIS COPY, so not closed: {lacking}. See to it when they come again.", err=True)
    for child, keys in became.absent.items():
        who = ", ".join(keys)
        typer.echo(f"NOT IN THIS COPY, so not named on {child}: {who}. Name them when they come again.", err=True)
    if became.unkept:
        children = ", ".join(became.unkept)
        typer.echo(f"CLOSED TO ALL who could lift it: {children}. `alongside seat hand-over` names somebody.", err=True)


def dispose_again(listed: "Listed") -> None:
    """What was disposed of since the backup was made goes again. Says so, or that no list says what that was."""
    if listed.head is None:
        typer.echo(
            f"NO LIST of what was disposed of at {listed.path}: what was disposed of since is here again.", err=True
        )
        return
    from django.utils import timezone

    from alongside.keeping import disposed_list
    from alongside.keeping.traces import checkpoint

    count = disposed_list.dispose_again(listed.lines, at=timezone.now())
    checkpoint()
    typer.echo(f"Disposed of again: {count} of the {len(listed.lines)} on the list.")
