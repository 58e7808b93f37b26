from django.urls import path

from . import ending_views, given_views, left_views, received_views, views
from .models import Page

urlpatterns = [
    path("child/<str:reference>/share/", views.share, name="share"),
    path("child/<str:reference>/share/now/", views.share_now, name="share_now"),
    path("child/<str:reference>/share/not/", views.share_not, name="share_not"),
    path("child/<str:reference>/share/draft/", views.share_draft, {"page": Page.SHARE}, name="share_draft"),
    path("child/<str:reference>/share/now/draft/", views.share_draft, {"page": Page.SHARE_NOW}, name="share_now_draft"),
    path("child/<str:reference>/share/not/draft/", views.share_draft, {"page": Page.SHARE_NOT}, name="share_not_draft"),
    path("child/<str:reference>/shared/", views.child_shared, name="child_shared"),
    path("given/", given_views.what_i_gave, name="what_i_gave"),
    path("given/<int:pk>/", given_views.gave, name="gave"),
    path("given/<int:pk>/rest/", given_views.rest, name="share_rest"),
    path("given/<int:pk>/left/", given_views.left, name="share_left"),
    path("given/<int:pk>/left/told/", given_views.left_told, name="share_left_told"),
    path("given/<int:pk>/left/again/", left_views.left_again, name="share_left_again"),
    path("given/<int:pk>/left/word/", left_views.left_word, name="share_left_word"),
    path("given/<int:pk>/told/", given_views.told, name="share_told"),
    path("given/<int:pk>/rang/", given_views.rang, name="share_rang"),
    path("given/<int:pk>/paper/", given_views.paper, name="share_paper"),
    path("given/<int:pk>/second/", given_views.second, name="share_second"),
    path("given/<int:pk>/end/", ending_views.end_as_lead, name="share_end"),
    path("given/running/", ending_views.running, name="share_running"),
    path("given/running/<int:pk>/", ending_views.end_as_office, name="share_running_one"),
    path("received/", received_views.received, name="received"),
    path("received/<int:pk>/", received_views.received_one, name="received_one"),
]
