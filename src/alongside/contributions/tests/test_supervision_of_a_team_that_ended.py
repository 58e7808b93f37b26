"""A team that nobody supervises any more: what it sent goes on to whoever is nearest, and never past a wall."""

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.agencies.models import Practitioner, Team
from alongside.agencies.seats import end_seat, move
from alongside.contributions.models import Contribution
from alongside.people.closing import declare_tie
from alongside.people.models import Person

from .conftest import at_a_machine
from .on_pages import sent, words
from .test_supervision_after_a_move import NEW, moved, reads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ALL, NONE = [True, True, True], [False, False, False]


@pytest.fixture
def third_sergeant(seat):
    """Of a team of the same agency that had nothing to do with it."""
    Team.objects.create(slug="third", agency_id="west-yorkshire-police", name="Third")
    return at_a_machine(seat("tom", "west-yorkshire-police", "police_supervisor", team="third"))


def goes(key: str) -> None:
    end_seat(practitioner=Practitioner.objects.get(key=key), because="Left", by="tests", at=NOW)


def dissolved() -> None:
    """Everybody of the old team, its sergeant too, works in another from now on."""
    moved()
    hall = Practitioner.objects.get(key="hall")
    to = Team.objects.get(slug=NEW)
    move(practitioner=hall, role=hall.role, team=to, job_title="", because="A new team", by="tests", at=NOW)


def test_it_goes_with_its_author_to_their_new_team(officer, sergeant, new_sergeant, third_sergeant):
    told = sent(officer)
    dissolved()
    assert reads(sergeant, told) == ALL
    assert reads(new_sergeant, told) == ALL
    assert reads(third_sergeant, told) == NONE


def test_where_nobody_supervises_that_one_either_any_supervisor_of_the_agency_does(
    officer, sergeant, third_sergeant, seat
):
    told = sent(officer)
    moved()
    goes("hall")
    ines = at_a_machine(seat("ines", "leeds-city-council", "team_manager", team="leeds-city-council-front-door"))
    assert reads(third_sergeant, told) == ALL
    assert reads(ines, told) == NONE


def test_what_its_author_alone_could_look_over_goes_on_to_another(officer, sergeant, third_sergeant):
    """She leads the new team herself since, and nobody the old one."""
    told = sent(officer)
    team, _ = Team.objects.get_or_create(slug=NEW, agency_id="west-yorkshire-police", defaults={"name": "Fourth"})
    priya = Practitioner.objects.get(key="priya")
    move(practitioner=priya, role="police_supervisor", team=team, job_title="", because="Leads it", by="tests", at=NOW)
    goes("hall")
    assert reads(third_sergeant, told) == ALL
    assert reads(officer, told) == [False, False, True]  # she may take back what is hers


def test_it_is_the_last_teams_of_an_author_who_left(officer, sergeant, new_sergeant, third_sergeant):
    told = sent(officer)
    dissolved()
    goes("priya")
    assert reads(new_sergeant, told) == ALL
    assert reads(third_sergeant, told) == NONE


def test_an_author_who_is_in_no_team_now_leaves_it_to_any_supervisor(officer, sergeant, third_sergeant):
    told = sent(officer)
    Practitioner.objects.filter(key="priya").update(team=None)
    goes("hall")
    assert reads(third_sergeant, told) == ALL


def test_it_comes_back_once_somebody_supervises_the_team_again(officer, sergeant, third_sergeant, seat):
    told = sent(officer)
    goes("hall")
    assert reads(third_sergeant, told) == ALL
    back = at_a_machine(
        seat("bo", "west-yorkshire-police", "police_supervisor", team=Contribution.objects.get().team_id)
    )
    assert reads(back, told) == ALL
    assert reads(third_sergeant, told) == NONE


def test_what_was_sent_from_no_team_is_looked_over_by_nobody(sergeant, seat):
    told = sent(at_a_machine(seat("priya", "west-yorkshire-police", "police_officer")))
    assert reads(sergeant, told) == NONE


def test_whoever_is_closed_out_of_the_childs_record_sees_none_of_it(officer, sergeant, third_sergeant):
    told = sent(officer)
    goes("hall")
    tom = Practitioner.objects.get(key="tom")
    declare_tie(person=Person.objects.get(), because="His aunt is my neighbour", by=tom, at=NOW)
    assert reads(third_sergeant, told) == NONE


def test_what_is_for_named_people_only_stays_with_them(officer, sergeant, third_sergeant):
    told = sent(officer)
    goes("hall")
    Contribution.objects.update(handling="restricted:priya")
    assert reads(third_sergeant, told) == NONE


def test_the_page_asks_the_database_no_more_for_it(officer, sergeant, third_sergeant, django_assert_max_num_queries):
    for _ in range(3):
        sent(officer)
    goes("hall")
    with django_assert_max_num_queries(12):
        page = words(third_sergeant.get(reverse("team_sent")))
    assert "Waiting for your look (3)" in page
    assert "a team of your agency that nobody supervises" in page
