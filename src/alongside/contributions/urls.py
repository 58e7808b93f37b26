from django.urls import path

from . import front_door_views, police_views, sent_views, supervision_views, views

urlpatterns = [
    path("tell/", views.tell_partners, name="tell_partners"),
    path("tell/send-a-notification/", views.begin_telling, name="send_notification"),
    path("tell/draft/<uuid:key>/", views.go_on, name="go_on"),
    path("tell/<slug:kind>/", views.begin_telling, name="begin_telling"),
    path("tell/<slug:kind>/<uuid:key>/<slug:step>/", views.tell_step, name="tell_step"),
    path("sent/", sent_views.what_i_sent, name="what_i_sent"),
    path("sent/<slug:receipt>/", sent_views.receipt, name="receipt"),
    path("sent/<slug:receipt>/correct/", sent_views.correct, name="correct"),
    path("sent/<slug:receipt>/withdraw/", sent_views.withdraw, name="withdraw"),
    path("team-sent/", supervision_views.team_sent, name="team_sent"),
    path("team-sent/<slug:receipt>/", supervision_views.look_over, name="look_over"),
    path("urgent/", police_views.urgent, name="urgent"),
    path("urgent/<slug:receipt>/", police_views.urgent_told, name="urgent_told"),
    path("came-in/", front_door_views.not_opened, name="not_opened"),
    path("came-in/<slug:receipt>/", front_door_views.came_in, name="came_in"),
    path("intelligence/", police_views.intelligence, name="intelligence"),
    path("intelligence/<slug:receipt>/", police_views.grade, name="grade"),
]
