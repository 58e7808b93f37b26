"""Before a record closes to those who work with a child, whoever restricts it reads who they are."""

import pytest
from django.urls import reverse

from alongside.people.closing import readers_of, restrict, restriction_of
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, practitioner, standing
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
PAGE = reverse("child_restriction", args=["7F3K"])
BECAUSE = {"because": "Moved for safety"}
ASKED = "Read who loses it. Then tick that it closes to them, or tick who reads it"


@pytest.fixture
def rowan(kai):
    rowan = practitioner("rowan")
    standing(kai, COUNCIL, practitioner=rowan)
    return rowan


@pytest.fixture
def ann(kai):
    ann = practitioner("ann", "health_worker", CAMHS)
    standing(kai, CAMHS, practitioner=ann, role="Nurse")
    return ann


@pytest.fixture
def bea(signed_in):
    return signed_in("bea", "front_door_manager", COUNCIL)


def named_on(kai):
    stands = restriction_of(kai)
    return [one.practitioner.key for one in readers_of(stands)] if stands else None


def test_who_works_with_the_child_is_offered_and_nobody_is_ticked(client, kai, rowan, ann, bea):
    practitioner("maya", "front_door_worker")
    page = client.get(PAGE).content.decode()
    for key in ("rowan", "ann", "maya"):
        assert f'value="{key}"' in page
    assert 'value="bea"' not in page
    assert " checked" not in page
    assert "rowan@example.org" not in page
    assert "Does it close to them?" not in page


def test_it_is_asked_once_more_before_those_who_work_with_the_child_lose_it(client, kai, rowan, ann, bea):
    answer = client.post(PAGE, BECAUSE)
    page = words(answer)
    assert named_on(kai) is None
    assert ASKED in page
    assert f"Only you will read it. These 2 people lose it now: Ann , {ann.role_name}, CAMHS Rowan ," in page
    assert 'value="ann|rowan"' in answer.content.decode()
    assert 'value="Moved for safety"' in answer.content.decode()
    client.post(PAGE, BECAUSE | {"understood": "ann|rowan"})
    assert named_on(kai) == ["bea"]


def test_the_one_who_is_a_danger_is_left_out_and_all_others_read_on(client, kai, rowan, ann, bea):
    told = BECAUSE | {"ticked": ["rowan"]}
    page = words(client.post(PAGE, told))
    assert "Only you and Rowan will read it. This person loses it now: Ann ," in page
    client.post(PAGE, told | {"understood": "ann"})
    assert named_on(kai) == ["bea", "rowan"]


def test_nothing_more_is_asked_where_nobody_loses_it(client, kai, rowan, ann, bea):
    client.post(PAGE, BECAUSE | {"ticked": ["rowan"], "readers": "ann@example.org"})
    assert sorted(named_on(kai)) == ["ann", "bea", "rowan"]


def test_whoever_came_to_the_child_since_is_asked_of_again(client, kai, rowan, ann, bea):
    standing(kai, COUNCIL, practitioner=practitioner("leah"))
    page = words(client.post(PAGE, BECAUSE | {"understood": "ann|rowan"}))
    assert "These 3 people lose it now" in page
    assert named_on(kai) is None


def test_what_was_read_of_more_people_holds_for_fewer(client, kai, rowan, ann, bea):
    client.post(PAGE, BECAUSE | {"ticked": ["rowan"], "understood": "ann|rowan"})
    assert named_on(kai) == ["bea", "rowan"]


def test_more_are_named_by_a_tick_too(client, kai, rowan, ann, bea):
    restrict(person=kai, readers=[ann], by=bea, at=NOW, because="Moved")
    page = client.get(PAGE).content.decode()
    assert 'value="rowan"' in page
    assert 'value="ann"' not in page
    assert "Tick somebody, or write at least one e-mail address" in words(client.post(PAGE, {}))
    client.post(PAGE, {"ticked": ["rowan"]})
    assert named_on(kai) == ["bea", "ann", "rowan"]
