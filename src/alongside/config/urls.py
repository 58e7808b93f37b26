"""Every page's address: each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.config import health, who_looked

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.my_day.urls")),
    path("", include("alongside.oversight.urls")),
    path("", include("alongside.meetings.urls")),
    path("", include("alongside.access_requests.urls")),
    path("", include("alongside.sharing.urls")),
    path("", include("alongside.chronology.urls")),
    path("", include("alongside.contributions.urls")),
    path("", include("alongside.connectors.urls")),
    path("", include("alongside.linkage.urls")),
    path("", include("alongside.web.urls")),
    path("", include("alongside.agencies.urls")),
    path("", include("alongside.keeping.urls")),
    path("health/", health.health, name="health"),
    path("who-looked/", who_looked.who_looked, name="who_looked"),
    path("api/v1/", include("alongside.contributions.api_urls")),
    path("healthz", health.alive, name="alive"),
    path("", include("alongside.demo.urls")),
]

handler400 = "alongside.web.errors.unreadable"
handler403 = "alongside.web.errors.refused"
handler404 = "alongside.web.errors.not_found"
handler500 = "alongside.web.errors.failed"
