"""Pairs that wait for a person, and what was decided."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent
from alongside.people.models import Person
from alongside.people.queries import children_seen_by, not_closed

from .models import LinkDecision, LinkQuestion, RecordLink, Verdict


def questions_seen_by(viewer: Practitioner) -> QuerySet[LinkQuestion]:
    """Pairs that the viewer may decide on: every one, but of children whom a tie or a restriction closes to them."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.REVIEW_LINKS):
        return LinkQuestion.objects.none()
    open_ = not_closed(viewer, "left__person") & not_closed(viewer, "right__person")
    questions = LinkQuestion.objects.filter(open_)
    return questions.select_related("left__agency", "left__person", "right__agency", "right__person")


def between_two_people(questions: QuerySet[LinkQuestion]) -> QuerySet[LinkQuestion]:
    """Of every two people the one pair of records that tells most of them; none where the two are one by now.

    Two children with several records each are one thing to decide, not many.
    """
    left, right = OuterRef("left__person"), OuterRef("right__person")
    same_two = Q(left__person=left, right__person=right) | Q(left__person=right, right__person=left)
    tells_more = Q(weight__gt=OuterRef("weight")) | Q(weight=OuterRef("weight"), pk__lt=OuterRef("pk"))
    apart = questions.exclude(left__person=F("right__person"))
    return apart.exclude(Exists(LinkQuestion.objects.filter(same_two, tells_more)))


def waiting(viewer: Practitioner) -> QuerySet[LinkQuestion]:
    """Pairs that nobody has decided on, the longest wait first."""
    undecided = questions_seen_by(viewer).filter(verdict=Verdict.WAITING)
    # Where somebody doubts a link, the two records are of one person still, and the question stands by itself.
    asked = Q(pk__in=between_two_people(undecided).values("pk")) | Q(doubted__isnull=False)
    return undecided.filter(asked).order_by("asked_at", "pk")


def decided(viewer: Practitioner, *, limit: int = 25) -> list[LinkDecision]:
    """The latest decisions, undone ones too, newest first."""
    return list(
        LinkDecision.objects.filter(question__in=questions_seen_by(viewer).values("pk"))
        .select_related("question__left__agency", "question__right__agency", "decided_by", "undone_by")
        .order_by("-decided_at", "-pk")[:limit]
    )


def asked_about(viewer: Practitioner, *, at: datetime, person: str) -> Q:
    """Whether another record may be of the person to whom a row's column `person` points, while somebody is asked.

    Only where the viewer may know of both: told to anybody else, it would betray that there is another child.
    """
    seen = children_seen_by(viewer, at=at)
    of_both = LinkQuestion.objects.filter(
        Exists(seen.filter(pk=OuterRef("left__person"))),
        Exists(seen.filter(pk=OuterRef("right__person"))),
        verdict__in=[Verdict.WAITING, Verdict.NOT_SURE],
    )
    asked = between_two_people(of_both)
    # Each side by an index of its own: "left or right" in one look would read every pair that waits.
    left, right = asked.filter(left__person=OuterRef(person)), asked.filter(right__person=OuterRef(person))
    return Q(Exists(left)) | Q(Exists(right))


def was_elsewhere() -> Exists:
    """Whether a record of this person belonged to somebody else before: of few people, and asked with the person."""
    return Exists(RecordLink.objects.filter(record__person=OuterRef("pk")).exclude(person=OuterRef("pk")))


def lines_about(person: Person) -> QuerySet[LedgerEvent]:
    """The ledger's lines about this person, and about everybody to whom a record of theirs belonged, for as long as it
    did: a record that moves takes along who looked at it. A person fetched with `was_elsewhere` saves a look."""
    own = subjects.child(person.reference)
    if not getattr(person, "was_elsewhere", True):
        return LedgerEvent.objects.filter(subject=own)
    links = RecordLink.objects.filter(record__person=person).order_by()
    # As a list: of a question within this one, a database makes a walk through all that anybody did.
    references = links.values_list("person__reference", flat=True).distinct()
    lines = LedgerEvent.objects.filter(subject__in={own, *map(subjects.child, references)})
    # Behind the reference of somebody who is empty by now is nobody else's record.
    not_over = Q(undone_at=None) | Q(undone_at__gt=OuterRef("at")) | Q(person__stands=False)
    named = links.annotate(subject=Concat(Value(subjects.CHILD), "person__reference"))
    then = named.filter(not_over, subject=OuterRef("subject"), linked_at__lte=OuterRef("at"))
    return lines.filter(Q(subject=own) | Q(Exists(then)))
