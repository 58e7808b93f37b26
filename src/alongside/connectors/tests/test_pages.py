"""The import page and its report, by the cast."""

import re
from datetime import timedelta

import pytest
from conftest import NOW
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.agencies.seats import suspend
from alongside.connectors import forms, tasks
from alongside.connectors.actions import clear_unused_previews
from alongside.connectors.models import ImportRun
from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.web.tests.reading import words

from .files import lines, note

pytestmark = pytest.mark.django_db
TOLD = lines(note(), note("N-2", occurred_at="<b>soon</b>"))


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path / "uploads"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def at_the_desk(client, grace):
    client.force_login(grace)
    return client


def upload(client, *texts, do="preview"):
    files = [SimpleUploadedFile(f"notes {n}.txt", text.encode()) for n, text in enumerate(texts)]
    return client.post(reverse("import"), {"files": files, "do": do}, follow=True)


def test_a_preview_says_what_would_be_taken_in_and_keeps_nothing(at_the_desk):
    page = upload(at_the_desk, TOLD)

    assert "Nothing has been kept yet" in words(page)
    assert "This is no date and time." in words(page)
    assert Contribution.objects.count() == 0


def test_whoever_takes_in_for_one_agency_tells_for_no_other(client, seat):
    """A file on an officer's own machine is no proof of who told it."""
    client.force_login(seat("ines", "west-yorkshire-police", "information_officer"))
    mine = note("P-1", source={"agency": "west-yorkshire-police", "system": "niche", "reference": "P-1"})
    page = upload(client, lines(note(), mine), do="take_in")
    assert "Taken in 1" in words(page)
    assert "You may tell for your own agency only." in words(page)
    assert Contribution.objects.get().agency_id == "west-yorkshire-police"


def test_a_preview_is_taken_in_with_one_press_and_the_upload_is_not_kept(at_the_desk):
    upload(at_the_desk, TOLD)
    preview = ImportRun.objects.get()

    page = at_the_desk.post(reverse("import_take_in", args=[preview.key]), follow=True)

    run = ImportRun.objects.first()
    assert "Taken in 1" in words(page)
    assert Contribution.objects.count() == 1
    assert not any(path.exists() for path in [*preview.paths, *run.paths])
    assert not preview.can_be_taken_in


def test_a_preview_of_nothing_usable_offers_nothing_to_take_in(at_the_desk):
    page = upload(at_the_desk, lines(note("N-2", occurred_at="<b>soon</b>")))
    assert "Take these files in" not in words(page)
    assert "Nothing in these files would be taken in." in words(page)


def test_a_preview_never_taken_in_is_cleared_after_a_week_and_the_ledger_says_so(at_the_desk, settings):
    upload(at_the_desk, TOLD)
    looked = ImportRun.objects.get()
    assert clear_unused_previews(at=looked.asked_at + timedelta(days=6)) == 0
    assert clear_unused_previews(at=looked.asked_at + timedelta(days=8)) == 1

    assert not ImportRun.objects.exists()
    assert not (settings.UPLOADS / str(looked.key)).exists()
    assert LedgerEvent.objects.filter(operation="erase", subject=f"import:{looked.key}").count() == 1


def test_the_rows_to_mend_can_be_fetched(at_the_desk):
    page = upload(at_the_desk, TOLD, do="take_in")
    (link,) = re.findall(r'href="([^"]*to-mend[^"]*)"', page.content.decode())

    rows = b"".join(at_the_desk.get(link).streaming_content).decode()

    assert rows.count("\n") == 1
    assert "This is no date and time." in rows


def test_what_a_file_holds_is_shown_as_words_only(at_the_desk):
    page = upload(at_the_desk, TOLD).content.decode()

    assert "<b>soon" not in page
    assert "<bdi>&lt;b&gt;soon&lt;/b&gt;</bdi>" in page


def test_several_files_have_a_part_of_the_report_each(at_the_desk):
    page = upload(at_the_desk, TOLD, "", do="take_in")

    assert "notes_0.txt" in words(page)
    assert "The file is empty." in words(page)


def test_no_file_and_too_big_a_file_are_answered_in_words(at_the_desk, monkeypatch):
    assert "Choose at least one file" in words(upload(at_the_desk))
    monkeypatch.setattr(forms, "LARGEST", 10)
    assert "is larger than" in words(upload(at_the_desk, TOLD))


def test_a_long_import_runs_in_the_background(at_the_desk, monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 10)
    page = upload(at_the_desk, TOLD, do="take_in")

    assert "Taken in 1" in words(page)


def test_an_import_that_waited_is_not_begun_for_a_seat_that_ended_meanwhile(at_the_desk, grace, seat, monkeypatch):
    monkeypatch.setattr(tasks, "soon", lambda run: None)
    upload(at_the_desk, TOLD, do="take_in")
    suspend(practitioner=grace, because="On leave", by="tests", at=NOW)
    run = ImportRun.objects.get()
    tasks.run_import.call(str(run.key))

    assert not Contribution.objects.exists()
    assert not run.folder.exists()
    at_the_desk.force_login(seat("ines", grace.agency_id, "information_officer"))
    page = at_the_desk.get(reverse("import_report", args=[run.key]))
    assert "The import was not begun. Whoever asked for it may not bring files in any more." in words(page)


def test_an_import_that_waits_says_so_and_can_be_left(at_the_desk, grace):
    upload(at_the_desk, TOLD)
    ImportRun.objects.update(state="waiting")
    page = at_the_desk.get(reverse("import_report", args=[ImportRun.objects.get().key]))

    assert "Waiting to begin. You can leave this page" in words(page)


def test_a_page_that_asks_again_by_itself_leaves_no_line_until_there_is_something_to_read(at_the_desk):
    upload(at_the_desk, TOLD)
    run, looks = ImportRun.objects.get(), LedgerEvent.objects.filter(what="import report")
    address, before = reverse("import_report", args=[run.key]), looks.count()
    ImportRun.objects.update(state="running", began_at=NOW)
    waiting = at_the_desk.get(address, headers={"hx-request": "true", "x-by-itself": "yes"})
    assert 'hx-headers=\'{"X-By-Itself": "yes"}\'' in waiting.content.decode()
    assert looks.count() == before
    ImportRun.objects.update(state="done")
    at_the_desk.get(address, headers={"hx-request": "true", "x-by-itself": "yes"})
    assert looks.count() == before + 1


def test_an_import_that_fails_says_that_nothing_is_lost(at_the_desk, monkeypatch):
    def no_room(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("alongside.connectors.actions.ingest", no_room)

    assert "nothing is doubled" in words(upload(at_the_desk, TOLD))


def test_each_reading_of_a_report_is_in_the_ledger(at_the_desk):
    upload(at_the_desk, TOLD)

    assert LedgerEvent.objects.filter(operation="view", what="import report", actor="grace").count() == 1


def test_another_agency_does_not_find_the_report(at_the_desk, seat):
    upload(at_the_desk, TOLD)
    run = ImportRun.objects.get()
    at_the_desk.force_login(seat("ines", "west-yorkshire-police", "information_officer"))

    assert at_the_desk.get(reverse("import_report", args=[run.key])).status_code == 404
    assert at_the_desk.post(reverse("import_take_in", args=[run.key])).status_code == 404


@pytest.mark.parametrize("who", ["maya", "priya", "omar", "sam"])
def test_only_those_who_import_may_open_it(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("import")).status_code == 403


def test_rows_to_mend_are_called_by_nobodys_name(client, grace, settings, tmp_path):
    settings.VAR, settings.UPLOADS = tmp_path, tmp_path / "uploads"
    client.force_login(grace)
    rows = b"kind,source.agency,source.system,source.reference,occurred_at\ngeneral_note,leeds-camhs,c,N-1,soon\n"
    sent = client.post(reverse("import"), {"files": SimpleUploadedFile("Kai Adeyemi.csv", rows)})
    key = sent["Location"].strip("/").split("/")[-1]
    answer = client.get(reverse("import_rejects", args=[key, 0]))

    assert answer["Content-Disposition"] == f'attachment; filename="OFFICIAL-SENSITIVE-rows-to-mend-{key[:8]}-1.csv"'
    assert b"soon" in b"".join(answer.streaming_content)
