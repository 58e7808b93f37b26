"""What a file says again: nothing new where that very file was taken in before, else its word counts."""

import pytest

from alongside.connectors.ingest import take_batch
from alongside.connectors.models import TakenFile
from alongside.connectors.report import OLDER
from alongside.contributions.models import Contribution

from .files import NOW, counts, lines, note

pytestmark = pytest.mark.django_db
RIGHT, WRONG = lines(note(narrative="Right.")), lines(note(narrative="Wrong."))


def words_of(reference: str = "N-1") -> list[str]:
    told = Contribution.objects.filter(reference=reference).order_by("version")
    return [one.told["narrative"] for one in told]


def test_a_file_takes_back_what_another_file_put_in_its_place(desk):
    for name, text in [
        ("monday.ndjson", RIGHT),
        ("tuesday.ndjson", WRONG),
        ("wednesday.ndjson", lines(note("N-2")) + RIGHT),
    ]:
        desk.take(desk.put(text, name))

    assert words_of() == ["Right.", "Wrong.", "Right."]


def test_one_file_tells_its_story_in_order_and_again_changes_nothing(desk):
    others = lines(*(note(f"M-{n}") for n in range(2_500)))
    path = desk.put("\n".join([RIGHT, others, WRONG, RIGHT]), "history.ndjson")
    desk.take(path)
    assert words_of() == ["Right.", "Wrong.", "Right."]

    again = desk.take(path)
    assert counts(again.files[0]) == (0, 2_503, 0, 0)
    assert words_of() == ["Right.", "Wrong.", "Right."]


def test_a_file_that_comes_a_second_time_takes_nothing_back_and_its_report_says_so(desk):
    desk.take(monday := desk.put(RIGHT, "monday.ndjson"))
    desk.take(desk.put(WRONG, "tuesday.ndjson"))
    again = desk.take(monday)

    assert counts(again.files[0]) == (0, 1, 0, 0)
    assert again.files[0].header()["left_out"] == {OLDER: 1}
    assert words_of() == ["Right.", "Wrong."]


def test_a_file_that_broke_off_goes_on_as_if_it_had_not(desk, monkeypatch):
    others = lines(*(note(f"M-{n}") for n in range(2_500)))
    path = desk.put("\n".join([RIGHT, WRONG, others, RIGHT]), "history.ndjson")
    with monkeypatch.context() as cut:
        cut.setattr("alongside.connectors.ingest.take_batch", breaking_off(after=2))
        with pytest.raises(RuntimeError):
            desk.take(path)
    assert words_of() == ["Right.", "Wrong."]

    desk.take(path)
    assert words_of() == ["Right.", "Wrong.", "Right."]


def breaking_off(*, after: int):
    """As taking a batch in, but the power goes after so many."""
    left = iter(range(after))

    def take(*batch, **named):
        if next(left, None) is None:
            raise RuntimeError("the power is gone")
        take_batch(*batch, **named)

    return take


@pytest.mark.parametrize(
    ("first", "later", "kept"),
    [
        ("2026-03-02T09:00", "2026-03-03T09:00", ["Right.", "Wrong."]),
        ("2026-03-02T09:00", "2026-03-02T09:00", ["Right.", "Wrong.", "Right."]),
    ],
)
def test_what_was_reported_earlier_takes_back_nothing_that_was_reported_later(desk, first, later, kept):
    right = lines(note(narrative="Right.", reported_at=first))
    desk.take(desk.put(right, "monday.ndjson"))
    desk.take(desk.put(lines(note(narrative="Wrong.", reported_at=later)), "tuesday.ndjson"))
    desk.take(desk.put(lines(note("N-2")) + right, "everything.ndjson"))

    assert words_of() == kept


def test_a_preview_is_not_remembered_as_taken_in(desk):
    path = desk.put(RIGHT, "monday.ndjson")
    desk.take(path, dry_run=True)

    assert not TakenFile.objects.exists()


def test_a_list_to_which_each_night_adds_tells_nothing_twice(desk):
    others = lines(*(note(f"M-{n}") for n in range(2_500)))
    monday = RIGHT + others + WRONG
    desk.take(desk.put(monday, "list.ndjson"))
    for more in ("T-1", "T-2"):
        monday += lines(note(more))
        grown = desk.take(desk.put(monday, "list.ndjson"))
        assert counts(grown.files[0])[:3:2] == (1, 0)

    assert words_of() == ["Right.", "Wrong."]


def test_a_slower_import_of_one_file_takes_nothing_from_what_another_came_to(desk):
    slow, quick = (TakenFile.of(desk.put(RIGHT, "one.ndjson"), at=NOW) for _ in range(2))
    quick.has_come_to(10_000)
    slow.has_come_to(3_000)

    assert TakenFile.objects.get().rows == 10_000


def test_what_is_no_file_has_no_rows_to_remember(desk):
    desk.take(desk.folder / "nowhere.ndjson")

    assert not TakenFile.objects.exists()
