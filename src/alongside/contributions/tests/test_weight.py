"""The pages of telling on a bad line and a busy server: how much they weigh, and how often they ask the database."""

import gzip
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from .on_pages import PIP, PPN, sent, step, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
FILES = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')
HEAVIEST = 100 * 1024


def weight(page):
    """Bytes over the wire of a first view: the page with its styles and scripts, compressed."""
    html = page.content
    total, files = len(gzip.compress(html)), sorted(set(FILES.findall(html.decode())))
    assert any(name.endswith(".css") for name in files)
    for name in files:
        found = finders.find(name)
        assert found, f"{name} is not built: python scripts/build_assets.py"
        total += len(gzip.compress(Path(found).read_bytes()))
    return total


@pytest.mark.parametrize("name", ["who", "what_happened", "voice", "check"])
def test_a_first_view_of_a_notification_is_light(officer, name):
    assert weight(officer.get(step(written(officer), name))) < HEAVIEST


@pytest.mark.parametrize("name", ["danger", "what_happened", "check"])
def test_a_first_view_for_a_shop_is_light(highways, name):
    assert weight(highways.get(step(uuid4(), name, PIP))) < HEAVIEST


@pytest.mark.parametrize("name", ["who", "what_happened", "voice", "check"])
def test_a_page_of_a_notification_asks_the_database_little(officer, name, django_assert_max_num_queries):
    key = written(officer)
    with django_assert_max_num_queries(12):
        officer.get(step(key, name, PPN))


def test_saving_while_typing_asks_the_database_little(officer, django_assert_max_num_queries):
    key = written(officer)
    with django_assert_max_num_queries(12):
        officer.post(step(key, "voice"), {"childs_words": "No."}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("number", [1, 12])
def test_lists_ask_as_often_for_many_as_for_one(officer, sergeant, number, django_assert_max_num_queries):
    for _ in range(number):
        sent(officer)
    with django_assert_max_num_queries(14):
        officer.get(reverse("what_i_sent"))
    with django_assert_max_num_queries(12):
        sergeant.get(reverse("team_sent"))
