from django.urls import path

from alongside.agencies import account_views, factor_views, join_views, limit_views, seat_views, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/passkey/", views.sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/second-factor/", factor_views.ask_second_factor, name="second_factor"),
    path("sign-in/set-up/", factor_views.set_up_factor, name="set_up_factor"),
    path("sign-in/with/<slug:agency>/", join_views.sign_in_with, name="sign_in_with"),
    path("sign-in/with/<slug:agency>/back/", join_views.sign_in_back, name="sign_in_back"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("join/", join_views.join, name="join"),
    path("join/<str:token>/", join_views.join_with, name="join_with"),
    path("my-account/", views.my_account, name="my_account"),
    path("my-account/password/", account_views.own_password, name="own_password"),
    path("my-account/sessions/", account_views.own_sessions, name="own_sessions"),
    path("my-account/sessions/end-others/", account_views.end_other_sessions, name="end_other_sessions"),
    path("my-account/sessions/<uuid:key>/end/", account_views.end_session, name="end_session"),
    path("my-account/second-factor/", factor_views.factors, name="factors"),
    path("my-account/second-factor/app/", factor_views.set_up_app, name="set_up_app"),
    path("my-account/second-factor/passkey/", factor_views.set_up_passkey, name="set_up_passkey"),
    path("my-account/second-factor/codes/", factor_views.recovery_codes, name="recovery_codes"),
    path("my-account/second-factor/<int:number>/take-away/", factor_views.take_factor_away, name="take_factor_away"),
    path("why-so-many/<slug:measure>/", limit_views.why_so_many, name="why_so_many"),
    path("our-people/", seat_views.our_people, name="our_people"),
    path("our-people/invite/", seat_views.invite, name="invite"),
    path("our-people/<slug:key>/", seat_views.seat, name="seat"),
    path("our-people/<slug:key>/<slug:verb>/", seat_views.change_seat, name="change_seat"),
]
