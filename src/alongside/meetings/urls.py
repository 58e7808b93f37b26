from django.urls import path

from . import action_views, views

urlpatterns = [
    path("briefing/", views.briefing, name="briefing"),
    path("briefing/pdf/", views.briefing_pdf, name="briefing_pdf"),
    path("briefing/json/", views.briefing_json, name="briefing_json"),
    path("briefing/text/", views.briefing_text, name="briefing_text"),
    path("briefing/places.geojson", views.briefing_places, name="briefing_places"),
    path("briefing/action/<str:reference>/", action_views.raised, name="raise_action"),
    path("meeting-action/<int:pk>/", action_views.done, name="tick_off"),
]
