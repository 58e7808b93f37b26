"""Many rows are written as one by one, in one statement."""

from datetime import timedelta

import pytest
from conftest import NOW

from alongside.people.models import AgencyRecord, Person
from alongside.shared.rows import insert_rows, update_rows

pytestmark = pytest.mark.django_db


def records(count):
    return [
        AgencyRecord(
            agency_id="leeds-camhs",
            system="bench",
            reference=f"C-{n}",
            given_name="Siân %s",
            aliases=["“Shiv”", f"{n}"],
            more={"language": None},
            told_at=NOW + timedelta(microseconds=n),
        )
        for n in range(count)
    ]


def test_what_is_written_at_once_reads_as_it_was(agencies, django_assert_num_queries):
    with django_assert_num_queries(1):
        insert_rows(records(200))

    kept = AgencyRecord.objects.order_by("pk")[7]
    assert (kept.given_name, kept.aliases, kept.more) == ("Siân %s", ["“Shiv”", "7"], {"language": None})
    assert (kept.told_at, kept.is_told, kept.person) == (NOW + timedelta(microseconds=7), True, None)


def test_what_is_changed_at_once_changes_in_the_fields_named_alone(agencies, django_assert_num_queries):
    insert_rows(records(50))
    kai, changed = Person.objects.create(reference="KAI"), list(AgencyRecord.objects.order_by("pk"))
    for turn, one in enumerate(changed):
        one.person, one.earlier, one.sex = kai, [{"turn": turn}], "F"

    with django_assert_num_queries(1):
        update_rows(changed, ["person", "earlier"])

    kept = AgencyRecord.objects.order_by("pk")[7]
    assert (kept.person, kept.earlier, kept.sex) == (kai, [{"turn": 7}], "")


def test_nothing_to_write_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])
        update_rows([], ["person"])
