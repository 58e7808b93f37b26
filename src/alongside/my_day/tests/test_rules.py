from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.my_day.rules import became, news_begins

PLAIN = {"is_withdrawn": False, "is_newest": True, "is_pending": False, "has_gaps": False}


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({}, "received", "on the timeline"),
        ({"is_pending": True}, "received", "being added"),
        ({"has_gaps": True}, "received_with_gaps", "on the timeline"),
        ({"is_newest": False}, "corrected", "newer version"),
        ({"is_withdrawn": True, "is_newest": False}, "withdrawn", "Taken back"),
    ],
)
def test_what_became_of_what_was_sent(changes, state, words):
    found = became(**(PLAIN | changes))
    assert found.state == state
    assert words in found.words


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("last_seen", "now", "since"),
    [
        ("2026-11-19 16:55", "2026-11-23 09:20", "2026-11-19 16:55"),  # a Thursday, read on Monday
        ("2026-11-23 08:59", "2026-11-23 09:20", "2026-11-20 00:00"),  # twice on Monday morning: from Friday
        ("2026-11-24 08:59", "2026-11-24 09:20", "2026-11-23 00:00"),  # twice on Tuesday: from Monday
        ("2026-11-22 12:00", "2026-11-22 13:00", "2026-11-20 00:00"),  # on a Sunday: from Friday
        (None, "2026-11-23 09:20", "2026-11-16 09:20"),  # for the first time: a week
    ],
)
def test_since_when_something_is_new(last_seen, now, since):
    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=LONDON)

    assert news_begins(last_seen=last_seen and local(last_seen), now=local(now)) == local(since)
