import pytest

from alongside.agencies.models import Agency
from alongside.contributions.kinds import kinds


@pytest.mark.django_db
def test_whoever_is_said_to_tell_a_kind_is_a_partner(agencies):
    told_by = {agency for kind in kinds().values() for agency in kind.told_by}
    assert told_by <= set(Agency.objects.values_list("pk", flat=True))
