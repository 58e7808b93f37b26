"""Somebody with the rights of the database's owner, and no scruple: each function changes the ledger in one way that
is drawn at random, past its triggers, and puts the triggers back.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from alongside.ledger import encoding, raw, refusals, tree
from alongside.ledger.keys import signing_key
from alongside.ledger.models import Checkpoint, LedgerEvent, Seal
from alongside.ledger.notes import FIRST, Head, sign

LINE, SEAL, HEAD = "ledger_ledgerevent", "ledger_seal", "ledger_checkpoint"
KEYS = {LINE: "id", SEAL: "sequence", HEAD: "size"}
TEXTS = ("operation", "what", "actor", "actor_name", "agency", "subject", "purpose", "mark")
BYTES = {SEAL: ("leaf", "node"), HEAD: ("root", "previous", "signer", "signature")}
# A number that nothing has.
FAR = 1_000_000
NUMBERS = {SEAL: ("event",), HEAD: ("settled", "highest")}


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def no_triggers() -> Iterator[None]:
    """Past the triggers, as the owner can; they stand again afterwards, as if nothing had been."""
    if connection.vendor == "postgresql":
        for table in refusals.TABLES:
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for name in refusals.POSTGRESQL:
            run(f"ALTER TABLE {name.partition('_refuses_')[0]} ENABLE ALWAYS TRIGGER {name}")
        return
    for name in refusals.SQLITE:
        run(f"DROP TRIGGER {name}")
    yield
    for statement in refusals.SQLITE.values():
        run(statement)


def keys_of(table: str) -> list[int]:
    model = {LINE: LedgerEvent, SEAL: Seal, HEAD: Checkpoint}[table]
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def sealed() -> list[int]:
    return list(Seal.objects.order_by("event").values_list("event", flat=True))


def put(table: str, key: int, column: str, value: Any) -> None:
    run(f"UPDATE {table} SET {column} = %s WHERE {KEYS[table]} = %s", value, key)


def another(draw: random.Random, value: Any) -> Any:
    """A value of the same sort that is not the same."""
    if isinstance(value, int):
        return value + draw.randint(1000, 1999)
    if isinstance(value, str):
        place = draw.randint(0, len(value))
        return (value[:place] + draw.choice("xyzXYZ é") + value[place + 1 :])[:31] + draw.choice("XYZ")
    changed = bytearray(value or b"\0" * 32)
    changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def edit(draw: random.Random) -> None:
    table = draw.choices((LINE, SEAL, HEAD), (6, 2, 2))[0]
    key = draw.choice(keys_of(table))
    if table == LINE:
        edit_line(draw, key)
        return
    column = draw.choice([*BYTES[table], *NUMBERS[table], KEYS[table], *(("at", "read_at") if table == HEAD else ())])
    row = {SEAL: Seal, HEAD: Checkpoint}[table].objects.values().get(pk=key)
    value = row[column]
    put(table, key, column, another(draw, bytes(value) if isinstance(value, memoryview) else value))


def edit_line(draw: random.Random, key: int) -> None:
    line = LedgerEvent.objects.get(pk=key)
    column = draw.choice([*TEXTS, "at", "details"] + ["id"] * (key in sealed()))
    if column == "at":
        run(f"UPDATE {LINE} SET at = %s WHERE id = %s", later(draw, line), key)
    elif column == "details":
        put(LINE, key, column, encoding.canonical(line.details | {"more": draw.randint(1, 99)}).decode())
    elif column == "operation":
        put(LINE, key, column, draw.choice([one for one in ("view", "erase", "alter") if one != line.operation]))
    else:
        put(LINE, key, column, another(draw, getattr(line, column)))


def later(draw: random.Random, line: LedgerEvent) -> str:
    return encoding.moment(line.at.replace(microsecond=draw.randint(1, 999_999))).decode()


def delete(draw: random.Random) -> None:
    # Of a line that waits to be sealed only SQLite, whose numbers have no gap, can tell that it is gone.
    lines = keys_of(LINE) if connection.vendor == "sqlite" else sealed()
    table = draw.choices((LINE, SEAL, HEAD), (6, 2, 2))[0]
    key = draw.choice(lines if table == LINE else keys_of(table))
    run(f"DELETE FROM {table} WHERE {KEYS[table]} = %s", key)


def insert(draw: random.Random) -> None:
    """A line of the forger's own, among the old ones or at the end, with or without a seal of its own."""
    copied = LedgerEvent.objects.values(*encoding.COLUMNS).get(pk=draw.choice(sealed()))
    number = draw.choice([-draw.randint(1, 99), keys_of(LINE)[-1] + draw.randint(1, 9)])
    forged = copied | {"id": number, "subject": f"person:{draw.randint(1000, 9999)}"}
    if draw.random() < 0.5:
        forged["mark"] = f"{draw.getrandbits(128):032x}"
    LedgerEvent(**forged).save(force_insert=True)
    if draw.random() < 0.5:
        leaf = tree.leaf_hash(entry_of(number))
        Seal(sequence=keys_of(SEAL)[-1] + 1, event=number, leaf=leaf).save(force_insert=True)


def reorder(draw: random.Random) -> None:
    one, other = draw.sample(sealed(), 2)
    if draw.random() < 0.4:
        swap(LINE, "id", one, other)
    elif draw.random() < 0.7:
        for column in (*TEXTS, "at", "details"):
            swap_column(LINE, column, one, other)
    else:
        swap(SEAL, "sequence", *draw.sample(keys_of(SEAL), 2))


def swap(table: str, column: str, one: int, other: int) -> None:
    aside = -FAR if table == LINE else FAR
    for old, new in ((one, aside), (other, one), (aside, other)):
        run(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", new, old)


def swap_column(table: str, column: str, one: int, other: int) -> None:
    inner = f"(SELECT {column} FROM {table} AS o WHERE o.id = CASE {table}.id WHEN %s THEN %s ELSE %s END)"
    run(f"UPDATE {table} SET {column} = {inner} WHERE id IN (%s, %s)", one, other, one, one, other)


def cut(draw: random.Random) -> None:
    """Everything from some line on, as if it had never been: what is left fits together."""
    heads = keys_of(HEAD)
    size = draw.choice(heads[:-1])
    last = Checkpoint.objects.get(pk=size)
    run(f"DELETE FROM {HEAD} WHERE size > %s", size)
    run(f"DELETE FROM {SEAL} WHERE sequence > %s", size)
    run(f"DELETE FROM {LINE} WHERE id > %s", last.highest)
    if connection.vendor == "sqlite":
        run("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", last.highest, LINE)


def rewrite(draw: random.Random, key: Ed25519PrivateKey | None = None) -> None:
    """One line changed or taken out, and every seal and checkpoint made again, with this key, or one drawn."""
    sizes = keys_of(HEAD)
    change: Callable[[int], None] = draw.choice([lambda key: edit_line(draw, key), take_out])
    change(draw.choice(sealed()))
    numbers = [number for number in keys_of(LINE) if number > 0][: sizes[-1]]
    key = key or draw.choice([signing_key(), Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))])
    run(f"DELETE FROM {SEAL}")
    at = list(Checkpoint.objects.order_by("size").values_list("at", flat=True))
    run(f"DELETE FROM {HEAD}")
    seal_again(numbers, [*sizes[:-1], len(numbers)], at, key)


def empty(draw: random.Random) -> None:
    """No seal, no checkpoint, and no mark on what was changed: as if the ledger had not been sealed yet, for the
    service to do it."""
    for number in draw.sample(sealed(), draw.randint(1, 5)):
        run(f"UPDATE {LINE} SET mark = '', actor = %s WHERE id = %s", f"worker {draw.randint(10, 99)}", number)
    run(f"DELETE FROM {SEAL}")
    run(f"DELETE FROM {HEAD}")


def take_out(number: int) -> None:
    run(f"DELETE FROM {LINE} WHERE id = %s", number)


def seal_again(numbers: list[int], sizes: list[int], at: list[str], key: Ed25519PrivateKey) -> None:
    edge, previous, at = tree.Edge(), FIRST, iter(at)
    for number in numbers:
        leaf = tree.leaf_hash(entry_of(number))
        node = edge.add(leaf)
        Seal(sequence=edge.size, event=number, leaf=leaf, node=b"" if node == leaf else node).save(force_insert=True)
        if edge.size in sizes:
            moment = next(at)
            note = sign(Head(edge.size, edge.root, moment, previous, number, number, moment), key)
            Checkpoint(**vars(note.head), signer=note.signer, signature=note.signature).save(force_insert=True)
            previous = note.hash


def entry_of(number: int) -> bytes:
    (row,) = raw.read(f"SELECT {raw.columns()} FROM {LINE} e WHERE e.id = ?", number)
    return encoding.entry(raw.values(row))


def drop(draw: random.Random) -> None:
    """Nothing but a trigger, for later. It is not put back."""


def add(draw: random.Random) -> None:
    """One of the forger's own, which drops without a word what would be written."""
    table = draw.choice(list(KEYS))
    if connection.vendor == "postgresql" and draw.random() < 0.5:
        run(f"CREATE RULE ledger_quiet AS ON INSERT TO {table} DO INSTEAD NOTHING")
    else:
        swallow(table, f"NEW.{KEYS[table]} > {draw.randint(1, FAR)}")


def swallow(table: str, when: str) -> None:
    """A trigger that lets no row in that is so."""
    if connection.vendor != "postgresql":
        run(f"CREATE TRIGGER ledger_quiet BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(IGNORE); END")
        return
    body = "BEGIN RETURN NULL; END"
    run(f"CREATE FUNCTION ledger_quiet() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    on = f"BEFORE INSERT ON {table} FOR EACH ROW WHEN ({when})"
    run(f"CREATE TRIGGER ledger_quiet {on} EXECUTE FUNCTION ledger_quiet()")


WAYS = (edit, delete, insert, reorder, cut, rewrite, drop, add, empty)


def tamper(way: Callable[[random.Random], None], draw: random.Random) -> None:
    with no_triggers():
        way(draw)
    if way is drop:
        wanted = refusals.POSTGRESQL if connection.vendor == "postgresql" else refusals.SQLITE
        name = draw.choice(list(wanted))
        run(f"DROP TRIGGER {name}" + (f" ON {name.partition('_refuses_')[0]}" if wanted is refusals.POSTGRESQL else ""))
