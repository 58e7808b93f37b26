"""Elements of an XML file one at a time, with entities, networks and bombs shut out."""

import re
from collections.abc import Iterator

from lxml import etree

from .reading import Opened
from .safety import NotReadable

Element = etree._Element
DOCTYPE = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
OPENS = re.compile(r"<!--|<\?")
CLOSES = {"<!--": "-->", "<?": "?>"}
ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
# A name that stands for something else. XML's own five, and numbers, stand for one sign each.
ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#[0-9]{1,7};|#x[0-9a-fA-F]{1,6};)[\w:.-]+;")
LONGEST_TAG = 64 * 1024
LONG_TAG = re.compile(r"<[^<>]{65536}")
PIECE, OVERLAP = 1024 * 1024, LONGEST_TAG + 64
SETTINGS = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
REFUSAL = NotReadable(
    "This XML declares a document type or entities, which can hide a bomb or reach for other files.",
    "Send the XML as the case system exports it, without <!DOCTYPE …>.",
)


def bare(start: str) -> str:
    """The text without comments and instructions; in one pass, however many are begun and not ended."""
    kept, here = [], 0
    while (opens := OPENS.search(start, here)) is not None:
        kept.append(start[here : opens.start()])
        ends = start.find(CLOSES[opens[0]], opens.end())
        if ends < 0:
            return "".join(kept)
        here = ends + len(CLOSES[opens[0]])
    return "".join([*kept, start[here:]])


def root_of(start: str) -> str:
    """The name of the root element, or ""; comments and instructions before it are stepped over."""
    found = ROOT.search(bare(start))
    return found[2] if found else ""


def refuse_document_type(start: str) -> None:
    if DOCTYPE.search(bare(start)):
        raise REFUSAL


def check(opened: Opened) -> None:
    """Looks through the whole file, before any XML reader opens it. Raises NotReadable for what can hide a bomb.

    Neither a document type nor an entity of the sender's own is ever needed, wherever it stands: none is counted as one
    too many. The reader must understand the signs as we do here, so only encodings that it cannot read otherwise pass.
    """
    named = ENCODING.match(opened.start.lstrip("\ufeff"))
    if named and named[1].lower() not in ENCODINGS:
        raise NotReadable(
            f"This XML says that it is written in {named[1][:40]}, which we do not read.", "Export it as UTF-8."
        )
    with opened.text() as text:
        rest = ""
        while piece := text.read(PIECE):
            looked_at = rest + piece
            if DOCTYPE.search(looked_at) or ENTITY.search(looked_at):
                raise REFUSAL
            if len(looked_at) > LONGEST_TAG and LONG_TAG.search(looked_at):
                raise NotReadable("This XML holds a tag longer than 64 KB.", "Export the file again.")
            rest = looked_at[-OVERLAP:]


def elements(opened: Opened, name: str) -> Iterator[Element]:
    """Each whole element of this name, emptied after use. Raises NotReadable where the file breaks off."""
    check(opened)
    with opened.raw() as stream:
        try:
            for _, element in etree.iterparse(stream, events=("end",), tag=f"{{*}}{name}", **SETTINGS):
                if element.getroottree().docinfo.internalDTD is not None:
                    raise REFUSAL
                yield element
                element.clear()
                while (before := element.getprevious()) is not None:
                    before.getparent().remove(before)
        except etree.XMLSyntaxError as failure:
            raise NotReadable(
                f"The XML breaks off or is malformed at line {failure.lineno}: {failure.msg}.",
                "Export the file again; what stood before that line is in.",
            ) from None


def text_of(element: Element, path: str) -> str:
    """The words of the first element on this path, "" where there is none."""
    return (element.findtext(path) or "").strip()


def as_it_stood(element: Element) -> str:
    """The element as XML, to be handed back."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
