"""Which format a file is, by what it holds and never by its name."""

import re
from datetime import date

from . import tables
from .arrivals import Connector, Head
from .boundaries import Boundaries
from .canonical import CanonicalLines, CanonicalTable
from .cin_census import CinCensus
from .deprivation import DeprivationIndex
from .gias import Gias
from .police_uk import PoliceUk
from .reading import Opened
from .safety import NotReadable
from .ssda903 import TABLES, Ssda903
from .xml_elements import refuse_document_type, root_of

CONNECTORS: tuple[Connector, ...] = (
    CanonicalTable(),
    PoliceUk(),
    Gias(),
    DeprivationIndex(),
    *(Ssda903(table) for table in TABLES),
    CinCensus(),
    Boundaries(),
    CanonicalLines(),
)
MANY = 12
# A line that no table holds: in a cell the marks would be doubled. What stands before it is a broken line.
AN_OBJECT = re.compile(r"^\{\"", re.MULTILINE)
# Inside a text of somebody's the marks would have a stroke before them; one such line among contributions costs itself.
TOPOJSON = re.compile(r'\A\{(?!.*"occurred_at")(.*"type"\s*:\s*"Topology"|\s*"arcs"\s*:)', re.DOTALL)
LIST = re.compile(r"\[\s*(\{|\]\s*\Z)")


def head_of(opened: Opened, *, today: date) -> Head:
    """What the file shows of itself. Raises NotReadable for a broken header or a document type."""
    begins = opened.start.lstrip("\ufeff \t\r\n")
    if begins.startswith("<"):
        refuse_document_type(opened.start)
        return Head("xml", root=root_of(begins), start=opened.start, today=today)
    if LIST.match(begins):
        mend = "Write each contribution on a line of its own, without brackets round them and commas between them."
        raise NotReadable("This is one JSON list.", mend)
    if TOPOJSON.search(begins):
        raise NotReadable("This is TopoJSON.", "We read outlines as GeoJSON: export the file again as that.")
    if begins.startswith("{") or AN_OBJECT.search(begins):
        return Head("json", start=begins, today=today)
    return Head("table", columns=tables.columns_of(opened), start=opened.start, today=today)


def recognise(opened: Opened, *, today: date) -> tuple[Connector, Head]:
    """The connector that knows this file. Raises NotReadable, naming what we looked for."""
    head = head_of(opened, today=today)
    for connector in CONNECTORS:
        if connector.recognises(head):
            return connector, head
    raise NotReadable(f"We do not know this format: {shown(head)}.", mend_for(head))


def shown(head: Head) -> str:
    """What we saw, so that the sender can compare."""
    if head.shape == "xml":
        return f"an XML file whose root element is “{head.root}”"
    if head.shape == "json":
        return "a JSON file of another kind"
    names = [name[:40] for name in head.columns if name]
    more = f" and {len(names) - MANY} more" if len(names) > MANY else ""
    return f"its first row names {', '.join(names[:MANY])}{more}"


def mend_for(head: Head) -> str:
    formats = "; ".join(connector.called for connector in CONNECTORS)
    first = "Check that the first row is the header. " if head.shape == "table" else ""
    return f"{first}We read: {formats}."
