"""What is known of places: police.uk, schools, boundaries, deprivation."""

import gzip
import json

import pytest

from alongside.places.models import AnonymousIncident, Area, Deprivation, Establishment

from .files import counts, rules

pytestmark = pytest.mark.django_db

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
QUIET = ",2026-07,Force,Force,-1.5,53.7,On or near Mill Lane,E01007359,Mill 1A,Anti-social behaviour,,\n"
THEFT = "abc,2026-07,Force,Force,-1.5,53.7,On or near Mill Lane,E01007359,Mill 1A,Shoplifting,Under way,\n"


def test_two_crimes_without_a_number_that_look_the_same_are_two(desk):
    assert counts(desk.take_text(STREET + QUIET + QUIET)) == (2, 0, 0, 0)
    assert counts(desk.take_text(STREET + QUIET + QUIET)) == (0, 2, 0, 0)
    assert AnonymousIncident.objects.count() == 2


def test_a_crime_number_that_repeats_counts_for_each_row(desk):
    assert counts(desk.take_text(STREET + THEFT + THEFT.replace("Shoplifting", "Drugs"))) == (2, 0, 0, 0)
    assert set(AnonymousIncident.objects.values_list("key", "category")) == {
        ("abc", "Shoplifting"),
        ("abc-2", "Drugs"),
    }


def test_a_new_outcome_takes_the_place_of_the_old(desk):
    desk.take_text(STREET + THEFT)
    assert counts(desk.take_text(STREET + THEFT.replace("Under way", "Charged"))) == (0, 0, 1, 0)
    assert AnonymousIncident.objects.get().outcome == "Charged"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("2026-07", "July"), "This is no month."),
        (("-1.5", "west"), "This is no place on Earth."),
        (("53.7", "153.7"), "This is no place on Earth."),
        (("Shoplifting", ""), "This is missing."),
    ],
)
def test_a_crime_that_cannot_be_is_explained_and_the_rest_is_in(desk, change, rule):
    file = desk.take_text(STREET + THEFT.replace(*change) + QUIET)

    assert counts(file) == (1, 0, 0, 1)
    assert rules(file) == [rule]
    assert next(iter(file.errors))["row"] == 2


SCHOOL = "URN,LA (code),EstablishmentName,Postcode,HeadLastName,TelephoneNum,Easting\n"


def test_a_school_is_kept_without_the_names_of_its_staff(desk):
    file = desk.take_text((SCHOOL + "107806,383,École Sainte Ève,ls10 2la,Smith,0113,431887\n").encode("cp1252"))

    school = Establishment.objects.get()
    assert (school.name, school.postcode, school.easting) == ("École Sainte Ève", "LS10 2LA", 431887)
    assert file.left_out["names of head teachers, because we keep no names of staff"] == 1
    assert "Smith" not in str(vars(school))


def test_a_school_without_a_number_is_explained(desk):
    file = desk.take_text(SCHOOL + "12,383,Mill School,,,,\n107806,383,Hill School,,,,many\n")

    assert rules(file) == ["This is no URN.", "This is not a number that can be."]


def feature(code="E01011264", name="LSOA21CD", **outline):
    shape = {"type": "Polygon", "coordinates": [[[-1.6, 53.8], [-1.5, 53.8], [-1.5, 53.9], [-1.6, 53.8]]]}
    properties = {name: code, name.replace("CD", "NM"): "Mill 1A"}
    return {"type": "Feature", "properties": properties, "geometry": shape | outline}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize(
    ("name", "kind", "edition"),
    [
        ("LSOA11CD", "lsoa", "2011"),
        ("LSOA21CD", "lsoa", "2021"),
        ("MSOA11CD", "msoa", "2011"),
        ("WD23CD", "ward", "2023"),
        ("LAD21CD", "district", "2021"),
    ],
)
def test_an_area_is_known_by_the_name_of_its_code(desk, name, kind, edition):
    desk.take_text(collection(feature(name=name)))

    area = Area.objects.get()
    assert (area.kind, area.edition, area.name) == (kind, edition, "Mill 1A")


def test_an_outline_that_is_none_is_handed_back_to_mend(desk):
    metres = feature(code="E01011265", coordinates=[[[430000, 433000]]])
    file = desk.take_text(collection(feature(), feature(code="nowhere"), metres, feature(type="Point")))

    assert counts(file) == (1, 0, 0, 3)
    handed_back = json.loads(file.rejects.read_text())
    assert [one["properties"]["LSOA21CD"] for one in handed_back["features"]][:2] == ["nowhere", "E01011265"]
    assert all(one["problem"] for one in handed_back["features"])


def test_boundaries_that_break_off_keep_what_stood_before(desk):
    file = desk.take_text(collection(feature(), feature(code="E01011265"))[:-80])

    assert counts(file) == (1, 0, 0, 1)
    assert "breaks off" in rules(file)[0]


def test_deprivation_of_2019_with_a_mark_commas_and_gzip(desk):
    text = (
        "\ufeffLSOA code (2011),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\n"
    )
    file = desk.take_text(gzip.compress((text + 'E01000001,"29,199",9\nE01000002,1,11\n').encode()))

    assert counts(file) == (1, 0, 0, 1)
    known = Deprivation.objects.get()
    assert (known.edition, known.domain, known.rank, known.decile) == ("2019", "overall", 29199, 9)


def test_deprivation_of_2025_keeps_each_domain(desk):
    text = "lsoa21_code,IMD_decile,IMD_rank,IMD_score,Crime_decile,Crime_rank,Crime_score\n"
    file = desk.take_text(text + "E01000001,8.0,26525.0,8.742,10.0,33698.0,-2.22\n")

    assert counts(file) == (1, 0, 0, 0)
    assert set(Deprivation.objects.values_list("domain", "decile", "score")) == {
        ("overall", 8, 8.742),
        ("crime", 10, -2.22),
    }
