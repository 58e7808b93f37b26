"""A hundred XML files that mean harm, in the shape of a census so that they are recognised as far as they can be."""

from collections.abc import Iterator

CHILD = "<Child><ChildIdentifiers><LAchildID>{}</LAchildID></ChildIdentifiers>{}</Child>"
BODY = "<Message><Header><Collection>CIN</Collection></Header><Children>{}</Children></Message>"
Hostile = Iterator[tuple[str, bytes]]


def census(inside: str = "", reference: str = "C1", before: str = "") -> str:
    return before + BODY.format(CHILD.format(reference, inside))


def laughs(depth: int, width: int = 10) -> str:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * width}">' for n in range(depth))
    return census(reference=f"&a{depth};", before=f'<!DOCTYPE m [<!ENTITY a0 "ha">{entities}]>')


def entities() -> Hostile:
    for depth in (1, 2, 4, 6, 8, 9, 12, 20):
        yield f"billion laughs, {depth} deep", laughs(depth).encode()
    for size in (1_000, 10_000, 100_000, 1_000_000):
        many = census("&a;" * size, before=f'<!DOCTYPE m [<!ENTITY a "{"x" * size}">]>')
        yield f"quadratic, {size}", many.encode()
    for place in (
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "ftp://127.0.0.1:1/x",
        "/etc/hostname",
        "jar:file:///x!/y",
    ):
        for how in ("SYSTEM", 'PUBLIC "-//x//y"'):
            told = f'<!DOCTYPE m [<!ENTITY f {how} "{place}">]>'
            yield f"external {how[:6]} {place}", census(reference="&f;", before=told).encode()
    for place in ("file:///etc/passwd", "http://127.0.0.1:1/evil.dtd"):
        told = f'<!DOCTYPE m [<!ENTITY % p SYSTEM "{place}">%p;]>'
        yield f"parameter entity {place}", census(before=told).encode()
        yield f"outside type {place}", census(before=f'<!DOCTYPE m SYSTEM "{place}">').encode()
    for name in ("xxe", "a.b", "x:y", "nbsp", "amp2"):
        yield f"unknown entity &{name};", census(reference=f"&{name};").encode()


def hidden() -> Hostile:
    told = '<!DOCTYPE m [<!ENTITY a "ha">]>'
    for size in (0, 1_000, 60_000, 70_000, 1_000_000):
        yield f"type behind a comment of {size}", census(before=f"<!--{'x' * size}-->{told}").encode()
        yield f"type behind {size // 10} instructions", census(before="<?a?>" * (size // 10) + told).encode()
    for spelt in ("<!doctype m>", "<!DocType m []>", "<! DOCTYPE m>", "<!DOCTYPE\nm>"):
        yield f"spelt {spelt!r}", census(before=spelt).encode()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "utf-32-le", "utf-32-be"):
        yield f"type in {encoding}", census(before=told).encode(encoding)
    yield "type far inside", census(before="", inside="x" * 2_000_000 + told).encode()


def encodings() -> Hostile:
    seven = census(before='<?xml version="1.0" encoding="UTF-7"?>') + "+ADwAIQ-DOCTYPE m+AD4-"
    yield "utf-7", seven.encode()
    for name in ("UTF-7", "utf7", "IBM037", "EBCDIC-US", "ISO-2022-JP", "UCS-4", "UTF-32", "SHIFT_JIS", "HZ", "x", ""):
        yield f"said to be {name!r}", census(before=f"<?xml version='1.0' encoding='{name}'?>").encode()
    for at in (0, 10, 80):
        plain = census().encode()
        yield f"nothing at {at}", plain[:at] + b"\x00" + plain[at:]


def shapes() -> Hostile:
    for depth in (300, 1_000, 10_000, 100_000, 1_000_000):
        yield f"{depth} deep", census("<a>" * depth + "</a>" * depth).encode()
        yield f"{depth} deep and not closed", census("<a>" * depth).encode()
    for size in (70_000, 1_000_000, 12_000_000):
        yield f"attribute of {size}", census(f'<a b="{"x" * size}"/>').encode()
        yield f"name of {size}", census(f"<{'a' * size}/>").encode()
    for count in (20_000, 200_000):
        yield f"{count} attributes", census("<a " + " ".join(f'b{n}="1"' for n in range(count)) + "/>").encode()
        yield (
            f"{count} names of names",
            census("<a " + " ".join(f'xmlns:n{n}="u"' for n in range(count)) + "/>").encode(),
        )
    yield "text of 11 MB", census(f"<a>{'x' * 11_000_000}</a>").encode()
    yield "three million elements", census("<a/>" * 3_000_000).encode()


def broken() -> Hostile:
    whole = census(reference="")
    for count in (1_000, 16_000, 200_000):
        yield f"{count} comments begun", ("<!--" * count + whole).encode()
        yield f"{count} instructions begun", ("<?" * count + whole).encode()
        yield f"{count} cells of data begun", census("<![CDATA[" * count).encode()
    for cut in (60, 80, 100, 120, 140):
        yield f"cut at {cut}", whole.encode()[:cut]
    yield "no child", BODY.format("<Child></Child>").encode()


def every() -> list[tuple[str, bytes]]:
    families = (entities, hidden, encodings, shapes, broken)
    return [one for family in families for one in family()]
