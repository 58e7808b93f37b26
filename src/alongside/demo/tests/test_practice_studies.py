"""The letter's two children: what their year says, in order."""

from .conftest import Written


def kinds_and_words(city: Written, what: str) -> list[tuple[str, str]]:
    person = city.planted(f"practice study: {what}")[0]["people"][0]
    return [(one["kind"], one.get("narrative", "")) for one in city.year_of(person)]


def position(year: list[tuple[str, str]], kind: str, words: str = "") -> int:
    return next(n for n, (told, narrative) in enumerate(year) if told == kind and words in narrative)


def test_kai_was_excluded_understood_and_came_back(city: Written) -> None:
    year = kinds_and_words(city, "highly effective")
    steps = [
        position(year, "school_exclusion"),
        position(year, "general_note", "Risk matrix"),
        position(year, "general_note", "Formulation meeting"),
        position(year, "general_note", "Virtual school"),
        position(year, "general_note", "back at Beckside Academy"),
    ]
    assert steps == sorted(steps)
    assert position(year, "youth_justice_involvement") < position(year, "general_note", "Formulation meeting")


def test_kais_exclusion_was_cancelled_as_a_newer_version(city: Written) -> None:
    person = city.planted("practice study: highly")[0]["people"][0]
    told = [one for one in city.year_of(person) if one["kind"] == "school_exclusion"]
    by_report = [one["details"]["type"] for one in sorted(told, key=lambda one: one["reported_at"])]
    assert by_report == ["PERM", "CANCELLED"]
    assert len({one["source"]["reference"] for one in told}) == 1


def test_elliss_school_told_early_and_the_others_came_late(city: Written) -> None:
    year = kinds_and_words(city, "areas for improvement")
    steps = [
        position(year, "general_note", "We refer him to the front door"),
        position(year, "front_door_referral"),
        position(year, "general_note", "Social work assessment finished"),
        position(year, "general_note", "First risk matrix"),
        position(year, "general_note", "We work with Ellis"),
    ]
    assert steps == sorted(steps)


def test_elliss_incidents_were_many_and_notifications_few(city: Written) -> None:
    year = kinds_and_words(city, "areas for improvement")
    before = year[: position(year, "general_note", "First risk matrix")]
    kinds = [kind for kind, _ in before]
    assert kinds.count("police_incident") == 5
    assert kinds.count("police_protection_notification") == 1


def test_elliss_family_was_sent_from_one_route_to_another(city: Written) -> None:
    year = kinds_and_words(city, "areas for improvement")
    waits = [words for kind, words in year if kind == "general_note" and "assessment" in words]
    assert any("advised to ask the GP" in words for words in waits)
    assert any("Second referral" in words for words in waits)


def test_nothing_by_chance_has_a_part_in_their_year(city: Written) -> None:
    for study, incidents in (("highly effective", 1), ("areas for improvement", 6)):
        told = kinds_and_words(city, study)
        assert [kind for kind, _ in told].count("police_incident") == incidents
