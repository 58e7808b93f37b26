"""What the world of the matrix has none of: a row for each column that takes words, in the state in which it takes
them. Words of the world's own stand where words that try to run are put afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import Model
from django.urls import reverse

from alongside.access_requests.models import AccessRequest, RequestPart
from alongside.agencies.models import KnownDevice, Practitioner, SignedIn
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.tests.factories import entry
from alongside.connectors.models import ImportRun
from alongside.contributions.kinds import Field, kinds
from alongside.contributions.models import (
    Acknowledgement,
    ApiToken,
    Contribution,
    Draft,
    Grade,
    LetIn,
    SupervisorLook,
    Tombstone,
)
from alongside.keeping.models import Hold, Proposal
from alongside.ledger.models import LedgerEvent
from alongside.linkage.models import LinkQuestion, RecordLink
from alongside.meetings.models import MeetingAction
from alongside.people.models import AgencyRecord, EmergencyNotice, Restriction, Tie
from alongside.places.models import AnonymousIncident, Area, Establishment
from alongside.sharing.models import ShareDecision, SharedEntry
from tests.matrix.belonging import AT, COUNCIL, LONG_AGO, seat_at
from tests.matrix.world import TELLER, World

from .columns_of_words import OURS

LIST = [OURS]
SCHOOL = "100001"
OF_A_PERSON = ("likes_to_be_called", "language", "trusted_person", "strengths", "parents")
NAMED = dict.fromkeys(("given_name", "family_name"), OURS)
turn = count(1)


def add_rows(world: World, role: str) -> list[str]:
    """Whatever a page of somebody who holds this role may show, and the rest. Gives the pages of which each shows other
    columns."""
    for add in (_of_seats, _of_people, _of_places, _told, _of_pairs, _given, _asked, _kept):
        add(world, role)
    return [*_of_kinds(world, role), *_begun(world, role)]


def every_other(model: type[Model], **conditions: Any) -> list[Any]:
    return list(model._base_manager.filter(**conditions).order_by("pk").values_list("pk", flat=True))[::2]


def change(model: type[Model], keys: list[Any], **changes: Any) -> None:
    model._base_manager.filter(pk__in=keys).update(**changes)


def all_ours(told: Any) -> Any:
    """The same data, all its words our own."""
    if isinstance(told, dict):
        return {key: all_ours(value) for key, value in told.items()}
    if isinstance(told, list):
        return [all_ours(one) for one in told]
    return OURS if isinstance(told, str) else told


def again(one: Any, **changes: Any) -> None:
    """The same row once more, but for this."""
    one.pk = None
    for name, value in changes.items():
        setattr(one, name, value)
    one.save(force_insert=True)


def _of_seats(world: World, role: str) -> None:
    for viewer in world.viewers.values():
        seen = {"practitioner": viewer, "browser": OURS, "last_seen_at": AT}
        KnownDevice.objects.create(digest=f"{next(turn):064}", first_seen_at=AT, **seen)
        SignedIn.objects.create(began_at=AT, ended_at=AT, ended_because=OURS, how=OURS, **seen)
    for state in ("suspended", "ended"):
        one = seat_at(f"z-{state}", "social_worker", COUNCIL)
        change(Practitioner, [one.pk], is_active=False, **{f"{state}_at": AT, f"{state}_because": OURS})


def _of_people(world: World, role: str) -> None:
    earlier = [{"until": "2026-01-05", **NAMED, "aliases": LIST}]
    more = dict.fromkeys(OF_A_PERSON, OURS)
    AgencyRecord.objects.update(aliases=LIST, more=more, earlier=earlier, closed={**NAMED, "aliases": LIST})
    by = {"ended_by": world.manager, "ended_because": OURS}
    change(Tie, every_other(Tie), ended_at=AT, **by)
    lifted = {"lifted_by": world.manager, "lifted_because": OURS}
    change(Restriction, every_other(Restriction), lifted_at=AT, **lifted)
    judged = {"judged_by": world.manager, "verdict": "judged_fair", "because": OURS}
    change(EmergencyNotice, every_other(EmergencyNotice), judged_at=AT, **judged)


def _of_places(world: World, role: str) -> None:
    outline = {"type": "Polygon", "coordinates": [[[-1.6, 53.7], [-1.4, 53.7], [-1.4, 53.9], [-1.6, 53.7]]]}
    Area.objects.bulk_create(
        [Area(code="E05000001", kind="ward", edition="2025", name=OURS, outline=outline).bounded()]
    )
    Establishment.objects.create(urn=SCHOOL, name=OURS, phase=OURS, kind=OURS, status=OURS, town=OURS)
    AgencyRecord.objects.update(school_urn=SCHOOL)
    said = dict.fromkeys(("force", "category", "street", "outcome"), OURS)
    AnonymousIncident.objects.create(key="1", month="2026-10", latitude=53.8, longitude=-1.5, **said)


def _of_kinds(world: World, role: str) -> Iterator[str]:
    """Of each kind one thing told about a child of this role, with each question that takes words answered."""
    child = world.of(role, "team").person
    for kind in kinds().values():
        details = {field.key: OURS for field in kind.fields if takes_words(field)}
        person = {"role": kind.roles[0], "reference": "ZQ", "aliases": LIST, "childs_words": OURS, **NAMED}
        told = {"narrative": OURS, "details": details, "people": [person | dict.fromkeys(OF_A_PERSON, OURS)]}
        told |= {"place": {"name": OURS}}
        one = entry(child, TELLER, contribution={"kind": kind.key, "told": told, "reported_at": AT})
        yield reverse("child_entry", args=[child.reference, one.contribution.receipt])


def _begun(world: World, role: str) -> Iterator[str]:
    answers = {"what_happened": {"narrative": LIST, "place_name": LIST}}
    Draft.objects.update(answers=answers | {"who": {"people": ["1"], "p1-given_name": LIST, "p1-family_name": LIST}})
    for draft in Draft.objects.filter(author=world.viewers[role]):
        for step in ("who", "what_happened", "check"):
            yield reverse("tell_step", args=[draft.kind, draft.key, step])


def takes_words(field: Field) -> bool:
    return field.type in ("text", "long_text", "phone")


def _told(world: World, role: str) -> None:
    for child in (one for one in world.children.values() if one.relation in ("team", "known")):
        for one in child.entries.values():
            Acknowledgement.objects.create(contribution=one.contribution, doing=OURS, by=world.manager, at=AT)
    ours = Contribution.objects.exclude(author=None)
    for one in ours:
        looked = {"outcome": "returned", "comment": OURS, "by": world.manager, "at": AT}
        SupervisorLook.objects.create(contribution=one, **looked)
    taken_back = every_other(Contribution, author__isnull=False)
    change(Contribution, taken_back, withdrawn_at=AT, withdrawn_by=world.manager, withdrawn_because=OURS)
    ChronologyEntry.objects.filter(contribution__in=taken_back).update(withdrawn=True)
    graded = {"source": "1", "information": "A", "handling": "C", "priority": "high", "cleared": True}
    for one in Contribution.objects.filter(kind="partnership_intelligence"):
        words = {"conditions": OURS, "words_for_meeting": OURS}
        Grade.objects.create(contribution=one, by=world.manager, at=AT, **graded, **words)
    for stone in Tombstone.objects.all()[:1]:
        LetIn.objects.create(tombstone=stone, by=world.manager.key, at=AT, because=OURS)
    ApiToken.objects.create(agency_id=TELLER, name=OURS, hashed="x", made_at=AT)


def _of_pairs(world: World, role: str) -> None:
    for question in LinkQuestion.objects.all():
        change(LinkQuestion, [question.pk], doubted=question.left)
    undone = {"undone_at": AT, "undone_by": world.manager, "undone_because": OURS}
    for one in every_other(RecordLink):
        again(RecordLink.objects.get(pk=one), **undone)


def _given(world: World, role: str) -> None:
    for decision in ShareDecision.objects.filter(choice="give"):
        one = ChronologyEntry.objects.filter(person=decision.person).first()
        if one:
            given = {"contribution": one.contribution, "record": one.record, "role": "subject"}
            SharedEntry.objects.create(decision=decision, title=OURS, conditions=OURS, **given)
    given, kept_back = every_other(ShareDecision, choice="give"), every_other(ShareDecision, choice="withhold")
    change(ShareDecision, given, ended_at=AT, ended_by=world.manager, ended_because=OURS)
    change(ShareDecision, kept_back, seen_to_at=AT, seen_to_by=world.manager, seen_to_because=OURS)


def _asked(world: World, role: str) -> None:
    for one in AccessRequest.objects.all():
        later = {"extended_to": one.due_on + timedelta(days=60), "extended_because": OURS}
        change(AccessRequest, [one.pk], extended_by=one.logged_by, extended_at=AT, **later)
    for part in RequestPart.objects.exclude(released_at=None):
        change(RequestPart, [part.pk], pack=all_ours(part.pack) | {"number": part.pack["number"]})
    done = {"done_by": world.manager, "outcome": OURS}
    change(MeetingAction, every_other(MeetingAction), done_at=AT, **done)
    for run in ImportRun.objects.all():
        for file in run.report["files"]:
            file["path"] = OURS
            file["groups"][0]["example"] |= dict.fromkeys(("field", "rule", "value", "mend"), OURS)
        change(ImportRun, [run.pk], names=LIST, report=run.report)


def _kept(world: World, role: str) -> None:
    for one in Hold.objects.all():
        again(one, lifted_at=AT, lifted_by=world.manager, lifted_because=OURS)
    for one in Proposal.objects.filter(verdict="approved"):
        again(one, verdict="refused", because=OURS, proposed_at=LONG_AGO)
    for name in ("rule", "because", "record"):
        for line in LedgerEvent.objects.filter(details__has_key=name):
            change(LedgerEvent, [line.pk], details=line.details | {name: OURS})
