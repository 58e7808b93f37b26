"""Fields as GOV.UK draws them."""

from datetime import date

import html5lib
from django import forms
from django.template import Context, Template

from alongside.web.gallery import ExampleForm
from alongside.web.partial_date import PartialDate
from alongside.web.widgets import LongSelect, PartialDateField, WholeDateField


class Form(forms.Form):
    day = WholeDateField(label="When?", help_text="For example, 23 11 2026")
    born = PartialDateField(label="Born?", required=False)


def sent(**boxes):
    return Form({f"{name}_{part}": text for name, parts in boxes.items() for part, text in parts.items()})


def test_three_boxes_make_a_date_and_a_year_alone_is_enough_where_it_may_be():
    form = sent(day={"day": "5", "month": "March", "year": "2026"}, born={"year": "2010"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"day": date(2026, 3, 5), "born": PartialDate(2010)}


def test_what_is_missing_is_asked_for_by_name():
    assert sent(day={"month": "3", "year": "2026"}).errors["day"] == [
        "Add the day, the month and the year, like 23 11 2026"
    ]
    assert sent().errors["day"] == ["Enter the date, like 23 11 2026"]


def test_a_known_date_fills_its_boxes():
    page = html5lib.parseFragment(str(Form(initial={"day": date(2026, 3, 5), "born": PartialDate(2010, 9)})))
    values = [box.get("value") for box in page.iter("{http://www.w3.org/1999/xhtml}input")]
    assert values == ["5", "3", "2026", None, "9", "2010"]


def test_what_was_typed_wrong_is_still_there_to_mend():
    assert 'value="30"' in str(sent(day={"day": "30", "month": "2", "year": "2026"}))


def test_unchanged_dates_are_not_changes():
    form = Form({"day_day": "5", "day_month": "3", "day_year": "2026"}, initial={"day": date(2026, 3, 5)})
    assert form.changed_data == []


def test_no_field_offers_what_another_person_typed_and_none_blocks_sending():
    drawn = str(ExampleForm())
    assert drawn.count('autocomplete="off"') >= 12
    assert "required" not in drawn
    assert " style=" not in drawn


def test_an_error_is_said_by_the_field_and_in_the_summary_which_leads_there():
    form = sent(day={"day": "30", "month": "2", "year": "2026"})
    summary = Template("{% error_summary form %}").render(Context({"form": form}))
    mend = "There is no 30 February 2026. Check the day and the month"
    assert f'<a href="#id_day_0">{mend}</a>' in summary
    assert mend in str(form)
    assert 'id="id_day_0"' in str(form)
    assert 'aria-describedby="id_day_helptext id_day_error"' in str(form)


def test_a_form_without_errors_has_no_summary_and_no_prefix():
    empty = Template("{% error_summary form %}{% error_prefix form %}").render(Context({"form": Form()}))
    assert empty.strip() == ""
    wrong = Template("{% error_prefix form %}").render(Context({"form": sent()}))
    assert wrong == "Error: "


def drawn(names):
    field = forms.ChoiceField(choices=[("Police", [(name, name) for name in names])], widget=LongSelect(find="Type"))
    page = html5lib.parseFragment(str(type("Chosen", (forms.Form,), {"to": field})()))
    return {part: [one.get("id") for one in page.iter(f"{{http://www.w3.org/1999/xhtml}}{part}")] for part in SHAPE}


SHAPE = ("select", "input", "optgroup")


def test_only_a_long_list_asks_what_to_shorten_it_by():
    few, many = map(str, range(LongSelect.LONG)), map(str, range(LongSelect.LONG + 1))
    assert drawn(few) == {"select": ["id_to"], "input": [], "optgroup": [None]}
    assert drawn(many) == {"select": ["id_to"], "input": ["id_to_find"], "optgroup": [None]}
