"""What was sent stays with the team in which its author sent it, wherever its author goes."""

from importlib import import_module

import pytest
from conftest import NOW
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.agencies.models import Practitioner, Team
from alongside.agencies.seats import move
from alongside.contributions.models import Contribution

from .on_pages import FIGHT, sent, words
from .test_correcting import corrected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
OLD, NEW = "west-yorkshire-police-safeguarding", "west-yorkshire-police-response"


def moved() -> None:
    """Priya, who sent it, works in another team from now on."""
    priya = Practitioner.objects.get(key="priya")
    to = Team.objects.get(slug=NEW)
    move(practitioner=priya, role=priya.role, team=to, job_title="", because="A new team", by="tests", at=NOW)


def reads(supervisor, told: Contribution) -> list[bool]:
    """Whether they are shown it, may look it over, and may take it back."""
    listed = words(supervisor.get(reverse("team_sent")))
    answers = [supervisor.get(reverse(page, args=[told.receipt])) for page in ("look_over", "withdraw")]
    return [
        told.receipt in listed or "Waiting for your look (1)" in listed,
        *(one.status_code == 200 for one in answers),
    ]


def test_the_old_team_looks_it_over_still_and_the_new_one_never(officer, sergeant, new_sergeant):
    told = sent(officer)
    moved()
    assert reads(sergeant, told) == [True, True, True]
    assert reads(new_sergeant, told) == [False, False, False]


def test_what_is_sent_in_the_new_team_is_the_new_teams(officer, sergeant, new_sergeant):
    moved()
    told = sent(officer)
    assert reads(sergeant, told) == [False, False, False]
    assert reads(new_sergeant, told) == [True, True, True]


def test_a_correction_stays_with_the_team_of_what_it_corrects(officer, sergeant, new_sergeant):
    first = sent(officer)
    moved()
    corrected(officer, first, "what_happened", FIGHT | {"narrative": "A fight. He stayed with us."})
    newest = Contribution.objects.get(is_newest=True)
    assert newest.version == 2
    assert reads(sergeant, newest) == [True, True, True]
    assert reads(new_sergeant, newest) == [False, False, False]


@pytest.mark.parametrize("team", [None, NEW])
def test_the_database_lets_nobody_give_it_to_another_team(officer, new_sergeant, team):
    sent(officer)
    with pytest.raises(IntegrityError, match="what was told is not changed"), transaction.atomic():
        Contribution.objects.update(team=team)


def test_what_was_sent_before_goes_to_the_team_its_author_was_in_then(officer, new_sergeant):
    """In one statement, however many there are; its receipt and its hash stay as they were."""
    told = sent(officer)
    step = import_module("alongside.contributions.migrations.0013_the_team_that_sent_it")
    on = f" ON {step.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {step.TRIGGER}{on}")
        cursor.execute(f"UPDATE {step.TABLE} SET team_id = NULL")  # noqa: S608  a name of our own
    with CaptureQueriesContext(connection) as asked:
        step.fill(apps, None)
    assert len(asked) == 1
    kept = Contribution.objects.get()
    assert (kept.team_id, kept.receipt, kept.content_hash) == (OLD, told.receipt, told.content_hash)
