from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.linkage.asking import read_asked
from alongside.linkage.candidates import index
from alongside.linkage.search import find
from alongside.people.models import NameKey
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, record, standing


@pytest.mark.parametrize(
    ("text", "words", "dates", "numbers"),
    [
        ("shivaun 2010", ("shivaun",), ("2010",), ()),
        ("O'Brien, Siobhan", ("obrien", "siobhan"), (), ()),
        ("kai May 2010", ("kai",), ("2010-05",), ()),
        ("kai 01/05/2010", ("kai",), ("2010-05-01",), ()),
        ("kai 1st May 2010", ("kai",), ("2010-05-01",), ()),
        ("05/2010", (), ("2010-05",), ()),
        ("2010-05-01", (), ("2010-05-01",), ()),
        ("kai 16 December", ("kai",), ("--12-16",), ()),
        ("16th dec", (), ("--12-16",), ()),
        ("December 16 kai", ("kai",), ("--12-16",), ()),
        ("kai 16/12", ("kai",), ("--12-16",), ()),
        ("kai 1/5/10", ("kai",), ("2010-05-01",), ()),
        ("kai's mother 1.5.78", ("kais", "mother"), ("1978-05-01",), ()),
        ("december 2010", (), ("2010-12",), ()),
        ("Maya 9", ("maya",), (), ()),
        ("Maya 3/5", ("maya",), ("--05-03",), ()),
        ("Mark 12/03", ("mark",), ("--03-12",), ()),
        ("14 Marlborough", ("marlborough",), (), ()),
        ("Maya 2010", ("maya",), ("2010",), ()),
        ("29/13", (), (), ("29/13",)),
        ("1.2.34", (), ("1934-02-01",), ()),
        ("943 476 5919", (), (), ("9434765919",)),
        ("N-778", (), (), ("N-778",)),
        ("ppn-2026-000123", (), (), ("PPN-2026-000123",)),
        ("   ", (), (), ()),
    ],
)
def test_what_was_typed_is_taken_apart(text, words, dates, numbers):
    asked = read_asked(text)
    assert (asked.words, asked.dates) == (words, dates)
    assert set(numbers) <= set(asked.numbers)


@pytest.fixture
def maya(db):
    return practitioner("maya", "front_door_worker")


@pytest.fixture
def siobhan(db):
    person = child("4HRZ9BCD", given_name="Siobhan", family_name="O'Brien", date_of_birth="2010-05-01")
    numbers = {"nhs_number": "9434765919", "upn": "A123456789012", "la_child_id": "LC-77", "reference": "N-778"}
    held = record(person, POLICE, date_of_birth="2010-05-01", aliases=["Shiv Murphy"], **numbers)
    other = child("OTHER", given_name="Amira", family_name="Rahman")
    index([held, record(other, POLICE, date_of_birth="2011-02-03")])
    return person


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Siobhan O'Brien", "the name “siobhan”"),
        ("shivaun", "sounds like “shivaun”"),
        ("obrien siobhan", "the name “obrien”"),
        ("siobahn", "siobahn"),
        ("shivaun 2010", "the year of birth"),
        ("shivaun May 2010", "the month of birth"),
        ("siobhan 01/05/2010", "the date of birth"),
        ("siobhan 1 May", "the day and month of birth"),
        ("1 May", "the day and month of birth"),
        ("siobhan 05/01/2010", "the date of birth, day and month the other way round"),
        ("murphy", "the name “murphy”"),
        ("943 476 5919", "the NHS number is the same"),
        ("a123456789012", "the pupil number is the same"),
        ("LC-77", "the council’s number is the same"),
        ("n-778", "an agency’s reference is the same"),
        ("4hrz9bcd", "our reference is the same"),
        ("May 2010", "the month of birth"),
    ],
)
def test_siobhan_is_found_and_why(maya, siobhan, text, why):
    found = find(text, viewer=maya, at=NOW)
    assert [one.person for one in found] == [siobhan]
    assert why in " ".join(found[0].why)


def test_a_nickname_finds_the_name_it_stands_for(maya):
    bill = child(given_name="William", family_name="Adams")
    index([record(bill)])
    (found,) = find("bill adams", viewer=maya, at=NOW)
    assert found.why == ("a form of “bill”", "the name “adams”")


@pytest.mark.parametrize("text", ["", "  ", "zzzqqq", "%", "'; drop table", "2031", "💜", "x" * 10_000])
def test_nobody_matches_nonsense(maya, siobhan, text):
    assert find(text, viewer=maya, at=NOW) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("xyzzy", "Hughes"),
        ("xyzzy", "Ceesay"),
        ("xyzzy", "Zuza"),
        ("qqqq", "Kai"),
        ("qqqq", "Katie"),
        ("zzzz", "Zay"),
        ("kai", "Katie"),
        ("kai", "Key"),
        ("kai", "Kaminski"),
    ],
)
def test_letters_that_mean_no_name_find_nobody(maya, text, held):
    index([record(child(given_name=held, family_name="Adams"))])
    assert find(text, viewer=maya, at=NOW) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("kai", "Kai"),
        ("kay", "Kai"),
        ("keeva", "Caoimhe"),
        ("neve", "Niamh"),
        ("eefa", "Aoife"),
        ("shavon", "Siobhan"),
        ("Filimon", "Filmon"),
        ("yusuf", "Joseph"),
        ("xasan", "Hassan"),
        ("kasim", "Qasim"),
        ("muhammad", "Mohamed"),
        ("kurayshi", "Qureshi"),
    ],
)
def test_another_spelling_still_finds_the_child(maya, text, held):
    meant = child(given_name=held, family_name="Adams")
    index([record(meant)])
    assert [one.person for one in find(text, viewer=maya, at=NOW)] == [meant]


@pytest.mark.parametrize(("text", "finds"), [("filmo", True), ("film", True), ("fil", False)])
def test_the_beginning_of_a_name_finds_it(maya, text, finds):
    filmon = child(given_name="Filmon", family_name="Kidane")
    index([record(filmon), record(child(given_name="William", family_name="Adams"))])
    assert (filmon in [one.person for one in find(text, viewer=maya, at=NOW)]) == finds


def test_the_beginning_of_a_name_is_sought_among_few_and_no_further_than_one_may_know(maya):
    index([record(child(given_name="Filmon", family_name="Kidane")) for _ in range(60)])
    assert len(find("filmo", viewer=maya, at=NOW)) == 20
    assert find("filmo", viewer=practitioner("priya", "police_officer", POLICE), at=NOW) == []


def test_what_a_child_is_called_at_home_finds_them(maya):
    filmon = child(given_name="Filmon", family_name="Kidane")
    index([record(filmon, more={"likes_to_be_called": "Filmo"})])
    assert [one.person for one in find("filmo", viewer=maya, at=NOW)] == [filmon]


def test_the_right_date_comes_first_and_a_wrong_one_hides_nobody(maya):
    people = [child(given_name="Kai", family_name="Adeyemi") for _ in range(3)]
    index([record(person, date_of_birth=f"20{10 + turn}-05-01") for turn, person in enumerate(people)])
    found = find("kai adeyemi 2012", viewer=maya, at=NOW)
    assert found[0].person == people[2]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [("bill", "William", "Bailey"), ("liz", "Elizabeth", "Lois"), ("shiv", "Siobhan", "Shaw")],
)
def test_a_nickname_finds_its_name_before_what_sounds_as_short(maya, typed, meant, other):
    people = {name: child(given_name=name, family_name="Moss") for name in (other, meant)}
    index([record(person) for person in people.values()])
    assert find(typed, viewer=maya, at=NOW)[0].person == people[meant]


def test_a_child_one_may_not_know_of_is_not_found(siobhan):
    priya = practitioner("priya", "police_officer", POLICE)
    assert find("siobhan", viewer=priya, at=NOW) == []
    standing(siobhan, CAMHS)
    assert [one.person for one in find("siobhan", viewer=priya, at=NOW)] == [siobhan]
    omar = practitioner("omar", "place_worker", "leeds-highways")
    assert find("siobhan", viewer=omar, at=NOW) == []


def test_at_most_so_many_are_given(maya):
    index([record(child(given_name="Kai", family_name="Adeyemi")) for _ in range(60)])
    assert len(find("kai", viewer=maya, at=NOW)) == 50


@pytest.mark.parametrize("number", [2, 40, 120])
def test_a_search_takes_few_looks_however_many_match(maya, number, django_assert_max_num_queries):
    index([record(child(given_name="Kai", family_name="Adeyemi")) for _ in range(number)])
    with django_assert_max_num_queries(10):
        find("kai adeyemi 2011", viewer=maya, at=NOW)


def test_one_mistaken_word_hides_nobody(maya, siobhan):
    assert [one.person for one in find("siobhan zzzqqq", viewer=maya, at=NOW)] == [siobhan]


def test_a_search_among_thousands_is_quick(maya, siobhan):
    people = [child(given_name="Kai", family_name=f"Adeyemi{turn % 50}") for turn in range(1000)]
    index([record(person, COUNCIL) for person in people])
    # As the databases do in use: rows that were last counted when there were none are searched one by one.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    find("kai", viewer=maya, at=NOW)
    began = perf_counter()
    find("kai adeyemi 2011", viewer=maya, at=NOW)
    assert perf_counter() - began < 0.5


def test_several_keys_of_a_common_word_are_one_set_not_a_look_for_each_record(maya):
    index([record(child(given_name="Kai", family_name="Adeyemi"))])
    with CaptureQueriesContext(connection) as asked:
        find("kai adeyemy", viewer=maya, at=NOW)
    meant = [one["sql"] for one in asked if "DISTINCT" in one["sql"] and "'sound:" in one["sql"]]
    assert meant
    assert all('+ 0) IN (SELECT U0."record_id"' in sql for sql in meant)


def test_whom_all_partners_may_know_of_is_found_by_an_index(db, plans_of):
    priya = practitioner("priya", "police_officer", POLICE)
    index([record(child(given_name="Kai", family_name="Adeyemi"))])
    plans = plans_of(lambda: find("kai", viewer=priya, at=NOW), table=NameKey)
    assert any("shared_with_the_partnership" in plan for plan in plans)
