import pytest

from alongside.people.facts import best_of, newer_facts


def named(given: str, family: str = "Grant") -> dict[str, str]:
    return {"given_name": given, "family_name": family}


@pytest.mark.parametrize(
    ("records", "name"),
    [
        pytest.param([named("Kai", "Grnat"), named("Kai"), named("Kai")], "Kai Grant", id="one slip does not win"),
        pytest.param([named("Grant", "Kai"), named("Kai"), named("Kai")], "Kai Grant", id="nor do swapped names"),
        pytest.param([named("Kye"), named("Kai")], "Kye Grant", id="of equals the newest"),
        pytest.param([named("Kai", ""), named("Kai")], "Kai Grant", id="a whole name before half of one"),
        pytest.param([], " ", id="nobody told a name"),
    ],
)
def test_the_name_that_is_shown(records, name):
    best = best_of(records)
    assert f"{best['given_name']} {best['family_name']}" == name


def test_a_whole_date_of_birth_comes_before_part_of_one():
    assert best_of([{"date_of_birth": "2010"}, {"date_of_birth": "2010-05-01"}])["date_of_birth"] == "2010-05-01"


def test_silence_never_erases_and_a_change_is_remembered():
    before = {"postcode": "LS8 4AA", "sex": "F"}
    assert newer_facts(before, {"postcode": "LS9 1AB"}, is_newer=True) == (
        {"postcode": "LS9 1AB", "sex": "F"},
        {"postcode": "LS8 4AA"},
    )


def test_an_older_telling_fills_gaps_only():
    before = {"postcode": "LS8 4AA", "sex": ""}
    now, moved = newer_facts(before, {"postcode": "LS9 1AB", "sex": "F"}, is_newer=False)
    assert (now, moved) == ({"postcode": "LS8 4AA", "sex": "F"}, {"postcode": "LS9 1AB"})
