"""What falls due goes by two people's decision, and what it said is nowhere any more."""

import pytest
from conftest import NOW
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from alongside.agencies.models import Agency
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution, Tombstone
from alongside.contributions.tests.example import note
from alongside.keeping import actions, erasing
from alongside.keeping.actions import DecidedAlreadyError, OwnProposalError, approve, propose
from alongside.keeping.models import DisposalNotice, Hold, ProposedItem
from alongside.keeping.queries import due_for, notices_for
from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.linkage.search import find
from alongside.people.models import AgencyRecord, NameKey, Person, Standing
from alongside.people.tests.factories import moved
from alongside.sharing.models import ShareDecision, SharedEntry
from alongside.sharing.tests.telling import marks_on, on_paper
from alongside.sharing.waiting import waiting_for
from alongside.web.tests.reading import words

from .conftest import old

pytestmark = pytest.mark.django_db
WORK = {
    "kind": "social_care_involvement",
    "details": {
        "status": "closed",
        "service": "Child protection",
        "started_on": "1990-02-01",
        "ended_on": "1991-05-01",
    },
}


def due(officer):
    return [one.contribution.reference for one in due_for(officer, at=NOW)]


def dispose(una, joe):
    """All that is due, by both."""
    proposal = propose(receipts=[one.contribution.receipt for one in due_for(una, at=NOW)], by=una, at=NOW)
    return approve(proposal=proposal, by=joe, at=NOW)


def test_each_agency_sees_what_of_its_own_falls_due_the_longest_first(tell, una, pat, maya):
    tell(old("N-2", person={"reference": "C-2"}), old() | {"occurred_at": "1990-05-01T10:00:00Z"}, note("N-3"))
    assert due(una) == ["N-1", "N-2"]
    assert due(pat) == due(maya) == []


def test_the_queue_costs_the_same_however_much_is_due(tell, una, django_assert_num_queries):
    tell(*[old(f"N-{n}", person={"reference": f"C-{n}"}) for n in range(12)])
    with django_assert_num_queries(8):
        assert len(due_for(una, at=NOW)) == 12


def test_while_the_agency_works_with_the_child_nothing_falls_due(tell, una):
    tell(old(), old("W-1") | WORK | {"details": WORK["details"] | {"status": "open", "ended_on": ""}})
    assert Standing.objects.get().until is None
    assert due(una) == []


def test_two_people_dispose_and_a_tombstone_says_so_without_a_word_of_it(tell, una, joe):
    tell(old(), old(narrative="A newer version."))
    assert dispose(una, joe) == 1
    stones = Tombstone.objects.order_by("version")
    assert [(one.version, one.is_newest, one.proposed_by, one.approved_by) for one in stones] == [
        (1, False, "una", "joe"),
        (2, True, "una", "joe"),
    ]
    assert {one.rule for one in stones} == {"Child protection: 35 years after the last contact"}
    assert not Contribution.objects.exists()
    line = LedgerEvent.objects.get(operation=Operation.ERASE)
    assert (line.actor, line.details["proposed_by"], line.details["versions"]) == ("joe", "una", 2)


def test_who_proposed_it_may_not_approve_it_nor_anybody_else(tell, una, joe, pat, maya):
    tell(old())
    proposal = propose(receipts=[Contribution.objects.get().receipt], by=una, at=NOW)
    with pytest.raises(OwnProposalError):
        approve(proposal=proposal, by=una, at=NOW)
    for other in (pat, maya):
        with pytest.raises(PermissionDenied):
            approve(proposal=proposal, by=other, at=NOW)
    actions.refuse(proposal=proposal, by=joe, at=NOW, because="A complaint is open.")
    with pytest.raises(DecidedAlreadyError):
        approve(proposal=proposal, by=joe, at=NOW)
    assert Contribution.objects.count() == 1
    assert due(una) == ["N-1"]


def test_nor_whoever_proposed_it_and_came_back_by_another_seat(client, tell, una, joe):
    tell(old())
    proposal = propose(receipts=[Contribution.objects.get().receipt], by=una, at=NOW)
    again = moved(moved(una, "health_worker", "leeds-camhs"), "records_officer")
    client.force_login(again)
    page = words(client.get(reverse("proposal", args=[proposal.pk])))
    assert "You proposed it: another records officer of your agency decides." in page
    with pytest.raises(OwnProposalError):
        approve(proposal=proposal, by=again, at=NOW)
    assert approve(proposal=proposal, by=joe, at=NOW) == 1


def test_what_is_proposed_waits_there_once_and_others_cannot_propose_it(tell, una, joe, pat):
    tell(old())
    receipt = Contribution.objects.get().receipt
    assert propose(receipts=[receipt], by=pat, at=NOW) is None
    assert propose(receipts=[receipt], by=una, at=NOW)
    assert due(una) == due(joe) == []
    assert propose(receipts=[receipt], by=joe, at=NOW) is None


def test_a_hold_placed_meanwhile_keeps_it_and_lifting_it_lets_it_fall_due(tell, una, joe):
    tell(old(), old("N-2", person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}))
    receipts = list(Contribution.objects.values_list("receipt", flat=True))
    proposal = propose(receipts=receipts, by=una, at=NOW)
    (hold,) = actions.place_hold(by=joe, at=NOW, because="An inquiry.", people=[Person.objects.get(given_name="Ada")])
    assert approve(proposal=proposal, by=joe, at=NOW) == 1
    assert Contribution.objects.get().reference == "N-2"
    assert list(ProposedItem.objects.order_by("pk").values_list("became", flat=True)) == ["disposed", "left"]
    assert due(una) == []
    actions.lift_hold(hold=hold, by=una, at=NOW, because="It ended.")
    assert due(una) == ["N-2"]


@pytest.mark.parametrize("covering", [{}, {"kind": "general_note"}, {"receipt": "its own"}])
def test_a_hold_may_cover_everything_a_kind_or_one_thing(tell, una, pat, covering):
    tell(old())
    its_own = {"receipt": Contribution.objects.get().first_receipt} if "receipt" in covering else {}
    actions.place_hold(by=pat, at=NOW, because="Not theirs to hold.")
    assert due(una) == ["N-1"]
    actions.place_hold(by=una, at=NOW, because="A complaint.", **covering | its_own)
    assert due(una) == []


def test_a_hold_ends_on_its_day(tell, una):
    tell(old())
    actions.place_hold(by=una, at=NOW, because="Until the court has heard it.", until=NOW.date())
    assert due(una) == []
    Hold.objects.update(until="2026-11-22")
    assert due(una) == ["N-1"]


def test_a_person_whose_last_record_goes_is_an_empty_shell(tell, una, joe, maya):
    tell(old() | WORK)
    reference = Person.objects.get().reference
    dispose(una, joe)
    shell = Person.objects.get(reference=reference)
    assert (shell.stands, shell.full_name, shell.date_of_birth) == (False, "Name not known", "")
    gone = (AgencyRecord, NameKey, ChronologyEntry, Standing)
    assert [model.objects.count() for model in gone] == [0] * 4
    assert find("siobhan", viewer=maya, at=NOW) == []


def test_what_others_still_tell_of_the_child_stands(tell, una, joe, maya):
    tell(old(person={"trusted_person": "Coach Dean"}), note("N-2", person={"likes_to_be_called": "Shiv"}))
    dispose(una, joe)
    person = Person.objects.get(stands=True)
    assert (person.given_name, person.called, person.trusted_person) == ("Siobhan", "Shiv", "")
    assert [one.contribution.reference for one in person.entries.all()] == ["N-2"]


def test_the_same_again_is_refused_until_its_agency_lets_it_in(tell, una, joe):
    tell(old())
    dispose(una, joe)
    (refused,) = tell(old())
    assert (refused.status, refused.problems[0].rule) == ("rejected", "This was disposed of on 23 November 2026.")
    actions.let_in_again(tombstone=Tombstone.objects.get(), by=una, at=NOW, because="The court asked for it.")
    (accepted,) = tell(old())
    assert accepted.status == "accepted"
    assert Contribution.objects.get().version == 2
    dispose(una, joe)
    assert tell(old())[0].status == "rejected"


def given_on_purpose(one, *, by, to, outside=""):
    entry = ChronologyEntry.objects.get(contribution=one)
    said = {"choice": "give", "because": "So that she comes home safely", "family": "told", "words": "In short"}
    when = {"at": NOW, "recorded_at": NOW, "expires_on": NOW.date(), "to_outside": outside}
    made = ShareDecision.objects.create(
        person=entry.person, to_practitioner=to, by=by, agency_id=by.agency_id, **said, **when
    )
    SharedEntry.objects.create(decision=made, contribution=one, record=entry.record, role="subject", title="A note")
    return made


def test_agencies_that_had_it_are_told_to_see_to_their_copies(tell, una, joe, pat, priya, seat):
    tell(old())
    one = Contribution.objects.get()
    record(Operation.VIEW, "entry", by=priya, at=NOW, about=one.subject)

    given = given_on_purpose(one, by=priya, to=seat("ann", "leeds-camhs", "health_worker"))
    dispose(una, joe)
    given.refresh_from_db()
    assert (given.words, given.entries.count(), given.choice, given.by) == ("", 0, "give", priya)
    assert set(DisposalNotice.objects.values_list("told", flat=True)) == {"west-yorkshire-police", "leeds-camhs"}
    (notice,) = notices_for(pat)
    actions.saw_to_copies(notice=notice, by=pat, at=NOW)
    assert not notices_for(pat).exists()
    with pytest.raises(PermissionDenied):
        actions.saw_to_copies(notice=DisposalNotice.objects.get(told="leeds-camhs"), by=pat, at=NOW)


def test_whoever_holds_paper_is_told_by_whoever_gave_it_and_what_was_given_has_ended(tell, una, joe, priya, client):
    tell(old())
    one = Contribution.objects.get()
    given = on_paper(given_on_purpose(one, by=priya, to=None, outside="Coach Smith"), at=NOW)
    dispose(una, joe)
    (line,) = [each.do for each in waiting_for(priya, at=NOW)]
    assert line.startswith("Tell Coach Smith: what you gave them was disposed of.")
    client.force_login(priya)
    page = words(client.get(reverse("gave", args=[given.pk])))
    assert "What was given was disposed of" in page
    assert "can be read until" not in page
    marks = marks_on(client.get(reverse("gave", args=[given.pk])))
    client.post(reverse("share_told", args=[given.pk]), marks)
    assert waiting_for(priya, at=NOW) == []


def test_a_partner_that_left_is_called_by_whose_it_was(tell, una, joe, pat, seat):
    tell(old())
    said = {"name": "Leeds Lamps", "short_name": "Lamps", "sector": "place", "is_statutory": False}
    left = Agency.objects.create(slug="leeds-lamps", **said)
    given_on_purpose(Contribution.objects.get(), by=pat, to=seat("lou", left.slug, "place_worker"))
    dispose(una, joe)
    (notice,) = notices_for(una).filter(told=left)
    actions.saw_to_copies(notice=notice, by=una, at=NOW)
    assert not notices_for(una).exists()


def test_an_agency_that_has_nobody_here_is_called_by_whose_it_was(tell, una, joe, pat, seat, client):
    tell(old())
    one = Contribution.objects.get()
    given_on_purpose(one, by=pat, to=seat("lou", "leeds-licensing", "place_worker"))
    dispose(una, joe)
    assert not notices_for(pat).filter(told="leeds-licensing").exists()
    (notice,) = notices_for(una).filter(told="leeds-licensing")
    client.force_login(una)
    assert f"Call {notice.told.name}" in words(client.get(reverse("keeping")))
    with pytest.raises(PermissionDenied):
        actions.saw_to_copies(notice=notice, by=pat, at=NOW)
    client.post(reverse("copies_seen_to", args=[notice.pk]))
    assert not notices_for(una).exists()


def refused_by_the_database(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_lets_nothing_go_by_itself(tell):
    tell(old())
    refused_by_the_database("DELETE FROM contributions_contribution")
    refused_by_the_database("UPDATE contributions_contribution SET told = '{}'")
    refused_by_the_database("UPDATE contributions_contribution SET reference = 'another'")
    assert Contribution.objects.get().told["narrative"]


def test_the_database_asks_for_two_people_and_keeps_their_stone(tell, una, joe):
    tell(old())
    alone = erasing.Decided("", "una", "una", NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        erasing.let_go(Contribution.objects.all(), decided=alone)
    dispose(una, joe)
    refused_by_the_database("DELETE FROM contributions_tombstone")
    refused_by_the_database("UPDATE contributions_tombstone SET approved_by = 'nobody'")


def test_everything_that_points_to_something_told_has_an_answer():
    for model, answered in ((Contribution, erasing.POINTS_TO_TOLD), (AgencyRecord, erasing.POINTS_TO_RECORD)):
        fields = [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and one.is_relation]
        pointing = {f"{one.related_model._meta.label}.{one.field.name}" for one in fields}
        assert pointing == answered
