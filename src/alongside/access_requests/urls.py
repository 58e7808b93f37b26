from django.urls import path, re_path

from . import views, work_views

urlpatterns = [
    path("access-requests/", views.access_requests, name="access_requests"),
    path("access-requests/new/", views.log, name="access_log"),
    path("access-requests/<int:pk>/", views.access_request, name="access_request"),
    path("access-requests/<int:pk>/extend/", views.extend, name="access_extend"),
    path("access-requests/<int:pk>/tie/", views.tie, name="access_tie"),
    path("access-requests/<int:pk>/collect/", views.collect, name="access_collect"),
    path("access-requests/<int:pk>/item/<int:item_pk>/", work_views.item, name="access_item"),
    path("access-requests/<int:pk>/item/<int:item_pk>/mark/<int:mark_pk>/", work_views.unmark, name="access_unmark"),
    path("access-requests/<int:pk>/ready/", work_views.ready, name="access_ready"),
    path("access-requests/<int:pk>/release/", work_views.release, name="access_release"),
    re_path(r"^access-requests/(?P<pk>\d+)/pack\.(?P<form>pdf|json)$", work_views.pack, name="access_pack"),
]
