"""Answers typed on the pages, for tests, and a notification written and sent with them."""

from uuid import uuid4

from django.urls import reverse

from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution

PPN, PIP = "police_protection_notification", "partnership_intelligence"
KAI = {
    "people": "1",
    "p1-role": "victim",
    "p1-likes_to_be_called": "Kai",
    "p1-given_name": "Kai-Emmanuel",
    "p1-family_name": "Adeyemi",
    "p1-date_of_birth_day": "4",
    "p1-date_of_birth_month": "3",
    "p1-date_of_birth_year": "2011",
    "p1-ethnicity": "B2",
    "p1-ethnicity_stated_by": "self",
}
FIGHT = {
    "occurred_on_day": "20",
    "occurred_on_month": "11",
    "occurred_on_year": "2026",
    "occurred_time": "10:15pm",
    "place_name": "Bus station",
    "narrative": "A fight. He absconded when we came.",
    "weapon_used_or_seen": "knife",
}
VOICE = {"childs_words": "I absconded, yeah", "reason": "Hurt twice in a month; school should know."}


def step(key, name, kind=PPN):
    return reverse("tell_step", args=[kind, key, name])


def written(client, key=None, **changes):
    """A notification written as far as the last page."""
    key = key or uuid4()
    for name, answers in {"who": KAI, "what_happened": FIGHT, "voice": VOICE, **changes}.items():
        client.post(step(key, name), answers)
    return key


def sent(client, key=None, **changes):
    """A notification written and sent: the contribution it became."""
    client.post(step(written(client, key, **changes), "check"), {"do": "send", "handling": "team"})
    return Contribution.objects.latest("pk")


def write_seen(client, key, answers):
    """What somebody saw, each answer on the step that asks for it."""
    asked = {field.key: field.step for field in kinds()[PIP].fields}
    asked |= {"narrative": "what_happened", "occurred": "when", "place": "where"}
    steps = {}
    for name, text in answers.items():
        steps.setdefault(asked.get(name) or asked[name.split("_")[0]], {})[name] = text
    for where, told in steps.items():
        client.post(step(key, where, PIP), told)


def seen(client, at_risk_now="no", **changes):
    """Something seen, told to police by whoever is signed in: the contribution it became."""
    key = uuid4()
    client.post(step(key, "danger", PIP), {"at_risk_now": at_risk_now})
    what = {"narrative": "Two boys in a grey car", "occurred_when": "yesterday", "place_name": "Larkfield Road"}
    write_seen(client, key, what | changes)
    client.post(step(key, "check", PIP), {"do": "send"})
    return Contribution.objects.latest("pk")


def words(response):
    return " ".join(response.content.decode().split())
