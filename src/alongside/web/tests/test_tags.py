"""What templates can say without loading anything."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError


def said(source, **context):
    return Template(source).render(Context(context)).strip()


def test_a_label_has_its_word_and_colour_from_the_table():
    assert said('{% status "clock" "past_due" %}') == '<strong class="govuk-tag govuk-tag--red">Past due</strong>'
    assert "Emergency access until 3:10am" in said('{% status "access" "emergency" "until 3:10am" %}')


def test_a_label_outside_the_table_is_a_fault_not_a_blank():
    with pytest.raises(KeyError, match="add it to"):
        said('{% status "clock" "ticking" %}')


def test_moments_are_said_in_local_time_and_nothing_is_said_of_nothing():
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert said("{{ when|moment }}", when=summer) == "Thursday 2 July 2026 at 12:30am"
    assert said("{{ when|short_moment }}", when=date(2026, 7, 1)) == "1 July 2026"
    assert said("{{ when|moment }}", when=None) == ""


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ('{% nothing "none_recorded" %}', "None recorded"),
        ('{% nothing "not_asked" %}', "Not asked yet"),
        ('{% nothing "not_answered" "he left" %}', "Asked, not answered (he left)"),
        ('{% nothing "not_for_you" %}', "You cannot see this"),
        ('{% nothing "not_heard" since="6am" %}', "Source not heard from since 6am"),
    ],
)
def test_the_five_kinds_of_nothing_each_have_words(tag, words):
    assert f">{words}<" in said(tag)


@pytest.mark.parametrize("name", ["O'Brien", "Null", "Ọlámidé", "ناديا", "<b>Kai</b>", "x" * 70])
def test_names_stay_as_they_are_typed_and_disturb_nothing_around_them(name):
    shown = said("{% person_name name %}", name=name)
    assert shown.startswith('<bdi dir="auto">')
    assert "<b>" not in shown


def test_the_full_name_is_said_once_and_only_where_it_differs():
    assert said('{% person_name "Kai" "Kai" %}').count("Kai") == 1
    assert "Kai-Emmanuel Adeyemi" in said('{% person_name "Kai" "Kai-Emmanuel Adeyemi" %}')


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("0113 496 0000", "+441134960000"),
        ("999", "999"),
        ("101", "101"),
        ("+44 113 496 0000", "+441134960000"),
    ],
)
def test_a_number_can_be_pressed(number, dialled):
    assert f'href="tel:{dialled}"' in said("{% phone number %}", number=number)


def test_who_has_no_number_is_not_a_link():
    assert said('{% phone "" %}') == '<span class="app-quiet">None recorded</span>'


def test_an_identifier_is_masked_but_for_its_end_and_a_short_one_wholly():
    shown = said('{% masked "NHS number" "9990004321" "/show/" %}')
    assert "4321" in shown
    assert "999000" not in shown
    assert 'hidden"> NHS number</span> (looking is recorded)</button>' in shown
    assert "77" not in said('{% masked "Number" "N-77" "/show/" %}')


def test_the_next_step_says_so_when_there_is_none():
    assert "Nothing is waiting for you here." in said("{% next_step %}")
    shown = said('{% next_step do="Decide" url="/x/" button="Open" by=by %}', by=date(2026, 11, 24))
    assert "by Tuesday 24 November" in shown


def test_the_foot_of_a_fact_says_who_when_and_which_version():
    told = datetime(2026, 5, 3, 7, 2, tzinfo=UTC)
    shown = said('{% provenance told_by=teller told=told version=2 earlier_url="/1/" %}', teller="A&E", told=told)
    assert "A&amp;E" in shown
    assert "3 May 2026 at 8:02am" in shown
    assert 'version 2, <a class="govuk-link" href="/1/">see 1' in shown


def test_an_icon_we_do_not_have_is_a_fault():
    with pytest.raises((KeyError, TemplateSyntaxError)):
        said('{% icon "skull" %}')
