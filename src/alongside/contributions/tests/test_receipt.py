"""The receipt of what somebody sent promises that it will be read, and once it was says by whom, as the list does."""

import pytest
from django.urls import reverse

from .on_pages import seen, sent, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
PROMISE = "You can see here when it is read."


def test_it_promises_until_it_is_read_and_then_says_what_the_list_says(officer, front_door):
    told = sent(officer)
    receipt = reverse("receipt", args=[told.receipt])
    assert f"The front door reads it next. {PROMISE}" in words(officer.get(receipt))

    front_door.get(reverse("came_in", args=[told.receipt]))
    said = ["Put with a child’s record", "Shown on the timeline", "Social care read it 23 November 2026 at 9:20am"]
    for page in (words(officer.get(reverse("what_i_sent"))), words(officer.get(receipt))):
        assert [one for one in said if one in page] == said
        assert "reads it next" not in page
        assert PROMISE not in page


def test_of_what_is_urgent_it_says_once_that_nobody_has_it(highways, desk):
    told = seen(highways, "yes", occurred_when="today")
    receipt = reverse("receipt", args=[told.receipt])
    page = words(highways.get(receipt))
    assert f"Police read it next before the others. {PROMISE}" in page
    assert page.count("Nobody has said yet that they have it") == page.count("Needs action now") == 1

    desk.get(reverse("urgent_told", args=[told.receipt]))
    page = words(highways.get(receipt))
    assert "Police read it 23 November" in page
    assert PROMISE not in page
    assert "If a child is in danger now, call 999." in page
    assert page.count("Needs action now") == 1


def test_it_asks_the_database_little(officer, front_door, django_assert_max_num_queries):
    told = sent(officer)
    front_door.get(reverse("came_in", args=[told.receipt]))
    with django_assert_max_num_queries(16):
        officer.get(reverse("receipt", args=[told.receipt]))
