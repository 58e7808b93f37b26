"""Who may give what to whom, on which bases, and how a decision stands: as tables."""

from datetime import timedelta

import pytest
from django.conf import settings

from alongside.access.rules import Handling, Level, Reader
from alongside.people.tests.factories import NOW
from alongside.playbook import BrokenPlaybookError
from alongside.sharing.bases import read, terms
from alongside.sharing.rules import Recipient, Standing, Told, bases_missing, may_give, may_go_to, state_of

POLICE, SOCIAL, SCHOOL, SHOP = "police", "social-care", "school", "shop"
OFFICER = Reader(POLICE, True, True, "priya")
WORKER = Reader(SOCIAL, True, False, "leah")
TO_SCHOOL, TO_SHOP, OUTSIDE = Recipient(SCHOOL, True), Recipient(SHOP, False), Recipient()
TODAY = NOW.date()


def told(handling="team", teller=SOCIAL, readers=(), **more) -> Told:
    return Told(teller, Handling(handling), tuple(readers), **more)


@pytest.mark.parametrize(
    ("reader", "level", "entry", "allowed"),
    [
        (WORKER, "team", told(), True),
        (WORKER, "team", told("partnership", SCHOOL), True),
        (WORKER, "team", told("statutory", SCHOOL), True),
        (WORKER, "team", told("agencies", SCHOOL, [SOCIAL]), True),
        (WORKER, "known", told(), False),
        (WORKER, "none", told(), False),
        (WORKER, "team", told(is_withdrawn=True), False),
        (WORKER, "team", told(is_about_others=True), False),
        (WORKER, "team", told(is_ungraded=True), False),
        (WORKER, "team", told("restricted", SOCIAL, ["leah"]), True),
        (WORKER, "team", told("restricted", SOCIAL, ["maya"]), False),
        (WORKER, "team", told("restricted", POLICE, ["leah"]), False),
        (WORKER, "team", told("police", POLICE), False),
        (OFFICER, "team", told("police", POLICE), True),
        (OFFICER, "team", told("police", SHOP), False),
        (OFFICER, "known", told("police", POLICE), False),
        (OFFICER, "team", told("police", POLICE, conditions="A3 overt use"), True),
        (WORKER, "team", told(conditions="A1 covert development"), False),
        (OFFICER, "team", told(conditions="A1 covert development"), True),
    ],
)
def test_who_may_give_an_entry_at_all(reader, level, entry, allowed):
    decision = may_give(reader=reader, level=Level(level), told=entry)
    assert decision.allowed is allowed
    assert decision.reason.endswith(".")


@pytest.mark.parametrize(
    ("reader", "entry", "to", "allowed"),
    [
        (WORKER, told("team", SCHOOL), OUTSIDE, True),
        (WORKER, told("statutory", SCHOOL), TO_SCHOOL, True),
        (WORKER, told("statutory", SCHOOL), TO_SHOP, False),
        (WORKER, told("statutory", SCHOOL), OUTSIDE, False),
        (WORKER, told("statutory", SOCIAL), OUTSIDE, True),
        (WORKER, told("agencies", POLICE, [SOCIAL, SCHOOL]), TO_SCHOOL, True),
        (WORKER, told("agencies", POLICE, [SOCIAL]), TO_SCHOOL, False),
        (WORKER, told("agencies", POLICE, [SOCIAL]), OUTSIDE, False),
        (WORKER, told("agencies", SOCIAL, [POLICE]), TO_SCHOOL, True),
    ],
)
def test_where_an_entry_may_go(reader, entry, to, allowed):
    assert may_go_to(reader=reader, told=entry, to=to).allowed is allowed


@pytest.mark.parametrize(
    ("kinds", "wanting"),
    [
        ([], "article 6"),
        (["gateway", "special"], "article 6"),
        (["lawful"], "article 9"),
        (["lawful", "gateway"], "article 9"),
        (["lawful", "special"], ""),
    ],
)
def test_which_bases_are_enough(kinds, wanting):
    missing = bases_missing(kinds)
    assert wanting in missing
    assert bool(missing) is bool(wanting)


LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (Standing(True), "given"),
        (Standing(True, is_read=True), "read"),
        (Standing(True, is_recorded=False, record_by=LATER, is_read=True), "to_record"),
        (Standing(True, is_recorded=False, record_by=BEFORE), "record_late"),
        (Standing(True, is_ended=True, is_read=True), "taken_back"),
        (Standing(True, expires_on=TODAY), "given"),
        (Standing(True, expires_on=TODAY - timedelta(days=1), is_read=True), "ended"),
        (Standing(False), "not_given"),
        (Standing(False, needs_second=True), "second_person"),
        (Standing(False, needs_second=True, second_agrees=True), "not_given"),
        (Standing(False, needs_second=True, second_agrees=False), "not_agreed"),
    ],
)
def test_how_a_decision_stands(one, state):
    assert state_of(one, at=NOW, today=TODAY) == state


@pytest.mark.parametrize("sector", ["police", "social care", "health", "education", "voluntary", "places", "scrutiny"])
def test_what_is_likely_is_offered_first_and_is_enough(sector):
    offered = terms().offered_to(sector)
    likely = [one for one in offered if sector in one.likely_for]
    assert offered[: len(likely)] == likely
    assert bases_missing(one.kind for one in likely) == ""


def test_every_sector_of_the_playbook_has_likely_bases(agencies):
    from alongside.agencies.models import Agency

    for sector in Agency.objects.values_list("sector", flat=True):
        likely = [one.kind for one in terms().offered_to(sector) if sector in one.likely_for]
        assert bases_missing(likely) == "", sector


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('code = "art_6_1_c"', 'code = "art_6_1_e"'), "listed twice"),
        (('kind = "special"', 'kind = "gateway"'), "no basis of the kind special"),
    ],
)
def test_a_broken_list_of_bases_is_refused(tmp_path, change, says):
    file = tmp_path / "sharing.toml"
    file.write_text((settings.PLAYBOOK / "sharing.toml").read_text().replace(*change))
    with pytest.raises(BrokenPlaybookError, match=says):
        read(file)
