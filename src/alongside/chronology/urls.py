from django.urls import path

from . import closing_views, emergency_views, find_views, record_views, release_views, views

urlpatterns = [
    path("find/", find_views.ask, name="find"),
    path("find/<str:key>/", find_views.results, name="find_results"),
    path("child/<str:reference>/", views.child, name="child"),
    path("child/<str:reference>/timeline/", views.timeline, name="child_timeline"),
    path("child/<str:reference>/entry/<str:receipt>/", views.entry, name="child_entry"),
    path("child/<str:reference>/records/", record_views.records, name="child_records"),
    path("child/<str:reference>/records/<int:pk>/not/", record_views.not_this_child, name="child_not_this"),
    path("child/<str:reference>/involved/<int:pk>/confirm/", record_views.confirm, name="child_confirm"),
    path("child/<str:reference>/who-looked/", views.looked, name="child_looked"),
    path("child/<str:reference>/number/<str:which>/", views.number, name="child_number"),
    path("child/<str:reference>/places.geojson", views.places, name="child_places"),
    path("child/<str:reference>/emergency/", emergency_views.emergency, name="child_emergency"),
    path("child/<str:reference>/tie/", closing_views.tie, name="child_tie"),
    path("child/<str:reference>/restriction/", closing_views.restriction, name="child_restriction"),
    path("child/<str:reference>/restriction/leave-out/<slug:key>/", closing_views.leave_out, name="child_leave_out"),
    path("child/<str:reference>/restriction/lift/", closing_views.lift, name="child_lift"),
    path("release/<slug:receipt>/", release_views.release_told, name="release_told"),
    path("ties/", closing_views.ties, name="ties"),
    path("ties/<int:pk>/end/", closing_views.end_tie, name="end_tie"),
]
