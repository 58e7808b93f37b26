"""Several children in one notification: each child's words stand with that child and no other."""

import pytest
from django.urls import reverse

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.kinds import kinds
from alongside.contributions.quality import gaps_in

from .on_pages import KAI, PPN, VOICE, sent, step, words, written

TWO = KAI | {"people": "2", "p2-given_name": "Zoë", "p2-family_name": "Marsh", "p2-role": "witness"}
BOTH = VOICE | {"childs_words": "I run home.", "childs_words_2": "I saw nothing."}
pages = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestPages:
    pytestmark = pages

    @pytest.mark.parametrize(
        ("name", "own", "other"), [("Kai-Emmanuel", "I run home.", "I saw"), ("Zoë", "I saw", "I run")]
    )
    def test_each_timeline_holds_the_words_of_its_own_child(self, officer, front_door, name, own, other):
        sent(officer, who=TWO, voice=BOTH)
        entry = ChronologyEntry.objects.get(record__given_name=name)
        page = words(front_door.get(reverse("child_entry", args=[entry.person.reference, entry.contribution.receipt])))
        assert own in page
        assert other not in page

    def test_the_words_of_an_only_child_stand_where_they_always_stood(self, officer):
        told = sent(officer).told
        assert told["details"]["childs_words"] == VOICE["childs_words"]
        assert "childs_words" not in told["people"][0]

    def test_words_of_somebody_without_a_name_are_not_lost(self, officer):
        two = KAI | {"people": "2"}
        told = sent(officer, who=two, voice=BOTH).told
        assert told["people"][1]["childs_words"] == "I saw nothing."

    def test_which_child_has_not_been_heard_is_said(self, officer):
        key = written(officer, who=TWO, voice=VOICE)
        page = words(officer.get(step(key, "check")))
        assert "Zoë: What did they say" in page
        assert "<li>Kai: What did they say, in their own words?</li>" not in page

    def test_its_author_reads_whose_words_are_whose(self, officer):
        first = sent(officer, who=TWO, voice=BOTH)
        page = words(officer.get(reverse("receipt", args=[first.receipt])))
        assert "Zoë: What did they say, in their own words?" in page


HEARD = {"role": "victim", "given_name": "Kai", "childs_words": "I run home."}
UNHEARD = {"role": "witness", "given_name": "Zoë"}


@pytest.mark.parametrize(
    ("people", "details", "unheard"),
    [
        ([HEARD, UNHEARD], {}, ["Zoë"]),
        ([HEARD, UNHEARD | {"childs_words": "Nothing."}], {}, []),
        ([UNHEARD, UNHEARD | {"given_name": "Tobi"}], {"why_child_not_asked": "Both had gone."}, []),
        ([HEARD, UNHEARD | {"role": "parent"}], {}, []),
    ],
    ids=["one heard", "both heard", "a reason for both", "a parent is no child"],
)
def test_who_has_not_been_heard(people, details, unheard):
    gaps = gaps_in(kinds()[PPN], {"people": people, "details": details})
    assert [gap.label.partition(":")[0] for gap in gaps if gap.field == "details.childs_words"] == unheard
