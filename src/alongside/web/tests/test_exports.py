"""A file that leaves is marked, and is called by nobody's name."""

import pytest
from django.http import HttpResponse

from alongside.web.exports import marked


def test_a_file_says_how_it_is_to_be_kept():
    answer = marked(HttpResponse(b""), "briefing-2026-11-23.pdf", opens=True)
    assert answer["Protective-Marking"] == "OFFICIAL-SENSITIVE"
    assert answer["Content-Disposition"] == 'inline; filename="OFFICIAL-SENSITIVE-briefing-2026-11-23.pdf"'


@pytest.mark.parametrize("name", ["Kai Adeyemi.csv", "../etc", 'a"b', "", "notes\r\nX: y"])
def test_a_name_that_somebody_sent_is_refused(name):
    with pytest.raises(ValueError, match="of our own"):
        marked(HttpResponse(b""), name)
