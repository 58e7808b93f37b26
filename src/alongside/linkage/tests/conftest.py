import pytest


@pytest.fixture
def a_child():
    """A record of one invented child, with whatever is changed."""

    def record(number=1, **changes):
        known = {
            "record_id": f"r{number}",
            "given_name": "Aisling",
            "family_name": "Hardcastle",
            "date_of_birth": "2010-05-14",
            "sex": "F",
            "postcode": "LS8 4AA",
        }
        return {**known, **changes}

    return record
