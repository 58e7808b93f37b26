"""Health: which feed was heard from when, in words, with nothing of a child."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.config.feeds import (
    state_of_backups,
    state_of_feed,
    state_of_following,
    state_of_libraries,
    state_of_sealing,
)
from alongside.contributions.models import Contribution, Pending
from alongside.keeping.shelf import name_at
from alongside.ledger.actions import seal
from alongside.ledger.models import Operation, record
from alongside.web.tests.reading import words

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("silent", "word"),
    [(timedelta(0), "working"), (timedelta(days=8), "working"), (timedelta(days=9), "not_heard_from")],
)
def test_a_feed_silent_for_longer_than_a_weekly_one_was_not_heard_from(silent, word):
    assert state_of_feed(last_heard=NOW - silent, at=NOW) == word


@pytest.mark.parametrize(("waits", "word"), [(None, "working"), (1, "working"), (3, "slow"), (31, "not_working")])
def test_what_waits_for_its_timeline_has_a_word(waits, word):
    oldest = NOW - timedelta(minutes=waits) if waits is not None else None
    assert state_of_following(oldest_waiting=oldest, at=NOW) == word


@pytest.mark.parametrize(
    ("sealed", "waits", "word"),
    [
        pytest.param(None, None, "working", id="nothing was ever written"),
        pytest.param(600, None, "working", id="nothing was written since"),
        pytest.param(600, 2, "working", id="written just now"),
        pytest.param(2, 30, "working", id="sealed just now, written in a long piece of work"),
        pytest.param(6, 6, "not_working", id="several minutes were missed"),
        pytest.param(None, 6, "not_working", id="never sealed"),
    ],
)
def test_a_ledger_is_late_where_a_line_waits_for_longer_than_a_few_minutes(sealed, waits, word):
    last, oldest = (minutes and NOW - timedelta(minutes=minutes) for minutes in (sealed, waits))
    assert state_of_sealing(last=last, oldest_waiting=oldest, at=NOW) == word


@pytest.mark.parametrize(("days", "word"), [(0, "working"), (92, "working"), (93, "out_of_date")])
def test_libraries_are_out_of_date_after_a_quarter(days, word):
    assert state_of_libraries(on=NOW.date() - timedelta(days=days), at=NOW) == word


def test_health_says_when_the_libraries_were_brought_up_to_date_and_warns_after_a_quarter(client, grace, monkeypatch):
    monkeypatch.setattr("alongside.config.health.libraries_of", lambda: date(2026, 11, 1))
    for at, warned in ((NOW, False), (NOW + timedelta(days=90), True)):
        with time_machine.travel(at, tick=False):
            client.force_login(grace)
            page = words(client.get(reverse("health")))
        assert "brought up to date on 1 November 2026" in page
        assert ("The libraries are older than a quarter" in page) is warned


@pytest.mark.parametrize(("hours", "word"), [(None, "out_of_date"), (25, "working"), (27, "out_of_date")])
def test_a_backup_is_of_the_last_night(hours, word):
    last = None if hours is None else NOW - timedelta(hours=hours)
    assert state_of_backups(last=last, at=NOW) == word


@time_machine.travel(NOW, tick=False)
def test_health_says_when_the_newest_backup_was_made_and_warns_where_a_night_went_by(client, grace, settings, tmp_path):
    settings.BACKUPS, late = tmp_path / "backups", "There is no backup of the last night"
    page = health_page(client, grace)
    assert "No backup lies where this server keeps them." in page
    assert late in page
    settings.BACKUPS.mkdir()
    for days in (3, 2):
        (settings.BACKUPS / name_at(NOW - timedelta(days=days))).touch()
    page = health_page(client, grace)
    assert "The newest backup was made on Saturday 21 November 2026 at 9:20am." in page
    assert late in page
    (settings.BACKUPS / name_at(NOW - timedelta(hours=6))).touch()
    assert late not in health_page(client, grace)


def test_the_demo_is_not_asked_for_a_backup(client, grace, settings):
    settings.DEMO = True
    assert "backup" not in health_page(client, grace)


def told(agency, system, received_at):
    return Contribution.objects.create(
        agency_id=agency,
        system=system,
        reference="R",
        kind="general_note",
        handling="team",
        occurred_at=received_at,
        received_at=received_at,
        told={},
        content_hash="h",
        receipt=system,
    )


@time_machine.travel(NOW, tick=False)
def test_each_feed_has_its_line_and_someone_to_call(client, grace):
    told("west-yorkshire-police", "niche", NOW - timedelta(minutes=5))
    waiting = told("leeds-camhs", "carenotes", NOW - timedelta(days=20))
    Pending.objects.create(contribution=waiting)
    client.force_login(grace)
    page = client.get(reverse("health")).content.decode()
    assert page.index("carenotes") < page.index("Crime and custody records")
    assert "niche" not in page
    assert "Not heard from" in page
    assert "1 contribution on the way" in page
    assert "Not working" in page


def test_without_any_feed_the_page_says_what_to_do(client, grace):
    client.force_login(grace)
    assert "No feed has told us anything yet" in client.get(reverse("health")).content.decode()


def health_page(client, grace) -> str:
    client.force_login(grace)
    return words(client.get(reverse("health")))


def test_the_page_says_when_the_ledger_was_last_sealed_and_warns_where_it_is_not(client, grace):
    late = "The ledger is not being sealed"
    with time_machine.travel(NOW, tick=False) as clock:
        assert "Nothing is sealed in the ledger yet." in health_page(client, grace)
        record(Operation.VIEW, "child page", by=grace, at=NOW)
        seal(at=NOW)
        clock.move_to(NOW + timedelta(hours=9))
        page = health_page(client, grace)
        assert "The ledger was last sealed on Monday 23 November 2026 at 9:20am." in page
        assert late not in page
        record(Operation.VIEW, "child page", by=grace, at=NOW + timedelta(hours=9))
        clock.move_to(NOW + timedelta(hours=9, minutes=6))
        page = health_page(client, grace)
        assert late in page
        assert "Lines written since Monday 23 November 2026 at 6:20pm wait." in page
        seal(at=NOW + timedelta(hours=9, minutes=6))
        assert late not in health_page(client, grace)


def test_who_may_not_see_health_does_not(client, maya):
    client.force_login(maya)
    assert client.get(reverse("health")).status_code == 403


@pytest.mark.django_db
def test_anyone_may_ask_whether_the_service_is_alive(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sign-in/").status_code == 301
    assert client.get("/healthz").content == b"alive\n"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_system_that_calls_without_https_is_told_and_not_sent_on(client, settings, method):
    settings.SECURE_SSL_REDIRECT = True
    answer = getattr(client, method)("/api/v1/contributions", headers={"authorization": "Bearer a-key"})
    assert answer.status_code == 403
    assert "HTTPS only" in answer.json()["detail"]
    assert "end it" in answer.json()["detail"]
    assert "Location" not in answer
    assert answer["Cache-Control"] == "no-store"
