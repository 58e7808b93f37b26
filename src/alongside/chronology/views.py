"""The pages of one child. Each is behind the one guard of `guard.py`."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.contributions.front_door import opened
from alongside.contributions.grading import grade_seen_by
from alongside.places.queries import map_as_geojson

from . import queries
from .banner import banner_for, numbers_of
from .filters import choices_of, chosen_in, earlier_address, held_in, key_in, removable
from .guard import Look, also_shown, looks_at_child, looks_at_entry
from .latest import owed_on
from .models import ChronologyEntry
from .named_in import OnlyNamed, part_in_words
from .overview import all_agencies, involved_of, looked_in_words, on_the_map, overview_context
from .releasing import releasable, releases_of
from .telling import happened, items_of, months_of
from .together import with_owed
from .versions import versions_in_words
from .waits import with_waits

SEE = Permission.SEE_CHILDREN


@looks_at_child(SEE, what="child page", least=Level.KNOWN)
@require_safe
def child(request: HttpRequest, look: Look) -> HttpResponse:
    """The first page of a child; for whoever may only know of the child, whom to call."""
    if look.level is not Level.TEAM:
        card = {"look": look, "person": look.person, "involved": involved_of(look)}
        return render(request, "chronology/contact_card.html", card)
    banner = banner_for(look, page="child", today=timezone.localdate(look.at))
    for_paper = "print" in request.GET
    context = overview_context(look, banner, period=request.GET.get("period", "6"), for_paper=for_paper)
    return render(request, "chronology/child.html", context | {"for_paper": for_paper})


@looks_at_child(SEE, what="timeline")
@require_safe
def timeline(request: HttpRequest, look: Look) -> HttpResponse:
    """Everything this reader may see, newest first, 25 a page."""
    chosen = chosen_in(request.GET)
    entries, before = queries.timeline(**look.asks, chosen=chosen, before=key_in(request.GET))
    choices, agencies = choices_of(queries.facets_of(**look.asks), chosen), all_agencies()
    items = with_owed(items_of(entries), owed_on(entries, look, agencies), agencies)
    banner = banner_for(look, page="child_timeline", today=timezone.localdate(look.at))
    context = banner | {
        "months": months_of(with_waits(items, banner["waits"], today=banner["today"])),
        "choices": choices,
        "removable": removable(choices, chosen),
        "earlier": earlier_address(held_in(choices, chosen), before),
        "new_since": chosen.since or queries.last_visit(look.viewer, look.person, at=look.at),
        "only_new": chosen.since is not None,
    }
    return render(request, "chronology/timeline.html", context)


@looks_at_entry(SEE)
@require_safe
def entry(request: HttpRequest, look: Look, found: ChronologyEntry, named: OnlyNamed | None) -> HttpResponse:
    """One entry in full, with every version of what was told; of somebody only named in it, that they were."""
    context = banner_for(look, page="child_timeline", today=timezone.localdate(look.at)) | {
        "entry": found,
        "happened": happened(found),
        "part": part_in_words(found.role),
    }
    if named:
        also_shown(look, "named in an entry", {one.person.reference for one in named.elsewhere})
        return render(request, "chronology/only_named.html", context | {"elsewhere": named.elsewhere})
    opened(found.contribution.receipt, by=look.viewer)
    context |= {
        "grades": [grade] if (grade := grade_seen_by(look.viewer, found.contribution)) else [],
        "releases": releases_of(look.viewer, found.contribution),
        "may_release": releasable(look.viewer, found.contribution.receipt) is not None,
        "versions": versions_in_words(
            queries.versions_of(found, viewer=look.viewer, level=look.level), record=found.record.reference
        ),
    }
    return render(request, "chronology/entry.html", context)


@looks_at_child(SEE, what="who looked")
@require_safe
def looked(request: HttpRequest, look: Look) -> HttpResponse:
    """Who has looked at this child in the last year: emergency uses first, then by agency, then one by one."""
    agencies = all_agencies()
    lines, before = queries.who_looked(look.person, at=look.at, before=key_in(request.GET))
    context = banner_for(look, page="child_looked", today=timezone.localdate(look.at)) | {
        "looked": looked_in_words(lines, agencies),
        "earlier": earlier_address({}, before),
        "by_agency": [(agencies[slug].short_name, n) for slug, n in queries.looks_by_agency(look.person, at=look.at)],
        "emergencies": queries.emergencies(look.person),
    }
    return render(request, "chronology/looked.html", context)


@looks_at_child(SEE, what="identifier")
@require_POST
def number(request: HttpRequest, look: Look, which: str) -> HttpResponse:
    """One identifier, shown because somebody asked, which the ledger keeps."""
    context = banner_for(look, page="child", today=timezone.localdate(look.at))
    shown = [one for one in numbers_of(context["records"]) if one.key == which]
    if not shown:
        raise Http404
    return render(request, "chronology/number.html", context | {"shown": shown})


@looks_at_child(SEE, what="map")
@require_safe
def places(request: HttpRequest, look: Look) -> HttpResponse:
    """The numbered places and the areas around them as GeoJSON, when the map is opened."""
    return JsonResponse(map_as_geojson((one.number, one.longitude, one.latitude) for one in on_the_map(look)))
