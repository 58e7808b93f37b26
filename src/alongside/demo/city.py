"""The invented city: neighbourhoods, places, schools and the outlines of its small areas.

Every name is made up. Postcodes use districts LS70 to LS81: they have the form of a real postcode, and to our
knowledge no letter can be sent there, for Leeds uses LS1 to LS29, LS88, LS98 and LS99. Area codes start at
E01099001 and school numbers at 990001, beyond those issued. Coordinates lie about Leeds, so that a map looks
like a map, and stand for no real address.
"""

import random
from dataclasses import dataclass
from functools import cache

WEST, SOUTH = -1.70, 53.725
STEP_EAST, STEP_NORTH = 0.04, 0.0215
COLUMNS, ROWS = 8, 6
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
POSTCODES_A_NEIGHBOURHOOD = 150
LA_CODE = "383"

# From south-west to north-east, four in a row.
NEIGHBOURHOODS = (
    ("ashmere", "Ashmere"),
    ("crowgill", "Crowgill"),
    ("old-brickfields", "Old Brickfields"),
    ("netherfold", "Netherfold"),
    ("linden-bank", "Linden Bank"),
    ("tannery-quarter", "Tannery Quarter"),
    ("saltmarket", "Saltmarket"),
    ("penny-hill", "Penny Hill"),
    ("hawkshaw-green", "Hawkshaw Green"),
    ("thornley-vale", "Thornley Vale"),
    ("larkfield", "Larkfield"),
    ("becklands", "Becklands"),
)
CENTRE = ("tannery-quarter", "saltmarket")
PLACES = (
    ("ashmere", "Ashmere Green", "park"),
    ("ashmere", "Ashmere Parade", "shops"),
    ("crowgill", "Crowgill Wood", "park"),
    ("crowgill", "Crowgill Retail Park", "shops"),
    ("old-brickfields", "Kiln Fields", "park"),
    ("old-brickfields", "Brickfields Parade", "shops"),
    ("old-brickfields", "Kiln Lane underpass", "subway"),
    ("netherfold", "Netherfold Recreation Ground", "park"),
    ("netherfold", "Netherfold Precinct", "shops"),
    ("linden-bank", "Linden Park", "park"),
    ("linden-bank", "Linden Bank Shops", "shops"),
    ("tannery-quarter", "Tannery Bus Station", "transport"),
    ("tannery-quarter", "Canal Arcade", "shops"),
    ("tannery-quarter", "Tanners’ Wharf", "street"),
    ("saltmarket", "Saltmarket Square", "street"),
    ("saltmarket", "Saltmarket Station", "transport"),
    ("saltmarket", "Fountain Gardens", "park"),
    ("penny-hill", "Penny Hill Park", "park"),
    ("penny-hill", "Penny Hill Parade", "shops"),
    ("hawkshaw-green", "Hawkshaw Common", "park"),
    ("hawkshaw-green", "Hawkshaw Interchange", "transport"),
    ("thornley-vale", "Thornley Fields", "park"),
    ("thornley-vale", "Vale Parade", "shops"),
    ("larkfield", "Larkfield Park", "park"),
    ("larkfield", "Larkfield Centre", "shops"),
    ("becklands", "Beck Meadow", "park"),
    ("becklands", "Becklands Shops", "shops"),
)
SCHOOLS = (
    ("ashmere", "Ashmere High School", "secondary"),
    ("old-brickfields", "Beckside Academy", "secondary"),
    ("linden-bank", "Hollin Wood School", "secondary"),
    ("penny-hill", "Penny Hill Academy", "secondary"),
    ("hawkshaw-green", "Hawkshaw School", "secondary"),
    ("larkfield", "Larkfield High School", "secondary"),
    ("saltmarket", "The Footbridge Learning Centre", "alternative"),
    ("tannery-quarter", "Tannery Quarter College", "college"),
    ("ashmere", "Ashmere Primary School", "primary"),
    ("crowgill", "Crowgill Primary School", "primary"),
    ("old-brickfields", "Brickfields Primary School", "primary"),
    ("netherfold", "Netherfold Primary School", "primary"),
    ("penny-hill", "Penny Hill Primary School", "primary"),
    ("thornley-vale", "Vale Primary School", "primary"),
    ("becklands", "Becklands Primary School", "primary"),
)
SCHOOLS_WITH_A_TEAM = frozenset({"beckside-academy", "hollin-wood-school"})
PHASE_AGES = {"primary": (4, 11), "secondary": (11, 16), "alternative": (11, 16), "college": (16, 19)}


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with a name where it has one: what an envelope says of a place."""

    name: str
    kind: str
    neighbourhood: str
    postcode: str
    latitude: float
    longitude: float

    def as_told(self, draw: random.Random, *, spread: float = 0.0004) -> dict[str, object]:
        """As one agency would write it: near enough (about 40 metres), never the same twice."""
        return {
            "name": self.name,
            "postcode": self.postcode,
            "latitude": round(self.latitude + draw.uniform(-spread, spread), 5),
            "longitude": round(self.longitude + draw.uniform(-spread, spread), 5),
        }


@dataclass(frozen=True, slots=True)
class School:
    urn: str
    phase: str
    spot: Spot

    @property
    def name(self) -> str:
        return self.spot.name

    @property
    def team(self) -> str:
        """The playbook's short name for who answers for this school; without a team of its own, attendance."""
        slug = self.name.lower().replace(" ", "-")
        return slug if slug in SCHOOLS_WITH_A_TEAM else "attendance"


@dataclass(frozen=True)
class City:
    """The whole city. It is the same for every seed: only who lives there is drawn."""

    postcodes: dict[str, tuple[str, ...]]
    places: tuple[Spot, ...]
    schools: tuple[School, ...]
    corners: dict[tuple[int, int], tuple[float, float]]

    def places_near(self, neighbourhood: str) -> list[Spot]:
        """Where somebody of this neighbourhood spends time: there, and in the centre."""
        return [place for place in self.places if place.neighbourhood in (neighbourhood, *CENTRE)]

    def place(self, name: str) -> Spot:
        return next(place for place in self.places if place.name == name)

    def school(self, name: str) -> School:
        return next(school for school in self.schools if school.name == name)

    def schools_for(self, age: int, neighbourhood: str) -> list[School]:
        """Schools of the age, nearest first; the centre's learning centre takes nobody at the start."""
        home = _position(neighbourhood)
        phases = {phase for phase, (low, high) in PHASE_AGES.items() if low <= age < high} - {"alternative"}
        fitting = [school for school in self.schools if school.phase in phases]
        return sorted(fitting, key=lambda school: (_apart(home, _position(school.spot.neighbourhood)), school.urn))

    def outlines(self) -> dict[str, object]:
        """The small areas and neighbourhoods as GeoJSON that the boundaries connector takes."""
        small = [_feature("LSOA21", 99001 + number, name, ring) for number, (name, ring) in enumerate(self._small())]
        return {"type": "FeatureCollection", "name": "invented_city_lsoa21", "features": small}

    def _small(self) -> list[tuple[str, list[tuple[float, float]]]]:
        cells = []
        for row in range(ROWS):
            for column in range(COLUMNS):
                _, name = NEIGHBOURHOODS[row // 2 * (COLUMNS // 2) + column // 2]
                letter = "ABCD"[row % 2 * 2 + column % 2]
                around = [
                    (column, row),
                    (column + 1, row),
                    (column + 1, row + 1),
                    (column, row + 1),
                    (column, row),
                ]
                cells.append((f"{name} {letter}", [self.corners[corner] for corner in around]))
        return cells


def _feature(edition: str, number: int, name: str, ring: list[tuple[float, float]]) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {f"{edition}CD": f"E010{number:05d}", f"{edition}NM": name},
        "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring]]},
    }


def _position(neighbourhood: str) -> tuple[int, int]:
    index = next(i for i, (key, _) in enumerate(NEIGHBOURHOODS) if key == neighbourhood)
    return index % 4, index // 4


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _postcodes(index: int, draw: random.Random) -> tuple[str, ...]:
    ends = [f"{digit}{a}{b}" for digit in range(10) for a in POSTCODE_LETTERS for b in POSTCODE_LETTERS]
    return tuple(f"LS{70 + index} {end}" for end in sorted(draw.sample(ends, POSTCODES_A_NEIGHBOURHOOD)))


def _within(neighbourhood: str, draw: random.Random) -> tuple[float, float]:
    """A latitude and longitude well inside the neighbourhood's square of two by two small areas."""
    column, row = _position(neighbourhood)
    north = SOUTH + STEP_NORTH * 2 * (row + draw.uniform(0.15, 0.85))
    east = WEST + STEP_EAST * 2 * (column + draw.uniform(0.15, 0.85))
    return round(north, 5), round(east, 5)


def _corners(draw: random.Random) -> dict[tuple[int, int], tuple[float, float]]:
    return {
        (column, row): (
            round(WEST + STEP_EAST * (column + draw.uniform(-0.2, 0.2)), 5),
            round(SOUTH + STEP_NORTH * (row + draw.uniform(-0.2, 0.2)), 5),
        )
        for row in range(ROWS + 1)
        for column in range(COLUMNS + 1)
    }


@cache
def the_city() -> City:
    """Draw the city from its own fixed seed, so that a place is where it was in every demo."""
    draw = random.Random("an invented city")
    postcodes = {key: _postcodes(index, draw) for index, (key, _) in enumerate(NEIGHBOURHOODS)}

    def spot(neighbourhood: str, name: str, kind: str) -> Spot:
        return Spot(name, kind, neighbourhood, draw.choice(postcodes[neighbourhood]), *_within(neighbourhood, draw))

    places = tuple(spot(*each) for each in PLACES)
    schools = tuple(School(str(990001 + i), each[2], spot(*each)) for i, each in enumerate(SCHOOLS))
    return City(postcodes, places, schools, _corners(draw))
