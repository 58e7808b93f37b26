"""A page as somebody reads it."""

import re

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
