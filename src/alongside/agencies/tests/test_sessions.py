"""Sessions: how long they last, who ends them, and that an end is an end at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from alongside.agencies import middleware, seats
from alongside.agencies.devices import forget_unused
from alongside.agencies.middleware import SECONDS_LEFT, who_asks
from alongside.agencies.models import KnownDevice, Practitioner, SignedIn
from alongside.agencies.sessions import forget_ended
from alongside.contributions.models import Draft
from alongside.ledger.models import LedgerEvent

from .conftest import PASSWORD, is_in, tries, with_password

pytestmark = pytest.mark.django_db


ON_A_MAC = {"User-Agent": "Mozilla/5.0 (Macintosh) Version/26.0 Safari/605.1"}


def of(practitioner) -> Client:
    client = Client()
    client.force_login(practitioner)
    return client


def test_a_session_ends_when_nobody_uses_it_and_says_how_long_it_has(maya, frozen):
    client = of(maya)
    frozen.shift(timedelta(minutes=20))
    assert client.get("/my-account/").headers[SECONDS_LEFT] == "1800"
    frozen.shift(timedelta(minutes=30))
    assert is_in(client)
    frozen.shift(timedelta(minutes=31))
    assert not is_in(client)
    assert SignedIn.objects.get().ended_because == "nobody used it"


def test_however_busy_a_session_ends_at_its_longest(maya, frozen):
    client = of(maya)
    for _ in range(39):
        frozen.shift(timedelta(minutes=15))
        assert is_in(client)
    assert client.get("/my-account/").headers[SECONDS_LEFT] == "900"
    frozen.shift(timedelta(minutes=15))
    assert not is_in(client)


def test_a_sign_of_life_is_written_down_once_a_minute_at_most(maya, frozen, django_assert_num_queries):
    client = of(maya)
    with django_assert_num_queries(2):
        client.post("/session/stay/")
    frozen.shift(timedelta(seconds=61))
    with django_assert_num_queries(3):
        client.post("/session/stay/")


def test_a_draft_outlives_the_session_in_which_it_was_begun(maya, frozen):
    client = of(maya)
    told = {"words": {"narrative": ["By the"]}}
    draft = Draft.objects.create(key=uuid4(), author=maya, kind="general_note", answers=told, saved_at=timezone.now())
    frozen.shift(timedelta(hours=1))
    assert client.get("/tell/").url.startswith("/sign-in/")
    tries(client, with_password(maya))
    assert "By the" in str(Draft.objects.get(pk=draft.pk, author=maya).answers)
    assert str(draft.key) in client.get("/sent/").content.decode() + client.get("/tell/").content.decode()


@pytest.mark.parametrize("verb", ["suspend", "end_seat"])
def test_a_seat_that_ends_ends_its_sessions_with_the_next_request(maya, carys, verb):
    client = of(maya)
    assert is_in(client)
    getattr(seats, verb)(practitioner=maya, because="Left her laptop on a train", by=carys, at=timezone.now())
    assert not is_in(client)
    assert SignedIn.objects.filter(practitioner=maya, ended_at=None).count() == 0


def test_a_seat_that_is_in_use_no_more_opens_nothing_even_where_its_sessions_were_forgotten(maya):
    client = of(maya)
    Practitioner.objects.filter(pk=maya.pk).update(is_active=False)
    assert not is_in(client)


def answered_by(view, signed_in, request=None):
    """What leaves when this view answers a request of this session."""

    def seen(asked):
        asked.signed_in = SignedIn.objects.select_related("practitioner").get(pk=signed_in.pk)
        return view(asked)

    request = request or RequestFactory().get("/")
    request.session = {}
    return who_asks(seen)(request)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "place_worker"}, {"team": None}])
def test_a_long_answer_does_not_leave_when_its_seat_has_changed_meanwhile(seat, monkeypatch, change):
    monkeypatch.setattr(middleware, "LOOKED_AT_AGAIN_AFTER", 0)
    maya = seat("maya", "leeds-city-council", "front_door_worker", team="leeds-city-council-east")
    of(maya)

    def long_view(request):
        Practitioner.objects.filter(pk=maya.pk).update(**change)
        return HttpResponse("a child’s name")

    answer = answered_by(long_view, SignedIn.objects.get())
    assert (answer.status_code, answer.url) == (302, "/sign-in/")


def test_a_long_answer_leaves_when_nothing_has_changed(maya, monkeypatch):
    monkeypatch.setattr(middleware, "LOOKED_AT_AGAIN_AFTER", 0)
    of(maya)
    assert answered_by(lambda _: HttpResponse("here"), SignedIn.objects.get()).content == b"here"


def test_a_stream_breaks_off_when_its_seat_is_suspended(maya, carys, monkeypatch):
    monkeypatch.setattr(middleware, "LOOKED_AT_AGAIN_AFTER", 0)
    of(maya)

    def parts():
        yield b"one "
        seats.suspend(practitioner=maya, because="Lost", by=carys, at=timezone.now())
        yield b"two "

    answer = answered_by(lambda _: StreamingHttpResponse(parts()), SignedIn.objects.get())
    assert b"".join(answer.streaming_content) == b"one "


def test_a_practitioner_sees_their_own_sessions_and_ends_one(maya, leah):
    with_password(maya)
    here, there, other = Client(headers=ON_A_MAC), of(maya), of(leah)
    tries(here, maya)
    page = here.get("/my-account/sessions/").content.decode()
    assert page.count("Safari on a Mac (this one)") == 1
    assert ", by password</td>" in page
    assert page.count(">End<") == 2
    theirs = SignedIn.objects.get(key=there.session["signed_in"])
    assert here.post(reverse("end_session", args=[theirs.key])).url == "/my-account/sessions/"
    assert not is_in(there)
    others = SignedIn.objects.get(practitioner=leah)
    here.post(reverse("end_session", args=[others.key]))
    assert is_in(other)
    assert is_in(here)


def test_ending_all_others_leaves_this_one_and_makes_other_devices_strangers(client, maya):
    tries(client, with_password(maya))
    tries(Client(), maya)
    there = of(maya)
    client.post("/my-account/sessions/end-others/")
    assert is_in(client)
    assert not is_in(there)
    assert KnownDevice.objects.filter(practitioner=maya, forgotten_at=None).count() == 1
    assert LedgerEvent.objects.get(what="own sessions ended").details == {"count": 2}


def test_another_password_ends_the_other_sessions_and_is_told(client, maya, mailoutbox):
    tries(client, with_password(maya))
    there = of(maya)
    page = client.post("/my-account/password/", {"before": "guess", "password": "harbour walls hold still"})
    assert "not your password now" in page.content.decode()
    client.post("/my-account/password/", {"before": PASSWORD, "password": "harbour walls hold still"})
    assert is_in(client)
    assert not is_in(there)
    assert "password was changed" in mailoutbox[0].body


def test_the_session_has_another_name_after_signing_in(client, maya):
    client.get("/sign-in/")
    before = client.cookies["sessionid"].value
    tries(client, with_password(maya))
    assert client.cookies["sessionid"].value != before


def test_somebody_else_at_the_same_browser_ends_the_session_that_was_there(client, maya, leah):
    tries(client, with_password(maya))
    tries(client, with_password(leah))
    assert SignedIn.objects.get(practitioner=maya).ended_because == "somebody signed in anew"


def test_the_cookies_are_kept_from_scripts_and_other_hosts(client, maya, settings):
    settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_NAME = True, "__Host-session"
    answer = client.post("/sign-in/", {"email": with_password(maya).email, "password": PASSWORD}, secure=True)
    for name in ("__Host-session", "__Host-device"):
        cookie = answer.cookies[name]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_old_sessions_are_forgotten_with_their_addresses(maya, frozen):
    of(maya)
    frozen.shift(timedelta(days=91))
    assert forget_ended(at=timezone.now()) == 1
    assert not SignedIn.objects.exists()
    assert LedgerEvent.objects.get(what="old sessions").operation == "erase"


def test_a_browser_long_unused_is_known_no_more_and_one_in_use_is(maya, frozen):
    tries(Client(), with_password(maya))
    assert forget_unused(at=timezone.now()) == 0
    frozen.shift(timedelta(days=181))
    # As long as its session is kept, so is the browser that it names.
    assert (forget_unused(at=timezone.now()), KnownDevice.objects.count()) == (0, 1)
    forget_ended(at=timezone.now())
    assert (forget_unused(at=timezone.now()), KnownDevice.objects.count()) == (1, 0)
    assert LedgerEvent.objects.get(what="browsers long unused").operation == "erase"


def test_a_page_that_asks_again_by_itself_keeps_nobody_signed_in(maya, frozen):
    client = of(maya)
    for _ in range(7):
        frozen.shift(timedelta(minutes=5))
        client.get("/my-account/", headers={"x-by-itself": "yes"})
    assert not is_in(client)
