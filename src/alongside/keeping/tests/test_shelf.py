"""Old backups go by a rule, and never the last one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from alongside.keeping.shelf import clear, made_at, name_at, to_keep

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOURS = some.integers(0, 24 * 360).map(lambda hours: MONDAY - timedelta(hours=hours))
TIMES = some.lists(HOURS, max_size=80)


@given(TIMES, some.integers(1, 9), some.integers(0, 9))
def test_the_newest_always_stays_and_never_more_than_the_rule(times, daily, weekly):
    stay = to_keep(times, daily=daily, weekly=weekly)
    assert stay <= set(times)
    assert len(stay) <= daily + weekly
    assert not times or max(times) in stay


@given(TIMES, some.integers(1, 9), some.integers(0, 9))
def test_clearing_twice_is_clearing_once(times, daily, weekly):
    stay = to_keep(times, daily=daily, weekly=weekly)
    assert to_keep(stay, daily=daily, weekly=weekly) == stay


def test_a_backup_a_night_leaves_seven_days_and_five_weeks():
    stay = to_keep([MONDAY - timedelta(days=n) for n in range(60)], daily=7, weekly=5)
    days = sorted((MONDAY - at).days for at in stay)
    assert days == [0, 1, 2, 3, 4, 5, 6, 8, 15, 22]


def test_other_files_in_the_folder_are_nobodys_to_take(tmp_path):
    for n in range(3):
        (tmp_path / name_at(MONDAY - timedelta(hours=n))).touch()
    (tmp_path / "notes.txt").touch()
    gone = clear(tmp_path, daily=1, weekly=0)
    assert [made_at(path) for path in gone] == [MONDAY - timedelta(hours=2), MONDAY - timedelta(hours=1)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alongside-2026-11-23T020000Z.backup", "notes.txt"]
