"""One database holds one invented city, and never one beside real work."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings
from typer.testing import CliRunner

from alongside.cli import app
from alongside.cli.demo import planned
from alongside.contributions.models import Contribution
from alongside.demo.plan import begun

pytestmark = pytest.mark.django_db
SMALL = ["--children", "20", "--days", "30", "--seed", "5", "--until", "2026-11-20"]


@pytest.fixture(autouse=True)
def folder_of_this_test(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("ALONGSIDE_DEMO", "1")
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")


def demo(*words):
    return CliRunner().invoke(app, ["demo", "--no-serve", *words])


def test_a_city_that_stands_is_kept_and_another_is_refused():
    built = demo(*SMALL)
    assert built.exit_code == 0, built.output
    assert "20 children" in built.output
    told = Contribution.objects.count()
    assert told > 0
    assert demo().exit_code == 0
    assert demo(*SMALL).exit_code == 0
    for other in (["--children", "30"], ["--seed", "6"], ["--days", "40"], ["--until", "2026-11-21"]):
        answer = demo(*other)
        assert answer.exit_code == 2
        assert "another city: 20 children, seed 5, 30 days until 2026-11-20" in answer.output
    assert Contribution.objects.count() == told


@pytest.mark.parametrize(
    ("clock", "until"), [("06:29", date(2026, 11, 20)), ("06:30", date(2026, 11, 21)), ("23:59", date(2026, 11, 21))]
)
def test_a_city_built_before_the_night_is_over_ends_with_the_day_before(clock, until):
    with time_machine.travel(datetime.fromisoformat(f"2026-11-21T{clock}+00:00"), tick=False):
        assert planned(children=20).until == until


@pytest.mark.parametrize(("day", "says"), [(21, False), (22, False), (23, True)])
def test_a_city_of_days_ago_says_that_it_has_no_last_night(day, says):
    demo(*SMALL)
    with time_machine.travel(datetime(2026, 11, day, 9, tzinfo=UTC), tick=False):
        assert ("Nothing happens in this city after 20 November 2026" in demo().output) is says


def test_a_build_that_broke_off_goes_on_with_the_city_it_began(monkeypatch):
    from alongside.demo import loading

    with monkeypatch.context() as broken:
        broken.setattr(loading, "ingest", lambda *_, **__: 1 / 0)
        assert isinstance(demo(*SMALL).exception, ZeroDivisionError)
    assert demo("--seed", "6").exit_code == 2
    assert "20 children" in demo().output
    assert begun().seed == 5


def test_files_of_a_city_that_stands_are_those_it_was_built_from(tmp_path):
    demo(*SMALL, "--files", str(tmp_path / "first"))
    told = Contribution.objects.count()
    demo("--files", str(tmp_path / "again"))
    assert (tmp_path / "first" / "truth" / "people.csv").read_bytes() == (
        tmp_path / "again" / "truth" / "people.csv"
    ).read_bytes()
    assert Contribution.objects.count() == told


def test_an_invented_city_is_not_built_beside_real_work(maya):
    answer = demo(*SMALL)
    assert answer.exit_code == 2
    assert "work that is not the invented city’s" in answer.output
    assert not Contribution.objects.exists()
