from django.urls import path

from . import closing_views, emergency_views, find_views, record_views, release_views, tie_views, views

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
    path("release/<slug:receipt>/tie/", tie_views.release_tie, name="release_told_tie"),
    path("intelligence/<slug:receipt>/tie/", tie_views.grade_tie, name="grade_tie"),
    path("urgent/<slug:receipt>/tie/", tie_views.urgent_tie, name="urgent_told_tie"),
    path("team-sent/<slug:receipt>/tie/", tie_views.look_over_tie, name="look_over_tie"),
    path("came-in/<slug:receipt>/tie/", tie_views.came_in_tie, name="came_in_tie"),
    path("same-child/<int:pk>/tie/", tie_views.pair_tie, name="link_pair_tie"),
    path("emergency-notice/<int:pk>/tie/", tie_views.notice_tie, name="emergency_notice_tie"),
    path("ties/", closing_views.ties, name="ties"),
    path("ties/<int:pk>/end/", closing_views.end_tie, name="end_tie"),
]
