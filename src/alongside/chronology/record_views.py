"""The agencies' records that make up a person, why each was linked, and saying that one is another's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.permissions import Permission
from alongside.linkage.actions import doubt, standing_links
from alongside.people.standings import confirm_standing

from .banner import banner_for
from .forms import NotThisChildForm
from .guard import Look, looks_at_child
from .queries import last_told


def linked(look: Look, banner: dict[str, Any]) -> list[dict[str, Any]]:
    """Each record that the reader may know of, with the link that holds it."""
    links = {link.record_id: link for link in standing_links(look.person)}
    told = last_told(viewer=look.viewer, person=look.person, at=look.at)
    return [
        {"record": one, "link": links.get(one.pk), "key": f"reference-{one.pk}", "told": told[one.pk]}
        for one in banner["records"]
    ]


@looks_at_child(Permission.SEE_CHILDREN, what="records")
@require_safe
def records(request: HttpRequest, look: Look) -> HttpResponse:
    """One card an agency: how it knows the child, and why the record is thought to be theirs."""
    banner = banner_for(look, page="child_records", today=timezone.localdate(look.at))
    said = {"linked": linked(look, banner), "may_doubt": len(banner["records"]) > 1 and not look.emergency}
    return render(request, "chronology/records.html", banner | said)


@looks_at_child(Permission.SEE_CHILDREN, what="records", changes=True)
@require_http_methods(["GET", "HEAD", "POST"])
def not_this_child(request: HttpRequest, look: Look, pk: int) -> HttpResponse:
    """Asks whoever reviews links to take one record away from this child, with a reason; nothing moves till then.
    Nobody is asked of the only record that the reader may know of, whatever others there are."""
    banner = banner_for(look, page="child_records", today=timezone.localdate(look.at))
    found = next((one for one in banner["records"] if one.pk == pk), None)
    other = next((one for one in banner["records"] if one.pk != pk), None)
    if found is None or other is None:
        raise Http404
    form = NotThisChildForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "chronology/not_this_child.html", banner | {"form": form, "record": found})
    because = form.cleaned_data["because"]
    if doubt(record_=found, other=other, by=look.viewer, at=look.at, because=because) is None:
        raise Http404
    messages.success(request, "The information officer is asked. Until they decide, the record stays here.")
    return redirect("child", look.person.reference)


@looks_at_child(Permission.FRONT_DOOR, what="involvement to confirm", changes=True)
@require_POST
def confirm(request: HttpRequest, look: Look, pk: int) -> HttpResponse:
    """The front door says that a service does work with this child."""
    standing = next((one for one in look.to_confirm if one.pk == pk), None)
    if standing is None:
        raise Http404
    confirm_standing(standing=standing, by=look.viewer, at=look.at)
    messages.success(request, f"Confirmed. The team of {standing.role} reads this record from now on.")
    return redirect("child", look.person.reference)
