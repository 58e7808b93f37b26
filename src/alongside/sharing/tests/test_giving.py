"""Giving what is known of a child to somebody outside the team, in one page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.chronology.tests.factories import entry
from alongside.contributions.models import Grade
from alongside.ledger.models import LedgerEvent
from alongside.people.emergency import open_in_emergency
from alongside.people.queries import level_of
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.sharing.models import ShareDecision
from alongside.web.errors import Refused
from alongside.web.tests.reading import words

from .conftest import AT, given

SHARE = reverse("share", args=["7F3K"])


def disclosed() -> list[str]:
    return sorted(LedgerEvent.objects.filter(operation="disclose").values_list("subject", flat=True))


def test_an_entry_is_given_whole_and_each_record_is_disclosed_once(as_one, kai, leah, filled, tom):
    told = entry(kai, title="Seen at the bus station")
    page = as_one(leah).post(SHARE, filled.answers | {"entries": [told.contribution.receipt]}, follow=True)
    assert "Given to Tom Whitaker, School." in words(page)
    made = ShareDecision.objects.get()
    assert (made.to_practitioner, made.by, made.recorded_at) == (tom, leah, AT)
    assert [one.title for one in made.entries.all()] == ["Seen at the bus station"]
    assert disclosed() == sorted(["person:7F3K", told.contribution.subject])


def test_words_for_the_purpose_are_a_record_of_their_own(as_one, kai, leah, filled):
    as_one(leah).post(SHARE, filled.answers | {"words": "He walks home by the park."})
    made = ShareDecision.objects.get()
    assert disclosed() == sorted(["person:7F3K", made.subject])
    line = LedgerEvent.objects.get(operation="disclose", subject=made.subject)
    assert (line.purpose, line.details["to"]) == ("So that he comes home safely", "Tom Whitaker, School")


def test_what_the_page_leads_to_is_chosen_already_and_what_is_likely_too(as_one, kai, leah, tom):
    told = entry(kai, title="Seen at the bus station")
    page = as_one(leah).get(f"{SHARE}?entry={told.contribution.receipt}").content.decode()
    box = page.split(f'value="{told.contribution.receipt}"')[1]
    assert "checked" in box[: box.index(">")]
    assert "On this basis:" in page
    assert "It is our public task." in page


def test_whoever_works_with_the_child_outside_the_team_is_offered_first(as_one, kai, leah, tom):
    rae, ivo = (practitioner(key, "health_worker", CAMHS) for key in ("rae", "ivo"))
    quiet = practitioner("quiet", "service_worker", POLICE)
    for one, is_quiet in ((rae, False), (quiet, True)):
        standing(kai, one.agency_id, practitioner=one, level="known", is_quiet=is_quiet)
    first, rest = as_one(leah).get(SHARE).content.decode().split("<optgroup")[1:3]
    assert 'label="Works with this child already"' in first
    assert [one.key for one in (rae, ivo, quiet, tom) if f'value="p:{one.key}"' in first] == ["rae"]
    assert 'value="p:rae"' not in rest


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"to": ""}, "Choose one of the list, or write who it is"),
        ({"outside": "A foster carer"}, "You chose Tom Whitaker and wrote “A foster carer”: keep one of the two"),
        ({"words": ""}, "Write what they need to know"),
        ({"because": ""}, "Write in a line what they need it for"),
        ({"family": ""}, "Choose whether they know"),
        ({"family": "not_told"}, "Write in a line why they are not told now"),
        ({"bases": ["art_6_1_e"]}, "Choose at least one basis of article 9"),
        ({"read": ""}, "Read what you give, and say so"),
        ({"expires_on_year": "2025"}, "Enter a day that has not passed"),
    ],
)
def test_what_is_missing_is_said_in_words(as_one, kai, leah, filled, change, says):
    answers = filled.answers | {"words": "He walks home by the park."} | change
    assert says in words(as_one(leah).post(SHARE, answers))
    assert not ShareDecision.objects.exists()


def test_entries_are_asked_for_where_there_is_one_to_give(as_one, kai, leah, filled):
    assert "They are given whole, as they stand" not in words(as_one(leah).get(SHARE))
    assert "None of the latest entries can be given whole" in words(as_one(leah).get(SHARE))
    entry(kai, title="Seen at the bus station")
    assert "They are given whole, as they stand" in words(as_one(leah).get(SHARE))
    missing = words(as_one(leah).post(SHARE, filled.answers | {"words": ""}))
    assert "Choose an entry, or write what they need to know" in missing


def test_serious_violence_duty_never_covers_what_a_health_service_told(as_one, kai, leah, filled):
    told = entry(kai, CAMHS)
    answers = filled.answers | {"entries": [told.contribution.receipt]}
    answers["bases"] = [*answers["bases"], "pcsc_2022_s9"]
    assert "or what a health service told" in words(as_one(leah).post(SHARE, answers))


def test_nobody_outside_the_team_gives_and_emergency_access_is_for_reading(as_one, kai, leah, tom, priya, filled):
    ann = practitioner("ann", "health_worker", CAMHS)
    assert as_one(ann).get(SHARE).status_code == 302
    open_in_emergency(person=kai, by=ann, at=NOW, because="A child is in danger now: hurt")
    page = as_one(ann).post(SHARE, filled.answers | {"words": "x"})
    assert page.status_code == 403
    assert "Emergency access is for reading" in words(page)
    with pytest.raises(PermissionDenied):
        given(kai, by=tom, to=leah, words="x")
    assert not ShareDecision.objects.exists()


def test_what_police_hold_is_given_by_police_alone(as_one, kai, leah, priya, tom):
    told = entry(kai, POLICE, handling="police", title="Seen with an adult")
    assert "Seen with an adult" not in words(as_one(leah).get(SHARE))
    given(kai, by=priya, to=tom, entries=[told])
    assert ShareDecision.objects.get().entries.get().contribution == told.contribution


def graded(told, by, **more):
    plain = {"source": "1", "information": "A", "handling": "C", "conditions": "A3 overt use only", "priority": "low"}
    return Grade.objects.create(contribution=told.contribution, by=by, at=NOW, **(plain | more))


def test_conditions_of_police_are_shown_and_have_to_be_agreed_to(as_one, kai, priya, filled):
    told = entry(kai, POLICE, handling="police")
    graded(told, priya)
    answers = filled.answers | {"entries": [told.contribution.receipt], "bases": ["art_6_1_e", "art_9_2_g"]}
    page = as_one(priya).post(SHARE, answers)
    assert "Conditions of police: A3 overt use only" in words(page)
    assert "Say that you keep to the conditions" in words(page)
    as_one(priya).post(SHARE, answers | {"agreed": "on"})
    assert ShareDecision.objects.get().entries.get().conditions == "A3 overt use only"


def test_what_is_closed_to_giving_says_why(as_one, kai, leah, priya):
    told = entry(kai, POLICE, title="Overheard in the yard")
    graded(told, priya)
    page = words(as_one(leah).get(SHARE))
    assert "Entries that you may read and not give (1)" in page
    assert "ask the intelligence desk to give it" in page


def test_intelligence_that_nobody_graded_is_not_given(as_one, kai, priya):
    entry(
        kai,
        POLICE,
        handling="police",
        kind="partnership_intelligence",
        contribution={"kind": "partnership_intelligence"},
    )
    assert "Police have not graded it yet." in words(as_one(priya).get(SHARE))


def test_what_was_told_to_named_agencies_stays_with_them(as_one, kai, leah, filled):
    told = entry(kai, POLICE, handling="agencies", readers=f",{COUNCIL},", title="For the council")
    page = words(as_one(leah).post(SHARE, filled.answers | {"entries": [told.contribution.receipt]}))
    assert "Take out “For the council”. It was told to named agencies only" in page
    with pytest.raises(Refused):
        given(kai, by=leah, to=None, outside="A club", entries=[told])


def test_a_recipient_comes_no_nearer_to_the_child(as_one, kai, leah, tom):
    standing(kai, COUNCIL)
    before = level_of(viewer=tom, person=kai, at=AT)
    given(kai, by=leah, to=tom, entries=[entry(kai)])
    assert level_of(viewer=tom, person=kai, at=AT) == before
    assert as_one(tom).get(reverse("child_timeline", args=["7F3K"])).status_code == 302


def test_the_childs_page_lists_it_for_those_who_may_know(as_one, kai, leah, priya, tom):
    open_to_all, closed = entry(kai), entry(kai, POLICE, handling="police", title="Seen with an adult")
    given(kai, by=leah, to=tom, entries=[open_to_all])
    given(kai, by=priya, outside="A foster carer", entries=[closed], because="Only police know")
    page = reverse("child_shared", args=["7F3K"])
    for_leah, for_priya = words(as_one(leah).get(page)), words(as_one(priya).get(page))
    assert "To Tom Whitaker, School" in for_leah
    assert "foster carer" not in for_leah
    assert "To A foster carer" in for_priya
    assert "So that he comes home safely" in for_leah
    assert "So that he comes home safely" not in for_priya


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_however_much_was_given(as_one, kai, leah, tom, number, django_assert_max_num_queries):
    for _ in range(number):
        given(kai, by=leah, to=tom, entries=[entry(kai), entry(kai)])
    client = as_one(leah)
    for address, most in ((reverse("child_shared", args=["7F3K"]), 12), (reverse("what_i_gave"), 12)):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_however_much_was_told(as_one, kai, leah, number, django_assert_max_num_queries):
    for _ in range(number):
        entry(kai)
        entry(kai, POLICE, role="sibling")
    client = as_one(leah)
    client.get(SHARE)
    with django_assert_max_num_queries(12):
        assert client.get(SHARE).status_code == 200


def test_another_child_of_whom_nothing_was_given_says_so(as_one, kai, leah):
    other = child("9Z9Z", called="Zoë")
    standing(other, COUNCIL, practitioner=leah)
    assert "Nothing of Zoë was shared" in words(as_one(leah).get(reverse("child_shared", args=["9Z9Z"]))).replace(
        "  ", " "
    )
