"""What frameworks do for us and we rely on: each asked once, so that a change of theirs or ours is noticed."""

import re

import pytest
import structlog
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.agencies.models import Practitioner
from tests.crawl import walk
from tests.house.tracked import tracked

pytestmark = pytest.mark.django_db
LONG = "Ääß ☃ all small letters, some blanks and no number at all " * 3
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie")


@pytest.fixture(autouse=True)
def nobody_has_to_wait():
    """Tries that failed are counted for the whole process: other tests made some."""
    cache.clear()


@pytest.fixture
def maya_with_a_long_password(maya):
    maya.set_password(LONG)
    maya.save()
    return maya


def sign_in(client, password):
    return client.post(reverse("sign_in"), {"email": "maya@alongside.example", "password": password})


def test_a_password_of_any_signs_and_length_is_checked_as_it_was_typed(client, maya_with_a_long_password):
    assert sign_in(client, LONG.upper()).status_code == 200
    assert sign_in(client, LONG[:-1]).status_code == 200
    assert sign_in(client, LONG).status_code == 302


def test_a_password_is_hidden_can_be_pasted_and_kept_by_a_manager(client):
    page = client.get(reverse("sign_in")).content.decode()
    (field,) = re.findall(r"<input[^>]*name=\"password\"[^>]*>", page)
    assert 'type="password"' in field
    assert "onpaste" not in page
    assert 'autocomplete="off"' not in field
    assert "maxlength" not in field


def test_signing_in_begins_a_session_of_a_new_name(client, maya_with_a_long_password):
    client.get(reverse("sign_in"))
    before = client.session.session_key
    sign_in(client, LONG)
    assert client.session.session_key != before
    assert len(client.session.session_key) >= 32


def test_a_form_that_is_not_ours_changes_nothing(maya_with_a_long_password):
    client = Client(enforce_csrf_checks=True)
    client.force_login(maya_with_a_long_password)
    answer = client.post(reverse("sign_out"))
    assert answer.status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("who", ["maya", "grace"])
def test_signing_out_is_on_every_page(client, request, who):
    client.force_login(request.getfixturevalue(who))
    without = [
        visit.address
        for visit in walk(client)
        if visit.is_html and reverse("sign_out").encode() not in visit.answer.content
    ]
    assert without == []


def test_no_method_but_those_of_a_page_is_answered(client, maya):
    client.force_login(maya)
    for address in (reverse("help"), reverse("find"), reverse("my_day")):
        assert client.trace(address).status_code == 405
        assert client.delete(address).status_code == 405


@pytest.mark.parametrize("folder", ["/static/", "/static/built/", "/static/web/"])
def test_no_folder_is_listed(client, folder):
    assert client.get(folder).status_code == 404


def test_nothing_is_stored_in_the_browser():
    ours = [*tracked("src/alongside/web/assets/*.js"), *tracked("src/alongside/web/static/web/*.js")]
    assert ours
    assert [path.name for path in ours if STORES.search(path.read_text())] == []


def test_nothing_typed_breaks_a_line_of_the_log(capsys):
    structlog.get_logger().warning("said", by="Maya\n2026-11-23 [critical] forged line")
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_nobody_has_a_password_that_was_not_set(maya):
    assert not Practitioner.objects.get(key="maya").has_usable_password()
