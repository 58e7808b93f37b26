"""A checkpoint as a signed note, the form in which transparency logs hand one another their tree heads (C2SP
tlog-checkpoint and signed-note), so that another party can keep it as a file of eight lines.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "alongside-ledger"
ED25519 = b"\x01"
FIRST = sha256(b"").digest()


class UnreadableError(ValueError):
    """Not a checkpoint, or not one of this kind: the sentence says what is wrong."""


@dataclass(frozen=True)
class Head:
    """How the ledger stood: how many lines, the root of their tree, when, the hash of the signed note before, and up to
    which number of a line everything was sealed (the highest number sealed, and the database's clock, beside it)."""

    size: int
    root: bytes
    at: str
    previous: bytes
    settled: int
    highest: int
    read_at: str

    @property
    def text(self) -> bytes:
        """What is signed."""
        settled = f"settled {self.settled} {self.highest} {self.read_at}"
        lines = (NAME, self.size, spelt(self.root), f"time {self.at}", f"previous {spelt(self.previous)}", settled)
        return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True)
class Note:
    """A head with its signature. `signer`: the first four bytes of a hash of the key."""

    head: Head
    signer: bytes
    signature: bytes

    def __bytes__(self) -> bytes:
        signed = spelt(self.signer + self.signature)
        return self.head.text + f"\n— {NAME} {signed}\n".encode()

    @property
    def hash(self) -> bytes:
        """What the next head names as its previous one."""
        return sha256(bytes(self)).digest()

    def is_signed_by(self, key: "Verifier") -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(self.signature, self.head.text)
        except InvalidSignature:
            return False
        return self.signer == key.id


@dataclass(frozen=True)
class Verifier:
    """The public half of a key, which anybody may have: it checks signatures and makes none."""

    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(f"{NAME}\n".encode() + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{NAME}+{self.id.hex()}+{spelt(ED25519 + self.public)}"


def sign(head: Head, key: Ed25519PrivateKey) -> Note:
    return Note(head, verifier_of(key).id, key.sign(head.text))


def verifier_of(key: Ed25519PrivateKey) -> Verifier:
    return Verifier(key.public_key().public_bytes_raw())


def read_verifier(text: str) -> Verifier:
    """From the one line that `str` makes. Raises UnreadableError."""
    name, _, rest = text.strip().partition("+")
    key_id, _, coded = rest.partition("+")
    raw = _plain(coded)
    found = Verifier(raw[1:])
    if name != NAME or raw[:1] != ED25519 or len(raw) != 33 or found.id.hex() != key_id:
        raise UnreadableError(f"This is no key of a ledger: it should look like {NAME}+1a2b3c4d+…")
    return found


SHAPE = re.compile(
    rf"{NAME}\n(?P<size>[1-9][0-9]*)\n(?P<root>\S+)\ntime (?P<at>[^\n]+)\nprevious (?P<previous>\S+)\n"
    rf"settled (?P<settled>[0-9]+) (?P<highest>[0-9]+) (?P<read_at>[^\n]+)\n\n— {NAME} (?P<signed>\S+)\n"
)


def read(text: bytes) -> Note:
    """From the bytes of a note with one signature of ours. Raises UnreadableError."""
    found = SHAPE.fullmatch(text.decode(errors="replace"))
    if found is None:
        raise UnreadableError("This is no checkpoint of a ledger: it should be eight lines, the last a signature.")
    numbers = {name: int(found[name]) for name in ("size", "settled", "highest")}
    words = {name: found[name] for name in ("at", "read_at")}
    head = Head(**numbers, **words, root=_plain(found["root"]), previous=_plain(found["previous"]))
    signed = _plain(found["signed"])
    return Note(head, signed[:4], signed[4:])


def spelt(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _plain(coded: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except binascii.Error:
        raise UnreadableError("A part of this should be in base64 and is not.") from None
