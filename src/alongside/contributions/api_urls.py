from django.urls import path

from .api import api, openapi

urlpatterns = [path("openapi.json", openapi, name="openapi"), path("", api.urls)]
