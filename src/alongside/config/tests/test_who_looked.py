from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.config.who_looked import looks_by_agency, shown
from alongside.ledger.models import Operation, record
from alongside.people.emergency import open_in_emergency
from alongside.people.tests.factories import COUNCIL, child, practitioner

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(("count", "words"), [(0, "None"), (4, "Fewer than 5"), (5, "5"), (1200, "1,200")])
def test_small_numbers_are_hidden(count, words):
    assert shown(count) == words


def rows_for(client, seat):
    client.force_login(seat("ruth", "west-yorkshire-vrp", "scrutineer"))
    return {row["agency"].pk: row for row in client.get(reverse("who_looked")).context["rows"]}


@pytest.mark.django_db
def test_what_was_opened_is_counted_by_agency(client, seat, leah):
    for what in ("child page", "timeline", "entry", "records", "map", "giving on purpose"):
        record(Operation.VIEW, what, by=leah, at=timezone.now(), about="person:7F3K")
    record(Operation.VIEW, "signed in", by=leah, at=timezone.now())
    rows = rows_for(client, seat)
    assert (rows["leeds-city-council"]["opened"], rows["leeds-camhs"]["opened"]) == ("6", "None")
    assert rows["leeds-city-council"]["in_part"] == "None"


@pytest.mark.django_db
def test_what_was_only_shown_in_part_is_counted_apart(client, seat, leah):
    """Six first pages and one thing that was given are no record that was opened."""
    lists = ("my day", "search result", "briefing", "contact card", "given to me", "only named in an entry", "tie")
    for what in lists:
        record(Operation.VIEW, what, by=leah, at=timezone.now(), about="person:7F3K")
    row = rows_for(client, seat)["leeds-city-council"]
    assert (row["opened"], row["in_part"]) == ("None", "7")


@pytest.mark.django_db
def test_emergency_uses_are_counted_beside_them_and_asking_in_vain_is_none(leah):
    open_in_emergency(person=child(), by=leah, at=NOW, because="A child is in danger now: nobody could be told")
    practitioner("grace", "information_officer", COUNCIL)
    for _ in range(5):
        open_in_emergency(person=child(), by=leah, at=NOW, because="A child is in danger now: hurt")
    open_in_emergency(person=child(), by=leah, at=NOW - timedelta(days=31), because="A child is in danger now: hurt")

    uses = {row["agency"].pk: row["emergencies"] for row in looks_by_agency(at=NOW)}
    assert (uses["leeds-city-council"], uses["leeds-camhs"]) == ("5", "None")


@pytest.mark.django_db
def test_a_scrutineer_reads_numbers_and_a_social_worker_does_not(client, seat, leah):
    client.force_login(seat("ruth", "west-yorkshire-vrp", "scrutineer"))
    assert client.get(reverse("who_looked")).status_code == 200
    client.force_login(leah)
    assert client.get(reverse("who_looked")).status_code == 403
