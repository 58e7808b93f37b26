import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.access import limits
from alongside.access.limits import Limits
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import doubt, unlink
from alongside.linkage.bars import bar
from alongside.linkage.candidates import index
from alongside.linkage.models import LinkDecision, LinkQuestion
from alongside.people.closing import declare_tie
from alongside.people.models import AgencyRecord
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner, record
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(client):
    viewer = practitioner("grace", "information_officer", COUNCIL)
    client.force_login(viewer)
    return viewer


@pytest.fixture
def pair() -> LinkQuestion:
    siobhan = {"given_name": "Siobhan", "family_name": "O'Brien", "date_of_birth": "2010-05-01", "postcode": "LS8 4AA"}
    shivaun = siobhan | {"given_name": "Shivaun", "date_of_birth": "2010-01-05"}
    left = record(child("LEFT1", given_name="Siobhan", family_name="O'Brien"), POLICE, **siobhan)
    right = record(child("RIGHT1", given_name="Shivaun", family_name="O'Brien"), "leeds-education", **shivaun)
    return LinkQuestion.objects.create(
        left=left, right=right, weight=5, reason="The details agree in part.", asked_at=NOW
    )


def address(pair: LinkQuestion) -> str:
    return reverse("link_pair", args=[pair.pk])


def test_two_records_stand_side_by_side_with_how_much_each_field_counts(client, grace, pair):
    page = words(client.get(address(pair)))
    for said in ["Siobhan", "Shivaun", "counts", "The details agree in part.", "1 left"]:
        assert said in page
    assert "%" not in page


def test_school_postcode_and_others_at_home_are_shown_known_or_not(client, grace, pair):
    page = words(client.get(address(pair)))
    assert "School or college (its number) None recorded None recorded" in page
    assert "LS8 4AA" in page
    assert "Others of this name at home None recorded None recorded" in page


def test_whoever_goes_through_more_pairs_than_is_usual_is_asked_why(client, grace, pair, monkeypatch):
    few = Limits(usual={"pair": {"hour": (2, 3)}})
    monkeypatch.setattr(limits, "read", lambda _: few)
    cora = record(child("LEFT2", given_name="Cora"), POLICE, reference="N-2")
    dena = record(child("RIGHT2", given_name="Dena"), "leeds-education", reference="E-2")
    other = LinkQuestion.objects.create(left=cora, right=dena, weight=5, reason="Alike.", asked_at=NOW)
    assert [client.get(address(one)).status_code for one in (pair, pair, other)] == [200, 200, 429]
    assert "You have opened more pairs of records than is usual" in words(client.get(address(other)))
    why = {"because": "Two agencies began this week.", "back_to": address(other)}
    assert client.post(reverse("why_so_many", args=["pair"]), why)["Location"] == address(other)
    assert client.get(address(other)).status_code == 200


def test_a_pair_of_a_closed_child_waits_for_somebody_else(client, grace, pair):
    declare_tie(person=pair.left.person, by=grace, at=NOW, because="My niece")
    assert client.get(address(pair)).status_code == 404
    assert "No pair waits for a decision" in words(client.get(reverse("link_review")))


def test_a_closed_brother_or_sister_at_home_is_not_named(client, grace, pair):
    home = {"family_name": "O'Brien", "postcode": "LS8 4AA", "date_of_birth": "2014-06-01"}
    sister = child("SIS1", given_name="Aoife", family_name="O'Brien")
    index([record(sister, COUNCIL, **home)])
    declare_tie(person=sister, by=grace, at=NOW, because="My niece")
    assert "Aoife" not in words(client.get(address(pair)))


def test_who_else_has_that_name_and_home_is_shown_and_the_look_recorded(client, grace, pair):
    home = {"family_name": "O'Brien", "postcode": "LS8 4AA", "date_of_birth": "2014-06-01"}
    index([record(child("SIS1", given_name="Aoife", family_name="O'Brien"), COUNCIL, **home)])
    assert "Aoife (born 2014)" in words(client.get(address(pair)))
    seen = LedgerEvent.objects.filter(operation="view").values_list("subject", flat=True)
    assert sorted(seen) == ["person:LEFT1", "person:RIGHT1", "person:SIS1"]


def test_a_decision_can_be_undone_where_it_is_said_to_be_made(client, grace, pair):
    page = client.post(address(pair), {"verdict": "different", "because": "Twins"}, follow=True)
    banner = page.content.decode().split("govuk-notification-banner__content")[1].split("</form>")[0]
    assert "Kept apart as different children." in banner
    assert f'action="{reverse("link_undo", args=[LinkDecision.objects.get().pk])}"' in banner


def test_a_look_at_a_pair_is_one_line_for_each_child(client, grace, pair):
    client.get(reverse("link_review"))
    assert not LedgerEvent.objects.filter(operation="view").exists()
    client.get(address(pair))
    seen = LedgerEvent.objects.filter(operation="view").values_list("subject", flat=True)
    assert sorted(seen) == ["person:LEFT1", "person:RIGHT1"]


@pytest.mark.parametrize(("verdict", "people"), [("same", 1), ("different", 2), ("not_sure", 2)])
def test_a_decision_is_made_and_undone(client, grace, pair, verdict, people):
    response = client.post(address(pair), {"verdict": verdict, "because": "Asked the school"}, follow=True)
    assert "No pair waits for a decision." in words(response)
    assert len(set(AgencyRecord.objects.values_list("person", flat=True))) == people
    decision = LinkDecision.objects.get()
    assert (decision.verdict, decision.because, decision.decided_by) == (verdict, "Asked the school", grace)
    page = words(client.post(reverse("link_undo", args=[decision.pk]), follow=True))
    assert "Undone" in page
    assert "Waiting (1)" in page
    assert len(set(AgencyRecord.objects.values_list("person", flat=True))) == 2


@pytest.fixture
def doubted() -> LinkQuestion:
    """Two records of one child, of which somebody says that the first is another's."""
    kai = child("KAI01")
    first, second = record(kai, POLICE), record(kai, "leeds-education")
    doubt(record_=first, other=second, by=practitioner("leah"), at=NOW, because="The school has met both")
    assert first.pk < second.pk
    return LinkQuestion.objects.get()


def test_a_doubted_record_leaves_its_child_only_when_a_reviewer_says_so(client, grace, doubted):
    assert "Leah, Leeds City Council: The school has met both" in words(client.get(address(doubted)))
    assert "The school" not in words(client.get(reverse("link_review")))
    client.post(address(doubted), {"verdict": "different", "because": "Asked the school"})
    first, second = AgencyRecord.objects.order_by("pk")
    assert second.person.reference == "KAI01"
    assert first.person != second.person
    moved = LedgerEvent.objects.filter(what="link moved").values_list("subject", flat=True)
    assert sorted(moved) == sorted(["person:KAI01", f"person:{first.person.reference}"])
    client.post(reverse("link_undo", args=[LinkDecision.objects.get().pk]))
    assert set(AgencyRecord.objects.values_list("person__reference", flat=True)) == {"KAI01"}


@pytest.mark.parametrize("verdict", ["same", "not_sure"])
def test_a_doubted_record_stays_where_nobody_is_sure(client, grace, doubted, verdict):
    client.post(address(doubted), {"verdict": verdict, "because": "Asked the school"})
    assert set(AgencyRecord.objects.values_list("person__reference", flat=True)) == {"KAI01"}


def test_nobody_takes_a_record_away_without_the_permission(doubted):
    with pytest.raises(PermissionDenied):
        unlink(record_=doubted.left, by=practitioner("maya", "front_door_worker"), at=NOW, because="x")


def further(pair: LinkQuestion, *, weight: float) -> LinkQuestion:
    """Another record of the one child, and a question about it and the same record of the other."""
    other = record(pair.left.person, COUNCIL)
    return LinkQuestion.objects.create(left=pair.right, right=other, weight=weight, reason="In part.", asked_at=NOW)


def test_two_children_are_asked_about_once_by_what_tells_most(client, grace, pair):
    strongest = further(pair, weight=9)
    page = client.get(reverse("link_review"))
    assert "Waiting (1)" in words(page)
    assert address(strongest) in page.content.decode()


@pytest.mark.parametrize(("verdict", "weight", "left"), [("same", 9, 0), ("different", 1, 0), ("different", 9, 1)])
def test_after_a_decision_only_what_tells_more_of_the_two_is_asked(client, grace, pair, verdict, weight, left):
    client.post(address(pair), {"verdict": verdict, "because": "Asked the school"})
    pair.refresh_from_db()
    pair.left.refresh_from_db()
    further(pair, weight=weight)
    assert ("Waiting (1)" in words(client.get(reverse("link_review")))) == bool(left)


def test_records_that_have_become_one_child_are_asked_about_no_more(client, grace, pair):
    AgencyRecord.objects.update(person=pair.left.person)
    assert "No pair waits" in words(client.get(reverse("link_review")))


def test_a_decision_needs_a_word_and_a_reason(client, grace, pair):
    page = words(client.post(address(pair), {}))
    assert "Choose whether these are the same child" in page
    assert "Write in a line why" in page
    assert not LinkDecision.objects.exists()


def test_the_second_of_two_reviewers_sees_the_first_s_decision(client, grace, pair):
    client.post(address(pair), {"verdict": "different", "because": "Twins"})
    page = words(client.post(address(pair), {"verdict": "same", "because": "I think so"}))
    assert "Grace decided this" in page
    assert "Twins" in page
    assert LinkDecision.objects.count() == 1


@pytest.mark.parametrize("role", ["front_door_worker", "police_officer", "analyst"])
def test_whoever_does_not_review_links_is_refused(client, pair, role):
    client.force_login(practitioner("other", role, POLICE))
    assert client.get(reverse("link_review")).status_code == 403
    assert client.get(address(pair)).status_code == 403
    assert client.post(reverse("link_undo", args=[1])).status_code == 403


def test_the_list_costs_the_same_however_many_wait(client, grace, pair, django_assert_max_num_queries):
    for _ in range(20):
        one, other = record(child()), record(child())
        LinkQuestion.objects.create(left=one, right=other, weight=1, reason="In part.", asked_at=NOW)
    client.get(reverse("link_review"))
    with django_assert_max_num_queries(12):
        client.get(reverse("link_review"))


@pytest.mark.parametrize(("strength", "filled"), [(0, 0), (1, 1), (4, 4), (-1, 1), (-4, 4)])
def test_a_bar_fills_as_many_boxes_as_it_counts(strength, filled):
    assert bar(strength).count('fill="currentColor"') == filled
