"""A page of a child costs at most twelve looks at the database, however much happened and whatever is chosen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.chronology.incidents import regroup
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing

from .factories import entry

pytestmark = pytest.mark.django_db
MOST = 12
HOSPITAL = "leeds-teaching-hospitals"
PLACED = {"place": "Bus station", "latitude": 53.797, "longitude": -1.535}
PAGES = [
    ("child", {}),
    ("child", {"period": "all"}),
    ("child", {"print": ""}),
    ("child_timeline", {}),
    ("child_timeline", {"agency": POLICE, "kind": "police_incident", "place": "Bus station", "year": "2026"}),
    ("child_timeline", {"new": (NOW - timedelta(days=400)).isoformat()}),
    ("child_places", {}),
    ("entry", {}),
]


def tell(kai, day: int) -> None:
    """A fight told by police and hospital, something missing, a restricted word, something told to few."""
    at = {"occurred_at": NOW - timedelta(days=day)}
    entry(kai, kind="police_incident", role="victim", **PLACED, **at)
    entry(kai, HOSPITAL, kind="emergency_department_attendance", seen_at=NOW - timedelta(days=day), **at)
    entry(kai, kind="missing_episode", role="missing", until=NOW - timedelta(days=day, hours=-9), **at)
    entry(kai, handling="restricted", readers=",maya,", **at)
    entry(kai, CAMHS, handling="agencies", readers=f",{CAMHS},", **at)


@pytest.fixture
def maya(client):
    viewer = practitioner("maya", "front_door_worker", COUNCIL)
    client.force_login(viewer)
    return viewer


def costs(client, kai, page: str, chosen: dict) -> int:
    if page == "entry":
        address = reverse(
            "child_entry", args=["7F3K", kai.entries.filter(handling="team").first().contribution.receipt]
        )
    else:
        address = reverse(page, args=["7F3K"])
    client.get(address, chosen)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, chosen).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("page", "chosen"), PAGES)
def test_the_cost_stays_and_does_not_grow_with_rows(client, maya, page, chosen):
    kai = child("7F3K")
    standing(kai, CAMHS)
    record(Operation.VIEW, "timeline", by=maya, at=NOW - timedelta(days=2), about=subjects.child("7F3K"))
    tell(kai, 3)
    few = costs(client, kai, page, chosen)
    for day in range(5, 45):
        tell(kai, day)
    regroup([kai.pk])
    many = costs(client, kai, page, chosen)
    assert few == many <= MOST
