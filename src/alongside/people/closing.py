"""What closes a child's record to somebody: a tie that they declared themselves, and a restriction to those named."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import BigIntegerField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.access.doors import door_changed
from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.agencies.same_person import a_seat_of
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record

from .models import NamedReader, Person, Restriction, Tie
from .queries import closed_wherever_to, no_tie_of_theirs, not_closed_wherever


@transaction.atomic
def declare_tie(*, person: Person, by: Practitioner, at: datetime, because: str) -> Tie:
    """From now on the child's record is closed to whoever says so. Saying it twice changes nothing."""
    tie, is_new = Tie.objects.get_or_create(
        practitioner=by, person=person, ended_at=None, defaults={"because": because[:300], "declared_at": at}
    )
    if is_new:
        door_changed.send(Tie)
        record(Operation.ALTER, "tie declared", by=by, at=at, about=subjects.child(person.reference))
    return tie


@transaction.atomic
def end_tie(*, tie: Tie, by: Practitioner, at: datetime, because: str) -> None:
    """Somebody else than who declared it says that it holds no longer. PermissionDenied for anybody who may not."""
    if not ties_kept_by(by).filter(pk=tie.pk, ended_at=None).exists():
        raise PermissionDenied(Permission.KEEP_WALLS)
    tie.ended_at, tie.ended_by, tie.ended_because = at, by, because[:300]
    tie.save(update_fields=["ended_at", "ended_by", "ended_because"])
    about = subjects.child(tie.person.reference)
    door_changed.send(Tie)
    record(Operation.ALTER, "tie ended", by=by, at=at, about=about, whose=tie.practitioner.key)


@transaction.atomic
def ties_go_over(*, before: Practitioner, to: Practitioner, by: Any, at: datetime, **_: object) -> None:
    """A tie is a person's and not a seat's: it closes the child's record to the seat that they have now. To be named
    on a restriction does not go along, for that opens: whoever keeps it named somebody in the work they had, and names
    them anew or does not."""
    for tie in ties_of(before):
        said = {"because": tie.because, "declared_at": tie.declared_at}
        _, is_new = Tie.objects.get_or_create(practitioner=to, person=tie.person, ended_at=None, defaults=said)
        if is_new:
            door_changed.send(Tie)
            about = subjects.child(tie.person.reference)
            record(Operation.ALTER, "tie went over to a new seat", by=by, at=at, about=about, whose=to.key)


def ties_kept_by(viewer: Practitioner) -> QuerySet[Tie]:
    """Ties that practitioners of the viewer's own agency declared, and of an agency where nobody else may keep them,
    for whoever keeps these walls: never their own, from whichever seat, and none to a child whose record is closed to
    them. Those that stand first, the oldest first."""
    if not viewer.may(Permission.KEEP_WALLS):
        return Tie.objects.none()
    whose = Q(practitioner__agency=viewer.agency_id) | ~Q(Exists(_keepers_there()))
    kept = Tie.objects.filter(whose, not_closed_wherever(viewer, "person")).exclude(a_seat_of(viewer, "practitioner"))
    people = ("practitioner__agency", "person", "ended_by")
    return kept.select_related(*people).order_by("ended_at", "declared_at", "pk")


def _keepers_there() -> QuerySet[Practitioner]:
    """Of a row that is a tie: who else of the agency where it was declared may keep it."""
    keepers = those_who(Permission.KEEP_WALLS)
    there = Practitioner.objects.filter(pk__in=[one.pk for one in keepers], agency=OuterRef("practitioner__agency"))
    whom = ExpressionWrapper(OuterRef("person"), output_field=BigIntegerField())
    own = Coalesce(OuterRef("practitioner__goes_on_as"), OuterRef("practitioner"))
    return there.exclude(pk=own).alias(whom=whom).filter(~closed_wherever_to("pk", "whom"))


def ties_of(viewer: Practitioner) -> QuerySet[Tie]:
    """What the viewer declared, and stands."""
    return Tie.objects.filter(practitioner=viewer, ended_at=None).select_related("person")


def restriction_of(person: Person) -> Restriction | None:
    """The restriction that stands on this child's record."""
    return Restriction.objects.filter(person=person, lifted_at=None).select_related("restricted_by__agency").first()


def not_shut_out(person: Person) -> Q:
    """Of practitioners, those to whom neither a tie nor a restriction closes this child's record; how near they stand
    is another matter."""
    restriction = restriction_of(person)
    named = Q(pk__in=readers_of(restriction).order_by().values("practitioner")) if restriction else Q()
    return named & ~Q(pk__in=_tied_to(person))


def _tied_to(person: Person | int) -> QuerySet[Tie, int]:
    """By their keys, those who declared a tie to this child that stands."""
    return Tie.objects.filter(person=person, ended_at=None).order_by().values_list("practitioner", flat=True)


def shut_out(practitioner: str, *, before: str) -> Q:
    """Of people, asked inside a query of rows that name a practitioner in that column: those whose record a tie or a
    restriction closes to them, where it did so before what the row says in its column `before`."""
    whose, then = OuterRef(OuterRef(practitioner)), OuterRef(OuterRef(before))
    tied = Tie.objects.filter(person=OuterRef("pk"), practitioner=whose, declared_at__lt=then, ended_at=None)
    by_then = Q(until=None) | Q(until__gte=OuterRef(then))
    named = NamedReader.objects.filter(by_then, practitioner=OuterRef(whose), restriction=OuterRef("pk"))
    stands = Restriction.objects.filter(person=OuterRef("pk"), restricted_at__lt=then, lifted_at=None)
    return Q(Exists(tied)) | Q(Exists(stands.filter(~Exists(named))))


def closed_to_somebody() -> QuerySet[Person]:
    """Those whose record a tie or a restriction closes to anybody: a few."""
    tied, stand = Tie.objects.filter(ended_at=None), Restriction.objects.filter(lifted_at=None)
    return Person.objects.filter(Q(pk__in=tied.values("person")) | Q(pk__in=stand.values("person")))


def closed_by_a_tie(viewer: Practitioner) -> QuerySet[Person]:
    """Those whose record a tie closes to the viewer, with everybody whose a record of theirs ever was:
    `queries.not_closed_wherever`, found from the few who are closed."""
    return _wherever(Tie.objects.filter(practitioner=viewer, ended_at=None))


def closed_by_a_restriction(viewer: Practitioner, *, where_one_of: QuerySet[Practitioner]) -> QuerySet[Person]:
    """The same of restrictions, but of those alone on which one of these is named to whom no tie closes the child."""
    namings = NamedReader.objects.filter(until=None)
    named = namings.filter(practitioner=viewer, restriction=OuterRef("pk"))
    is_named = Exists(namings.filter(practitioner=OuterRef("pk"), restriction=OuterRef(OuterRef("pk"))))
    others = where_one_of.filter(is_named, no_tie_of_theirs("person"))
    return _wherever(Restriction.objects.filter(~Exists(named), Exists(others), lifted_at=None))


def _wherever(closes: QuerySet[Tie] | QuerySet[Restriction]) -> QuerySet[Person]:
    people = (closes.order_by().values(column) for column in ("person", "person__records__links__person"))
    return Person.objects.filter(reduce(or_, (Q(pk__in=each) for each in people)))


def readers_of(restriction: Restriction) -> QuerySet[NamedReader]:
    """Who is named on it now, longest first."""
    return restriction.named.filter(until=None).select_related("practitioner__agency", "named_by")


@transaction.atomic
def restrict(
    *, person: Person, readers: Iterable[Practitioner], by: Practitioner, at: datetime, because: str
) -> Restriction:
    """From now on the whole record is for these readers and for whoever restricts it. IntegrityError where it is
    restricted already; PermissionDenied for anybody who may not."""
    _may_restrict(by)
    made = Restriction.objects.create(person=person, because=because[:300], restricted_at=at, restricted_by=by)
    named = {one.pk: one for one in (by, *readers)}
    NamedReader.objects.bulk_create(
        NamedReader(restriction=made, practitioner=one, named_at=at, named_by=by) for one in named.values()
    )
    _write_down("record restricted", made, by=by, at=at, named=sorted(one.key for one in named.values()))
    return made


@transaction.atomic
def name_reader(*, restriction: Restriction, reader: Practitioner, by: Practitioner, at: datetime) -> None:
    """Lets one more read the record. Twice is the same as once."""
    _may_restrict(by)
    _, is_new = NamedReader.objects.get_or_create(
        restriction=restriction, practitioner=reader, until=None, defaults={"named_at": at, "named_by": by}
    )
    if is_new:
        _write_down("named on a restriction", restriction, by=by, at=at, named=[reader.key])


@transaction.atomic
def leave_out(*, restriction: Restriction, reader: Practitioner, by: Practitioner, at: datetime) -> bool:
    """Somebody named reads the record no longer; the last one who may lift it stays. Returns whether it is
    so."""
    _may_restrict(by)
    # Held, so that of two who leave each other out at once one is the last, and stays.
    Restriction.objects.select_for_update().get(pk=restriction.pk)
    if not [one for one in keepers_of(restriction) if one.pk != reader.pk]:
        return False
    if readers_of(restriction).filter(practitioner=reader).update(until=at):
        _write_down("no longer named on a restriction", restriction, by=by, at=at, named=[reader.key])
    return True


def keepers_of(restriction: Restriction) -> list[Practitioner]:
    """Those named who have a seat, may lift it or name others, and have no tie that closes the record to them."""
    named = readers_of(restriction).exclude(practitioner__in=_tied_to(restriction.person_id))
    keepers = [one.practitioner for one in named.filter(practitioner__is_active=True)]
    return [one for one in keepers if one.may(Permission.RESTRICT_CHILDREN)]


def kept_with(person: Person, *, by: Practitioner) -> list[Practitioner] | None:
    """Who else keeps the restriction on this child's record on which `by` is named; None where there is no such."""
    stands = restriction_of(person)
    if stands is None or not readers_of(stands).filter(practitioner=by).exists():
        return None
    return [one for one in keepers_of(stands) if one.pk != by.pk]


@transaction.atomic
def hand_over(*, restriction: Restriction, to: Practitioner, by: Any, at: datetime) -> None:
    """Names somebody who may restrict, where nobody keeps the restriction any longer, for want of a seat or because of
    a tie: by whoever runs the server, since nobody on the pages may know of the record. PermissionDenied where somebody
    keeps it still, and for whoever has a tie themselves."""
    _may_restrict(to)
    if _tied_to(restriction.person_id).filter(practitioner=to).exists():
        raise PermissionDenied("A tie closes this record to them.")
    if keepers_of(restriction):
        raise PermissionDenied("Somebody who is named keeps this restriction: ask them.")
    NamedReader.objects.get_or_create(
        restriction=restriction, practitioner=to, until=None, defaults={"named_at": at, "named_by": to}
    )
    _write_down("named on a restriction", restriction, by=by, at=at, named=[to.key])


@transaction.atomic
def lift(*, restriction: Restriction, by: Practitioner, at: datetime, because: str) -> None:
    """The record is open again to the team around the child."""
    _may_restrict(by)
    restriction.lifted_at, restriction.lifted_by, restriction.lifted_because = at, by, because[:300]
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    _write_down("restriction lifted", restriction, by=by, at=at)


@transaction.atomic
def carry_over(*, before: Person, to: Person, by: Any, at: datetime) -> None:
    """What closes one person closes whoever a record of theirs goes to: no door opens because a record moves, whether
    it turned out to be another child's or the same."""
    for tie in Tie.objects.filter(person=before, ended_at=None):
        door_changed.send(Tie)
        Tie.objects.get_or_create(
            practitioner_id=tie.practitioner_id,
            person=to,
            ended_at=None,
            defaults={"because": tie.because, "declared_at": tie.declared_at},
        )
    held = restriction_of(before)
    if held:
        _close_too(held, to, by=by, at=at)


def _close_too(held: Restriction, to: Person, *, by: Any, at: datetime) -> None:
    """Of two restrictions only those stay who are named on both: whoever is named on one may be the very person whom
    the other was to keep out. Who may restrict can name them again; where nobody is left, see `hand_over`."""
    there, named = restriction_of(to), [one.practitioner_id for one in readers_of(held)]
    if there:
        out = readers_of(there).exclude(practitioner__in=named).select_related(None)
        left_out = sorted(out.values_list("practitioner__key", flat=True))
        if out.update(until=at):
            _write_down("no longer named on a restriction", there, by=by, at=at, named=left_out)
        return
    # Since now, and not since the other: what was given of this child until now was given before.
    there = Restriction.objects.create(
        person=to, because=held.because, restricted_at=at, restricted_by=held.restricted_by
    )
    for one in readers_of(held):
        NamedReader.objects.create(
            restriction=there, practitioner=one.practitioner, named_at=one.named_at, named_by=one.named_by
        )
    _write_down("restriction carried over", there, by=by, at=at, came_from=held.person.reference)


def named_to_tell(person: Person) -> list[Practitioner]:
    """Whoever must hear that somebody not named asked for the record in an emergency; a seat that ended hears
    nothing."""
    named = Q(restriction__person=person, restriction__lifted_at=None, until=None, practitioner__is_active=True)
    return [one.practitioner for one in NamedReader.objects.filter(named).select_related("practitioner")]


def _may_restrict(by: Practitioner) -> None:
    if not by.may(Permission.RESTRICT_CHILDREN):
        raise PermissionDenied(Permission.RESTRICT_CHILDREN)


def _write_down(what: str, restriction: Restriction, *, by: Any, at: datetime, **details: Any) -> None:
    door_changed.send(Restriction)
    # Not why: the ledger's readers are in every agency, and the reason is for those named.
    about = subjects.child(restriction.person.reference)
    record(Operation.ALTER, what, by=by, at=at, about=about, **details)
