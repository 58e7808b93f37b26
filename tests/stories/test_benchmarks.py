"""The large city that pages are measured on is told through the ordinary doors, and all of it is accepted."""

from collections import Counter

import pytest
from benchmarks import large_city
from conftest import NOW

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.actions import accept
from alongside.demo.loading import seat_practitioners
from alongside.flow import follow_pending


@pytest.mark.django_db
def test_the_large_city_is_accepted_whole_and_one_record_is_far_longer(agencies, monkeypatch) -> None:
    monkeypatch.setattr(large_city, "LONGEST", 200)
    seat_practitioners(at=NOW)
    told = list(large_city.streets(children=40, contributions=300, until=NOW.date()))
    verdicts = [one for street in told for one in accept(street.envelopes, by="tests", at=NOW)]
    assert {one.status for one in verdicts} <= {"accepted", "superseded"}
    assert len(verdicts) >= 500

    while follow_pending(at=NOW):
        pass
    longest, second = Counter(ChronologyEntry.objects.values_list("person", flat=True)).most_common(2)
    assert longest[1] > 190
    assert longest[1] > 2 * second[1]
