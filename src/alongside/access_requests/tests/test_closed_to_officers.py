"""An officer answers for their agency, and reads nobody's record that is closed to them, nor one after the other."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.access_requests.actions import collect, extend, log_request, look_through
from alongside.access_requests.models import AccessRequest
from alongside.access_requests.queries import parts_seen_by, record_known_as
from alongside.ledger.models import LedgerEvent, Operation, record_each
from alongside.people.closing import restrict
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.web.tests.reading import words

from .conftest import ASKED, AT
from .test_requests import ANSWERS, LIST, LOG

FORTY = [f"person:C{number}" for number in range(40)]


@pytest.fixture
def bea(db):
    return practitioner("bea", "front_door_manager", COUNCIL)


@pytest.fixture
def closed(kai, imran, bea):
    """Kai's record is for Bea and Imran alone."""
    return restrict(person=kai, readers=[imran], by=bea, at=AT, because="Moved to a refuge")


def test_a_request_about_a_restricted_child_is_written_down_by_whoever_is_named(as_one, closed, grace, imran):
    refused = words(as_one(grace).post(LOG, ANSWERS))
    unknown = words(as_one(grace).post(LOG, ANSWERS | {"reference": "C-0"}))
    assert refused == unknown
    assert "holds no record under this reference that is open to you" in refused
    assert not AccessRequest.objects.exists()
    assert "written down" in words(as_one(imran).post(LOG, ANSWERS, follow=True))


def test_it_is_as_if_it_were_not_there_for_whoever_is_not_named(as_one, part, closed, grace, imran):
    item = part.items.last()
    pages = (("access_request", [part.pk]), ("access_item", [part.pk, item.pk]), ("access_extend", [part.pk]))
    for name, args in pages:
        assert as_one(grace).get(reverse(name, args=args)).status_code == 404
        assert as_one(imran).get(reverse(name, args=args)).status_code == 200
    assert part.number not in words(as_one(grace).get(LIST))
    assert record_known_as("C-1", viewer=grace) is None


def test_nor_is_anything_done_in_it(kai, part, closed, grace):
    item = part.items.last()
    for does, what in ((collect, {"part": part}), (look_through, {"item": item})):
        with pytest.raises(PermissionDenied):
            does(**what, by=grace, at=AT)
    with pytest.raises(PermissionDenied):
        extend(request=part.request, because="x", by=grace, at=AT)
    with pytest.raises(PermissionDenied):
        log_request(person=kai, by=grace, at=AT, **ASKED)
    assert not parts_seen_by(grace).exists()


@pytest.mark.parametrize("page", ["access_request", "access_item", "access_extend", "access_tie"])
def test_whoever_opened_many_says_why_before_one_more(as_one, part, grace, page):
    record_each(Operation.VIEW, "access request", by=grace, at=AT, about=FORTY)
    args = [part.pk, part.items.last().pk] if page == "access_item" else [part.pk]
    answer = as_one(grace).get(reverse(page, args=args))
    assert (answer.status_code, "Kai came in cold" in words(answer)) == (429, False)
    assert not LedgerEvent.objects.filter(subject__startswith=part.request.subject, operation="view").exists()


def test_one_request_counts_once_however_many_items_are_opened(as_one, part, grace):
    record_each(Operation.VIEW, "access request", by=grace, at=AT, about=FORTY[1:])
    for item in part.items.all():
        assert as_one(grace).get(reverse("access_item", args=[part.pk, item.pk])).status_code == 200
    lines = LedgerEvent.objects.filter(what="access request", subject=part.request.subject)
    assert lines.count() == part.items.count()
