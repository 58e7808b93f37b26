"""What agencies keep: records to dispose of, seats, imports, and pairs of records that may be one child."""

from datetime import timedelta

from conftest import NOW

from alongside.agencies.models import Practitioner
from alongside.connectors.models import ImportRun
from alongside.contributions.actions import accept
from alongside.contributions.models import Tombstone
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.keeping.actions import approve, place_hold, propose
from alongside.keeping.models import DisposalNotice
from alongside.linkage.actions import decide_pair
from alongside.linkage.models import LinkQuestion
from alongside.people.closing import restrict
from alongside.people.tests.factories import record

from .belonging import COUNCIL, HIGHWAYS, HOUR, POLICE, another_child, seat_at
from .places import INFORMATION, RECORDS, SEATS
from .world import World

AT = NOW - HOUR
OTHER = {HIGHWAYS: POLICE, POLICE: HIGHWAYS}
NOBODY: frozenset[str] = frozenset()


def add_records(world: World) -> None:
    """Of each of two agencies something is held, proposed and disposed of; of highways the cast has an officer."""
    for agency in OTHER:
        roles = RECORDS if agency == HIGHWAYS else NOBODY
        one, two = (seat_at(f"z-{agency}-{which}", "records_officer", agency) for which in ("one", "two"))
        kept, proposed, gone = told_long_ago(agency)
        world.add("hold", f"told by {agency}", [kept], roles)
        (held,) = place_hold(by=one, at=AT, because=world.word(f"why {agency} holds", roles), receipt=kept)
        world.add("lift_hold", f"held by {agency}", [held.pk], roles)
        world.add("proposal", f"proposed by {agency}", [propose(receipts=[proposed], by=one, at=AT).pk], roles)
        approve(proposal=propose(receipts=[gone], by=one, at=AT), by=two, at=AT)
        stone = Tombstone.objects.get(controller=agency, is_newest=True)
        world.add("let_in", f"disposed of by {agency}", [stone.pk], roles)
        said = {"told_id": agency, "controller_id": OTHER[agency], "receipt": f"ZQ-{agency}"[:26]}
        notice = DisposalNotice.objects.create(kind="general_note", told_at=AT, **said)
        world.add("copies_seen_to", f"told to {agency}", [notice.pk], roles)


def told_long_ago(agency: str) -> list[str]:
    """Receipts of three things that fall due."""
    when = (NOW - timedelta(days=365 * 30)).isoformat()
    sources = [{"agency": agency, "system": "old", "reference": f"O-{number}"} for number in range(3)]
    people = [{"role": "subject", "reference": "O-9", "given_name": "Jo", "family_name": "Old"}]
    verdicts = accept([note(occurred_at=when, people=people) | {"source": one} for one in sources], by="tests", at=AT)
    while follow_pending(at=AT):
        pass
    return [one.receipt for one in verdicts]


def add_seats(world: World) -> None:
    for agency, roles in ((COUNCIL, SEATS), (POLICE, NOBODY)):
        one = seat_at(f"z-seat-at-{agency}", "social_worker", agency)
        world.add("seat", f"a seat at {agency}", [one.key], roles)
        world.add("change_seat", f"a seat at {agency}", [one.key, "suspend"], roles)


def add_imports(world: World) -> None:
    """Somebody of each of two agencies looked at a file; the report quotes a row of it."""
    for agency, roles in ((COUNCIL, INFORMATION), (POLICE, NOBODY)):
        by = seat_at(f"z-imports-at-{agency}", "information_officer", agency)
        run = import_by(by, world.word(f"a row of {agency}", roles))
        world.add("import_report", f"looked at by {agency}", [run.key], roles)
        world.add("import_take_in", f"looked at by {agency}", [run.key], roles, acts=False)
    world.add("import_rejects", f"looked at by {agency}", [run.key, 0], NOBODY)


def import_by(by: Practitioner, value: str) -> ImportRun:
    counts = {"accepted": 0, "unchanged": 0, "superseded": 0, "rejected": 1}
    example = {"row": 2, "field": "name", "rule": "A name is needed", "value": value, "mend": "Write it"}
    file = {"path": "children.csv", "left_out": {}, "groups": [{"count": 1, "example": example}], **counts}
    report = {"files": [file], "totals": counts | {"left_out": 0}, "seconds": 1}
    done = {"dry_run": True, "state": "done", "names": ["children.csv"], "report": report}
    return ImportRun.objects.create(by=by, asked_at=AT, began_at=AT, ended_at=AT, **done)


def add_rows_to_mend(world: World) -> None:
    """Files with the rows that were not taken in, beside the reports: where a test keeps uploads in its own folder."""
    for thing in world.things["import_report"]:
        run = ImportRun.objects.get(key=thing.args[0])
        run.folder.mkdir()
        (run.folder / "rows.csv").write_text(world.word(f"a file of rows {thing.words}", thing.roles))
        run.report["files"][0]["rejects"] = "rows.csv"
        run.save(update_fields=["report"])
        world.add("import_rejects", thing.words, [run.key, 0], thing.roles)


def add_pairs(world: World) -> None:
    """Two pairs for whoever reviews links, one of them decided; and two of restricted children, for nobody here."""
    by = seat_at("z-reviewer", "information_officer", COUNCIL)
    for words, roles in (("a pair", INFORMATION), ("a pair of a restricted child", NOBODY)):
        waits, decided = pair(world.word(words, roles)), pair(world.word(words, roles))
        decision = decide_pair(question=decided, verdict="different", because="They met", by=by, at=AT)
        if not roles:
            for one in (waits, decided):
                restrict(person=one.left.person, readers=[], by=world.manager, at=AT, because="Moved")
        for name in ("link_pair", "link_pair_tie"):
            world.add(name, words, [waits.pk], roles)
        world.add("link_undo", words, [decision.pk], roles)


def pair(reason: str) -> LinkQuestion:
    left, right = record(another_child(), POLICE), record(another_child(), COUNCIL)
    return LinkQuestion.objects.create(left=left, right=right, weight=5, reason=reason, asked_at=AT)
