"""Why two records may be one child: what agrees, what differs, and how much each counts, in words."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord, NameKey
from alongside.people.queries import not_closed

from .models import LinkQuestion
from .pairs import score_one
from .record import as_compared
from .sounds import name_keys

# Bits of evidence → how much it counts. Four steps each way; nobody is shown a percentage.
STEPS = (1.0, 4.0, 8.0)
NONE = "None recorded"
BOTH = "From both records together"
SCHOOL = "School or college (its number)"
# Shown for every pair, weighed or not.
ALWAYS = ("Date of birth", "Sex", "Postcode", SCHOOL)
MOST = 20
COUNTS = ("a little", "something", "a lot", "a great deal")


@dataclass(frozen=True)
class Row:
    """One line of the comparison. `strength` runs from -4 (against, a great deal) to 4 (for, a great deal)."""

    field: str
    left: str
    right: str
    words: str
    strength: int

    @property
    def counts(self) -> str:
        if not self.strength:
            return "does not count either way"
        return f"counts {COUNTS[abs(self.strength) - 1]}, {'for' if self.strength > 0 else 'against'}"


def strength_of(weight: float) -> int:
    """Bits as one of nine steps."""
    if abs(weight) < 0.25:
        return 0
    step = 1 + sum(abs(weight) >= limit for limit in STEPS)
    return step if weight > 0 else -step


def explain(question: LinkQuestion, *, viewer: Practitioner) -> list[Row]:
    """Each field that was compared, with both values as the agencies hold them, for this viewer."""
    left, right = question.left, question.right
    pair = score_one(as_compared(left), [as_compared(right)])[0]
    compared = [
        Row(part.field, shown(left, part.field), shown(right, part.field), part.level, strength_of(part.weight))
        for part in pair.contributions
    ]
    named = {row.field for row in compared}
    beside = [_row(field, shown(left, field), shown(right, field)) for field in ALWAYS if field not in named]
    if strength_of(pair.kin):
        words = "What agrees, a brother, a sister or a parent might share"
        beside.append(Row("Family", BOTH, BOTH, words, strength_of(pair.kin)))
    beside_them = (others_at_home(question, one, viewer=viewer) for one in (left, right))
    at_home = [", ".join(map(_in_a_line, others)) or NONE for others in beside_them]
    return [*compared, *beside, _row("Others of this name at home", *at_home)]


def _row(field: str, left: str, right: str) -> Row:
    """What whoever decides looks for and the comparison did not weigh."""
    words = "Not known of both" if NONE in {left, right} else "The same" if left == right else "Not the same"
    return Row(field, left, right, words, 0)


def others_at_home(question: LinkQuestion, record: AgencyRecord, *, viewer: Practitioner) -> list[AgencyRecord]:
    """Children besides these two whom some agency knows by this family name at this postcode: brothers and sisters,
    most often. Each given name once; none whose record a tie or a restriction closes to the viewer."""
    if not record.family_name or not record.postcode:
        return []
    pair = (question.left, question.right)
    # By the keys of the name first: they are indexed, a name is not.
    alike = NameKey.objects.filter(key__in=name_keys(record.family_name)).values("record")
    same = AgencyRecord.objects.filter(pk__in=alike, family_name__iexact=record.family_name, postcode=record.postcode)
    others = same.exclude(pk__in=[one.pk for one in pair]).exclude(
        given_name__in=["", *(one.given_name for one in pair)]
    )
    people = [one.person_id for one in pair if one.person_id]
    apart = others.filter(Q(person=None) | (~Q(person__in=people) & not_closed(viewer, "person")))
    first = {one.given_name: one for one in apart.select_related("person").order_by("-date_of_birth", "pk")[:MOST]}
    return list(first.values())


def _in_a_line(record: AgencyRecord) -> str:
    born = f" (born {record.date_of_birth[:4]})" if record.date_of_birth else ""
    return f"{record.given_name}{born}"


def shown(record: AgencyRecord, field: str) -> str:
    """What stands on this record under the field's label; an identifier shows its last four signs only."""
    values = {
        "Name": record.full_name,
        "Given name": record.given_name,
        "Family name": record.family_name,
        "Also known as": ", ".join(record.aliases),
        "Date of birth": record.date_of_birth,
        "Postcode": record.postcode,
        "Sex": record.sex,
        SCHOOL: record.school_urn,
        "NHS number": masked(record.nhs_number),
        "Unique pupil number": masked(record.upn),
        "LA child id": masked(record.la_child_id),
    }
    return values.get(field, "") or NONE


def masked(number: str) -> str:
    return f"••• {number[-4:]}" if number else ""
