"""A sealed file opens whole with its key, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.keeping import sealed
from alongside.keeping.sealed import CannotBeOpenedError, Opening, Sealing, read_head
from alongside.shared.keys import KeyMistakeError, key_id, keys_in, made, secret

KEY = bytes(range(32))
KEYS = {key_id(KEY): KEY}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealed, "CHUNK", 16)


def seal(*pieces, **head):
    out = io.BytesIO()
    with Sealing(out, KEY, key_id=key_id(KEY), head=head) as sealing:
        for piece in pieces:
            sealing.write(piece)
    return out.getvalue()


def opened(text, keys=KEYS):
    return Opening(io.BytesIO(text), keys).read()


@given(some.lists(some.binary(max_size=40), max_size=6))
def test_whatever_is_sealed_comes_back(pieces):
    sealed.CHUNK = 16
    assert opened(seal(*pieces)) == b"".join(pieces)


@given(some.binary(min_size=1, max_size=60), some.data())
def test_one_changed_byte_anywhere_opens_nothing(content, data):
    sealed.CHUNK = 16
    whole = seal(content, counted=3)
    place = data.draw(some.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([whole[place] ^ data.draw(some.integers(1, 255))]) + whole[place + 1 :]
    with pytest.raises(CannotBeOpenedError):
        opened(changed)


@given(some.binary(max_size=60), some.data())
def test_cut_off_anywhere_it_is_not_whole(content, data):
    sealed.CHUNK = 16
    whole = seal(content)
    with pytest.raises(CannotBeOpenedError):
        opened(whole[: data.draw(some.integers(0, len(whole) - 1))])


def test_chunks_that_change_places_are_noticed():
    whole = seal(b"a" * 16, b"b" * 16, b"c")
    head, body = whole[: -(32 + 32 + 17)], whole[-(32 + 32 + 17) :]
    with pytest.raises(CannotBeOpenedError, match="not whole"):
        opened(head + body[32:64] + body[:32] + body[64:])


def test_what_broke_off_while_it_was_sealed_is_not_whole():
    out = io.BytesIO()
    sealing = Sealing(out, KEY, key_id=key_id(KEY), head={})
    sealing.write(b"begun")
    sealing.__exit__(OSError, OSError("disk full"), None)
    with pytest.raises(CannotBeOpenedError):
        opened(out.getvalue())


def test_anybody_reads_the_head_and_only_the_key_the_rest():
    whole = seal(b"a child's name", contributions=3)
    head, _ = read_head(io.BytesIO(whole))
    assert (head["contributions"], head["key"]) == (3, key_id(KEY))
    assert b"child" not in whole
    with pytest.raises(CannotBeOpenedError, match="another key"):
        opened(whole, {"00000000": KEY})


def test_what_is_no_backup_says_so():
    with pytest.raises(CannotBeOpenedError, match="no backup"):
        opened(b"SQLite format 3\0")


def test_keys_are_read_newest_first_and_what_is_none_is_refused(tmp_path):
    first, second = made(), made()
    assert len(keys_in(f"{first},{second}", name="KEY")) == 2
    with pytest.raises(KeyMistakeError, match="holds what is no key"):
        keys_in("c2hvcnQ=", name="KEY")
    with pytest.raises(KeyMistakeError, match="holds what is no key"):
        keys_in("A" * 43, name="KEY")
    (tmp_path / "key").write_text(first + "\n")
    assert secret("KEY", {"KEY_FILE": str(tmp_path / "key")}) == first
    with pytest.raises(KeyMistakeError, match="cannot be read"):
        secret("KEY", {"KEY_FILE": str(tmp_path / "none")})
