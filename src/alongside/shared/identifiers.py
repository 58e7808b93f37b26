"""Numbers that stand for one child: their check digits, and what no check digit catches.

Sources: NHS Data Dictionary (modulus 11); DfE's UPN guide (modulus 23, no I, O or S); Royal Mail postcodes.
"""

import re
from functools import lru_cache

SPACING = re.compile(r"[\s-]")
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_SHAPE = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
LA_CHILD_ID_SHAPE = re.compile(r"[A-Za-z0-9]{1,20}")
POSTCODE_SHAPE = re.compile(
    r"(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|([A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?)|[0-9][A-HJKPS-UW])"
    r" ?[0-9][ABD-HJLNP-UW-Z]{2})"
)


def is_one_digit_repeated(text: str) -> bool:
    """Whether it is written like an NHS number and is one digit, ten times."""
    digits = SPACING.sub("", text)
    return len(digits) == 10 and digits.isascii() and digits.isdigit() and len(set(digits)) == 1


def nhs_number(text: str) -> str | None:
    """The ten digits, or None. Repeated digits pass the check digit but are never anybody's number."""
    digits = SPACING.sub("", text)
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return digits if check == int(digits[9]) and check != 10 else None


def upn(text: str) -> str | None:
    """The unique pupil number, permanent or temporary, in capitals, or None."""
    number = re.sub(r"\s", "", text).upper()
    if not UPN_SHAPE.fullmatch(number):
        return None
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c) for c in number[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return number if UPN_LETTERS[total % 23] == number[0] else None


def la_child_id(text: str) -> str | None:
    number = text.strip()
    return number if LA_CHILD_ID_SHAPE.fullmatch(number) else None


@lru_cache(maxsize=65_536)
def postcode(text: str) -> str | None:
    """In capitals with one space before the last three, or None."""
    letters = re.sub(r"\s", "", text).upper()
    spaced = f"{letters[:-3]} {letters[-3:]}"
    return spaced if POSTCODE_SHAPE.fullmatch(spaced) else None
