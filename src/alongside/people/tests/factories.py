"""People of a test, made with one call each; whatever a test does not name is plain."""

from datetime import UTC, datetime
from itertools import count

from alongside.agencies.actions import invite
from alongside.agencies.models import Agency, Practitioner, Team
from alongside.agencies.seats import end_seat
from alongside.people.models import AgencyRecord, Person, Standing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHORT = {
    "west-yorkshire-police": ("West Yorkshire Police", "Police", True),
    "leeds-city-council": ("Leeds City Council", "Social care", True),
    "leeds-teaching-hospitals": ("Leeds Teaching Hospitals", "A&E", True),
    "leeds-camhs": ("Leeds CAMHS", "CAMHS", True),
    "leeds-education": ("Leeds schools", "School", True),
    "leeds-youth-justice": ("Leeds Youth Justice Service", "YJS", True),
    "catch": ("CATCH", "CATCH", False),
    "leeds-highways": ("Leeds Highways", "Highways", False),
}
POLICE, COUNCIL, CAMHS = "west-yorkshire-police", "leeds-city-council", "leeds-camhs"
turn = count(1)


def agency(slug: str = COUNCIL) -> Agency:
    name, short, statutory = SHORT[slug]
    made, _ = Agency.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "short_name": short,
            "sector": "x",
            "is_statutory": statutory,
            "phone": "0113 496 0001",
        },
    )
    return made


def team(slug: str, of: str = COUNCIL) -> Team:
    made, _ = Team.objects.get_or_create(slug=slug, defaults={"agency": agency(of), "name": slug.title()})
    return made


def practitioner(key: str, role: str = "social_worker", of: str = COUNCIL, **more) -> Practitioner:
    more = {"name": key.title(), "email": f"{key}@example.org", **more}
    return Practitioner.objects.create(key=key, role=role, agency=agency(of), **more)


def moved(who: Practitioner, role: str, of: str = COUNCIL, *, at: datetime = NOW, **more) -> Practitioner:
    """The seat of the same person at another agency, whose people have their addresses at the same domain."""
    Practitioner.objects.filter(pk=who.pk).update(email=f"{who.key}@alongside.example")
    end_seat(practitioner=who, because="Works elsewhere now", by="tests", at=at)
    told = {"key": f"{who.key}-at-{of}", "name": who.name, "email": f"{who.key}@alongside.example"}
    return invite(**told, agency=agency(of), role=role, by="tests", at=at, **more)


def child(reference: str = "", **more) -> Person:
    more = {"given_name": "Kai", "family_name": "Adeyemi", "date_of_birth": "2011-03-04", **more}
    return Person.objects.create(reference=reference or f"C{next(turn)}", **more)


def record(person: Person | None = None, of: str = POLICE, **more) -> AgencyRecord:
    same = {"given_name": person.given_name, "family_name": person.family_name} if person else {}
    more = {"system": "niche", "reference": f"N-{next(turn)}", "told_at": NOW, **same, **more}
    return AgencyRecord.objects.create(agency=agency(of), person=person, **more)


def standing(person: Person, of: str = COUNCIL, **more) -> Standing:
    more = {"level": "team", "role": "Social worker", "because": "Open to us", "since": NOW, **more}
    more.setdefault("is_quiet", str(more.get("source", "")).startswith("emergency:"))
    return Standing.objects.create(person=person, agency=agency(of), **{"source": f"test-{next(turn)}", **more})
