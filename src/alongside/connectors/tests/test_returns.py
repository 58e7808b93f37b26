"""Councils' returns: the children in need census and the looked-after children return."""

import json

import pytest

from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord

from .files import counts, rules

pytestmark = pytest.mark.django_db

REFERRAL = (
    "<CINdetails><CINreferralDate>2024-10-06</CINreferralDate><ReferralSource>6</ReferralSource>"
    "<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>false</ReferralNFA>{more}</CINdetails>"
)
PLAN = (
    "<ChildProtectionPlans><CPPstartDate>2024-11-01</CPPstartDate>"
    "<LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse></ChildProtectionPlans>"
)
ENQUIRY = "<Section47><S47ActualStartDate>2024-10-10</S47ActualStartDate></Section47>"
SIMPLE = REFERRAL.format(more="")


def child(number="C1", born="2012-03-04", details=SIMPLE, upn="V383400024001"):
    return (
        f"<Child><ChildIdentifiers><LAchildID>{number}</LAchildID><UPN>{upn}</UPN>"
        f"<PersonBirthDate>{born}</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>"
        f"<ChildCharacteristics><Ethnicity>BCRB</Ethnicity></ChildCharacteristics>{details}</Child>"
    )


def census(*children):
    return (
        "<?xml version='1.0'?><Message><Header><CollectionDetails><Collection>CIN</Collection>"
        "<ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails></Header>"
        f"<Children>{''.join(children)}</Children></Message>"
    )


def test_a_child_of_the_census_is_known_with_what_happened(desk):
    file = desk.take_text(census(child(details=REFERRAL.format(more=PLAN + ENQUIRY))))

    assert counts(file) == (3, 0, 0, 0)
    record = AgencyRecord.objects.get()
    assert (record.reference, record.la_child_id, record.date_of_birth, record.sex) == ("C1", "C1", "2012-03-04", "F")
    assert record.upn == "V383400024001"
    plan = Contribution.objects.get(reference="C1-child_protection-2024-11-01").told["details"]
    assert (plan["plan"], plan["category"], plan["status"]) == ("child_protection", "PHY", "open")


def test_the_same_census_again_changes_nothing_and_a_later_one_says_what_is_new(desk):
    desk.take_text(census(child()))
    assert counts(desk.take_text(census(child()))) == (0, 1, 0, 0)
    later = REFERRAL.format(more="<CINclosureDate>2025-01-02</CINclosureDate>")
    assert counts(desk.take_text(census(child(details=later)))) == (0, 0, 1, 0)


def test_a_number_that_cannot_be_is_left_empty_and_the_child_is_in(desk):
    file = desk.take_text(census(child(upn="A123456789123", born="2040-01-01")))

    assert counts(file) == (1, 0, 0, 0)
    assert file.left_out["pupil numbers (UPN) whose check letter does not fit, left empty"] == 1
    assert file.left_out["dates of birth that cannot be, left empty"] == 1


def test_a_child_whose_every_date_is_wrong_is_still_known(desk):
    file = desk.take_text(census(child(details=SIMPLE.replace("2024", "2094"))))

    assert counts(file) == (1, 0, 0, 1)
    (error,) = file.errors
    assert (error["field"], error["rule"]) == ("CINreferralDate", "This is in the future.")
    assert error["mend"] == "Look at the year; tell it when it has happened."
    assert AgencyRecord.objects.get().reference == "C1"


def test_a_child_without_an_id_is_explained_and_the_others_are_in(desk):
    file = desk.take_text(census(child(number=""), child()))

    assert counts(file) == (1, 0, 0, 1)
    assert rules(file) == ["This child has no id."]
    assert "<CINreferralDate>" in file.rejects.read_text()


def test_a_census_that_breaks_off_keeps_the_children_before(desk):
    file = desk.take_text(census(child(), child(number="C2"))[:-60])

    assert counts(file) == (1, 0, 0, 1)
    assert "breaks off" in rules(file)[0]


def test_what_the_census_refuses_is_mended_and_fed_back_as_our_own_envelope(desk):
    file = desk.take_text(census(child(details=SIMPLE.replace("2024", "2094"))))
    told = json.loads(file.rejects.read_text())

    again = desk.take_text(json.dumps(told | {"occurred_at": "2024-10-06"}))

    assert (again.format, counts(again)) == ("canonical_ndjson", (1, 0, 0, 0))


HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n566910,2,27/03/2008,WROM,UN1,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "566910,15/02/2020,S,C2,N3,U6,PR0,14/08/2021,X1,CLOSE,LS8 4AA,WV27 9FW,4244474\n"
    "566910,14/08/2021,P,C2,N3,K1,PR3,,,,,,\n"
)
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n566910,27/03/2008,M,13/11/2021,25/11/2021\n"


@pytest.mark.parametrize(
    "order", [(HEADER, EPISODES, MISSING), (MISSING, EPISODES, HEADER)], ids=["header first", "last"]
)
def test_three_tables_in_any_order_are_one_child(desk, order):
    paths = [desk.put(text, f"{number}.csv") for number, text in enumerate(order)]

    report = desk.take(*paths)

    assert report.totals["accepted"] == 4
    record = AgencyRecord.objects.get()
    assert (record.reference, record.date_of_birth, record.sex) == ("566910", "2008-03-27", "F")
    assert record.ethnicity["code"] == "WROM"


def test_an_episode_speaks_in_words_and_keeps_the_placement_safe(desk):
    file = desk.take_text(EPISODES)

    first = Contribution.objects.get(reference="566910-episodes-2020-02-15").told
    assert "full care order" in first["narrative"]
    assert "14 August 2021, went on in another way the same day" in first["narrative"]
    assert "WV27" not in str(first)
    assert first["details"]["ended_on"] == "2021-08-14"
    assert file.left_out["postcodes of placements, because where a child is placed is kept safe"] == 1


def test_a_time_missing_says_when_the_child_came_back(desk):
    desk.take_text(MISSING)

    details = Contribution.objects.get().told["details"]
    assert (details["status"], details["returned_at"]) == ("returned", "2021-11-25")


@pytest.mark.parametrize(
    ("table", "change", "field"),
    [
        (HEADER, ("27/03/2008", "31/02/2008"), "DOB"),
        (EPISODES, ("15/02/2020", ""), "DECOM"),
        (EPISODES, ("14/08/2021,X1", "soon,X1"), "DEC"),
        (MISSING, ("13/11/2021", "13/13/2021"), "MIS_START"),
        (MISSING, ("566910", " "), "CHILD"),
    ],
)
def test_a_row_that_cannot_be_used_is_handed_back_as_it_came(desk, table, change, field):
    file = desk.take_text(table.replace(*change))

    assert next(iter(file.errors))["field"] == field
    header, row = file.rejects.read_text().splitlines()
    assert header == table.splitlines()[0] + ",left over,problem"
    assert row.startswith(table.replace(*change).splitlines()[1])
