"""Fields that GOV.UK's patterns need and Django has no widget for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.web.partial_date import DateNotUnderstoodError, PartialDate, read_parts


class DateParts(forms.MultiWidget):
    """Day, month and year in three boxes: typed, never picked, so that a remembered date goes in quickly."""

    template_name = "web/widgets/date_parts.html"
    use_fieldset = True
    first_part = "_0"

    def __init__(self, attrs: dict | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput({"class": f"govuk-date-input__input govuk-input--width-{width}"})
            for name, width in (("day", 2), ("month", 2), ("year", 4))
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | PartialDate | None) -> list[str]:
        return boxes_of(value)

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        for word, part in zip(("Day", "Month", "Year"), context["widget"]["subwidgets"], strict=True):
            part["label"] = word
            part["attrs"]["inputmode"] = "text" if word == "Month" else "numeric"
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> list[str]:
        return [str(data.get(f"{name}_{part}", "")) for part in ("day", "month", "year")]


class LongSelect(forms.Select):
    """A list that may be long, in groups: with scripts it can be shortened by typing. `find` says what to type."""

    template_name = "web/widgets/long_select.html"
    # More than one looks through at a glance.
    LONG = 15

    def __init__(self, attrs: dict | None = None, *, find: str) -> None:
        super().__init__(attrs)
        self.find = find

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        offered = sum(len(options) for _, options, _ in context["widget"]["optgroups"])
        context["widget"] |= {"find": self.find, "is_long": offered > self.LONG}
        return context


def boxes_of(value: date | PartialDate | None) -> list[str]:
    """What stands in the three boxes for a date: day, month, year, each "" where it is not known."""
    if value is None:
        return ["", "", ""]
    return [str(part) if part else "" for part in (value.day, value.month, value.year)]


class DateField(forms.Field):
    """What the two fields for dates share: three boxes, and words for what cannot be."""

    widget = DateParts
    default_error_messages = {"required": "Enter the date, like 23 11 2026"}

    def read(self, boxes: list[str]) -> PartialDate | None:
        """The date in the boxes; ValidationError says how to mend them."""
        try:
            return read_parts(*boxes)
        except DateNotUnderstoodError as mend:
            raise ValidationError(str(mend), code="not_a_date") from None

    def has_changed(self, initial: date | PartialDate | None, data: list[str] | None) -> bool:
        return boxes_of(initial) != list(data or ["", "", ""])


class PartialDateField(DateField):
    """A PartialDate: the year is enough."""

    def to_python(self, value: list[str] | PartialDate | None) -> PartialDate | None:
        return self.read(value) if isinstance(value, list) else value


class WholeDateField(DateField):
    """A date with its day, month and year."""

    default_error_messages = {"part_missing": "Add the day, the month and the year, like 23 11 2026"}

    def to_python(self, value: list[str] | date | None) -> date | None:
        if not isinstance(value, list):
            return value
        partial = self.read(value)
        if partial is not None and partial.whole is None:
            raise ValidationError(self.error_messages["part_missing"], code="part_missing")
        return partial.whole if partial else None
