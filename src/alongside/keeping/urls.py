from django.urls import path

from . import views

urlpatterns = [
    path("keeping/", views.keeping, name="keeping"),
    path("keeping/hold/", views.find_to_hold, name="find_to_hold"),
    path("keeping/hold/<slug:receipt>/", views.hold, name="hold"),
    path("keeping/holds/<int:pk>/lift/", views.lift, name="lift_hold"),
    path("keeping/proposals/<int:pk>/", views.proposal, name="proposal"),
    path("disposed-of/", views.disposed, name="disposed"),
    path("disposed-of/<int:pk>/let-in/", views.let_in, name="let_in"),
    path("keeping/notices/<int:pk>/done/", views.copies_seen_to, name="copies_seen_to"),
]
