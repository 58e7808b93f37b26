"""A page that is sent once more, from a page that was gone back to: nothing is decided twice."""

import pytest
from django.urls import reverse

from alongside.ledger.models import LedgerEvent
from alongside.sharing.models import ShareDecision
from alongside.web.tests.reading import words

NOT_GIVEN = {"to": "p:tom", "why_not": "not_now", "because": "More has to be known first", "second": "priya"}
CAR = {"words": "Look for a grey car."}


@pytest.fixture
def sends(as_one, leah, priya, filled):
    """Leah sends a page as she filled it in."""
    answers = {"share": filled.answers | CAR, "share_now": {"to": "p:tom"} | CAR, "share_not": NOT_GIVEN}

    def sent(name="share", **more):
        return as_one(leah).post(reverse(name, args=["7F3K"]), answers[name] | more, follow=True)

    return sent


def disclosed():
    return LedgerEvent.objects.filter(operation="disclose").count()


@pytest.mark.parametrize("name", ["share", "share_now", "share_not"])
def test_it_leads_to_what_was_decided_and_says_so(sends, name):
    sends(name, window="of the desk")
    before = disclosed()
    answer = sends(name, window="of the desk")
    made = ShareDecision.objects.get()
    assert disclosed() == before
    assert answer.request["PATH_INFO"] == reverse("gave", args=[made.pk])
    done = "decided" if name == "share_not" else "given"
    assert f"You sent this 23 November 2026 at 9:20am already. Nothing was {done} a second time" in words(answer)


def test_to_somebody_else_it_is_given(sends, ann):
    """Whoever goes back and chooses another recipient means them."""
    sends(window="of the desk")
    assert "already" not in words(sends(window="of the desk", to="p:ann"))
    assert "already" in words(sends(window="of the desk", to="p:ann"))
    assert [one.to_practitioner.key for one in ShareDecision.objects.order_by("pk")] == ["tom", "ann"]


def test_what_was_thrown_away_and_what_comes_back_incomplete_can_be_sent(sends, as_one, leah):
    gone = {"window": "of the desk", "do": "throw_away"}
    as_one(leah).post(reverse("share_draft", args=["7F3K"]), gone)
    sends(window="of the desk", because="")
    sends(window="of the desk")
    assert ShareDecision.objects.count() == 1


def test_from_another_window_and_from_a_page_that_names_none_it_is_another(sends):
    for window in ({"window": "of the desk"}, {"window": "of the tablet"}, {}, {}):
        sends(**window)
    assert ShareDecision.objects.count() == 4


def test_it_is_of_its_author_its_page_and_its_child_alone(sends, as_one, priya, filled):
    sends(window="of the desk")
    sends("share_now", window="of the desk")
    as_one(priya).post(reverse("share", args=["7F3K"]), filled.answers | CAR | {"window": "of the desk"})
    assert ShareDecision.objects.count() == 3
