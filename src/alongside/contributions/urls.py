from django.urls import path

from . import views

urlpatterns = [
    path("tell/", views.tell_partners, name="tell_partners"),
    path("tell/send-a-notification/", views.begin_telling, name="send_notification"),
    path("tell/draft/<uuid:key>/", views.go_on, name="go_on"),
    path("tell/<slug:kind>/", views.begin_telling, name="begin_telling"),
    path("tell/<slug:kind>/<uuid:key>/<slug:step>/", views.tell_step, name="tell_step"),
    path("sent/", views.what_i_sent, name="what_i_sent"),
    path("sent/<slug:receipt>/", views.receipt, name="receipt"),
]
