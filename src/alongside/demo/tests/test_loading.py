"""The demo is built through the front door, and all of it arrives."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from alongside.agencies.models import Practitioner, Team
from alongside.agencies.queries import lines_seen_by
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.grading import to_grade
from alongside.contributions.models import Contribution, Pending
from alongside.demo import helping
from alongside.demo.begun import begin_work
from alongside.demo.loading import run_demo, seat_practitioners
from alongside.demo.practitioners import CARDS
from alongside.keeping.queries import due_for
from alongside.linkage.models import RecordLink
from alongside.linkage.names import normalise
from alongside.linkage.search import find
from alongside.people.models import AgencyRecord, Standing
from alongside.places.models import Area, Establishment

from .conftest import UNTIL, Written

AT = datetime(2026, 3, 6, 7, tzinfo=UTC)


@pytest.mark.django_db
def test_a_small_city_arrives_whole(tmp_path: Path) -> None:
    demo = run_demo(at=AT, until=UNTIL, children=20, files=tmp_path)
    written = Written(demo.files)
    told = list(written.told())
    assert demo.totals["rejected"] == 0
    assert Contribution.objects.count() == len(told)
    assert not Pending.objects.exists()
    assert AgencyRecord.objects.count() == len(written.person_of())
    assert RecordLink.objects.filter(undone_at=None).count() == AgencyRecord.objects.count()
    assert ChronologyEntry.objects.exists()
    assert (Area.objects.count(), Establishment.objects.count()) == (48, 15)
    # Nobody can be the colleague whose seat may be needed no longer.
    assert Practitioner.objects.count() == len(CARDS) + 1
    assert Standing.objects.filter(team="leeds-youth-justice-prevention").exists()
    assert not Standing.objects.filter(team=None).exists()


@pytest.mark.django_db
def test_those_who_dispose_and_who_run_seats_find_something_to_do(tmp_path: Path) -> None:
    run_demo(at=AT, until=UNTIL, children=20, days=30, files=tmp_path)
    una, carys = (Practitioner.objects.get(key=key) for key in ("una", "carys"))
    (due,) = due_for(una, at=AT)
    assert (due.contribution.kind, due.contribution.agency_id) == ("partnership_intelligence", "leeds-highways")
    assert due.contribution not in to_grade(Practitioner.objects.get(key="kofi"))
    assert [line.state for line in lines_seen_by(carys, at=AT) if line.waits] == ["check_due"]
    begin_work(at=AT)
    assert Practitioner.objects.count() == len(CARDS) + 1


@pytest.mark.parametrize("seed", [1, 2, 3, 7, 20])
@pytest.mark.django_db
def test_the_search_that_a_visitor_is_told_to_try_finds_one_child(tmp_path: Path, seed: int) -> None:
    demo = run_demo(at=AT, until=UNTIL, children=20, days=60, seed=seed, files=tmp_path)
    (suggested,) = [card for card in CARDS if "“shivaun”" in card.try_this]
    found = find("shivaun", viewer=Practitioner.objects.get(key=suggested.key), at=AT)
    (planted,) = Written(demo.files).planted("spelt in many ways")[0]["people"]
    whose = Written(demo.files).person_of()
    records = [one for one in AgencyRecord.objects.all() if whose[one.agency_id, one.reference] == planted]
    assert [one.person.pk for one in found] == list({one.person_id for one in records})
    # Agencies that hold each spelling may be equally many.
    assert normalise(found[0].person.given_name) == "siobhan"
    assert {"leeds-city-council", "leeds-education", "leeds-teaching-hospitals", "west-yorkshire-police"} <= {
        one.agency_id for one in records
    }


@pytest.mark.django_db
def test_every_team_of_the_stories_is_in_the_playbook() -> None:
    seat_practitioners(at=AT)
    teams = {card.team for card in CARDS if card.team} | {
        one.team for one in vars(helping).values() if isinstance(one, helping.Beside)
    }
    assert teams <= set(Team.objects.values_list("slug", flat=True))
