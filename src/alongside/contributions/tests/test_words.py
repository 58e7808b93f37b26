"""Kinder words: whole words only, never the child's own, the danger kept plain."""

import pytest

from alongside.contributions.words import kinder_words, phrases, with_kinder_words


def found(text: str) -> list[str]:
    return [advice.found for advice in kinder_words(text, phrases())]


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("He absconded at noon", ["absconded"]),
        ("ABSCONDING again", ["ABSCONDING"]),
        ("A black coat, a new place, a lack of sleep", []),
        ("She is LAC", ["LAC"]),
        ("He misplaced it; replacement bus", []),
        ("gang  member seen", ["gang  member"]),
        ("Non-compliant, hard-to-reach", ["Non-compliant", "hard-to-reach"]),
        ("He was non-violent", []),
        ("He said “I absconded, so what”", []),
        ('He said "they call me a drug runner" and left', []),
        ("He said 'I kicked off' and don't ask why he absconded", ["absconded"]),
        ("absconded, then absconded", ["absconded"]),
        ("DNA at the scene was his; he was DNA on Monday", ["was DNA"]),
        ("", []),
    ],
)
def test_whole_words_outside_quotation_marks(text, finds):
    assert found(text) == finds


@pytest.mark.parametrize(
    "phrase",
    ["puts herself at risk", "lifestyle choice", "older boyfriend", "drug runner", "money mule", "plugging"],
)
def test_where_there_is_danger_it_stays_plain(phrase):
    (advice,) = kinder_words(f"She {phrase} now", phrases())
    assert advice.danger


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.forms[0])
def test_no_advice_uses_words_that_themselves_blame(phrase):
    assert found(phrase.instead) == []


def test_only_that_phrase_is_replaced_and_never_what_somebody_said():
    text = "Kai absconded. “I absconded,” he said. Then he Absconded again."
    (advice,) = kinder_words(text, phrases())
    assert with_kinder_words(text, advice) == "Kai went missing. “I absconded,” he said. Then he went missing again."
