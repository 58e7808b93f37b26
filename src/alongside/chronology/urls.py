from django.urls import path

from . import find_views, limit_views, record_views, views

urlpatterns = [
    path("why-so-many/<slug:measure>/", limit_views.why_so_many, name="why_so_many"),
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
    path("child/<str:reference>/emergency/", views.emergency, name="child_emergency"),
]
