"""One database holds one invented city, and never one beside real work."""

import pytest
from django.conf import settings
from typer.testing import CliRunner

from alongside.cli import app
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
