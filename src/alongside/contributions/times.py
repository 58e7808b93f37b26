"""The time of day as people type it."""

import re
from datetime import time

TYPED = re.compile(r"(?P<hour>\d{1,2})(?:[:. ]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?")
WORDS = {"midnight": time(0), "noon": time(12), "midday": time(12)}


def read_time(text: str) -> time:
    """ "10:15pm", "22:15", "2215", "7am" or "noon". Raises ValueError for what is no time."""
    typed = text.strip().lower().replace("a.m.", "am").replace("p.m.", "pm")
    if typed in WORDS:
        return WORDS[typed]
    match = TYPED.fullmatch(typed)
    if match is None:
        raise ValueError(f"{text} is no time of day")
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half and not 1 <= hour <= 12:
        raise ValueError(f"{text} is no time of day")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)
