"""The frame of every page: who sees what in it, and what every answer carries."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.test import RequestFactory

from alongside.web import context, session, views

PAGES = [
    "/help/",
    "/help/words-on-labels/",
    "/help/what-is-recorded/",
    "/accessibility/",
    "/privacy/",
    "/components/",
]


def reader(**also):
    menu = [
        SimpleNamespace(label="Help", url_name="help"),
        SimpleNamespace(label="Gone", url_name="no_such_page"),
    ]
    return SimpleNamespace(is_authenticated=True, name="Maya Osei", navigation=menu, **also)


def furniture(user, path="/help/words-on-labels/"):
    request = RequestFactory().get(path)
    if user:
        request.user = user
    return context.furniture(request)["furniture"]


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_who_is_not_signed_in_sees_no_menu(user):
    shown = furniture(user)
    assert shown["navigation"] == []
    assert shown["who"] is None
    assert shown["find"] == shown["account"] == ""


def test_a_menu_leaves_out_pages_that_this_server_does_not_have():
    assert [item.label for item in furniture(reader())["navigation"]] == ["Help"]


@pytest.mark.parametrize(
    ("url", "path", "here"),
    [
        ("/help/", "/help/", "page"),
        ("/help/", "/help/words/", "true"),
        ("/help/", "/privacy/", ""),
        ("/", "/privacy/", ""),
        ("/", "/", "page"),
    ],
)
def test_the_menu_marks_where_the_reader_is(url, path, here):
    assert context.where(url, path) == here


def test_the_reader_is_named_as_they_are_called():
    assert furniture(reader())["who"]["short_name"] == "Maya"
    assert furniture(reader(short_name="Leah"))["who"]["short_name"] == "Leah"


# A page with a form keeps its key in the session, which is in the database.
@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_open_pages_can_be_read_by_anyone_and_are_not_kept(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert b" style=" not in answer.content


@pytest.mark.parametrize("address", PAGES)
def test_open_pages_can_only_be_read(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_titles_are_each_their_own(client):
    titles = {client.get(address).content.split(b"<title>")[1].split(b"</title>")[0] for address in PAGES}
    assert len(titles) == len(PAGES)
    assert all(title.endswith(" – Alongside".encode()) for title in titles)


def test_only_the_signed_in_can_move_a_session_s_end(client):
    assert client.get("/session/stay/").status_code == 405
    assert client.post("/session/stay/").headers["Location"].startswith("/sign-in/")


def test_staying_signed_in_answers_how_long_the_session_has_now():
    request = RequestFactory().post("/session/stay/")
    request.user = reader()
    request.session_ends_at = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), tick=False):
        assert views.stay_signed_in(request).content == b"1800"
    with time_machine.travel(datetime(2026, 11, 23, 1, 31, tzinfo=UTC), tick=False):
        assert session.seconds_left(request) == 0


def test_a_request_without_a_session_has_no_time_left():
    assert session.seconds_left(RequestFactory().get("/")) == 0


def test_a_browser_finds_the_picture_of_its_tab_beside_what_is_no_page(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer.url.removeprefix("/static/"))
