"""Our pages, and the Django admin's list of the same entries."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import include, path

from alongside.chronology.models import ChronologyEntry


class EntryAdmin(admin.ModelAdmin):
    """What somebody would set up in an afternoon: a page of one child's entries with what each says."""

    list_display = ("occurred_at", "agency", "kind", "title", "summary", "place", "contribution")
    list_filter = ("agency", "kind")
    list_per_page = 25
    list_select_related = ("agency", "contribution")
    ordering = ("-occurred_at",)

    def has_view_permission(self, request: HttpRequest, obj: ChronologyEntry | None = None) -> bool:
        return True

    has_module_permission = has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class Peer(admin.AdminSite):
    """Open to anybody signed in: the peer asks no policy, which is in its favour."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


peer = Peer("peer")
peer.register(ChronologyEntry, EntryAdmin)

urlpatterns = [path("peer/", peer.urls), path("", include("alongside.config.urls"))]
