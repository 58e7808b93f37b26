"""The addresses of the pages that belong to nobody's room."""

from django.urls import path

from alongside.web import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/words-on-labels/", views.words_on_labels, name="words_on_labels"),
    path("help/what-is-recorded/", views.recorded, name="recorded"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("components/", views.components, name="components"),
    path("components/<str:which>.geojson", views.example_geojson, name="example_geojson"),
    path("favicon.ico", views.icon, name="icon"),
    path("session/stay/", views.stay_signed_in, name="stay_signed_in"),
]
