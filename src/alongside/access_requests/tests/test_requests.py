"""A request is written down, goes to each controller, and is known to their officers alone."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.access_requests.actions import extend, log_request
from alongside.access_requests.models import AccessRequest, Mark, PackItem, RequestPart
from alongside.access_requests.queries import record_known_as
from alongside.agencies.models import Agency
from alongside.ledger.models import LedgerEvent
from alongside.people.models import AgencyRecord
from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, practitioner, record, standing
from alongside.web.tests.reading import words

from .conftest import ASKED, AT, TODAY

LOG, LIST = reverse("access_log"), reverse("access_requests")
ANSWERS = {
    "reference": "c-1",
    **{key: ASKED[key] for key in ("asked_by", "asked_as", "reply_to", "identity_how")},
    **{f"{name}_{part}": value for name in ("received_on", "identity_on") for part, value in
       (("day", "23"), ("month", "11"), ("year", "2026"))},
}  # fmt: skip


def test_a_request_goes_to_each_agency_that_holds_a_record(as_one, kai, grace, piet):
    page = words(as_one(grace).post(LOG, ANSWERS, follow=True))
    assert "Each agency that holds a record answers for its own." in page
    made = AccessRequest.objects.get()
    assert (made.due_on, made.edition.startswith("UK GDPR article 12(3)")) == (date(2026, 12, 23), True)
    assert {part.agency_id for part in made.parts.all()} == {COUNCIL, POLICE}
    assert made.parts.get(agency=POLICE).number in words(as_one(piet).get(LIST))


def test_each_officer_sees_their_own_agencys_part_alone(as_one, kai, part, grace, piet):
    theirs = RequestPart.objects.get(agency=POLICE)
    assert theirs.number not in words(as_one(grace).get(LIST))
    for name in ("access_request", "access_extend"):
        assert as_one(grace).get(reverse(name, args=[theirs.pk])).status_code == 404
    item = theirs.items.last()
    assert as_one(grace).get(reverse("access_item", args=[theirs.pk, item.pk])).status_code == 404
    page = words(as_one(grace).get(reverse("access_request", args=[part.pk])))
    assert "Police" not in page
    assert "Kai Adeyemi" in page


def test_for_an_agency_that_may_have_no_officer_whoever_wrote_it_down_answers(as_one, kai, grace, piet):
    said = {"name": "Leeds Highways", "short_name": "Highways", "sector": "place", "is_statutory": False}
    highways = Agency.objects.create(slug="leeds-highways", **said)
    record(kai, highways.slug, reference="H-1")
    made = log_request(person=kai, by=grace, at=AT, **ASKED)
    theirs = made.parts.get(agency=highways)
    listed = words(as_one(grace).get(reverse("access_requests")))
    assert f"{theirs.number} for {highways.short_name}" in listed
    page = words(as_one(grace).get(reverse("access_request", args=[theirs.pk])))
    assert "has nobody here who answers requests: your agency answers for what it told" in page
    assert as_one(piet).get(reverse("access_request", args=[theirs.pk])).status_code == 404


def test_it_holds_how_they_know_the_person_and_each_version_told(kai, part):
    assert [(one.contribution is None, one.record.reference) for one in part.items.all()] == [
        (True, "C-1"),
        (False, "C-1"),
    ]
    assert [label for _, label, _ in part.items.last().texts][:2] == ["When", "Your part in it"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reference": "N-1"}, "Your agency holds no record under this reference"),
        ({"reference": "7F3K"}, "Your agency holds no record under this reference"),
        ({"asked_by": ""}, "Enter the name of whoever asks"),
        ({"identity_how": ""}, "Write how you know"),
        ({"received_on_year": "2027"}, "Enter a day that is not in the future"),
    ],
)
def test_what_is_missing_or_not_theirs_is_said_in_words(as_one, kai, grace, change, says):
    assert says in words(as_one(grace).post(LOG, ANSWERS | change))
    assert not AccessRequest.objects.exists()


def test_nobody_who_works_with_the_child_learns_of_it(as_one, kai, part, grace):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=leah)
    as_one(grace).get(reverse("access_item", args=[part.pk, part.items.last().pk]))
    for address in (LIST, reverse("access_request", args=[part.pk]), LOG):
        assert as_one(leah).get(address).status_code == 403
    page = words(as_one(leah).get(reverse("child_looked", args=["7F3K"])))
    assert "Grace" not in page
    assert "access" not in page.replace("Emergency access", "")
    mine = LedgerEvent.objects.filter(actor="grace")
    assert not mine.filter(subject__startswith="person:").exists()
    assert mine.filter(subject=part.items.last().subject, operation="view").exists()


def test_the_clock_is_shown_late_and_extended_once_with_a_reason(as_one, part, grace):
    page = reverse("access_request", args=[part.pk])
    with time_machine.travel(AT + timedelta(days=31), tick=False):
        assert "Past due" in words(as_one(grace).get(page))
    as_one(grace).post(reverse("access_extend", args=[part.pk]), {"because": "Three agencies"})
    assert "Due 23 February 2027" in words(as_one(grace).get(page))
    again = extend(request=part.request, because="More", by=grace, at=AT)
    part.request.refresh_from_db()
    assert (again, part.request.extended_because) == (date(2027, 2, 23), "Three agencies")


@pytest.mark.parametrize("role", ["social_worker", "front_door_worker", "police_officer", "analyst", "scrutineer"])
def test_nobody_but_an_officer_writes_one_down(kai, role):
    who = practitioner("who", role, COUNCIL)
    with pytest.raises(PermissionDenied):
        log_request(person=kai, by=who, at=AT, **ASKED)


def test_an_officer_of_an_agency_that_holds_nothing_has_no_part_in_it(kai, part):
    ann = practitioner("ann", "data_protection_lead", CAMHS)
    with pytest.raises(PermissionDenied):
        extend(request=part.request, because="x", by=ann, at=AT)


NONSENSE = {
    "an_extension_says_until_when_who_and_why": (AccessRequest, {"extended_to": TODAY}),
    "a_request_is_due_after_it_came": (AccessRequest, {"due_on": TODAY}),
    "ready_says_who_and_when": (RequestPart, {"ready_at": AT}),
    "two_people_release_a_pack": (
        RequestPart,
        {"ready_at": AT, "ready_by": "grace", "released_at": AT, "released_by": "grace", "pack": {"x": 1}},
    ),
    "what_went_out_is_kept": (
        RequestPart,
        {"ready_at": AT, "ready_by": "grace", "released_at": AT, "released_by": "imran"},
    ),
    "an_item_looked_through_says_who_and_when": (PackItem, {"looked_at": AT}),
    "a_mark_is_a_stretch_or_the_whole": (Mark, {"section": "narrative"}),
    "a_mark_has_a_reason": (Mark, {"because": ""}),
    "a_mark_taken_away_says_who_and_when": (Mark, {"undone_at": AT}),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_the_database_refuses_nonsense(part, grace, imran, name):
    people = {"grace": grace, "imran": imran}
    told = {"exemption": "third_party", "because": "x", "by": grace, "at": AT}
    Mark.objects.create(item=part.items.last(), **told)
    model, change = NONSENSE[name]
    change = {field: people.get(value, value) if isinstance(value, str) else value for field, value in change.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)


def test_a_pack_holds_each_thing_once(kai, part):
    held, told = part.items.first(), part.items.last()
    for again in ({"record": held.record}, {"record": told.record, "contribution": told.contribution}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PackItem.objects.create(part=part, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestPart.objects.create(request=part.request, agency=part.agency)


@pytest.mark.parametrize("number", [1, 15])
def test_a_request_costs_the_same_however_much_is_held(as_one, kai, grace, number, django_assert_max_num_queries):
    from .conftest import tell

    for _ in range(number):
        tell(kai)
    record(kai, CAMHS)
    made = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)
    client = as_one(grace)
    for address in (reverse("access_request", args=[made.pk]), LIST):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_whoever_declared_a_tie_answers_no_request_about_them(as_one, kai, part, grace, imran):
    """The officer is the child's aunt: her colleague answers."""
    page = as_one(grace)
    said = words(page.post(reverse("access_tie", args=[part.pk]), {"because": "My sister’s son"}, follow=True))
    assert "closed to you from now on" in said
    assert part.number not in words(page.get(reverse("access_requests")))
    assert page.get(reverse("access_request", args=[part.pk])).status_code == 404
    assert record_known_as("C-1", viewer=grace) is None
    assert as_one(imran).get(reverse("access_request", args=[part.pk])).status_code == 200
    assert record_known_as("C-1", viewer=imran).person == kai


def test_a_partner_that_is_in_the_playbook_no_more_is_answered_for_too(as_one, kai, grace, piet):
    said = {"name": "Leeds Lamps", "short_name": "Lamps", "sector": "place", "is_statutory": False}
    gone = Agency.objects.create(slug="leeds-lamps", **said)
    AgencyRecord.objects.filter(pk=record(kai, CAMHS).pk).update(agency=gone)
    theirs = log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=gone)
    assert as_one(grace).get(reverse("access_request", args=[theirs.pk])).status_code == 200
    assert as_one(piet).get(reverse("access_request", args=[theirs.pk])).status_code == 404
