"""The way of a contribution, step by step. Each step is one action of the room that it belongs to."""

from datetime import datetime

from django.db import transaction

from alongside.chronology.actions import write_entries
from alongside.chronology.queries import tellings_of
from alongside.contributions.actions import followed
from alongside.contributions.involving import may_open
from alongside.contributions.queries import pending
from alongside.linkage.actions import link
from alongside.people.actions import know_anew, know_people
from alongside.people.standings import note_standings


def follow_pending(*, at: datetime, limit: int = 500) -> int:
    """Follow what was accepted to the timeline, oldest first. Returns how many; 0 when nothing waits.

    One transaction: a crash leaves every contribution either followed whole or still waiting.
    """
    with transaction.atomic():
        contributions = pending(limit=limit)
        if not contributions:
            return 0
        told = know_people(contributions, at=at)  # whom each agency means, as that agency knows them
        link(told.records, at=at)  # whose record is it?
        note_standings(told, at=at, may_open=may_open)  # who works with the child, and how to call them
        lost = write_entries(told, at=at)  # one timeline a child
        link(know_anew(tellings_of(lost), at=at), at=at)  # what was corrected or taken back leaves nothing behind
        followed(contributions)
        return len(contributions)
