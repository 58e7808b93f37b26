"""Every page of the matrix, opened once by somebody for whom it opens: each child that the answer shows has one line,
each thing that is read in full has one, and no line is without what it tells of."""

import logging
import re
from collections import Counter

import pytest
import time_machine
from conftest import NOW, past_every_trigger
from django.urls import resolve

from alongside.access_requests.models import AccessRequest, RequestPart
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.models import AgencyRecord, Person
from tests.crawl import Visit
from tests.matrix.doors import CAST, Doors
from tests.matrix.places import PLACES
from tests.matrix.things import whole_world
from tests.matrix.things_kept import add_rows_to_mend

from .failing import undone
from .test_one_line_for_each_child_shown import NAME, REFERENCE, SUFFIXES, heard_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
BRIEFINGS = {"briefing", "briefing_json", "briefing_pdf", "briefing_text"}
# Where children are seen, each by a line of their own. Nobody of this world is found by a search: the scripted day is.
SHOW_CHILDREN = BRIEFINGS | {
    *("my_day", "emergency_notice", "emergency_queue", "raise_action", "tick_off", "link_pair", "ties"),
    *("child", "child_timeline", "child_entry", "child_records", "child_not_this", "child_looked", "child_places"),
    *("child_emergency", "child_tie", "child_restriction", "child_shared", "child_number", "child_lift", "end_tie"),
    *("share", "share_now", "share_not", "gave", "what_i_gave", "share_rest", "share_left_again", "share_paper"),
    *("share_second", "share_end", "received_one", "receipt", "look_over", "urgent_told", "not_opened"),
    *("came_in", "release_told", "grade"),
}
# A page that is opened for one thing, and how the ledger speaks of that: after what its address ends with.
OF_A_THING = {
    **dict.fromkeys(("gave", "share_rest", "share_paper", "share_second", "received_one"), "share"),
    **dict.fromkeys(("share_end", "share_running_one"), "share"),
    **dict.fromkeys(("share_left", "share_left_told", "share_left_again", "share_left_word"), "share"),
    **dict.fromkeys(("receipt", "look_over", "urgent_told", "came_in", "grade", "release_told"), "contribution"),
    **dict.fromkeys(("child_entry",), "contribution"),
    **dict.fromkeys(("import_report", "import_rejects"), "import"),
}
# The request's child is told of there, and its line names the request: the team of the child reads who looked at them.
OF_A_REQUEST = {"access_request", "access_extend", "access_tie", "access_item", "access_release", "access_pack"}
# A line of its own: for the search, the copy that is taken along, the reading of the ledger, and the end of a session.
BY_ITSELF = {"find_results", "briefing_json", "briefing_pdf", "briefing_text", "ledger", "sign_out"}
# A list of what is read still, each by its number and without its child.
GIVEN = re.compile(r"number (\d+)")
# A map has no words: whose it is says its address. So does whom to call in an emergency.
BY_ADDRESS = {"child_places", "child_emergency"}


@pytest.fixture
def world(settings, tmp_path, caplog):
    """Everybody is told of under a name that nobody else has, and by the agency that has a record of them."""
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.UPLOADS = tmp_path
    with time_machine.travel(NOW, tick=False):
        world = whole_world(CAST)
        add_rows_to_mend(world)
        for person, suffix in zip(Person.objects.order_by("pk"), SUFFIXES, strict=False):
            name_them(person, f"Zq{suffix}")
        yield world


def name_them(person, name):
    """The given name stays the one that is sought."""
    Person.objects.filter(pk=person.pk).update(called=name, family_name=name)
    AgencyRecord.objects.filter(person=person).update(family_name=name, aliases=[])
    names = {"given_name": "Kit", "family_name": name, "likes_to_be_called": name}
    with past_every_trigger():
        for entry in ChronologyEntry.objects.filter(person=person).select_related("contribution", "record"):
            one = entry.contribution
            AgencyRecord.objects.filter(pk=entry.record_id).update(system=one.system)
            told = one.told | {"people": [{"role": "subject", "reference": entry.record.reference, **names}]}
            Contribution.objects.filter(pk=one.pk).update(told=told)


def names_of_all():
    return {one.family_name: one.reference for one in Person.objects.all()}


def visited(door):
    """The page as this one opens it, and how often each thing is in the lines that it leaves."""
    last = LedgerEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with undone(door.asker.client):
        visit = Visit(door.name, door.address, getattr(door.asker.client, door.method)(door.address))
        text = words_of(visit)
        visit.answer.close()
        lines = LedgerEvent.objects.filter(pk__gt=last, operation=Operation.VIEW)
        return text, Counter(lines.values_list("subject", flat=True))


def children_in(door, text, names):
    own = set(REFERENCE.findall(door.address))
    if door.name in BY_ADDRESS:
        return own if text else set()
    shown = {names[f"Zq{suffix}"] for suffix in NAME.findall(text)}
    shown |= (set(REFERENCE.findall(text)) & set(names.values())) - own
    return shown | heard_of(text) if door.name in BRIEFINGS else shown


def should_be_written(door, text, shown):
    """The subjects of the lines that this answer needs."""
    last = list(resolve(door.address).kwargs.values())
    if door.name == "access_requests":
        return [one.subject for one in AccessRequest.objects.all()]
    if door.name == "share_running":
        return [f"share:{number}" for number in GIVEN.findall(text)]
    if door.name in OF_A_REQUEST:
        part = RequestPart.objects.get(pk=last[0])
        item = [part.items.get(pk=last[1]).subject] if door.name == "access_item" else []
        return [part.request.subject, *item]
    thing = [f"{OF_A_THING[door.name]}:{last[door.name == 'child_entry']}"] if door.name in OF_A_THING else []
    # The ledger's own page says of whom its lines are, and is one line by itself.
    children = [] if door.name == "ledger" else [subjects.child(one) for one in shown]
    return [*children, *thing, *([""] if door.name in BY_ITSELF else [])]


def test_each_page_leaves_its_lines(world):
    names, wrong, showed = names_of_all(), [], set()
    for door in (one for one in Doors(world).that_open() if one.method == PLACES[one.name].method):
        text, written = visited(door)
        shown = children_in(door, text, names)
        needed = Counter(should_be_written(door, text, shown))
        showed |= {door.name} if shown and door.name not in OF_A_REQUEST | {"ledger"} else set()
        if written != needed:
            wrong.append(f"{door}: shown {dict(needed - written)}, written {dict(written - needed)}")
    assert not wrong, "\n".join(wrong)
    assert showed == SHOW_CHILDREN
