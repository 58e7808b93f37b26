"""Telling partners, from the first word to what became of it."""

from uuid import uuid4

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.models import Contribution, Draft
from alongside.contributions.telling import telling_of
from alongside.ledger.models import LedgerEvent
from alongside.people.models import AgencyRecord
from alongside.places.models import Establishment

from .on_pages import FIGHT, KAI, PIP, VOICE, step, words, write_seen, written

AUTOSAVE = {"HX-Request": "true"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_notification_is_written_sent_and_stands_on_the_timeline(officer):
    key = written(officer)
    sent = officer.post(step(key, "check"), {"do": "send", "handling": "team"}, follow=True)

    assert "Sent" in words(sent)
    told = Contribution.objects.get().told
    assert told["occurred_at"].startswith("2026-11-20T22:15")
    assert told["people"][0]["ethnicity"] == {"code": "B2", "scheme": "sde18", "stated_by": "self"}
    assert told["people"][0]["date_of_birth"] == "2011-03-04"
    assert told["details"]["weapon_used_or_seen"] == "knife"
    assert AgencyRecord.objects.get().entries.get().role == "victim"


def test_send_pressed_twice_is_sent_once_with_one_receipt(officer):
    key = written(officer)
    first = officer.post(step(key, "check"), {"do": "send"})
    again = officer.post(step(key, "check"), {"do": "send"})
    assert first.url == again.url
    assert Contribution.objects.count() == 1


def test_nothing_missing_ever_stops_sending(officer):
    key = uuid4()
    officer.post(step(key, "what_happened"), {"narrative": "He ran."})
    page = officer.post(step(key, "check"), {"do": "send", "gaps_reason": "he left before I could ask"}, follow=True)

    assert "Sent" in words(page)
    assert Contribution.objects.get().gaps_reason == "he left before I could ask"


def test_before_sending_what_would_help_is_named_with_why(officer):
    key = written(officer, who=KAI | {"p1-ethnicity": ""})
    page = words(officer.get(step(key, "check")))
    assert "Still helpful" in page
    assert "Ethnicity" in page
    assert "In a line, why is it missing?" in page


def test_what_cannot_be_is_named_and_kept_as_typed(officer):
    key = uuid4()
    page = officer.post(step(key, "what_happened"), FIGHT | {"occurred_on_year": "2027"})
    assert "this one is still to come" in words(page)
    assert 'value="2027"' in words(officer.get(step(key, "what_happened")))

    refused = officer.post(step(key, "check"), {"do": "send"})
    assert "Mend what happened" in words(refused)
    assert not Contribution.objects.exists()


def test_typing_saves_the_draft_and_answers_with_advice(officer):
    key = uuid4()
    advice = words(officer.post(step(key, "what_happened"), FIGHT, headers=AUTOSAVE))

    assert "You wrote “absconded”" in advice
    assert "What helps the next person" in advice
    assert Draft.objects.get(key=key).answers["what_happened"]["narrative"] == [FIGHT["narrative"]]


def test_advice_stands_under_the_field_it_is_about(officer):
    key = uuid4()
    officer.post(step(key, "what_happened"), FIGHT | {"do": "later"})
    page = words(officer.get(step(key, "what_happened")))
    assert page.index('name="narrative"') < page.index("You wrote “absconded”") < page.index('name="concern_types"')
    typed = words(officer.post(step(key, "what_happened"), FIGHT, headers=AUTOSAVE))
    assert '<div id="words-narrative" hx-swap-oob="innerHTML"> <div class="app-advice">' in typed


def test_words_that_only_the_writer_can_finish_are_not_put_in_for_them(officer):
    streetwise = {"narrative": "He is streetwise and absconded."}
    page = words(officer.post(step(uuid4(), "what_happened"), streetwise, headers=AUTOSAVE))
    assert "You wrote “streetwise”" in page
    assert "Use it" in page
    assert "use:narrative:streetwise" not in page


def test_use_it_replaces_that_phrase_and_nothing_else(officer):
    key = uuid4()
    officer.post(step(key, "what_happened"), FIGHT | {"do": "use:narrative:absconded"})
    assert Draft.objects.get().answers["what_happened"]["narrative"] == ["A fight. He went missing when we came."]


def test_a_childs_own_words_are_never_mended(officer):
    advice = words(officer.post(step(uuid4(), "voice"), VOICE, headers=AUTOSAVE))
    assert "You wrote" not in advice


def test_each_child_has_a_voice_that_stays_theirs(officer):
    key = uuid4()
    three = KAI | {"people": "3", "p2-given_name": "Amira", "p3-given_name": "Tobi"}
    voices = {"childs_words": "Home", "childs_words_2": "Park", "childs_words_3": "Bus"}
    written(officer, key, who=three, voice=voices)
    officer.post(step(key, "who"), three | {"do": "remove:2"})
    officer.post(step(key, "check"), {"do": "send"})

    told = Contribution.objects.get().told
    assert [person["given_name"] for person in told["people"]] == ["Kai-Emmanuel", "Tobi"]
    assert [person["childs_words"] for person in told["people"]] == ["Home", "Bus"]
    assert "childs_words" not in told["details"]


def test_another_child_can_be_added(officer):
    key = uuid4()
    officer.post(step(key, "who"), KAI | {"do": "add"})
    assert "Person 2" in words(officer.get(step(key, "who")))


def test_a_draft_is_its_authors_alone(officer, client, leah):
    key = written(officer)
    client.force_login(leah)
    assert client.get(step(key, "who")).status_code == 404
    assert client.post(step(key, "who"), KAI).status_code == 404
    assert client.get(reverse("go_on", args=[key])).status_code == 404


def test_a_draft_waits_to_be_gone_on_with(officer):
    key = uuid4()
    page = officer.post(step(key, "who"), KAI | {"do": "later"}, follow=True)
    assert "Your draft is kept" in words(page)
    assert officer.get(reverse("go_on", args=[key])).url == step(key, "what_happened")


def test_what_was_sent_is_not_changed_in_place(officer):
    key = written(officer)
    receipt = officer.post(step(key, "check"), {"do": "send"}).url
    assert officer.get(step(key, "who")).url == receipt
    assert officer.post(step(key, "who"), {"people": "1"}, headers=AUTOSAVE).url == receipt


def test_what_i_sent_says_what_became_of_it(officer, maya):
    from alongside.ledger.models import Operation, record

    key = written(officer)
    officer.post(step(key, "check"), {"do": "send"})
    sent = Contribution.objects.get()
    record(Operation.VIEW, "entry", by=maya, at=sent.received_at, about=f"contribution:{sent.receipt}")

    page = words(officer.get(reverse("what_i_sent")))
    assert "Put with a child’s record" in page
    assert "Shown on the timeline" in page
    assert "Social care read it" in page


def test_nobody_reads_the_receipt_of_another(officer, client, leah):
    key = written(officer)
    receipt = officer.post(step(key, "check"), {"do": "send"}).url
    client.force_login(leah)
    assert client.get(receipt).status_code == 404


def test_highways_may_tell_what_they_see_and_nothing_of_a_child(highways):
    page = words(highways.get(reverse("tell_partners")))
    assert "Something you saw or heard" in page
    assert "notification" not in page
    assert highways.get(step(uuid4(), "who")).status_code == 404


def test_what_police_release_comes_of_what_they_hold_and_has_no_form_of_its_own(client, priya):
    client.force_login(priya)
    assert "Information that police released" not in words(client.get(reverse("tell_partners")))
    assert client.get(reverse("begin_telling", args=["released_information"])).url == reverse("tell_partners")


@pytest.mark.parametrize(("answer", "urgent"), [("yes", True), ("not_sure", True), ("no", False)])
def test_danger_now_shows_whom_to_call_and_is_read_first(highways, answer, urgent):
    key = uuid4()
    advice = words(highways.post(step(key, "danger", PIP), {"at_risk_now": answer}, headers=AUTOSAVE))
    assert ("Call 999 now" in advice) is urgent

    seen = {"narrative": "Two boys in a grey car", "occurred_when": "yesterday", "place_name": "Larkfield Road"}
    write_seen(highways, key, seen)
    highways.post(step(key, "check", PIP), {"do": "send"})
    sent = Contribution.objects.get()
    assert "not your name or number" in words(highways.get(reverse("receipt", args=[sent.receipt])))
    assert (sent.urgent, sent.handling, sent.occurred_to) == (urgent, "police", "day")
    assert sent.told["occurred_at"].startswith("2026-11-22")


def test_the_analyst_tells_nothing(client, sam):
    client.force_login(sam)
    assert client.get(reverse("tell_partners")).status_code == 403


def test_opening_a_page_keeps_nothing(officer):
    lines = LedgerEvent.objects.count()
    page = officer.get(reverse("send_notification"), follow=True)
    assert page.status_code == 200
    assert not Draft.objects.exists()
    assert LedgerEvent.objects.count() == lines


@pytest.mark.parametrize("kind", ["missing_episode", "custody_episode", "camhs_contact", "front_door_referral"])
def test_every_step_of_other_kinds_opens(officer, kind):
    key = uuid4()
    for name in ("who", "what_happened", "check"):
        assert officer.get(step(key, name, kind)).status_code == 200


def with_school(client, typed):
    """The page on which a notification names a school, and the number it was kept under."""
    key = uuid4()
    page = client.post(step(key, "who"), KAI | {"p1-school_urn": typed}, follow=True)
    people = telling_of(Draft.objects.get(key=key), at=NOW).envelope["people"]
    return words(page), words(client.get(step(key, "check"))), people[0].get("school_urn")


class TestTheSchool:
    @pytest.fixture(autouse=True)
    def schools(self):
        for urn, name in (
            ("990002", "Beckside Academy"),
            ("990004", "Penny Hill Academy"),
            ("990013", "Penny Hill Primary"),
        ):
            Establishment.objects.create(urn=urn, name=name, town="Leeds")

    @pytest.mark.parametrize("typed", ["Beckside Academy", "beckside", "990002"])
    def test_is_found_by_its_name_a_part_of_it_or_its_number(self, officer, typed):
        _, check, urn = with_school(officer, typed)
        assert urn == "990002"
        assert "Beckside Academy" in check

    def test_of_several_with_that_name_which_is_asked(self, officer):
        page, _, urn = with_school(officer, "penny hill")
        assert "All with this name: Penny Hill Academy, Leeds (990004); Penny Hill Primary, Leeds (990013)" in page
        assert urn is None

    def test_that_nobody_lists_says_what_to_do_instead(self, officer):
        page, _, urn = with_school(officer, "Hogmoor Hall")
        assert "We know no school of this name" in page
        assert urn is None

    def test_by_a_number_that_is_not_listed_is_kept(self, officer):
        assert with_school(officer, "999999")[2] == "999999"
