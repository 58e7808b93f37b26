"""Each time somebody brought files in by the page: who, when, and what became of every row."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models

from alongside.agencies.models import Practitioner

PIECE = 1024 * 1024


class State(models.TextChoices):
    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Being read"
    DONE = "done", "Done"
    FAILED = "failed", "Stopped"


class ImportRun(models.Model):
    """Some files that were looked at (`dry_run`) or taken in. Its uploads and rejects lie in `folder`."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="imports")
    dry_run = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    names = models.JSONField(default=list)
    size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    # Errors are grouped by rule here; each one stands in report.json in the folder.
    report = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # When what it kept of its files, so that they could be mended, was taken away: the counts stay.
    rows_cleared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(began_at__isnull=False) | models.Q(ended_at=None),
                name="an_import_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.names)} files, {self.state}"

    @property
    def folder(self) -> Path:
        return settings.UPLOADS / str(self.key)

    @property
    def paths(self) -> list[Path]:
        """The uploads that still lie in the folder, in the order in which they were chosen."""
        return [self.folder / str(number) / name for number, name in enumerate(self.names)]

    @property
    def is_under_way(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def can_be_taken_in(self) -> bool:
        """A preview that found something to take in or to bring up to date, its files still here."""
        totals = self.report.get("totals", {})
        something = totals.get("accepted", 0) + totals.get("superseded", 0) > 0
        return self.dry_run and self.state == State.DONE and something and all(path.is_file() for path in self.paths)

    @property
    def a_second(self) -> int:
        """Rows a second so far, 0 before it can be told."""
        if self.began_at is None or self.ended_at is None:
            return 0
        return round(self.rows / max((self.ended_at - self.began_at).total_seconds(), 0.001))


class TakenFile(models.Model):
    """A file by what is in it: how many of its rows, from the first, have been taken in. They say nothing new when
    they come again, though something else was said since; the same words in another file may take that back."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["size"], name="files_taken_in_by_size")]

    def __str__(self) -> str:
        return f"{self.digest[:8]}, {self.rows} rows"

    @classmethod
    def of(cls, path: Path, *, at: datetime) -> "TakenFile":
        """As it was left. One that grew since, as a list to which each night adds, begins where it ended then. What
        cannot be read has no rows to remember."""
        size = 0
        try:
            size = path.stat().st_size
            before = cls.objects.filter(size__lt=size).order_by("size").values_list("size", flat=True).distinct()
            *digests, whole = digests_of(path, [*before, size])
        except OSError:
            digests, whole = [], ""
        known = cls.objects.filter(digest__in=[*digests, whole]).order_by("-size").first()
        return cls(digest=whole, size=size, rows=known.rows if known else 0, at=at)

    def has_come_to(self, rows: int) -> None:
        """Remembered with the rows themselves, in their transaction; never fewer than another import of it came to."""
        new = {"size": self.size, "rows": self.rows, "at": self.at}
        kept, _ = TakenFile.objects.select_for_update().get_or_create(digest=self.digest, defaults=new)
        self.rows = kept.rows = max(rows, self.rows, kept.rows)
        kept.save(update_fields=["rows"])


def digests_of(path: Path, sizes: Iterable[int]) -> list[str]:
    """Of so much of the file, each from its beginning: the sizes rise, the last is the whole."""
    found, read, hashed = [], 0, hashlib.sha256()
    with path.open("rb") as file:
        for size in sizes:
            while read < size and (piece := file.read(min(PIECE, size - read))):
                hashed.update(piece)
                read += len(piece)
            found.append(hashed.hexdigest())
    return found
