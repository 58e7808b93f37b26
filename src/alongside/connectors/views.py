"""Bringing files in, and reading what was and was not taken in."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.agencies.held_back import held_back
from alongside.agencies.sessions import asks_by_itself
from alongside.ledger.models import Operation, record
from alongside.web.exports import marked

from . import actions, tasks
from .formats import CONNECTORS
from .forms import ImportForm
from .models import ImportRun
from .queries import imports_seen_by

LATEST = 10


@requires(Permission.IMPORT_FILES)
@require_http_methods(["GET", "HEAD", "POST"])
def import_files(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        dry_run, files = request.POST.get("do") != "take_in", form.cleaned_data["files"]
        run = actions.keep_uploads(files=files, dry_run=dry_run, by=request.user, at=timezone.now())
        tasks.soon(run)
        return redirect("import_report", key=run.key)
    runs = imports_seen_by(request.user)[:LATEST]
    return render(request, "connectors/import.html", {"form": form, "runs": runs, "formats": CONNECTORS})


def run_looked_at(request: HttpRequest, key: UUID, what: str) -> ImportRun:
    """The run, once the ledger knows who reads it: a report quotes what the files hold of children."""
    run = get_object_or_404(imports_seen_by(request.user), key=key)
    # While it goes on the page only counts, and asks again by itself.
    if run.is_under_way and asks_by_itself(request):
        return run
    record(Operation.VIEW, what, by=request.user, at=timezone.now(), about=f"import:{run.key}")
    return run


@requires(Permission.IMPORT_FILES)
@require_safe
def import_report(request: HttpRequest, key: UUID) -> HttpResponse:
    run = run_looked_at(request, key, "import report")
    page = "_import_state.html" if "HX-Request" in request.headers else "report.html"
    response = render(request, f"connectors/{page}", {"run": run, "now": timezone.now()})
    response.headers["Vary"] = "HX-Request"
    return response


@requires(Permission.IMPORT_FILES)
@require_POST
def import_take_in(request: HttpRequest, key: UUID) -> HttpResponse:
    preview = get_object_or_404(imports_seen_by(request.user), key=key)
    if not preview.can_be_taken_in:
        return redirect("import_report", key=key)
    run = actions.take_in(preview=preview, by=request.user, at=timezone.now())
    tasks.soon(run)
    return redirect("import_report", key=run.key)


@requires(Permission.IMPORT_FILES)
@require_safe
def import_rejects(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    if instead := held_back(request, Measure.EXPORT, at=timezone.now()):
        return instead
    run = run_looked_at(request, key, "rows to mend")
    files = run.report.get("files", [])
    rejects = files[number].get("rejects") if number < len(files) else ""
    if not rejects or not (run.folder / rejects).is_file():
        raise Http404("There are no rows to mend.")
    path = run.folder / rejects
    # The file's own name is its sender's, who may have called it by a child's.
    name = f"rows-to-mend-{str(run.key)[:8]}-{number + 1}{path.suffix}"
    return marked(FileResponse(path.open("rb"), content_type="application/octet-stream"), name)
