"""When a child was last seen, what is owed and has not come, in words a tired reader can use."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.chronology.owed import owed_of
from alongside.chronology.queries import agencies_and_sights
from alongside.chronology.seen import last_seen
from alongside.chronology.timeline_facts import Owed
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

from .factories import entry

pytestmark = pytest.mark.django_db
PPN, INCIDENT = "police_protection_notification", "police_incident"
RULE = Owed(after=INCIDENT, roles=("victim",), kind=PPN, by=POLICE, hours=24, answered_within=48)
INTERVIEW = Owed(
    after="missing_episode",
    roles=("missing",),
    kind="return_home_interview",
    by=COUNCIL,
    hours=72,
    answered_within=720,
    from_its_end=True,
)


@pytest.fixture
def kai():
    return child("7F3K", called="Kai")


def ago(days: float):
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "answer", "owed"),
    [
        (3, None, 1),
        (0.5, None, 0),
        (3, {"kind": PPN, "occurred_at": ago(2.9)}, 0),
        (9, {"kind": PPN, "occurred_at": ago(3)}, 1),
        (9, {"kind": PPN, "occurred_at": ago(3), "incident": "one"}, 0),
        (3, {"kind": PPN, "occurred_at": ago(2.9), "withdrawn": True}, 1),
        (3, {"kind": PPN, "occurred_at": ago(2.9), "handling": "restricted", "readers": ",maya,"}, 1),
        (3, {"kind": "general_note", "occurred_at": ago(2.9)}, 1),
    ],
)
def test_a_notification_is_owed_until_it_comes(kai, days, answer, owed):
    told = [entry(kai, kind=INCIDENT, role="victim", occurred_at=ago(days), incident="one")]
    if answer:
        told.append(entry(kai, **answer))
    assert len(owed_of(told, [RULE], at=NOW)) == owed


@pytest.mark.parametrize("left_out", [{"withdrawn": True}, {"role": "sibling"}, {"handling": "restricted"}])
def test_nothing_is_owed_for_what_does_not_stand_or_is_not_theirs(kai, left_out):
    told = entry(kai, **{"kind": INCIDENT, "role": "victim", "occurred_at": ago(9), **left_out})
    assert owed_of([told], [RULE], at=NOW) == []


@pytest.mark.parametrize(("back", "owed"), [(None, 0), (9, 1), (2, 0)])
def test_a_talk_is_owed_after_the_child_came_back(kai, back, owed):
    until = ago(back) if back else None
    told = entry(kai, kind="missing_episode", role="missing", occurred_at=ago(10), until=until)
    assert len(owed_of([told], [INTERVIEW], at=NOW)) == owed


def test_one_incident_told_twice_owes_once(kai):
    told = [
        entry(kai, kind=INCIDENT, role="victim", occurred_at=ago(3), incident="one"),
        entry(kai, "leeds-youth-justice", kind=INCIDENT, role="victim", occurred_at=ago(3), incident="one"),
    ]
    assert len(owed_of(told, [RULE], at=NOW)) == 1


def sights(kai):
    """What the front door may know of who saw the child last."""
    found = agencies_and_sights(viewer=practitioner("maya", "front_door_worker"), person=kai, at=NOW)
    return {one.short_name: one.last_sight for one in found.values() if one.last_sight}


@pytest.mark.parametrize(("days", "said"), [(9, None), (10, 10), (40, 40)])
def test_after_so_many_days_it_is_worth_saying(days, said):
    seen = last_seen([("Police", ago(days)), ("CAMHS", None)], at=NOW, worth_saying=10)
    assert seen.days == said
    assert [one.agency for one in seen.by] == ["Police"]


@pytest.mark.parametrize(
    "left_out", [{"withdrawn": True}, {"handling": "restricted", "readers": ",maya,"}, {"seen_at": ago(-2)}]
)
def test_what_does_not_stand_shows_no_sight_of_the_child(kai, left_out):
    entry(kai, **{"seen_at": ago(1), **left_out})
    assert sights(kai) == {}


def test_each_agency_once_the_latest_first(kai):
    for one in [(POLICE, 5), (CAMHS, 3), (POLICE, 2)]:
        entry(kai, one[0], seen_at=ago(one[1]))
    found = sights(kai)
    assert found == {"Police": ago(2), "CAMHS": ago(3)}
    seen = last_seen(found.items(), at=NOW, worth_saying=10)
    assert [(one.agency, (NOW.date() - one.day).days) for one in seen.by] == [("Police", 2), ("CAMHS", 3)]


def test_the_first_page_says_it_in_words_and_only_what_the_reader_may_read(client, kai):
    client.force_login(practitioner("ann", "social_worker", COUNCIL))
    standing(kai, COUNCIL)
    entry(kai, kind=INCIDENT, role="victim", title="A fight", occurred_at=ago(12), seen_at=ago(12))
    entry(kai, CAMHS, seen_at=ago(1), handling="agencies", readers=f",{CAMHS},")
    page = words(client.get(reverse("child", args=["7F3K"])))
    assert "Not seen by anyone for 12 days , as far as you may read." in page
    assert "By Police: 11 November 2026" in page
    assert "CAMHS" not in page
    assert "owed by Police after A fight. None that you may see has come." in page
    assert "1 event, told by 1 agency; 1 of them hurt or in danger; 1 thing owed has not come" in page


def test_a_child_whom_nobody_saw_is_said_so(client, kai):
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    assert "Nobody has told us that they saw Kai" in words(client.get(reverse("child", args=["7F3K"])))


def owed_page(client, kai, page: str, *, reader: str = COUNCIL, days: float = 3) -> str:
    maya = practitioner("maya", "front_door_worker", reader)
    standing(kai, reader, practitioner=maya)
    client.force_login(maya)
    entry(kai, kind=INCIDENT, role="victim", occurred_at=ago(days), title="Violence with injury")
    return words(client.get(reverse(page, args=["7F3K"])))


def test_what_is_owed_is_the_next_step_with_whom_to_call(client, kai):
    page = owed_page(client, kai, "child")
    assert "Nothing is waiting for you here" not in page
    said = "Ask Police (0113 496 0001) for what has not come: Police protection notification, due 21 November."
    assert said in page
    assert "See 1 event and 1 thing owed as a list" in page


def test_whoever_owes_it_is_not_told_to_ask_themselves(client, kai):
    page = owed_page(client, kai, "child", reader=POLICE)
    assert "Your agency owes what has not come: Police protection notification, due 21 November." in page
    assert "Ask Police" not in page


def test_what_was_due_long_ago_is_said_and_is_not_the_next_step(client, kai):
    page = owed_page(client, kai, "child", days=100)
    assert "Ask Police" not in page
    assert "owed by Police after Violence with injury. None that you may see has come." in page


@pytest.mark.parametrize("page", ["child", "child_timeline"])
def test_what_is_owed_stands_on_the_timeline_after_what_it_follows(client, kai, page):
    said = (
        "Police protection notification was owed by Police after Violence with injury. None that you may see has come."
    )
    page = owed_page(client, kai, page)
    assert said in page
    assert "Was due 21 November" in page
