"""Places and spaces: areas, schools and colleges, and what is publicly known to have happened near a point."""

from typing import Self

from django.db import models

from .outlines import bounds


class AreaKind(models.TextChoices):
    LSOA = "lsoa", "Neighbourhood (LSOA)"
    MSOA = "msoa", "Larger neighbourhood (MSOA)"
    WARD = "ward", "Ward"
    DISTRICT = "district", "Local authority"


class Area(models.Model):
    """A statistical or electoral area, with its outline (GeoJSON geometry, WGS84) where one was given."""

    code = models.CharField(max_length=9, primary_key=True)
    kind = models.CharField(max_length=10, choices=AreaKind)
    edition = models.CharField(max_length=10)
    name = models.CharField(max_length=120, blank=True, default="")
    outline = models.JSONField(null=True, blank=True)
    # Between which longitudes and latitudes the outline lies, so that areas near a point are found without it.
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code

    def bounded(self) -> Self:
        """Itself, knowing between which longitudes and latitudes its outline lies."""
        around = bounds(self.outline) if self.outline else None
        self.west, self.south, self.east, self.north = around or (None,) * 4
        return self


class Deprivation(models.Model):
    """One edition's rank and decile for one area (1 = most deprived). Kept apart from Area: an edition names
    areas of the whole country, of which a partnership holds the outlines of a few."""

    area_code = models.CharField(max_length=9)
    edition = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)
    rank = models.PositiveIntegerField(null=True)
    decile = models.PositiveSmallIntegerField()
    score = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "edition", "domain"], name="an_area_has_one_rank_an_edition_and_domain"
            ),
            models.CheckConstraint(condition=models.Q(decile__range=(1, 10)), name="a_decile_is_1_to_10"),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.edition} {self.domain}"


class Establishment(models.Model):
    """A school, college or other place of education, as GIAS lists it. No name of a member of staff is kept."""

    urn = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=200)
    phase = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=100, blank=True, default="")
    status = models.CharField(max_length=60, blank=True, default="")
    la_code = models.CharField(max_length=3, blank=True, default="")
    establishment_number = models.CharField(max_length=4, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    town = models.CharField(max_length=100, blank=True, default="")
    lsoa_code = models.CharField(max_length=9, blank=True, default="")
    easting = models.PositiveIntegerField(null=True)
    northing = models.PositiveIntegerField(null=True)
    low_age = models.PositiveSmallIntegerField(null=True)
    high_age = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["name", "urn"]

    def __str__(self) -> str:
        return self.name


class AnonymousIncident(models.Model):
    """A crime as police.uk publishes it: a month and a snapped street point, never a person or a real address.

    `key` is the published Crime ID, or for rows without one the content and its turn in the file.
    """

    key = models.CharField(max_length=80, primary_key=True)
    force = models.CharField(max_length=80)
    month = models.CharField(max_length=7)
    category = models.CharField(max_length=60)
    street = models.CharField(max_length=160, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    lsoa_code = models.CharField(max_length=9, blank=True, default="")
    outcome = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["lsoa_code", "month"], name="incidents_by_area_and_month")]

    def __str__(self) -> str:
        return f"{self.category}, {self.month}"
