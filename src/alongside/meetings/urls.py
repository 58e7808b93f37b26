from django.urls import path

from . import views

urlpatterns = [
    path("briefing/", views.briefing, name="briefing"),
    path("briefing/pdf/", views.briefing_pdf, name="briefing_pdf"),
    path("briefing/json/", views.briefing_json, name="briefing_json"),
    path("briefing/text/", views.briefing_text, name="briefing_text"),
    path("briefing/places.geojson", views.briefing_places, name="briefing_places"),
]
