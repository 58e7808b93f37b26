"""What the button that says somebody was told sends with it."""

import re

from django.http import HttpResponse

SHOWN = re.compile(r'name="shown" value="([^"]*)"')


def marks_on(page: HttpResponse) -> dict[str, list[str]]:
    return {"shown": SHOWN.findall(page.content.decode())}
