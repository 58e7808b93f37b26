"""One agency's record of a person, made ready to be compared: plain names, dates, postcodes and keys."""

import re
from collections.abc import Iterable
from functools import lru_cache

from .names import is_a_known_name, normalise, roots, skeleton, split_full_name, tokens
from .sounds import sound, sounds

Record = dict
UK_POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})$")
ISO = re.compile(r"^(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2}))?)?(?:[T ].*)?$")
BRITISH = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})(?: .*)?$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
IN_WORDS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]*[ ,-]+(\d{4})$", re.IGNORECASE)
SEXES = dict.fromkeys(("m", "male", "boy", "man"), "M") | dict.fromkeys(("f", "female", "girl", "woman"), "F")
IDENTIFIERS = ("nhs_number", "upn", "la_child_id")
NO_DATE = (None, None, None, None)


@lru_cache(maxsize=200_000)
def date_parts(text: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """(ISO date, year, month, day) as far as known: 2010-05-01, 20100501, 01/05/2010, 1 May 2010, 2010-05 or 2010."""
    year, month, day = _as_written((text or "").strip())
    if not year:
        return NO_DATE
    # Where the second number can only be a day, the month stands first.
    if month and day and int(month) > 12 >= int(day) and not ISO.match((text or "").strip()):
        month, day = day, month
    month = month.zfill(2) if month and int(month) else None
    day = day.zfill(2) if day and int(day) else None
    whole = f"{year}-{month}-{day}" if month and day else None
    return whole, year, month, day


def _as_written(text: str) -> tuple[str | None, str | None, str | None]:
    if british := BRITISH.match(text):
        day, month, year = british.groups()
        return year, month, day
    if (words := IN_WORDS.match(text)) and words[2].lower() in MONTHS:
        return words[3], str(MONTHS.index(words[2].lower()) + 1), words[1]
    return ISO.match(text).groups() if ISO.match(text) else (None, None, None)


@lru_cache(maxsize=200_000)
def postcode_parts(text: str | None) -> tuple[str | None, str | None, str | None]:
    """(postcode without spaces, sector, district); outside the UK's pattern only the first."""
    plain = "".join(c for c in (text or "").upper() if c.isalnum())
    if match := UK_POSTCODE.match(plain):
        return plain, match[1] + match[2], match[1]
    return plain or None, None, None


@lru_cache(maxsize=200_000)
def _given(name: str | None) -> dict:
    words = tokens(name)
    whole = "".join(words) or None
    first = words[0] if words else None
    heard = sounds(first) | sounds(whole) if len(words) > 1 else sounds(whole)
    return {
        "given": whole,
        "given_first": first,
        "given_roots": sorted(roots(name)),
        "given_sounds": sorted(heard),
        "given_known": is_a_known_name(name),
    }


@lru_cache(maxsize=200_000)
def _family(name: str | None) -> dict:
    words = tokens(name)
    whole = "".join(words) or None
    return {
        "family": whole,
        # Only the parts of a double-barrelled name, not "de" or "al".
        "family_parts": sorted({word for word in words if len(word) > 3} | ({whole} if whole else set())),
        "family_sounds": sorted(sounds(whole)),
        # A given name or its initial, so that the family's name may stand first.
        "family_as_given": len(whole or "") == 1 or is_a_known_name(name),
    }


@lru_cache(maxsize=200_000)
def _also_known(aliases: tuple[str, ...]) -> tuple[list[str], list[str]]:
    pairs = [split_full_name(alias) for alias in aliases]
    given = {"".join(tokens(one)) for one, _ in pairs} - {""}
    family = {"".join(tokens(other)) for _, other in pairs} - {""}
    return sorted(given), sorted(family)


def _names(record: Record) -> dict:
    given, family = record.get("given_name"), record.get("family_name")
    if record.get("full_name") and not normalise(given) and not normalise(family):
        given, family = split_full_name(record["full_name"])
    names = _given(given or None) | _family(family or None)
    return names | {"initial": 1 in (len(names["given_first"] or ""), len(names["family"] or ""))}


def _known_as(record: Record, names: dict) -> dict:
    aliases = record.get("aliases")
    given, family = _also_known(tuple(aliases)) if aliases else ([], [])
    return {
        "given_known_as": [*given, names["given"]] if names["given"] else given,
        "family_known_as": [*family, names["family"]] if names["family"] else family,
    }


def _places(record: Record) -> dict:
    now, sector, district = postcode_parts(record.get("postcode"))
    earlier = record.get("postcodes") or ()
    every = {now, *(postcode_parts(text)[0] for text in earlier)} - {None}
    return {"postcode": now, "sector": sector, "district": district, "postcodes": sorted(every)}


def comparable(record: Record) -> dict:
    """The record as the model compares it; what is not known is None, or an empty list."""
    names = _names(record)
    whole, year, month, day = date_parts(record.get("date_of_birth"))
    ready = {
        "record_id": str(record["record_id"]),
        **names,
        **_known_as(record, names),
        "born": whole,
        "born_year": year,
        "born_month": month,
        "born_day": day,
        "sex": SEXES.get((record.get("sex") or "").strip().lower()),
        **_places(record),
    }
    for identifier in IDENTIFIERS:
        value = normalise_identifier(record.get(identifier))
        ready[identifier] = value
    return ready


def normalise_identifier(text: str | None) -> str | None:
    """Upper case, letters and digits only; one repeated digit is nobody's number."""
    plain = "".join(c for c in (text or "").upper() if c.isalnum())
    return plain if len(set(plain)) > 1 else None


def keys_of(ready: dict) -> list[str]:
    """The keys of a comparable record: two records that share one are worth comparing."""
    heard, family = _heads(ready["given_roots"]), sound(ready["family"])
    keys = set(_name_keys(ready, heard, family))
    keys.update(_birth_keys(ready, heard, family))
    keys.update(_place_keys(ready, heard, family))
    keys.update(_initial_keys(ready))
    keys.update(_rare_keys(ready))
    keys.update(f"{name}:{ready[name]}" for name in IDENTIFIERS if ready[name])
    return sorted(keys)


@lru_cache(maxsize=200_000)
def _head(root: str) -> str:
    return sound(root)


def _heads(given_roots: list[str]) -> list[str]:
    return sorted({_head(root) for root in given_roots[:3]})


def _name_keys(ready: dict, heard: list[str], family: str) -> Iterable[str]:
    year = ready["born_year"]
    for one in heard if family else ():
        # In order of the alphabet, so that a name the wrong way round meets the right one.
        both = "|".join(sorted((one, family)))
        yield f"n:{both}"
        if year:
            yield f"ny:{both}|{year}"
        if ready["district"]:
            yield f"nd:{both}|{ready['district']}"
    for alias in ready["given_known_as"][:-1]:
        yield f"n:{'|'.join(sorted((sound(alias), family)))}"
    if year and ready["given"] and ready["family"]:
        yield f"l:{skeleton(ready['given'] + ready['family'])}|{year[:3]}"


def _rare_keys(ready: dict) -> Iterable[str]:
    """One fact alone: where few share it, it brings together records that hold hardly anything else."""
    for name in {ready["given"], ready["family"]} - {None}:
        yield f"w:{name}"
    if ready["born"]:
        yield f"d:{ready['born']}"
    for postcode in ready["postcodes"]:
        yield f"h:{postcode}"


def _initial_keys(ready: dict) -> Iterable[str]:
    """Where a name is badly mistyped its initial often stands, and two initials with a year are still few."""
    given, family = ready["given"], ready["family"]
    if not given or not family:
        return
    initials = "".join(sorted((given[0], family[0])))
    starts = "|".join(sorted((given[:3], family[:3])))
    yield f"s:{starts}"
    if ready["born_year"]:
        yield f"iy:{initials}|{ready['born_year']}"
        yield f"sy:{starts}|{ready['born_year']}"
    if ready["born"]:
        yield f"im:{initials}|{ready['born'][:7]}"
        yield f"id:{initials}|{ready['born'][5:]}"
    if ready["sector"]:
        yield f"is:{initials}|{ready['sector']}"


def _birth_keys(ready: dict, heard: list[str], family: str) -> Iterable[str]:
    year, month, day = ready["born_year"], ready["born_month"], ready["born_day"]
    if not ready["born"]:
        return
    # Day and month in order of size, so that 3 April meets 4 March.
    born = year + "".join(sorted((month, day)))
    for one in {*heard, family} - {""}:
        yield f"b:{born}|{one}"
        yield f"bm:{one}|{year}{month}"
        yield f"bd:{one}|{month}{day}"
    if ready["given"]:
        yield f"bi:{born}|{ready['given'][0]}"
    if ready["family"]:
        yield f"bi:{born}|{ready['family'][0]}"
    if ready["district"]:
        yield f"bt:{born}|{ready['district']}"


def _place_keys(ready: dict, heard: list[str], family: str) -> Iterable[str]:
    for postcode in ready["postcodes"]:
        for one in {*heard, family} - {""}:
            yield f"p:{postcode}|{one}"
        if ready["born_year"]:
            yield f"py:{postcode}|{ready['born_year']}"
    if ready["sector"]:
        for one in {*heard, family} - {""}:
            yield f"ps:{ready['sector']}|{one}"
