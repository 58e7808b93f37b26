from types import SimpleNamespace

import pytest

from alongside.ledger.sentences import OF_ONE_THING, SAID, look_in_words, sentence


def line(what: str, subject: str = "person:4HRZ9BCD", operation: str = "view", **more):
    told = {"actor": "maya", "actor_name": "Maya Osei", "purpose": "", "details": {}} | more
    return SimpleNamespace(what=what, subject=subject, operation=operation, **told)


IN_RESUS = {"purpose": "Emergency access: in resus"}
VERDICTS = ("judged fair", "judged not fair", "training agreed")
SYSTEM = {"actor_name": "", "actor": "api:niche", "details": {"count": 3}}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (line("timeline"), "Maya Osei opened the timeline of child 4HRZ9BCD."),
        (line("contributions", "", "collect", **SYSTEM), "api:niche told us 3 things."),
        (
            line("records linked", "person:4HRZ9BCD", "combine"),
            "Maya Osei joined a record of an agency to child 4HRZ9BCD.",
        ),
        (line("map", **IN_RESUS), "Maya Osei opened the map of child 4HRZ9BCD. Why: Emergency access: in resus."),
        (line("something new", "token:3", "alter"), "Maya Osei changed the API key 3: something new."),
        (line("search"), "Maya Osei looked at child 4HRZ9BCD: search."),
    ],
)
def test_a_line_is_a_sentence_also_where_nobody_has_worded_it(told, said):
    assert sentence(told) == said


OF_EITHER = ["emergency notice", "emergency notices", *(f"emergency access {said}" for said in VERDICTS)]


@pytest.mark.parametrize("what", OF_EITHER)
def test_what_is_said_of_an_emergency_is_true_also_where_the_record_stayed_closed(what):
    assert "opened, or asked for," in sentence(line(what))


def test_whoever_holds_paper_was_told_what_became_of_it_whichever_it_was():
    said = sentence(line("corrections told", operation="disclose", details={"to": "A foster carer"}))
    assert said.endswith("something of child 4HRZ9BCD that it was corrected, taken back or disposed of.")


def test_a_look_at_one_thing_is_worded_and_says_neither_what_nor_why_to_a_childs_team():
    assert set(SAID) >= OF_ONE_THING
    said = look_in_words(line("release", purpose="An informant"), about="this child")
    assert said == ("looked at this child", "")
