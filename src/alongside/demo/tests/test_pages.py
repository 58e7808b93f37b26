"""The page of people to be: in the demo everybody's, elsewhere nobody's."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from alongside.demo.loading import is_built, seat_practitioners
from alongside.demo.practitioners import CARDS

AT = datetime(2026, 3, 6, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(settings) -> str:
    settings.DEMO = True
    return reverse("be_someone")


@pytest.fixture
def seats() -> None:
    seat_practitioners(at=AT)


@pytest.mark.usefixtures("seats")
def test_everybody_has_a_card(client: Client, page: str) -> None:
    shown = client.get(page).content.decode()
    assert [card.name for card in CARDS if card.name not in shown] == []


@pytest.mark.usefixtures("seats")
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_a_click_signs_in_as_them(client: Client, page: str, card) -> None:
    answer = client.post(page, {"key": card.key})
    assert answer.status_code == 302
    assert client.get(page).wsgi_request.user.key == card.key


@pytest.mark.usefixtures("seats")
def test_nobody_else_can_be_been(client: Client, page: str) -> None:
    assert client.post(page, {"key": "mallory"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_empty_city_says_how_to_build_it(client: Client, page: str) -> None:
    assert "Nobody lives here yet" in client.get(page).content.decode()


@pytest.mark.usefixtures("seats")
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demo_there_is_no_such_page(client: Client, settings, method: str) -> None:
    settings.DEMO = False
    assert getattr(client, method)(reverse("be_someone"), {"key": "maya"}).status_code == 404


def test_seating_twice_changes_nobody() -> None:
    assert not is_built()
    seat_practitioners(at=AT)
    seat_practitioners(at=AT)
    assert is_built()
