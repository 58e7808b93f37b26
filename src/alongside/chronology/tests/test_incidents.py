"""Accounts of one incident find each other on a child's timeline, whatever the order in which they came."""

from datetime import timedelta
from itertools import permutations

import pytest

from alongside.chronology.incidents import clusters, regroup
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.same_incident import Nearness, Report
from alongside.linkage.actions import unlink
from alongside.people.tests.factories import NOW, POLICE, child, practitioner

from .factories import entry

pytestmark = pytest.mark.django_db
HOSPITAL = "leeds-teaching-hospitals"
FIGHT = {"kind": "police_incident", "place": "Bus station", "latitude": 53.797, "longitude": -1.535}
ATTENDANCE = {"kind": "emergency_department_attendance", "place": "Northfield Hospital"}


def tell(kai, of=POLICE, hours=0, **more):
    more.setdefault("contribution", {"kind": more.get("kind", "police_incident"), "told": {"details": {}}})
    return entry(kai, of, occurred_at=NOW - timedelta(days=2) + timedelta(hours=hours), **more)


def keys() -> list[str]:
    return list(ChronologyEntry.objects.order_by("occurred_at", "pk").values_list("incident", flat=True))


@pytest.mark.parametrize(
    ("second", "one"),
    [
        ({"of": HOSPITAL, "hours": 2, **ATTENDANCE}, True),
        ({"of": HOSPITAL, "hours": 9, **ATTENDANCE}, False),
        ({"of": HOSPITAL, "hours": 2, **ATTENDANCE, "withdrawn": True}, False),
        ({"of": HOSPITAL, "hours": 2, **ATTENDANCE, "role": "sibling"}, False),
        ({"of": HOSPITAL, "hours": 2, **ATTENDANCE, "occurred_to": "month"}, False),
        ({"hours": 1, **FIGHT, "kind": "police_protection_notification"}, True),
        ({"hours": 1, **FIGHT}, False),
        ({"of": "leeds-camhs", "kind": "camhs_contact"}, False),
    ],
)
def test_which_accounts_are_one(second, one):
    kai = child()
    first = tell(kai, **FIGHT)
    tell(kai, **second)
    regroup([kai.pk])
    told = first.contribution.receipt
    assert keys() == ([told, told] if one else ["", ""])


def test_an_account_of_another_child_is_not_theirs():
    kai, amira = child(), child()
    tell(kai, **FIGHT)
    tell(amira, HOSPITAL, 1, **ATTENDANCE)
    regroup([kai.pk, amira.pk])
    assert keys() == ["", ""]


@pytest.mark.parametrize(
    "order", list(permutations([(POLICE, 0, FIGHT), (HOSPITAL, 2, ATTENDANCE), (POLICE, 30, FIGHT)]))
)
def test_the_order_of_telling_makes_no_difference(order):
    kai = child()
    for of, hours, what in order:
        tell(kai, of, hours, **what)
        regroup([kai.pk])
    first, second, third = keys()
    assert first == second != ""
    assert third == ""


def test_a_withdrawn_account_leaves_the_other_alone():
    kai = child()
    tell(kai, **FIGHT)
    second = tell(kai, HOSPITAL, 1, **ATTENDANCE)
    regroup([kai.pk])
    ChronologyEntry.objects.filter(pk=second.pk).update(withdrawn=True, incident="")
    regroup([kai.pk])
    assert keys() == ["", ""]


def test_a_record_that_moves_away_takes_its_account_out():
    kai, grace = child(), practitioner("grace", "information_officer")
    tell(kai, **FIGHT)
    second = tell(kai, HOSPITAL, 1, **ATTENDANCE)
    regroup([kai.pk])
    unlink(record_=second.record, by=grace, at=NOW, because="Another child")
    assert keys() == ["", ""]


def test_grouping_costs_the_same_however_many_entries(django_assert_max_num_queries):
    kai = child()
    for day in range(30):
        tell(kai, hours=-24 * day, **FIGHT)
        tell(kai, HOSPITAL, 1 - 24 * day, **ATTENDANCE)
    with django_assert_max_num_queries(4):
        regroup([kai.pk])
    assert len(set(keys()) - {""}) == 30


def test_nothing_reaches_across_two_clusters():
    reports = [Report(n, "police", "x", NOW + timedelta(hours=hours)) for n, hours in enumerate([0, 1, 2, 9, 10])]
    assert [[one.id for one in some] for some in clusters(reports, Nearness(minutes=90))] == [[0, 1, 2], [3, 4]]
