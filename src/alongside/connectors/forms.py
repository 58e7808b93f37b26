"""Choosing files to bring in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from .safety import MEGABYTE

LARGEST = 250 * MEGABYTE
MOST_FILES = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = SeveralFiles({"class": "govuk-file-upload"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each chosen file. An empty one is let through: the report says what is wrong with it."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise ValidationError("Choose at least one file", code="required")
        if len(files) > MOST_FILES:
            raise ValidationError(f"Choose {MOST_FILES} files or fewer at a time", code="too_many")
        for file in files:
            if file.size > LARGEST:
                words = (
                    f"{file.name} is larger than {LARGEST // MEGABYTE} MB. Ask for it to be loaded from the terminal"
                )
                raise ValidationError(words, code="too_big")
        return list(files)


class ImportForm(forms.Form):
    files = FilesField(
        label="Files",
        help_text=(
            f"Up to {MOST_FILES} files of {LARGEST // MEGABYTE} MB each. "
            "Their names do not matter: we look at what they hold."
        ),
    )
