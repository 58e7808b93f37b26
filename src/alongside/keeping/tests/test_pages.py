"""A records officer's pages: own agency only, no child's name, two people."""

from datetime import date

import pytest
from conftest import NOW
from django.test import Client
from django.urls import reverse

from alongside.contributions.models import Contribution, LetIn, Tombstone
from alongside.keeping.actions import place_hold
from alongside.keeping.models import DisposalNotice, Hold, Proposal
from alongside.people.models import Person

from .conftest import old

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_a_machine():
    def signed_in(practitioner):
        client = Client()
        client.force_login(practitioner)
        return client

    return signed_in


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_what_falls_due_is_listed_with_its_rule_and_names_no_child(tell, una, pat, at_a_machine):
    tell(old())
    page = read(at_a_machine(una), "keeping")
    assert "1 May 2026" in page
    assert "Child protection: 35 years after the last contact" in page
    assert "Siobhan" not in page
    assert "Nothing falls due today." in read(at_a_machine(pat), "keeping")


@pytest.mark.parametrize("who", ["maya", "grace", "omar"])
def test_nobody_else_opens_them(client, request, who):
    client.force_login(request.getfixturevalue(who))
    for name in ("keeping", "disposed", "find_to_hold"):
        assert client.get(reverse(name)).status_code == 403


def test_one_proposes_and_another_approves(tell, una, joe, pat, at_a_machine):
    tell(old())
    first, second = at_a_machine(una), at_a_machine(joe)
    assert "Choose what you propose" in first.post(reverse("keeping")).content.decode()
    first.post(reverse("keeping"), {"receipts": [Contribution.objects.get().receipt]})
    pk = Proposal.objects.get().pk
    assert "another records officer of your agency decides" in read(first, "proposal", pk)
    own = first.post(reverse("proposal", args=[pk]), {"decision": "approve"}, follow=True)
    assert "You proposed it yourself" in own.content.decode()
    assert at_a_machine(pat).get(reverse("proposal", args=[pk])).status_code == 404
    done = second.post(reverse("proposal", args=[pk]), {"decision": "approve"}, follow=True)
    assert "Disposed of: 1." in done.content.decode()
    again = second.post(reverse("proposal", args=[pk]), {"decision": "approve"}, follow=True)
    assert "decided it already" in again.content.decode()


def test_to_keep_it_the_second_person_says_why(tell, una, joe, at_a_machine):
    tell(old())
    at_a_machine(una).post(reverse("keeping"), {"receipts": [Contribution.objects.get().receipt]})
    address = reverse("proposal", args=[Proposal.objects.get().pk])
    second = at_a_machine(joe)
    assert "why it is kept" in second.post(address, {"decision": "refuse"}).content.decode()
    said = second.post(address, {"decision": "refuse", "because": "A complaint."}, follow=True).content.decode()
    assert "It is kept, and falls due again." in said
    assert "A complaint." in said


@pytest.mark.parametrize(
    ("covers", "held"),
    [("thing", "receipt"), ("people", "person_id"), ("kind", "kind"), ("everything", "")],
)
def test_a_hold_from_one_thing(tell, una, at_a_machine, covers, held):
    tell(old())
    one, client = Contribution.objects.get(), at_a_machine(una)
    address = reverse("hold", args=[one.receipt])
    assert "Write in a line why it is held" in client.post(address, {"covers": covers}).content.decode()
    client.post(address, {"covers": covers, "because": "An inquiry."})
    hold = Hold.objects.get()
    named = {name for name in ("receipt", "person_id", "kind") if getattr(hold, name)}
    assert named == ({held} if held else set())
    assert "Nothing falls due today." in read(client, "keeping")


def test_a_hold_is_found_by_what_is_said_on_the_phone_and_ends_no_earlier_than_today(tell, una, at_a_machine, settings):
    tell(old())
    one, client = Contribution.objects.get(), at_a_machine(una)
    found = client.get(reverse("find_to_hold"), {"receipt": one.short_receipt.lower()})
    assert found.url == reverse("hold", args=[one.receipt])
    nothing = client.get(reverse("find_to_hold"), {"receipt": "ABCD"}, follow=True)
    assert "told nothing under that receipt" in nothing.content.decode()
    asked = {"covers": "thing", "because": "A court.", "until_day": "31", "until_month": "March"}
    early = client.post(found.url, asked | {"until_year": "2020"})
    assert "Choose today or a later day" in early.content.decode()
    client.post(found.url, asked | {"until_year": "2027"})
    assert Hold.objects.get().until == date(2027, 3, 31)


def test_a_hold_is_lifted_with_a_reason_by_its_own_agency(tell, una, joe, pat, at_a_machine):
    tell(old())
    (hold,) = place_hold(by=una, at=NOW, because="An inquiry.", people=Person.objects.all())
    address = reverse("lift_hold", args=[hold.pk])
    assert at_a_machine(pat).get(address).status_code == 404
    client = at_a_machine(joe)
    assert "Write in a line" in client.post(address).content.decode()
    client.post(address, {"because": "The inquiry ended."})
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lifted_because) == (joe, "The inquiry ended.")
    assert client.get(address).status_code == 404


def test_what_was_disposed_of_is_let_in_again_with_a_reason(una, pat, at_a_machine):
    said = {"version": 1, "is_newest": True, "kind": "general_note", "controller": "leeds-city-council", "rule": "R"}
    stone = Tombstone.objects.create(
        **said, receipt_hash="0" * 64, disposed_at=NOW, proposed_by="una", approved_by="joe"
    )
    client, address = at_a_machine(una), reverse("let_in", args=[stone.pk])
    assert "Something partners should know" in read(client, "disposed")
    assert at_a_machine(pat).get(address).status_code == 404
    assert "Write in a line" in client.post(address).content.decode()
    client.post(address, {"because": "A court asked for it."})
    assert LetIn.objects.get().by == "una"
    assert "May be told again" in read(client, "disposed")


def test_an_agency_says_that_it_saw_to_its_copies(una, pat, at_a_machine):
    said = {"controller_id": "leeds-city-council", "receipt": "QRSTUVWX", "kind": "general_note", "told_at": NOW}
    notice = DisposalNotice.objects.create(told_id="west-yorkshire-police", **said)
    client, address = at_a_machine(pat), reverse("copies_seen_to", args=[notice.pk])
    assert "QRST-UVWX" in read(client, "keeping")
    assert at_a_machine(una).post(address).status_code == 404
    client.post(address)
    notice.refresh_from_db()
    assert notice.done_by == pat
    assert "QRST-UVWX" not in read(client, "keeping")
