"""A mistake in the playbook is named: file, line, mend."""

import pytest
from pydantic import BaseModel, ConfigDict

from alongside import playbook
from alongside.playbook import parts
from alongside.playbook.lines import line_of


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    warm: bool


class Paints(BaseModel):
    model_config = ConfigDict(extra="forbid")
    maker: str
    colours: list[Colour]


GOOD = 'maker = "Nan"\n\n[[colours]]\nname = "plum"\nwarm = true\n'


@pytest.mark.parametrize(
    ("text", "line", "says", "mend"),
    [
        pytest.param(GOOD + "\n[[colours]]\nwarm = true\n", 7, "colours.1.name", "Add it.", id="missing"),
        pytest.param(GOOD + "gloss = 3\n", 6, "colours.0.gloss", "Take it out, or mend its name.", id="unknown"),
        pytest.param(GOOD.replace("true", '"hot"'), 5, "colours.0.warm", "Write it as", id="wrong sort"),
        pytest.param('maker = "Nan\n', 1, "not TOML", "quotation mark", id="no TOML"),
    ],
)
def test_each_mistake_names_its_line_and_its_mend(tmp_path, text, line, says, mend):
    file = tmp_path / "paints.toml"
    file.write_text(text)

    with pytest.raises(playbook.BrokenPlaybookError) as broken:
        playbook.load(file, Paints)

    (mistake,) = broken.value.mistakes
    assert (mistake.file, mistake.line) == (str(file), line)
    assert says in mistake.what
    assert mend in mistake.mend


def test_all_mistakes_of_a_folder_are_told_at_once(tmp_path):
    (tmp_path / "a.toml").write_text("maker = 3\n")
    (tmp_path / "b.toml").write_text("colours = []\n")

    with pytest.raises(playbook.BrokenPlaybookError) as broken:
        playbook.load_folder(tmp_path, Paints)

    assert {mistake.file for mistake in broken.value.mistakes} == {str(tmp_path / "a.toml"), str(tmp_path / "b.toml")}


def test_an_empty_folder_is_a_mistake(tmp_path):
    with pytest.raises(playbook.BrokenPlaybookError, match=r"no \.toml file"):
        playbook.load_folder(tmp_path, Paints)


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "paints.toml").write_text(GOOD)
    assert playbook.load(tmp_path / "paints.toml", Paints).colours[0].name == "plum"


def test_a_table_within_a_repeated_table_is_found():
    text = "[[fields]]\n[fields.choices]\na = 1\n[[fields]]\n[fields.choices]\na = 2\n"
    assert line_of(text, ("fields", 1, "choices", "a")) == 6


def test_a_room_that_owns_a_part_has_it_checked(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "_parts", {})
    parts.own("paints.toml", lambda file: playbook.load(file, Paints))
    (tmp_path / "paints.toml").write_text("maker = 3\ncolours = []\n")
    (tmp_path / "pains.toml").write_text("")

    assert [mistake.line for mistake in playbook.check(tmp_path)] == [1]
    assert [mistake.what for mistake in playbook.unread(tmp_path)] == ["Nothing reads this file."]


def test_the_partnerships_own_playbook_has_nothing_to_mend(settings):
    assert playbook.check(settings.PLAYBOOK) == []


def test_a_broken_playbook_stops_the_start(settings, tmp_path):
    from alongside.playbook.checks import playbook_can_be_used

    (tmp_path / "words.toml").write_text("phrases = 3\n")
    settings.PLAYBOOK = tmp_path

    errors = [one for one in playbook_can_be_used() if one.is_serious()]
    assert any("words.toml, line 1" in error.msg and error.hint for error in errors)
