"""Whose page tells of what was given of somebody who stands no longer, once their records are of others."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from alongside.agencies.models import Practitioner
from alongside.linkage.models import RecordLink
from alongside.people.models import Person
from alongside.people.queries import near_the_child, no_tie

from .models import Choice


def given_before_they_moved(viewer: Practitioner, person: Person, *, at: datetime) -> Q:
    """What was given of somebody whose records at that time are this person's now. Where they are of several by now it
    may be about any of these: it is told to whoever is in the team of them all, and else is the office's to end."""
    then = Q(undone_at=None) | Q(undone_at__gte=OuterRef("at"))
    had = RecordLink.objects.filter(then, person=OuterRef("person"), linked_at__lte=OuterRef("at"))
    of_others = had.filter(~near_the_child(viewer, at=at, person="record__person"))
    # First by few people, so that no decision but theirs is looked at so closely.
    before = Person.objects.filter(stands=False, links__record__person=person).values("pk")
    theirs = Q(Exists(had.filter(record__person=person)), ~Exists(of_others), person__in=before)
    return theirs & no_tie(viewer, "person") & Q(choice=Choice.GIVE)
