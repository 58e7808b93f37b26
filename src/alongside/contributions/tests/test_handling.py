"""A handling is taken in only where somebody can read what it covers."""

import pytest
from conftest import NOW

from alongside.contributions.actions import accept
from alongside.contributions.envelope import read

from .example import note

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "handling",
    ["partnership", "police", "agencies:leeds-camhs", "agencies:leeds-camhs,,leeds-camhs", "restricted:maya,priya"],
)
def test_what_somebody_can_read_is_taken_in(handling, maya, priya):
    assert read(note(handling=handling), at=NOW)[1] == []


@pytest.mark.parametrize(
    ("handling", "value", "rule"),
    [
        ("agencies:west-yorkshire-polce", "west-yorkshire-polce", "No partner has this name."),
        ("agencies:leeds-camhs,nosuch", "nosuch", "No partner has this name."),
        ("agencies:le\x00eds", "le\x00eds", "No partner has this name."),
        ("agencies:" + ",".join(f"a{n}" for n in range(100)), None, "This is longer than 300 characters."),
        ("restricted", "restricted", "This names nobody who may read it."),
        ("restricted:", "restricted", "This names nobody who may read it."),
        ("restricted:maya,nobody", "nobody", "Nobody here has this key."),
        ("restricted:leah", "leah", "Nobody of these still holds a seat."),
        ("everybody", "everybody", "No handling has this name."),
    ],
)
def test_what_nobody_could_read_is_refused_with_how_to_mend_it(handling, value, rule, maya, leah):
    type(leah).objects.filter(pk=leah.pk).update(is_active=False)
    envelope, (problem,) = read(note(handling=handling), at=NOW)

    assert (envelope, problem.field, problem.rule) == (None, "handling", rule)
    assert value in (problem.value, None)
    assert problem.mend


def test_the_mend_of_a_misspelt_partner_names_the_partners(agencies):
    _, (problem,) = read(note(handling="agencies:west-yorkshire-polce"), at=NOW)

    assert "west-yorkshire-police" in problem.mend


def test_readers_are_looked_up_once_for_a_whole_batch(agencies, maya, priya, django_assert_num_queries):
    said = ("agencies:leeds-camhs", "restricted:maya,priya", "restricted:nobody", "restricted:priya", "nonsense")
    batch = [note(reference=f"R-{n}", handling=said[n % 5]) for n in range(50)]

    # Partners, people, what was told before or disposed of; then the savepoint, three writes, a line in the ledger.
    with django_assert_num_queries(10):
        verdicts = accept(batch, by="test", at=NOW)

    assert [one.status for one in verdicts[:5]] == ["accepted", "accepted", "rejected", "accepted", "rejected"]
