from django.urls import path

from . import views

urlpatterns = [
    path("same-child/", views.review, name="link_review"),
    path("same-child/<int:pk>/", views.pair, name="link_pair"),
    path("same-child/decisions/<int:pk>/undo/", views.undo, name="link_undo"),
]
