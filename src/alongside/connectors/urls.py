"""The addresses of the import pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("import/", views.import_files, name="import"),
    path("import/<uuid:key>/", views.import_report, name="import_report"),
    path("import/<uuid:key>/take-in/", views.import_take_in, name="import_take_in"),
    path("import/<uuid:key>/to-mend/<int:number>/", views.import_rejects, name="import_rejects"),
]
