"""Many rows are written as one by one, in one statement."""

from datetime import timedelta

import pytest
from conftest import NOW
from django.db import connection

from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person
from alongside.shared.rows import insert_row, insert_rows, update_rows, with_key

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


def test_one_row_learns_the_key_that_the_database_gives_also_where_it_is_asked_afterwards(agencies, monkeypatch):
    for says_key in (True, False) if connection.vendor == "sqlite" else (True,):
        monkeypatch.setattr(connection.features, "can_return_columns_from_insert", says_key)
        (one,) = records(1)
        one.reference = f"C-{says_key}"
        insert_row(one)
        assert AgencyRecord.objects.get(pk=one.pk).reference == one.reference


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


@pytest.mark.parametrize("table", [AgencyRecord, Contribution])
def test_what_an_agency_knows_by_a_key_is_asked_for_by_all_of_the_key(table):
    """Without the system in it, a search of an index goes through everything that the agency ever told."""
    keys = [("leeds-camhs", "bench", "C-1"), ("leeds-camhs", "paper", "C-2"), ("leeds-camhs", "bench", "C-0")]
    said = str(table.objects.filter(with_key(keys)).query)
    assert said.count(" = leeds-camhs AND ") == 2
    assert said.count('"system" = ') == 2
    assert "IN (C-0, C-1) AND" in said or "IN (C-1, C-0) AND" in said


def test_only_the_keys_asked_for_are_found(agencies):
    insert_rows(records(3))
    keys = [("leeds-camhs", "bench", "C-1"), ("leeds-camhs", "paper", "C-2"), ("catch", "bench", "C-0")]
    assert [one.reference for one in AgencyRecord.objects.filter(with_key(keys))] == ["C-1"]
    assert not AgencyRecord.objects.filter(with_key([])).exists()
