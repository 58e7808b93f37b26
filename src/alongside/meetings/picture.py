"""Where the night's incidents were: one picture, the same on the page and on paper."""

from alongside.places.queries import land_near
from alongside.web.dates import counted
from alongside.web.picture_map import Pin, picture_map

from .briefing import Briefing

# It stands beside the list, at half the width it is drawn at: its numbers must be read there, and on a phone.
TWICE = 2


def described(briefing: Briefing) -> str:
    """What the picture shows, for those who hear it."""
    return f"Map with {counted(len(briefing.on_the_map), 'numbered pin')}. The list of incidents has the same numbers."


def picture(briefing: Briefing) -> str:
    """An SVG with a pin for each incident whose place the reader may know; "" where there is none."""
    pins = [Pin(longitude=one.longitude, latitude=one.latitude, number=one.number) for one in briefing.on_the_map]
    if not pins:
        return ""
    land = land_near((pin.longitude, pin.latitude) for pin in pins)
    return picture_map(
        land.outlines,
        pins,
        title="Where the incidents were",
        description=described(briefing),
        size=TWICE,
        named=land.named,
    )
