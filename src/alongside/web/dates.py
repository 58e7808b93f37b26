"""Dates, times and ages in the one form that every page, letter and picture uses.

Plain Python: moments come in already in local time, and "now" and "today" are always given.
"""

from datetime import date, datetime, time, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTE, HOUR, DAY = 60, 3600, 86400
YOUNG_ADULT_TO = 25
CHILD_TO = 17


def clock_time(moment: datetime | time) -> str:
    """ "1:02am", "8am", and "midnight" and "noon" in words."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "noon" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def short_day(day: date) -> str:
    """ "5 March": after the whole date was said once."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_and_year(day: date) -> str:
    """ "5 March 2026"."""
    return f"{short_day(day)} {day.year}"


def long_day(day: date) -> str:
    """ "Thursday 5 March 2026"."""
    return f"{DAYS[day.weekday()]} {day_and_year(day)}"


def moment(when: date | datetime) -> str:
    """ "Thursday 5 March 2026 at 1:02am"; where only the day is known, only the day is said."""
    if isinstance(when, datetime):
        return f"{long_day(when)} at {clock_time(when)}"
    return long_day(when)


def short_moment(when: date | datetime) -> str:
    """ "3 May 2026 at 8:02am", as in the foot of a fact."""
    if isinstance(when, datetime):
        return f"{day_and_year(when)} at {clock_time(when)}"
    return day_and_year(when)


def happened(when: datetime, known_to: str) -> str:
    """ "3 May 2026 at 8:02am", "3 May 2026" or "May 2026", no more exactly than it is known (to the minute, day or
    month); else `when` is the moment at which it was told, and that is said."""
    if known_to == "minute":
        return short_moment(when)
    return {"day": day_and_year, "month": month}.get(known_to, day_not_told)(when)


def day_not_told(told: datetime) -> str:
    """What stands in the place of a day that nobody told."""
    return f"the day was not told; told to us on {day_and_year(told)}"


def month(day: date) -> str:
    """ "July 2016": all that is known of month-only data."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def partial_date(iso: str) -> str:
    """ "1 May 2010", "May 2010" or "2010", from "2010-05-01", "2010-05" or "2010"; else as it was given."""
    try:
        if len(iso) == len("2010-05-01"):
            return day_and_year(date.fromisoformat(iso))
        return month(date.fromisoformat(f"{iso}-01")) if len(iso) == len("2010-05") else iso
    except ValueError:
        return iso


def days(first: date, last: date) -> str:
    """ "5 to 9 March", naming month or year twice only where they differ."""
    if first.year != last.year:
        return f"{day_and_year(first)} to {day_and_year(last)}"
    if first.month != last.month:
        return f"{short_day(first)} to {short_day(last)}"
    return short_day(first) if first == last else f"{first.day} to {short_day(last)}"


def night(evening: date) -> str:
    """ "night of 4 to 5 March": names both days, for events that people remember by the evening."""
    return f"night of {days(evening, evening + timedelta(days=1))}"


def by_when(limit: date | datetime) -> str:
    """ "by 9:40am on Tuesday 24 November"."""
    on = f"{DAYS[limit.weekday()]} {short_day(limit)}"
    return f"by {clock_time(limit)} on {on}" if isinstance(limit, datetime) else f"by {on}"


def counted(number: int, thing: str) -> str:
    """ "1 day", "2 days"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def past_by(limit: datetime, now: datetime) -> str:
    """ "past by 2 days" (hours under a day, minutes under an hour); "" while there is time left."""
    seconds = (now - limit).total_seconds()
    if seconds <= 0:
        return ""
    for length, thing in ((DAY, "day"), (HOUR, "hour")):
        if seconds >= length:
            return f"past by {counted(int(seconds // length), thing)}"
    return f"past by {counted(max(1, int(seconds // MINUTE)), 'minute')}"


def near_day(day: date, today: date) -> str:
    """ "today, 5 March", "yesterday, 4 March"; the date is always beside the word."""
    words = {0: "today, ", -1: "yesterday, ", 1: "tomorrow, "}.get((day - today).days, "")
    return f"{words}{short_day(day) if day.year == today.year else day_and_year(day)}"


def birthday(born: date, year: int) -> date:
    """The birthday in that year; 29 February falls on 1 March in a year without one."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def years_old(born: date, today: date) -> int:
    """Whole years since birth."""
    return today.year - born.year - (today < birthday(born, today.year))


def months_old(born: date, today: date) -> int:
    """Whole months since birth."""
    return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)


def age(born: date, today: date) -> str:
    """ "15, turns 16 on 4 March"; under 1 in months; from 26 the years alone; "" before birth."""
    if today < born:
        return ""
    years = years_old(born, today)
    if years > YOUNG_ADULT_TO:
        return str(years)
    months = months_old(born, today)
    said = str(years) if years else counted(months, "month") if months else "under 1 month"
    if years and birthday(born, today.year) == today:
        return f"{said} today, {short_day(today)}"
    following = birthday(born, today.year)
    following = following if following > today else birthday(born, today.year + 1)
    return f"{said}, turns {years + 1} on {short_day(following)}"


def life_stage(years: int) -> str:
    """ "child" to 17, "young adult" from 18 to 25, "adult" after."""
    if years <= CHILD_TO:
        return "child"
    return "young adult" if years <= YOUNG_ADULT_TO else "adult"
