"""From what a partner tells to the child's one timeline."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.rules import Level
from alongside.chronology.actions import rebuild
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.actions import accept, withdraw
from alongside.contributions.models import Contribution, Pending
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.linkage.actions import decide_pair, undo_decision, unlink
from alongside.linkage.models import LinkQuestion, RecordLink, Verdict
from alongside.linkage.relinking import relink_all
from alongside.people.models import AgencyRecord, Person, Standing
from alongside.people.queries import level_of

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]

POLICE = {"agency": "west-yorkshire-police", "system": "niche", "reference": "I-1"}


def tell(*items):
    verdicts = accept(items, by="tests", at=NOW)
    assert [v.problems for v in verdicts] == [()] * len(items)
    while follow_pending(at=NOW):
        pass


def by_police(**person):
    return note(source=POLICE, person={"reference": "N-778"} | person)


def test_two_agencies_records_of_one_child_make_one_timeline():
    tell(note(), by_police(given_name="Shivaun", family_name="Obrien"))

    person = Person.objects.get(stands=True)
    assert person.entries.count() == 2
    assert {record.agency_id for record in person.records.all()} == {"leeds-city-council", "west-yorkshire-police"}


def test_a_verified_number_links_whatever_the_spelling():
    number = {"nhs_number": "9434765919"}
    other = {"given_name": "Vonnie", "family_name": "Byrne", "date_of_birth": "", "postcode": ""}
    tell(note(person=number), by_police(**other, **number))

    link = RecordLink.objects.get(record__agency="west-yorkshire-police")
    assert link.reason == "The same NHS number"


def test_twins_stay_two_people():
    tell(note(), by_police(given_name="Aoife"))

    assert Person.objects.filter(stands=True).count() == 2


def test_a_father_and_son_with_one_name_stay_two_people():
    tell(note(), by_police(date_of_birth="1981-05-01"))

    assert Person.objects.filter(stands=True).count() == 2


def test_the_doubtful_are_asked_about_and_a_decision_can_be_undone(grace):
    tell(note(), by_police(date_of_birth=""))
    question = LinkQuestion.objects.get()

    decision = decide_pair(question=question, verdict=Verdict.SAME, because="Asked both.", by=grace, at=NOW)
    together = Person.objects.filter(stands=True).count()
    undo_decision(decision=decision, by=grace, at=NOW)

    assert (together, Person.objects.filter(stands=True).count()) == (1, 2)
    assert LinkQuestion.objects.get().verdict == Verdict.WAITING


def test_linking_everything_again_finds_what_arriving_one_by_one_could_not():
    a_link_between = {"agency": "leeds-camhs", "system": "carenotes", "reference": "R-1"}
    tell(note(person={"nhs_number": "9434765919", "postcode": ""}))
    tell(by_police(upn="B801200005001", given_name="Vonnie", family_name="Byrne", postcode=""))
    numbers = {"reference": "H-1", "nhs_number": "9434765919", "upn": "B801200005001"}
    tell(note(source=a_link_between, person=numbers | {"aliases": ["Vonnie Byrne"]}))

    moved = relink_all(by="tests", at=NOW)

    assert Person.objects.filter(stands=True).count() == 1
    assert len(moved.lines) == 1
    assert relink_all(by="tests", at=NOW).lines == []


def test_what_a_person_decided_stays_decided(grace):
    tell(note(), by_police())
    unlink(record_=AgencyRecord.objects.get(agency="west-yorkshire-police"), by=grace, at=NOW, because="Another child.")

    assert relink_all(by="tests", at=NOW).lines == []
    assert Person.objects.filter(stands=True).count() == 2


def test_unlinking_moves_the_timeline_and_keeps_the_old_link_on_file(grace):
    tell(note(), by_police())
    record = AgencyRecord.objects.get(agency="west-yorkshire-police")

    unlink(record_=record, by=grace, at=NOW, because="Another child.")

    record.refresh_from_db()
    assert record.entries.get().person == record.person
    assert [link.undone_because for link in record.links.all()] == ["Another child.", ""]


def test_a_correction_takes_the_place_of_the_older_version():
    tell(note())
    tell(note(narrative="Seen with three friends."))

    entry = ChronologyEntry.objects.get()
    assert (entry.version, entry.summary) == (2, "Seen with three friends.")


def test_what_is_withdrawn_stays_on_the_timeline_as_withdrawn(maya):
    tell(note())
    withdraw(contribution=Contribution.objects.get(), by=maya, at=NOW, because="Another child.")
    follow_pending(at=NOW)

    assert ChronologyEntry.objects.get().withdrawn


def test_an_open_involvement_puts_its_team_near_the_child_until_it_closes():
    details = {"service": "Youth justice", "status": "open", "worker": "Ann", "started_on": "2026-10-01"}
    source = {"agency": "leeds-youth-justice", "system": "yjs", "reference": "Y-1"}
    told = note(kind="youth_justice_involvement", source=source, details=details)
    tell(told)
    opened = Standing.objects.get()
    tell(told | {"details": details | {"status": "closed", "ended_on": "2026-11-20"}})

    assert (opened.until, opened.worker) == (None, "Ann")
    assert Standing.objects.get().until is not None


YJS = {"agency": "leeds-youth-justice", "system": "yjs", "reference": "Y-1"}


def working_with(**changes):
    details = {"service": "Youth justice", "status": "open", "worker": "Ann", "started_on": "2026-10-01"}
    return note(kind="youth_justice_involvement", source=YJS, details=details, **changes)


def test_who_works_with_a_child_moves_with_the_record_that_says_so(grace):
    tell(note(), working_with())
    record = AgencyRecord.objects.get(agency="leeds-youth-justice")

    unlink(record_=record, by=grace, at=NOW, because="Another child.")

    record.refresh_from_db()
    assert Standing.objects.get().person == record.person


def test_work_told_under_a_closed_handling_tells_nobody_else(leah):
    closed = {"trusted_person": "Coach Dean", "likes_to_be_called": "Shiv"}
    tell(working_with(handling="agencies:leeds-youth-justice", person=closed))

    person = Person.objects.get()
    assert level_of(viewer=leah, person=person, at=NOW) == Level.NONE
    assert (person.trusted_person, person.called) == ("", "")


def test_a_crash_on_the_way_leaves_everything_waiting(monkeypatch):
    accept([note()], by="tests", at=NOW)

    def crash(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr("alongside.flow.write_entries", crash)
    with pytest.raises(MemoryError):
        follow_pending(at=NOW)

    assert Pending.objects.count() == 1
    assert not AgencyRecord.objects.exists()


def test_a_timeline_built_anew_is_the_same():
    tell(note(), note("N-2"), by_police())
    shown = ["person", "record", "contribution", "title", "summary", "occurred_at", "handling", "place", "role"]
    shown += ["incident", "until", "seen_at"]
    before = sorted(ChronologyEntry.objects.values_list(*shown), key=repr)

    rebuild(at=NOW + timedelta(days=1))

    assert sorted(ChronologyEntry.objects.values_list(*shown), key=repr) == before
