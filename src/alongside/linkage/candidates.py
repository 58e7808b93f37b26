"""Which records are worth comparing with the arriving ones: found by indexed keys, few queries a batch."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count

from alongside.people.models import AgencyRecord, NameKey

from .record import COMPARED, keys_of_record
from .scoring import MOST_SHARING_A_KEY


def index(records: Iterable[AgencyRecord]) -> dict[int, set[str]]:
    """Write the keys of these records afresh. Returns each record's keys."""
    keys = {record.pk: keys_of_record(record) for record in records}
    NameKey.objects.filter(record__in=keys).delete()
    _insert((pk, key) for pk, several in keys.items() for key in sorted(several))
    return keys


def _insert(rows: Iterable[tuple[int, str]]) -> None:
    """Some forty rows a record: making and saving model instances took a fifth of the time of following."""
    quote = connection.ops.quote_name
    table, record, key = (quote(name) for name in (NameKey._meta.db_table, "record_id", "key"))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({record}, {key}) VALUES (%s, %s)", list(rows))  # noqa: S608  our own names


def candidates_of(keys: dict[int, set[str]]) -> dict[int, list[int]]:
    """For each record the others that share a key with it. A key that too many share says too little."""
    asked = {key for several in keys.values() for key in several if key.startswith(COMPARED)}
    telling = (
        NameKey.objects.filter(key__in=asked)
        .values("key")
        .annotate(n=Count("pk"))
        .filter(n__gt=1, n__lte=MOST_SHARING_A_KEY)
        .values_list("key", flat=True)
    )
    holders: dict[str, set[int]] = defaultdict(set)
    for key, pk in NameKey.objects.filter(key__in=list(telling)).values_list("key", "record_id"):
        holders[key].add(pk)
    return {
        pk: sorted(set().union(*(holders[key] for key in several if key in holders)) - {pk})
        for pk, several in keys.items()
    }
