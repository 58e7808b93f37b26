"""`alongside ledger …`: seal, verify, hand out checkpoints and proofs, and check a proof without a database."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from alongside.cli.environment import folder_of, with_tables
from alongside.cli.people import AsOption, practitioner

if TYPE_CHECKING:
    from alongside.ledger.notes import Note, Verifier
    from alongside.ledger.verifying import Found

app = typer.Typer(help="Whether the ledger is whole, and proof of it for others.", no_args_is_help=True)
KeyOption = Annotated[str, typer.Option("--key", help="The ledger’s public key; `alongside ledger key` says it.")]
KeptOption = Annotated[
    list[Path] | None, typer.Option(help="A checkpoint that another party kept; may be given often.")
]
OutOption = Annotated[Path | None, typer.Option(help="File to write; the terminal without it.")]


def give_up(sentence: object, status: int = 2) -> NoReturn:
    typer.echo(str(sentence), err=True)
    raise typer.Exit(status)


def note_in(path: Path) -> "Note":
    """The checkpoint in a file; exit status 2, in words, where there is none."""
    from alongside.ledger.notes import UnreadableError, read

    try:
        return read(path.read_bytes())
    except (OSError, UnreadableError) as failure:
        give_up(f"{path}: {failure}")


def key_given(text: str) -> "Verifier | None":
    from alongside.ledger.notes import UnreadableError, read_verifier

    try:
        return read_verifier(text) if text else None
    except UnreadableError as failure:
        give_up(failure)


def our_keys() -> "list[Verifier]":
    """The keys of the settings; exit status 2, in words, where one cannot be read."""
    from django.core.exceptions import ImproperlyConfigured

    from alongside.ledger.keys import trusted

    try:
        return trusted()
    except ImproperlyConfigured as failure:
        give_up(failure)


def say_or_write(told: bytes, out: Path | None) -> None:
    if out is None:
        typer.echo(told.decode(), nl=False)
    else:
        out.write_bytes(told)


@app.command()
def verify(checkpoint: KeptOption = None, key: KeyOption = "") -> None:
    """Read the whole ledger again and say whether it is as it was signed. Exit status 1: it is not, and what is wrong
    is said. Without --checkpoint nobody can tell that its end was cut off, or that all of it was written anew."""
    kept, given = [note_in(path) for path in checkpoint or []], key_given(key)
    with_tables()
    from alongside.ledger.verifying import verify as read_again

    began = time.perf_counter()
    found = read_again(trusted=[given] if given else our_keys(), kept=kept)
    for sentence in found.sentences:
        typer.echo(sentence, err=True)
    if found.wrong > len(found.sentences):
        typer.echo(f"… and {found.wrong - len(found.sentences):,} more.", err=True)
    typer.echo(outcome(found, has_kept=bool(kept), seconds=time.perf_counter() - began))
    if not found.is_whole:
        raise typer.Exit(1)


def outcome(found: "Found", *, has_kept: bool, seconds: float) -> str:
    """What was read, how fast, and what it shows, in a sentence or two."""
    signed = f", the last of {found.last.head.at}" if found.last else ""
    read = f"{found.sealed:,} sealed lines, {found.checkpoints:,} checkpoints{signed}; {found.waiting:,} lines wait."
    speed = f"Read in {seconds:.1f} s."
    if not found.is_whole:
        return f"The ledger is NOT whole. {read} {speed}"
    beyond = "" if has_kept else " Whether its end was cut off, only a checkpoint kept elsewhere can tell."
    if not found.own:
        beyond += " This machine keeps none yet: it does from the next sealing on."
    return f"The ledger is whole. {read} {speed}{beyond}"


@app.command()
def checkpoint(out: OutOption = None) -> None:
    """Seal what waits, and tell the newest checkpoint: a signed note for another party to keep."""
    if out:
        folder_of(out)
    with_tables()
    our_keys()
    from django.utils import timezone

    from alongside.ledger.actions import UnsoundError, seal
    from alongside.ledger.queries import latest, note_of

    try:
        seal(at=timezone.now())
    except UnsoundError as failure:
        give_up(failure, 1)
    last = latest()
    if last is None:
        give_up("The ledger has no line yet: there is nothing to sign.")
    say_or_write(bytes(note_of(last)), out)


@app.command("go-on")
def go_on(reader: AsOption, why: Annotated[str, typer.Option(help="Why: it is written into the ledger.")]) -> None:
    """After a copy was put in the place of the database: go on from it, though this machine signed lines that it lacks.
    Also where the checkpoint that this machine keeps cannot be read.

    Exit status 1: the copy is not whole, or lacks nothing."""
    with_tables()
    our_keys()
    from django.utils import timezone

    from alongside.access.permissions import Permission
    from alongside.ledger import actions
    from alongside.ledger.verifying import verify as read_again

    by = practitioner(reader, Permission.READ_LEDGER)
    found = read_again(trusted=our_keys(), with_own=False)
    if not found.is_whole:
        give_up(f"The copy is not whole: {found.sentences[0]} `alongside ledger verify` says more.", 1)
    try:
        actions.go_on(by=by, at=timezone.now(), why=why)
    except actions.UnsoundError as failure:
        give_up(failure, 1)
    typer.echo(f"The ledger goes on from the {found.sealed:,} sealed lines of this copy.")


@app.command()
def prove(
    what: Annotated[str, typer.Argument(help="Number of a line, or the receipt of something told.")] = "",
    since: Annotated[
        Path | None, typer.Option(help="An older checkpoint, to prove that the ledger grew from it.")
    ] = None,
    out: OutOption = None,
    reader: Annotated[str, typer.Option("--as", help="Key of the practitioner who reads the line.")] = "",
) -> None:
    """Prove that a line is in the ledger (each line about a receipt), or that it grew from an older checkpoint.

    A proof of a line shows the line: it is for whoever may read the ledger, and is in the ledger itself."""
    if bool(what) == bool(since):
        give_up("Say either a line or a receipt, or --since and a file.")
    if what and not reader:
        give_up("Say who reads the line: --as and the key of somebody who may look through the ledger.")
    if out:
        folder_of(out)
    old = note_in(since) if since else None
    with_tables()
    from alongside.ledger import proving

    try:
        proofs = [proving.prove_growth(old)] if old else [proving.prove_line(one) for one in read_by(reader, what)]
    except proving.NoProofError as failure:
        give_up(failure, 1)
    if not proofs:
        give_up(f"There is no line about {what}.", 1)
    say_or_write((json.dumps(proofs, ensure_ascii=False, indent=1) + "\n").encode(), out)


def read_by(reader: str, what: str) -> list[int]:
    """The numbers of the lines that are meant, once the ledger knows who reads them."""
    from django.utils import timezone

    from alongside.access.permissions import Permission
    from alongside.oversight.queries import lines_to_prove

    return lines_to_prove(what, viewer=practitioner(reader, Permission.READ_LEDGER), at=timezone.now())


@app.command("check-proof")
def check_proof(
    file: Annotated[Path, typer.Argument(help="What `alongside ledger prove` wrote.")], key: KeyOption = ""
) -> None:
    """Check a proof; no database is needed. Exit status 1: it shows nothing, and why."""
    from alongside.ledger.checking import check
    from alongside.ledger.notes import UnreadableError

    given = key_given(key)
    try:
        proofs = json.loads(file.read_bytes())
        for sentence in [check(one, key=given) for one in (proofs if isinstance(proofs, list) else [proofs])]:
            typer.echo(sentence)
    except (OSError, ValueError) as failure:
        give_up(failure if isinstance(failure, UnreadableError | OSError) else "This is no proof of a ledger.", 1)
    if given is None:
        typer.echo("Whose signature it is was not checked: give the ledger’s public key with --key.")


@app.command()
def key() -> None:
    """Say the public key with which this ledger's checkpoints are checked. Hand it to whoever keeps them."""
    from alongside.cli.environment import awake

    awake()
    typer.echo(str(our_keys()[0]))


@app.command()
def sought(reader: AsOption) -> None:
    """Who searched for the words that you type, spelt as they were typed, and when. They are asked for here, or read
    from standard input, so that they stay in no history of commands. Exit status 1: nobody did, as far as the keys
    for searching tell: those of today, and of before (ALONGSIDE_OLD_SEARCH_KEYS)."""
    with_tables()
    from django.utils import timezone

    from alongside.access.permissions import Permission
    from alongside.chronology.find_views import asked_as_ever
    from alongside.oversight.queries import searches_for
    from alongside.shared.keys import KeyMistakeError
    from alongside.web.dates import short_moment

    viewer = practitioner(reader, Permission.READ_LEDGER)
    try:
        words = asked_as_ever(str(typer.prompt("Words", prompt_suffix=": ", err=True)))
    except KeyMistakeError as mistake:
        give_up(mistake)
    lines = searches_for(words, viewer=viewer, at=timezone.now())
    for line in lines:
        typer.echo(f"{line.pk}  {short_moment(line.at)}  {line.actor_name}  {line.agency}")
    if not lines:
        give_up(
            f"Nobody searched for these words, by the search keys given to this command ({len(words)}). What was "
            "searched for under an older one is found with ALONGSIDE_OLD_SEARCH_KEYS.",
            status=1,
        )
