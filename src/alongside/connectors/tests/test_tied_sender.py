"""A file changes nothing of what stands of a child to whom whoever brings it in declared a tie."""

import pytest

from alongside.connectors.ingest import ingest
from alongside.contributions.models import Contribution
from alongside.people.closing import declare_tie, end_tie, restrict
from alongside.people.models import Person

from .files import NOW, counts, lines, note, rules

pytestmark = pytest.mark.django_db
BOTH = lines(note(), note("N-2"))
CHANGED = lines(note(narrative="All is well."), note("N-2", narrative="All is well."))


@pytest.fixture
def brought(desk, tmp_path):
    """What became of a file that this seat brought in."""

    def brought(text, who):
        path = desk.put(text, f"{len(list(tmp_path.iterdir()))}.ndjson")
        return ingest([path], by=who, at=NOW, rejects_in=tmp_path / "rejects").files[0]

    return brought


@pytest.fixture
def kai(brought, grace):
    """Of whom the first note is."""
    brought(BOTH, grace)
    return Person.objects.get(entries__contribution__reference="N-1")


def words_of(reference: str) -> list[str]:
    told = Contribution.objects.filter(reference=reference).order_by("version")
    return [one.told["narrative"] for one in told]


def test_the_rest_of_the_file_is_taken_in_and_the_report_says_who_can(brought, kai, grace):
    declare_tie(person=kai, by=grace, at=NOW, because="My nephew")
    file = brought(CHANGED, grace)
    assert counts(file) == (0, 0, 1, 1)
    assert rules(file) == ["This tells of a child to whom you declared a tie."]
    assert words_of("N-1") == ["Came to boxing and stayed to help."]
    assert words_of("N-2")[-1] == "All is well."


def test_what_names_the_child_no_longer_changes_nothing_either(brought, kai, grace):
    declare_tie(person=kai, by=grace, at=NOW, because="My nephew")
    other = note(people=[{"role": "subject", "reference": "S-9", "given_name": "Zoë"}])
    assert counts(brought(lines(other), grace)) == (0, 0, 0, 1)


def test_what_stands_already_and_what_is_new_come_in(brought, kai, grace):
    declare_tie(person=kai, by=grace, at=NOW, because="My nephew")
    same = {"people": note()["people"]}
    assert counts(brought(BOTH + lines(note("N-3", **same)), grace)) == (1, 2, 0, 0)


def test_a_colleague_the_server_and_a_tie_that_ended_stop_nothing(brought, kai, grace, seat):
    tie = declare_tie(person=kai, by=grace, at=NOW, because="My nephew")
    ines = seat("ines", "leeds-safe-team", "information_officer")
    assert counts(brought(CHANGED, ines)) == (0, 0, 2, 0)
    assert counts(brought(lines(note(narrative="Again.")), "alongside ingest")) == (0, 0, 1, 0)
    end_tie(tie=tie, by=seat("mo", grace.agency_id, "data_protection_lead"), at=NOW, because="Moved")
    assert counts(brought(lines(note(narrative="And again.")), grace)) == (0, 0, 1, 0)


def test_a_restriction_stops_no_file(brought, kai, grace, seat):
    """Whoever brings files in sees no child, and is named on none: what is new of them would reach nobody."""
    restrict(person=kai, readers=[], by=seat("bea", "leeds-city-council", "front_door_manager"), at=NOW, because="Few")
    assert counts(brought(CHANGED, grace)) == (0, 0, 2, 0)
