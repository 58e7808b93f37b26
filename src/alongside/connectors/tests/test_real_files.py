"""The files that partnerships really hold. Skipped, saying so, where the open data is not beside the repository."""

import pytest

from alongside.people.models import AgencyRecord
from alongside.places.models import AnonymousIncident, Area, Deprivation, Establishment

from .files import DATA, REAL, counts

pytestmark = [pytest.mark.django_db, REAL]


@pytest.mark.parametrize(
    ("path", "taken", "model", "kept"),
    [
        ("crime/2016-07-west-yorkshire-street.csv", 27_176, AnonymousIncident, 27_176),
        ("boundaries/leeds_lsoa11.geojson", 482, Area, 482),
        ("boundaries/leeds_msoa11.geojson", 107, Area, 107),
        ("boundaries/leeds_wards_pre2018.geojson", 33, Area, 33),
        ("schools_services/gias_edubase_leeds.csv", 771, Establishment, 771),
        ("deprivation/imd2019_file1_rank_decile.csv.gz", 32_844, Deprivation, 32_844),
    ],
)
def test_what_is_publicly_known_is_counted_for(desk, path, taken, model, kept):
    file = desk.take(DATA / path).files[0]

    assert counts(file) == (taken, 0, 0, 0)
    assert model.objects.count() == kept
    assert counts(desk.take(DATA / path).files[0]) == (0, taken, 0, 0)


def test_every_child_of_the_census_has_a_record_and_each_rejection_a_reason(desk):
    path = DATA / "social_care/cin_census/fake_CIN_data.xml"
    file = desk.take(path).files[0]

    assert AgencyRecord.objects.count() == 332
    assert counts(file) == (401, 0, 0, 2)
    assert {error["value"] for error in file.errors} == {"2030-03-31", "2028-03-24"}
    assert counts(desk.take(path).files[0]) == (0, 401, 0, 2)


def test_the_return_of_missing_children_is_taken_in(desk):
    file = desk.take(DATA / "social_care/ssda903/missing.csv").files[0]

    assert counts(file) == (43, 0, 0, 0)
    assert AgencyRecord.objects.count() == 39


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("social_care/ssda903/reviews.csv", "REVIEW_CODE"),
        ("social_care/sen2/fake_sen.xlsx", "Unique ID"),
        ("crime/2019-06-greater-manchester-stop-and-search.csv", "Part of a policing operation"),
    ],
)
def test_a_file_that_we_do_not_read_says_what_its_header_holds(desk, path, names):
    (error,) = desk.take(DATA / path).files[0].errors

    assert names in error["rule"]
