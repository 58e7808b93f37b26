"""Whatever is asked and however it goes wrong, the answer lets a browser keep nothing and trust only what is ours."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.addresses import every_address
from tests.crawl import walk

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = {
    "default-src": "'none'",
    "script-src-attr": "'none'",
    "style-src": "'self'",
    "style-src-attr": "'none'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
NONCE = re.compile(r"'nonce-[\w+/=-]{20,}'")
SILENT = ("Server", "X-Powered-By", "Via", "Access-Control-Allow-Origin")


def policy(answer):
    parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";")]
    return {name: sources for name, _, sources in parts}


def lacking(answer):
    """What a header should say and does not."""
    wrong = [f"{name}: {answer.get(name)}" for name, wanted in ALWAYS.items() if answer.get(name) != wanted]
    said = policy(answer) if "Content-Security-Policy" in answer else {}
    # A page without a script of ours names no source, which lets none run.
    script = said.pop("script-src", "*")
    wrong += [] if not script or NONCE.fullmatch(script) else [f"script-src {script}"]
    wrong += [] if said == POLICY else [f"policy: {said}"]
    wrong += [] if "camera=()" in answer.get("Permissions-Policy", "") else ["Permissions-Policy"]
    kept = answer.get("Strict-Transport-Security", "")
    wrong += [] if kept == "max-age=31536000; includeSubDomains" else [f"HSTS: {kept}"]
    wrong += [name for name in SILENT if name in answer]
    return wrong


def lacking_of_a_page(answer):
    kind = answer.get("Content-Type", "")
    unsaid = [] if not kind.startswith("text/") or "charset=" in kind else [f"no charset: {kind}"]
    return lacking(answer) + unsaid + ([] if answer.get("Cache-Control") == "no-store" else ["it may be kept"])


@pytest.fixture(autouse=True)
def over_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True


class Encrypted(Client):
    """Asks over HTTPS, and is answered where a real browser would be: failures are pages."""

    def __init__(self, who=None):
        super().__init__(raise_request_exception=False, headers={"referer": "https://testserver/"})
        if who:
            self.force_login(who)

    def generic(self, *args, **kwargs):
        return super().generic(*args, **{**kwargs, "secure": True})


@pytest.mark.parametrize("method", ["get", "post", "put", "options"])
def test_every_address_there_is(method, maya, grace):
    wrong = []
    for who in (None, maya, grace):
        client = Encrypted(who)
        for name, address in every_address():
            answer = getattr(client, method)(address)
            wrong += [f"{method} {name} {answer.status_code}: {one}" for one in lacking_of_a_page(answer)]
            answer.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["maya", "grace", "priya", "omar", "sam"])
def test_every_page_that_somebody_comes_to(request, who):
    client = Encrypted(request.getfixturevalue(who))
    wrong = [f"{visit.address}: {one}" for visit in walk(client) for one in lacking_of_a_page(visit.answer)]
    assert not wrong, "\n".join(wrong)


def test_files_to_mend_are_not_kept(grace, settings, tmp_path):
    settings.VAR, settings.UPLOADS = tmp_path, tmp_path / "uploads"
    rows = b"kind,source.agency,source.system,source.reference,occurred_at\ngeneral_note,leeds-camhs,c,N-1,soon\n"
    client = Encrypted(grace)
    answer = client.post(reverse("import"), {"files": SimpleUploadedFile("notes.csv", rows), "do": "preview"})
    key = answer["Location"].strip("/").split("/")[-1]
    download = client.get(reverse("import_rejects", args=[key, 0]))
    assert download.status_code == 200
    assert lacking_of_a_page(download) == []
    download.close()


@pytest.mark.parametrize("failure", ["OperationalError", "RuntimeError", "OSError"])
def test_pages_of_failures(maya, monkeypatch, failure):
    kinds = {"OperationalError": connection.Database.OperationalError, "OSError": OSError(28, "full")}

    def fails(*_, **__):
        raise kinds.get(failure, RuntimeError("on purpose"))

    monkeypatch.setattr("alongside.my_day.views.render", fails)
    answer = Encrypted(maya).get("/")
    assert answer.status_code in (500, 503, 507)
    assert lacking_of_a_page(answer) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/nobody/"},
        {"path": "/", "headers": {"host": "evil.example"}},
        {"path": "/%00"},
        {"path": "/static/no"},
    ],
)
def test_pages_of_mistakes(asked):
    assert lacking_of_a_page(Encrypted().get(**asked)) in ([], ["it may be kept"] if "static" in asked["path"] else [])


def test_a_page_asked_for_without_https_is_sent_on_with_its_headers(client):
    answer = client.get("/")
    assert answer.status_code == 301
    assert [one for one in lacking_of_a_page(answer) if "HSTS" not in one] == []


def test_what_is_the_same_for_everyone_may_be_kept_and_is_guarded_too(client):
    assert finders.find("web/trusted.js")
    answer = Encrypted().get("/static/web/trusted.js")
    assert answer.status_code == 200
    assert answer["Cache-Control"] != "no-store"
    assert lacking(answer) == []
    answer.close()


def test_scripts_of_a_page_carry_its_nonce_and_no_two_answers_share_one(maya):
    client = Encrypted(maya)
    nonces = set()
    for _ in range(3):
        page = client.get("/")
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", page["Content-Security-Policy"]))
        scripts = re.findall(r"<script[^>]*>", page.content.decode())
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        nonces.add(nonce)
    assert len(nonces) == 3
