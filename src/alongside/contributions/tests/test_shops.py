"""Somebody behind a counter tells what they saw, on a phone, between two customers."""

import re
from uuid import uuid4

import pytest

from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution, Draft

from .on_pages import PIP, seen, step, words
from .test_correcting import corrected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NAMED = re.compile(r"<(?:input|textarea|select)[^>]* name=\"(\w+?)(?:_day|_month|_year)?\"")
OURS = {"csrfmiddlewaretoken", "window", "had", "q"}


@pytest.mark.parametrize("number", range(1, 9))
def test_little_is_asked_at_a_time_and_whoever_knows_no_more_goes_to_the_end(highways, number):
    steps = kinds()[PIP].steps
    assert len(steps) == 9
    page = highways.get(step(uuid4(), steps[number - 1].key, PIP)).content.decode()
    assert 1 <= len(set(NAMED.findall(page)) - OURS) <= 4
    assert ("That is all I know" in page) is (1 < number < 8)


def test_that_is_all_leads_to_sending(highways):
    key = uuid4()
    end = highways.post(step(key, "what_happened", PIP), {"narrative": "A grey car", "do": "end"})
    assert end.url == step(key, "check", PIP)
    assert "A grey car" in words(highways.get(end.url))


def test_the_same_place_is_told_with_one_press(highways):
    assert "again</button>" not in words(highways.get(step(uuid4(), "where", PIP)))
    seen(highways, place_name="Corner of Mill Lane", place_postcode="LS9 6PQ")
    key = uuid4()
    assert "Corner of Mill Lane" in words(highways.get(step(key, "where", PIP)))
    page = words(highways.post(step(key, "where", PIP), {"do": "same_place"}, follow=True))
    assert 'value="Corner of Mill Lane"' in page
    assert 'value="LS9 6PQ"' in page
    assert "again</button>" not in page


def test_what_was_typed_before_a_question_moved_to_another_step_is_corrected_whole(highways):
    one = seen(highways, place_name="Corner of Mill Lane", vehicle="A grey car", how_known="saw")
    draft = Draft.objects.get()
    on_one_page = {name: values for told in draft.answers.values() for name, values in told.items()}
    danger = draft.answers["danger"]
    Draft.objects.filter(pk=draft.pk).update(answers={"danger": danger, "what_happened": on_one_page, "check": {}})

    corrected(highways, one, "what_happened", {"narrative": "Three boys in a grey car"}, PIP)

    newest = Contribution.objects.get(is_newest=True).told
    assert newest["narrative"] == "Three boys in a grey car"
    assert newest["occurred_at"].startswith("2026-11-22")
    assert newest["place"] == {"name": "Corner of Mill Lane"}
    assert newest["details"] == {"at_risk_now": "no", "vehicle": "A grey car", "how_known": "saw"}
