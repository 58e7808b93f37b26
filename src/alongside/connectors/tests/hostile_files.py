"""Two hundred archives and uploads that mean harm, or are not what they say."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator

import xlsxwriter

Hostile = Iterator[tuple[str, bytes]]
MB = 1024 * 1024
BOOK = {"xl/workbook.xml": b"<workbook/>"}
HEADER = "kind,source.agency,source.system,source.reference,occurred_at\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
COLLECTION = '{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{"LSOA21CD": {}}}}}]}}'
MAGIC = {
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "pdf": b"%PDF-1.7\n\0\0",
    "program": b"\x7fELF\x02\x01\x01\0",
    "windows": b"MZ\x90\0\x03\0\0\0",
    "old sheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "7z": b"7z\xbc\xaf\x27\x1c\0\x04",
    "rar": b"Rar!\x1a\x07\x01\0",
    "xz": b"\xfd7zXZ\0\0\x04",
    "sqlite": b"SQLite format 3\0",
    "java": b"\xca\xfe\xba\xbe\0\0\0\x34",
    "tar": b"name\0" + b"\0" * 300,
    "bzip2": b"BZh91AY&SY\0",
    "parquet": b"PAR1\x15\0",
}
ELSEWHERE = (
    *("../x", "a/../../x", "/etc/x", "C:\\x", "..\\x", "\\\\host\\x", "xl/../../x", "//x", "..", "a/.."),
    *("/", "../", "./../x", "xl/worksheets/../../../x", "\\x", "z:x", "a\\..\\x", "../xl/workbook.xml"),
)
MARKUP = ("<html><script>alert(1)</script></html>", "<svg onload='x'/>", "<?php id(); ?>", "#!/bin/sh\nid\n")


def zipped(parts: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as book:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            book.writestr(zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else name, content, method)
    return packed.getvalue()


def real_sheet(*cells: tuple[int, int], **also: bytes) -> bytes:
    """A spreadsheet as programs write it, with these cells filled and these parts put in place of its own."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, column in cells or [(0, 0)]:
            sheet.write(row, column, "x")
    with zipfile.ZipFile(packed) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    return zipped(parts | {name.replace("__", "/").replace("_xml", ".xml"): made for name, made in also.items()})


def lying(content: bytes) -> bytes:
    """The same zip whose directory claims that each part is one byte long."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for part in book.infolist():
            packed, whole = part.compress_size.to_bytes(4, "little"), part.file_size.to_bytes(4, "little")
            content = content.replace(packed + whole, packed + b"\x01\0\0\0")
    return content


def overlapping(times: int, size: int) -> bytes:
    """A directory whose entries all point to the same compressed part."""
    whole = zipped(BOOK | {"xl/worksheets/sheet1.xml": b"0" * size})
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        start = book.start_dir
    end = whole.rfind(b"PK\x05\x06")
    directory = whole[start:end]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"sheet1", f"s{n:05}".encode()) for n in range(times))
    count, length = (2 + times).to_bytes(2, "little"), len(directory + more).to_bytes(4, "little")
    tail = bytearray(whole[end:])
    tail[8:10] = tail[10:12] = count
    tail[12:16] = length
    return whole[:start] + directory + more + bytes(tail)


def bombs() -> Hostile:
    for parts, size in ((1, 40), (5, 40), (20, 10), (200, 1)):
        whole = zipped(BOOK | {f"xl/worksheets/sheet{n}.xml": b"0" * size * MB for n in range(parts)})
        yield f"zip of {parts} x {size} MB", whole
        yield f"lying zip of {parts} x {size} MB", lying(whole)
    for times in (10, 100, 1_500, 10_000):
        yield f"{times} parts in one place", overlapping(times, 2 * MB)
    inner = zipped({"a": b"0" * MB})
    for depth in range(1, 7):
        inner = zipped([(f"{n}.zip", inner) for n in range(10)])
        yield f"zips in zips, {depth} deep", inner
    for size in (40, 80, 200, 400):
        yield f"gzip of {size} MB of noughts", gzip.compress(b"0" * size * MB, 1)
        yield f"gzip of {size} MB of lines", gzip.compress(b"\n" * size * MB, 1)
    yield "a gzip in a gzip", gzip.compress(gzip.compress(b"0" * 40 * MB, 1))
    yield "a spreadsheet in a gzip", gzip.compress(real_sheet())
    yield "a hundred thousand empty gzips", gzip.compress(b"") * 100_000


def directories() -> Hostile:
    for name in (
        "../x",
        "a/../../x",
        "/etc/x",
        "C:\\x",
        "..\\x",
        "\\\\host\\x",
        "xl/../../x",
        "//x",
        "..",
        "a/..",
        *ELSEWHERE,
    ):
        yield f"part called {name}", zipped([*BOOK.items(), (name, b"x")])
    for count in (2, 10, 500):
        yield f"{count} parts of one name", twins(count)
    for count in (2_100, 5_000, 20_000):
        yield f"{count} parts", zipped([*BOOK.items(), *((f"a{n}", b"") for n in range(count))])
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield f"packed another way ({method})", zipped(BOOK | {"xl/worksheets/sheet1.xml": b"0" * MB}, method)
    yield "a password", locked()


def twins(count: int) -> bytes:
    """A zip in which so many parts have one name."""
    made = zipped([*BOOK.items(), *((f"xl/{number:04}.xml", b"x") for number in range(count))])
    for number in range(count):
        made = made.replace(f"xl/{number:04}.xml".encode(), b"xl/twin.xml")
    return made


def locked() -> bytes:
    """A spreadsheet that says of each part that it needs a password."""
    made = bytearray(real_sheet())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        here = made.find(sign)
        while here >= 0:
            made[here + at] |= 1
            here = made.find(sign, here + 4)
    return bytes(made)


def ends() -> Hostile:
    whole = zipped(BOOK)
    end = whole.rfind(b"PK\x05\x06")
    for at, value in ((8, 0xFFFF), (10, 0xFFFF), (12, 0xFFFFFFFF), (16, 0xFFFFFFFF), (16, 0), (12, 0), (20, 0xFFFF)):
        size = 2 if at in (8, 10, 20) else 4
        changed = bytearray(whole)
        changed[end + at : end + at + size] = value.to_bytes(size, "little")
        yield f"directory's field {at} says {value}", bytes(changed)
    yield "a directory of four gigabytes", whole[:end] + b"PK\x06\x07" + b"\0" * 16 + whole[end:]


def declared() -> Hostile:
    """Entities where one who looks piece by piece, or letter by letter of one byte, would not see them."""
    told = '<!DOCTYPE s [<!ENTITY a "ha">]><sst/>'
    for before in (65_530, 65_534, 131_068):
        yield f"declared across a piece at {before}", real_sheet(xl__sharedStrings_xml=b" " * before + told.encode())
    for wide in ("utf-16", "utf-16-be", "utf-16-le"):
        yield f"declared in {wide}", real_sheet(xl__sharedStrings_xml=told.encode(wide))


def sheets() -> Hostile:
    for row, column in ((1_048_575, 16_383), (1_048_575, 1_000), (100_000, 16_383), (1_048_575, 5), (999_999, 999)):
        yield f"cells to {row},{column}", real_sheet((0, 0), (row, column))
        far = f'<row r="{row + 1}">' + '<c t="inlineStr"><is><t>x</t></is></c>' * (column + 1) + "</row>"
        near = '<row r="1"><c t="inlineStr"><is><t>x</t></is></c></row>'
        yield (
            f"cells without a place to {row},{column}",
            real_sheet(xl__worksheets__sheet1_xml=SHEET.format(near + far).encode()),
        )
    for told in ('<!DOCTYPE s [<!ENTITY a "ha">]>', '<!DOCTYPE s SYSTEM "file:///etc/passwd">', '<!entity a "b">'):
        for part in ("xl__sharedStrings_xml", "xl__workbook_xml", "xl__worksheets__sheet1_xml"):
            yield f"{told[:10]} in {part}", real_sheet(**{part: told.encode() + b"<sst/>"})
    yield from declared()
    whole = real_sheet()
    for cut in (*range(10, 2_000, 90), len(whole) - 30, len(whole) - 5):
        yield f"a spreadsheet cut at {cut}", whole[:cut]
    for part in ("xl__workbook_xml", "xl__worksheets__sheet1_xml"):
        yield f"no sense in {part}", real_sheet(**{part: b"\xff\xfe<<<>>>" * 100})
        yield f"a million tags in {part}", real_sheet(**{part: b"<a>" * 1_000_000})


def signs() -> Hostile:
    chance = random.Random(7)
    for size in (10, 1_000, 100_000, 5 * MB):
        yield f"{size} bytes of chance", bytes([1, 0]) + chance.randbytes(size)
    for name, magic in MAGIC.items():
        yield name, magic + b"\0" * 100
    for place in ("word/document.xml", "META-INF/MANIFEST.MF", "ppt/presentation.xml", "notes.csv", "content.xml"):
        yield f"a zip of {place}", zipped({place: b"x"})
    for name in ("utf-32", "utf-32-le", "utf-32-be"):
        yield name, (HEADER + "general_note,a,b,c,soon\n").encode(name)
    for at in (0, 5, len(HEADER), len(HEADER) + 4):
        plain = (HEADER + "general_note,a,b,c,soon\n").encode()
        yield f"nothing at {at}", plain[:at] + b"\0" + plain[at:]
    for markup in MARKUP:
        yield markup[:12], markup.encode()
    yield "utf-7", (HEADER + "+ADw-script+AD4-,a,b,c,soon\n").encode()


def texts() -> Hostile:
    for size in (200_000, 5 * MB, 40 * MB):
        yield f"a cell of {size}", (HEADER + '"' + "x" * size).encode()
        yield f"a line of {size}", (HEADER + "x" * size).encode()
        yield f"a header of {size}", ("x" * size + "\n1\n").encode()
        yield f"{size} commas", b"," * size
        yield f"{size} empty lines", b"\n" * size
    for count in (20_000, 1_000_000):
        yield f"{count} columns", (",".join(f"c{n}" for n in range(count)) + "\n").encode()
        yield f"{count} columns of one name", ("kind," * count + "\n").encode()
    for mark in ('"', '""', '"a\n', '"a,\n', 'a"b\n', '"\n"', ',"', '"a""\n'):
        yield f"only {mark!r}", (HEADER + mark * 20_000).encode()


def objects() -> Hostile:
    for depth in (1_000, 100_000, 3_000_000):
        yield f"features {depth} deep", COLLECTION.format("[" * depth).encode()
        yield f"a line {depth} deep", ('{"kind": ' + "[" * depth + "\n").encode()
        yield f"objects {depth} deep", ('{"kind": ' + '{"a":' * depth + "\n").encode()
    for count in (100_000, 3_000_000, 10_000_000):
        yield f"a feature of {count} objects", COLLECTION.format("[" + "{}," * count + "{}]").encode()
        yield f"a line of {count} objects", ('{"kind": [' + "{}," * count + "{}]}\n").encode()
    yield "three long lines", ('{"kind": [' + "{}," * 1_000_000 + "{}]}\n").encode() * 3
    for digits in (5_000, 1_000_000):
        yield f"a number of {digits} digits", COLLECTION.format("9" * digits).encode()
        yield f"a line with a number of {digits} digits", ('{"kind": ' + "9" * digits + "}\n").encode()
    for said in ("NaN", "Infinity", "1e999", '"\\ud800"', '"\\u0000"'):
        yield f"a line that says {said}", ('{"kind": ' + said + "}\n").encode()
    yield "a list", json.dumps([{"kind": "general_note"}] * 1_000).encode()
    yield "a feature without an end", COLLECTION.format('"' + "x" * 40 * MB).encode()


def quick() -> list[tuple[str, bytes]]:
    """Those that are made in a moment."""
    return [one for family in (directories, ends, sheets, signs) for one in family()]


def every() -> list[tuple[str, bytes]]:
    families = (bombs, directories, ends, sheets, signs, texts, objects)
    return [one for family in families for one in family()]
