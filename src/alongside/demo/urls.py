from django.urls import path

from . import views

urlpatterns = [path("demo/be-someone/", views.be_someone, name="be_someone")]
