"""The sealed file of a backup: a head that anybody can read, then chunks that only the key opens.

    ALONGSIDE BACKUP 1␤
    {"key": "3f9a01c2", "salt": "…", …}␤      one line of JSON, at most 1 MiB
    chunk, chunk, … last chunk               AES-256-GCM, 1 MiB each and 16 bytes

The key of a file is HKDF-SHA256 of the key given to us, with the salt, over the head: a changed head opens nothing.
The nonce of a chunk is its number (11 bytes) and whether it is the last (1 byte), so that none can be left out,
moved, or cut off at the end. Memory stays at two chunks, however large the file.
"""

import hashlib
import io
import json
import secrets
from collections.abc import Mapping
from types import TracebackType
from typing import Any, BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"ALONGSIDE BACKUP 1\n"
CHUNK, TAG, LONGEST_HEAD = 1024 * 1024, 16, 1024 * 1024
Head = dict[str, Any]


class CannotBeOpenedError(Exception):
    """Not a backup, not our key, cut off, or changed; says which, as far as that can be told."""


def _cipher(key: bytes, head: bytes, salt: str) -> AESGCM:
    info = b"alongside backup 1\0" + hashlib.sha256(head).digest()
    return AESGCM(HKDF(SHA256(), 32, bytes.fromhex(salt), info).derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealing(io.RawIOBase):
    """Written to like a file. Whole only when the `with` block ends well: else its end is missing for good."""

    def __init__(self, out: BinaryIO, key: bytes, *, key_id: str, head: Mapping[str, Any]) -> None:
        salt = secrets.token_hex(32)
        line = json.dumps({"key": key_id, "salt": salt, **head}, sort_keys=True).encode() + b"\n"
        self._out, self._cipher = out, _cipher(key, line, salt)
        self._waiting, self._number = bytearray(), 0
        out.write(MAGIC + line)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), chunk, None))
        self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, where: TracebackType | None
    ) -> None:
        if kind is None:
            self._seal(bytes(self._waiting), is_last=True)


def read_head(file: BinaryIO) -> tuple[Head, bytes]:
    """The head, and its line as it stands; the file is then at its first chunk. Raises CannotBeOpenedError."""
    if file.read(len(MAGIC)) != MAGIC:
        raise CannotBeOpenedError("This is no backup of Alongside, and no list beside one.")
    line = file.readline(LONGEST_HEAD)
    try:
        head = json.loads(line)
        return head | {"key": str(head["key"]), "salt": bytes.fromhex(head["salt"]).hex()}, line
    except (ValueError, KeyError, TypeError):
        raise CannotBeOpenedError("The head of this file cannot be read: it was changed or cut off.") from None


class Opening(io.RawIOBase):
    """Read like a file. Says nothing that was not sealed; raises CannotBeOpenedError where it was changed or ends
    too soon."""

    def __init__(self, file: BinaryIO, keys: Mapping[str, bytes]) -> None:
        self.head, line = read_head(file)
        if self.head["key"] not in keys:
            raise CannotBeOpenedError(f"This file was sealed with another key: {self.head['key']}.")
        self._cipher = _cipher(keys[self.head["key"]], line, self.head["salt"])
        self._file, self._number = file, 0
        self._next, self._open = file.read(CHUNK + TAG), b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        while not self._open and not self._is_over:
            self._open_next()
        given, self._open = self._open[: len(room)], self._open[len(room) :]
        room[: len(given)] = given
        return len(given)

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        self._is_over = not self._next
        try:
            nonce = _nonce(self._number, is_last=self._is_over)
            self._open = self._cipher.decrypt(nonce, sealed, None)
        except InvalidTag:
            raise CannotBeOpenedError("This file is not whole: it was changed or cut off.") from None
        self._number += 1
