"""A list that a restore cannot use says why, in words, before anything is done by it."""

import pytest

from alongside.keeping import sealed_list
from alongside.keeping.listed import CLOSED, GONE, listed_at
from alongside.keeping.sealed import CannotBeOpenedError
from alongside.shared.keys import keys_in, made

KEY = made()
KEYS = keys_in(KEY, name="KEY")


@pytest.fixture
def written(monkeypatch, tmp_path):
    monkeypatch.setenv("ALONGSIDE_BACKUP_KEY", KEY)

    def write(*lines, holds=CLOSED):
        return sealed_list.write(tmp_path / "a.list", lambda: lines, head={"holds": holds})

    return write


def test_a_list_is_read_whole(written):
    line = {"door": "seat", "seat": "maya", "is_ended": False}
    assert listed_at(written(line), KEYS, holds=CLOSED).lines == [line]


def test_where_there_is_no_list_nothing_is_on_it(tmp_path):
    listed = listed_at(tmp_path / "none.list", KEYS, holds=GONE)
    assert (listed.head, listed.lines) == (None, [])


@pytest.mark.parametrize(
    ("line", "holds", "reason"),
    [
        ({"door": "window"}, CLOSED, "a door that this version does not know: window"),
        ({"receipt_hash": "0"}, CLOSED, "a door that this version does not know"),
        ({"door": "seat", "seat": "maya"}, CLOSED, "does not tell what this version needs: is_ended"),
        ({"receipt_hash": "0"}, GONE, "does not tell what this version needs: approved_by, at"),
    ],
)
def test_a_list_of_another_version_says_what_is_not_understood(written, line, holds, reason):
    path = written(line, holds=holds)
    with pytest.raises(CannotBeOpenedError) as refused:
        listed_at(path, KEYS, holds=holds)
    assert str(refused.value).startswith(f"Nothing was restored: the list {path} cannot be used. ")
    assert reason in str(refused.value)


def test_another_list_says_which_it_is(written):
    with pytest.raises(CannotBeOpenedError, match="does not list what was disposed of, but which doors are closed"):
        listed_at(written(), KEYS, holds=GONE)


def test_with_another_key_it_is_the_list_that_is_named(written):
    with pytest.raises(CannotBeOpenedError, match=r"a\.list cannot be used\. This file was sealed with another key"):
        listed_at(written(), keys_in(made(), name="KEY"), holds=CLOSED)
