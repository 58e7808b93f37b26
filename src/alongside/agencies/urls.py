from django.urls import path

from alongside.agencies import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("my-account/", views.my_account, name="my_account"),
]
