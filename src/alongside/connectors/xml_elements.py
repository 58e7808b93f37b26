"""Elements of an XML file one at a time, with entities, networks and bombs shut out."""

import re
from collections.abc import Iterator

from lxml import etree

from .reading import Opened
from .safety import NotReadable

Element = etree._Element
DOCTYPE = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
SETTINGS = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
REFUSAL = NotReadable(
    "This XML declares a document type or entities, which can hide a bomb or reach for other files.",
    "Send the XML as the case system exports it, without <!DOCTYPE …>.",
)


def root_of(start: str) -> str:
    """The name of the root element, or ""; comments and instructions before it are stepped over."""
    bare = re.sub(r"<!--.*?-->|<\?.*?\?>", "", start, flags=re.DOTALL)
    found = ROOT.search(bare)
    return found[2] if found else ""


def refuse_document_type(start: str) -> None:
    if DOCTYPE.search(re.sub(r"<!--.*?-->", "", start, flags=re.DOTALL)):
        raise REFUSAL


def elements(opened: Opened, name: str) -> Iterator[Element]:
    """Each whole element of this name, emptied after use. Raises NotReadable where the file breaks off."""
    refuse_document_type(opened.start)
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
