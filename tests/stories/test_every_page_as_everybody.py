"""Everybody of the demo opens every page that they can come to: each is shown or refused, and none is broken."""

from collections import defaultdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.agencies.models import Practitioner
from alongside.demo.loading import run_demo
from alongside.demo.practitioners import CARDS
from tests.crawl import walk

pytestmark = pytest.mark.django_db
NOTES = b"kind,source.agency,source.system,source.reference,occurred_at\ngeneral_note,leeds-camhs,carenotes,N-1,soon\n"
PAGES_OF_A_CHILD = {"child", "child_timeline", "child_entry", "child_records", "child_looked"}


@pytest.fixture
def city(settings, tmp_path):
    settings.DEMO = True
    settings.VAR = tmp_path
    settings.UPLOADS = tmp_path / "uploads"
    now = timezone.now()
    run_demo(at=now, until=timezone.localdate(now), children=20, days=30, files=tmp_path / "city")


def signed_in(key):
    client = Client()
    if key:
        client.force_login(Practitioner.objects.get(key=key))
    return client


def test_each_page_is_shown_or_refused_and_well_formed(city, settings):
    grace = signed_in("grace")
    settings.ALONGSIDE_FLOW = ""
    answer = grace.post(reverse("import"), {"files": SimpleUploadedFile("notes.csv", NOTES)})
    assert answer.status_code == 302
    shown, wrong = defaultdict(set), []
    for key in ("", *(card.key for card in CARDS)):
        for visit in walk(signed_in(key)):
            if visit.answer.status_code not in {200, 302, 403}:
                wrong.append(f"{key or 'nobody'}: {visit.address} answers {visit.answer.status_code}")
            if visit.is_html:
                shown[visit.name].add(key)
                wrong += visit.mistakes
    assert not wrong, "\n".join(wrong)
    assert set(shown) >= PAGES_OF_A_CHILD
    assert not {"", "omar", "sam", "ruth", "grace", "winston"} & set.union(*(shown[name] for name in PAGES_OF_A_CHILD))
