from django.urls import path

from . import notice_views, views

urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("emergency-access/", notice_views.queue, name="emergency_queue"),
    path("emergency-notice/<int:pk>/", notice_views.notice, name="emergency_notice"),
]
