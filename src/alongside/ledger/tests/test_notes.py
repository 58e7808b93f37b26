import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from alongside.ledger.notes import FIRST, Head, UnreadableError, read, read_verifier, sign, verifier_of

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
HEAD = Head(7, b"r" * 32, "2026-11-23T09:20:00+00:00", FIRST, 7, 7, "2026-11-23T09:20:00+00:00")


def test_a_note_is_read_back_as_it_was_signed():
    note = sign(HEAD, KEY)
    assert read(bytes(note)) == note
    assert read(bytes(note)).is_signed_by(verifier_of(KEY))


@pytest.mark.parametrize(
    "change", [(b"7\n", b"8\n"), (b"2026-11-23T09:20", b"2026-11-24T09:20"), (b"settled 7", b"settled 6")]
)
def test_whatever_is_changed_in_it_the_signature_holds_no_longer(change):
    assert not read(bytes(sign(HEAD, KEY)).replace(*change, 1)).is_signed_by(verifier_of(KEY))


def test_another_s_signature_is_not_ours():
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    assert not sign(HEAD, other).is_signed_by(verifier_of(KEY))


def test_a_public_key_is_one_line_and_a_slip_in_it_is_seen():
    said = str(verifier_of(KEY))
    assert read_verifier(said + "\n") == verifier_of(KEY)
    with pytest.raises(UnreadableError):
        read_verifier(said[:-6] + "AAAAA=")


@pytest.mark.parametrize("text", [b"", b"hello", bytes(sign(HEAD, KEY))[:-20], bytes(sign(HEAD, KEY)) * 2, b"\xff\xfe"])
def test_what_is_no_checkpoint_is_refused_in_words(text):
    with pytest.raises(UnreadableError):
        read(text)
