"""What a reader may see of a child's timeline. Every other look begins at `entries_seen_by`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.access.rules import Handling, Level, may_see_entry, parse_handling
from alongside.agencies.models import Agency, Practitioner
from alongside.contributions.models import Contribution
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation
from alongside.linkage.queries import lines_about
from alongside.people.models import AgencyRecord, Person
from alongside.people.queries import near_the_child, not_closed

from .models import ChronologyEntry

PAGE = 25
# An incident that would be cut by the end of a page is kept whole, up to so many more accounts.
MOST_MORE = 8
ONE_VISIT = timedelta(hours=1)
# How far back those who work with a child see who has looked, and how many lines of it at a time.
YEAR, LOOKED = timedelta(days=365), 100
READ = ("child page", "timeline", "entry")
Key = tuple[datetime, int]


def may_read(viewer: Practitioner) -> Q:
    """The handlings that a reader in the team around the child may read: `access.rules`, said in SQL."""
    reader = viewer.reader
    readable = [Handling.PARTNERSHIP, Handling.TEAM]
    readable += [Handling.STATUTORY] if reader.is_statutory else []
    readable += [Handling.POLICE] if reader.sees_police_only else []
    return Q(handling__in=readable) | Q(handling=Handling.AGENCIES, readers__contains=f",{reader.agency},")


def names(viewer: Practitioner) -> Q:
    """Restricted entries that name this reader."""
    return Q(handling=Handling.RESTRICTED, readers__contains=f",{viewer.key},")


def entries_seen_by(
    viewer: Practitioner, *, at: datetime, person: Person | None = None, level: Level | None = None
) -> QuerySet[ChronologyEntry]:
    """Entries this reader may see at that moment, across children or of one. An unknown reader sees none. `level`: how
    near they stand to that one child, where the policy was asked already: it is not asked again with each query."""
    if not isinstance(viewer, Practitioner) or not viewer.is_active:
        return ChronologyEntry.objects.none()
    if person and level is Level.TEAM:
        return ChronologyEntry.objects.filter(names(viewer) | may_read(viewer), person=person)
    whose = person or "person"
    named = names(viewer) & not_closed(viewer, whose)
    near = near_the_child(viewer, at=at, person=whose)
    seen = ChronologyEntry.objects.filter(named | (may_read(viewer) & near))
    return seen.filter(person=person) if person else seen


@dataclass(frozen=True)
class Chosen:
    """What a reader chose to see of a timeline; empty chooses all."""

    agency: str = ""
    kind: str = ""
    place: str = ""
    years: tuple[int, ...] = ()
    # Only what came in since then.
    since: datetime | None = None


def entries_of(
    person: Person, *, viewer: Practitioner, at: datetime, level: Level | None = None
) -> QuerySet[ChronologyEntry]:
    """What this reader may see of one child, newest first."""
    return (
        entries_seen_by(viewer, at=at, person=person, level=level)
        .select_related("agency", "contribution__withdrawn_by", "person")
        .defer("contribution__told")
        .order_by("-occurred_at", "-pk")
    )


def chosen_of(entries: QuerySet[ChronologyEntry], chosen: Chosen) -> QuerySet[ChronologyEntry]:
    """Only what was chosen; the year is the year here, not in UTC."""
    same = {"agency": chosen.agency, "kind": chosen.kind, "place": chosen.place}
    entries = entries.filter(**{field: value for field, value in same.items() if value})
    entries = entries.filter(contribution__received_at__gt=chosen.since) if chosen.since else entries
    return entries.filter(occurred_at__year__in=chosen.years) if chosen.years else entries


def timeline(
    *,
    viewer: Practitioner,
    person: Person,
    at: datetime,
    level: Level | None = None,
    chosen: Chosen | None = None,
    before: Key | None = None,
) -> tuple[list[ChronologyEntry], Key | None]:
    """One page of a child's timeline, newest first, and the key that the next page begins before."""
    entries = chosen_of(entries_of(person, viewer=viewer, at=at, level=level), chosen or Chosen())
    if before:
        moment, pk = before
        # The first part alone can be found in the index; the second settles entries of one moment.
        entries = entries.filter(Q(occurred_at__lte=moment), Q(occurred_at__lt=moment) | Q(pk__lt=pk))
    found = list(entries[: PAGE + MOST_MORE])
    page = found[: whole(found)]
    more = len(found) > len(page)
    return page, (page[-1].occurred_at, page[-1].pk) if more else None


def whole(found: list[ChronologyEntry]) -> int:
    """How many of these make a page that does not end between two accounts of one incident."""
    last = min(PAGE, len(found))
    while last < len(found) - 1 and found[last].incident and found[last].incident == found[last - 1].incident:
        last += 1
    return last


def agencies_and_sights(
    *, viewer: Practitioner, person: Person, at: datetime, level: Level | None = None
) -> dict[str, Agency]:
    """Every agency, with `last_sight`: when it last saw the child, as far as this reader may read. What is restricted
    is left out, for the page is read over shoulders."""
    seen = entries_seen_by(viewer, at=at, person=person, level=level)
    stand = seen.filter(withdrawn=False).exclude(handling=Handling.RESTRICTED)
    sights = stand.filter(agency=OuterRef("pk"), seen_at__isnull=False, seen_at__lte=at).order_by("-seen_at")
    return Agency.objects.annotate(last_sight=Subquery(sights.values("seen_at")[:1])).in_bulk()


def records_seen_by(
    *, viewer: Practitioner, person: Person, at: datetime, level: Level | None = None
) -> QuerySet[AgencyRecord]:
    """The agencies' records that make up this person, of which the reader may read an entry: a record of an
    agency whose every entry is closed to them would tell that the agency works with the child."""
    entries = entries_seen_by(viewer, at=at, person=person, level=level)
    return (
        AgencyRecord.objects.filter(Exists(entries.filter(record=OuterRef("pk"))), person=person)
        .select_related("agency")
        .order_by("-told_at", "pk")
    )


def last_told(*, viewer: Practitioner, person: Person, at: datetime) -> dict[int, datetime]:
    """When each of their records was last told of, as far as this reader may read."""
    entries = entries_seen_by(viewer, at=at, person=person).order_by()
    return dict(entries.values_list("record").annotate(last=Max("told_at")))


@dataclass(frozen=True)
class Facets:
    """What a reader may choose from: (agency, its short name), kinds, places and years, as they occur."""

    agencies: set[tuple[str, str]]
    kinds: set[str]
    places: set[str]
    years: set[int]


def facets_of(*, viewer: Practitioner, person: Person, at: datetime, level: Level | None = None) -> Facets:
    """Of all that this reader may see of the child. The year is asked of the first and the last of a group alone:
    asked of every entry, it took most of the time of a long timeline's page."""
    entries = entries_seen_by(viewer, at=at, person=person, level=level).order_by()
    named = entries.values_list("agency", "agency__short_name", "kind", "place")
    groups = list(named.annotate(first=Min("occurred_at"), last=Max("occurred_at")))
    spans = {(_year(first), _year(last)) for *_, first, last in groups}
    years = {year for span in spans for year in span}
    between = {year for first, last in spans for year in range(first, last)} - years
    return Facets(
        agencies={(agency, name) for agency, name, *_ in groups},
        kinds={kind for _, _, kind, *_ in groups},
        places={place for _, _, _, place, *_ in groups},
        years=years | (_occurring(entries, between) if between else set()),
    )


def _year(moment: datetime) -> int:
    return timezone.localtime(moment).year


def _occurring(entries: QuerySet[ChronologyEntry], years: Iterable[int]) -> set[int]:
    """Those of these years in which something happened."""
    counted = entries.aggregate(**{str(year): Count("pk", filter=Q(occurred_at__year=year)) for year in years})
    return {int(year) for year, number in counted.items() if number}


def who_looked(
    person: Person, *, at: datetime, limit: int | None = None, before: Key | None = None
) -> tuple[list[LedgerEvent], Key | None]:
    """Who looked at this child in the last year, newest first, and the key that the next page begins before."""
    seen, limit = looks(person).filter(at__gt=at - YEAR), limit or LOOKED
    if before:
        moment, pk = before
        seen = seen.filter(Q(at__lte=moment), Q(at__lt=moment) | Q(pk__lt=pk))
    found = list(seen.order_by("-at", "-pk")[: limit + 1])
    page = found[:limit]
    return page, (page[-1].at, page[-1].pk) if len(found) > limit else None


def last_visit(viewer: Practitioner, person: Person, *, at: datetime) -> datetime | None:
    """When this reader last read this child's pages, before now: looks of the last hour are one visit."""
    seen = LedgerEvent.objects.filter(subject=subjects.child(person.reference), operation=Operation.VIEW)
    own = seen.filter(actor=viewer.key, what__in=READ, at__lt=at - ONE_VISIT)
    return own.order_by("-at").values_list("at", flat=True).first()


def looks_by_agency(person: Person, *, at: datetime) -> list[tuple[str, int]]:
    """How often each agency looked at this child in the last year, by its word."""
    counted = looks(person).filter(at__gt=at - YEAR).order_by("agency").values_list("agency")
    return list(counted.annotate(times=Count("pk")))


def looks(person: Person) -> QuerySet[LedgerEvent]:
    return lines_about(person).filter(operation=Operation.VIEW)


def emergencies(person: Person) -> list[LedgerEvent]:
    """Each time somebody opened this record in an emergency, newest first."""
    return list(lines_about(person).filter(what="emergency access").order_by("-at", "-pk"))


def entry_told(*, viewer: Practitioner, person: Person, receipt: str, at: datetime) -> ChronologyEntry | None:
    """The entry that came from that contribution, where this reader may see it."""
    told = entries_of(person, viewer=viewer, at=at).defer(None).filter(contribution__receipt=receipt)
    return told.select_related("agency", "record", "contribution__withdrawn_by").first()


def is_restricted(person: Person, receipt: str) -> bool:
    """Whether what was told under that receipt about this child is for named people only."""
    told = {"contribution__receipt": receipt, "handling": Handling.RESTRICTED}
    return ChronologyEntry.objects.filter(person=person, **told).exists()


def tellings_of(records: Iterable[int]) -> dict[AgencyRecord, list[Contribution]]:
    """Of each record the contributions that tell of them now, withdrawn ones among them."""
    told: dict[int, dict[int, Contribution]] = {}
    entries = ChronologyEntry.objects.filter(record__in=records).select_related("contribution")
    for one in entries.order_by("pk"):
        told.setdefault(one.record_id, {})[one.contribution_id] = one.contribution
    found = AgencyRecord.objects.in_bulk(records)
    return {record: list(told.get(pk, {}).values()) for pk, record in sorted(found.items())}


def versions_of(entry: ChronologyEntry, *, viewer: Practitioner, level: Level) -> list[Contribution]:
    """Every version of what was told that this reader, standing this near, may see, newest first. They may
    see the entry already; an older version may have been told to others."""
    newest = entry.contribution
    versions = Contribution.objects.filter(
        agency=newest.agency_id, system=newest.system, reference=newest.reference
    ).select_related("author", "withdrawn_by")
    return [one for one in versions.order_by("-version") if _may_read(viewer, level, one)]


def _may_read(viewer: Practitioner, level: Level, version: Contribution) -> bool:
    handling, readers = parse_handling(version.handling)
    return may_see_entry(reader=viewer.reader, level=level, handling=handling, readers=readers).allowed
