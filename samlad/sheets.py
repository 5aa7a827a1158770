"""Files as sheets of cells: Excel workbooks and CSV, refused with a clear word when they cannot be read whole."""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import python_calamine

from samlad.errors import SamladError

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file that are read at all."""

LARGEST_CONTENT = 100 * 1024 * 1024
"""Bytes a workbook may unfold to; a real one stays far below, a zip bomb does not."""

MOST_CELLS = 2_000_000
"""Cells of one sheet, empty ones within its edges too."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c(?=\s)")
_FAULT = re.compile(rb"""\st\s*=\s*["']e["']""")
_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>[^<]|<(?:\w+:)?is>")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Unreadable(SamladError):
    """A file that cannot be read, or not whole. The message says why and what to do."""


@dataclass(frozen=True)
class Unread:
    """What stands in a cell whose value the file does not hold; `why` is Swedish."""

    why: str


Cell = str | int | float | bool | date | datetime | time | timedelta | Unread


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (None for CSV) and its rows from the first, empty cells as empty text.

    Row and column of a cell are its place in the file, counted from 0.
    """

    name: str | None
    rows: list[list[Cell]]


def read_sheets(content: bytes) -> list[Sheet]:
    """Read a workbook or a CSV file, told apart by what is in it.

    Raises Unreadable when the file is empty, too large, protected by a password, of a kind that is not read, damaged,
    holds macros, or unfolds to more than a real report does.
    """
    if not content.strip():
        raise Unreadable("Filen är tom. Kontrollera att rätt fil är vald.")
    if len(content) > LARGEST_FILE:
        raise Unreadable(
            f"Filen är större än {LARGEST_FILE // 1024 // 1024} MB. Ta bort bilder och blad som inte hör till den."
        )
    if content.startswith(_OLD_EXCEL):
        if _ENCRYPTED in content:
            raise Unreadable("Filen är skyddad med lösenord. Ta bort lösenordet i Excel och spara den igen.")
        raise Unreadable("Filen är i ett äldre format. Öppna den i Excel och spara den som .xlsx.")
    if content.startswith(b"PK"):
        return _workbook(content)
    return [Sheet(None, _csv_rows(_text(content)))]


def letter(column: int) -> str:
    """The letters a spreadsheet gives a column, counted from 0.

    >>> letter(0), letter(25), letter(26), letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _workbook(content: bytes) -> list[Sheet]:
    damaged = Unreadable("Filen är ingen hel Excel-fil. Öppna den i Excel, spara den som .xlsx och försök igen.")
    try:
        parts = _parts(content)
        unread = dict(_unread(parts))
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = []
            for about in book.sheets_metadata:
                if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                    cells: list[list[Cell]] = [list(row) for row in rows]
                    sheets.append(Sheet(about.name, _marked(cells, unread[about.name])))
    except SamladError:
        raise
    except python_calamine.PasswordError as fault:
        raise Unreadable("Filen är skyddad med lösenord. Ta bort lösenordet i Excel och spara den igen.") from fault
    except Exception as fault:
        raise damaged from fault
    if not sheets:
        raise damaged
    return sheets


def _parts(content: bytes) -> dict[str, bytes]:
    """The XML of a workbook by name, unfolded no further than the limit; binary parts are left out."""
    parts: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if len(set(names)) < len(names):
            raise zipfile.BadZipFile("two parts of one name")
        if "xl/workbook.xml" not in names:
            raise Unreadable("Filen är ingen Excel-fil. Spara rapporten som .xlsx eller .csv och försök igen.")
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Unreadable("Filen innehåller makron. Spara den som .xlsx, utan makron, och försök igen.")
        for about in archive.infolist():
            unfolded = _unfolded(content, about, left)
            left -= len(unfolded)
            if left <= 0:
                raise Unreadable(
                    "Filen packar upp till mer än någon rapport innehåller. Kopiera tabellen till en ny arbetsbok."
                )
            if about.filename.endswith((".xml", ".rels")) and not unfolded.startswith(_UTF_16):
                parts[about.filename] = unfolded
                _check_size(unfolded)
    return parts


def _unfolded(content: bytes, about: zipfile.ZipInfo, limit: int) -> bytes:
    """One part as it truly is: the sizes that a zip states about itself are not to be trusted."""
    start = about.header_offset
    name, extra = (int.from_bytes(content[start + at : start + at + 2], "little") for at in (26, 28))
    packed = content[start + 30 + name + extra :][: about.compress_size]
    if about.flag_bits & 1:
        raise Unreadable("Filen är skyddad med lösenord. Ta bort lösenordet och spara den igen.")
    if about.compress_type == zipfile.ZIP_STORED:
        return packed
    if about.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(f"compressed by method {about.compress_type}")
    return zlib.decompressobj(-15).decompress(packed, limit)


def _unread(parts: dict[str, bytes]) -> Iterator[tuple[str, dict[tuple[int, int], Unread]]]:
    """The cells of each sheet whose values are not in the file: errors, and formulas that were never calculated."""
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    relations = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for about in book.iter():
        if about.tag.endswith("}sheet"):
            target = targets[about.get(_RELATION)]
            xml = parts[target.lstrip("/") if target.startswith("/") else f"xl/{target}"]
            yield about.get("name", ""), _marks(xml)


def _marks(xml: bytes) -> dict[tuple[int, int], Unread]:
    marks: dict[tuple[int, int], Unread] = {}
    if not (_FAULT.search(xml) or _FORMULA.search(xml)):
        return marks
    for cell in _CELL.split(xml)[1:]:
        attributes, _, inside = cell.partition(b">")
        place = _PLACE.search(attributes)
        if place and _FAULT.search(attributes):
            marks[int(place[2]) - 1, _number(place[1])] = Unread("Cellen visar ett fel i stället för ett värde.")
        elif place and _FORMULA.search(inside) and not _VALUE.search(inside) and not _TEXT.search(attributes):
            marks[int(place[2]) - 1, _number(place[1])] = Unread("Cellen har en formel som inte är uträknad.")
    return marks


def _check_size(xml: bytes) -> None:
    """Refuse a sheet whose edges lie so far apart that the empty cells between them would fill the memory."""
    height, width = 0, 1
    for place in _PLACE.finditer(xml):
        height, width = max(height, int(place[2])), max(width, _number(place[1]) + 1)
    if height * width > MOST_CELLS:
        raise Unreadable(
            f"Ett blad sträcker sig över {height} rader och {width} kolumner. Kopiera tabellen till en ny arbetsbok."
        )


def _number(letters: bytes) -> int:
    number = 0
    for sign in letters.upper():
        number = number * 26 + sign - ord("A") + 1
    return number - 1


def _marked(rows: list[list[Cell]], unread: dict[tuple[int, int], Unread]) -> list[list[Cell]]:
    for (row, column), mark in unread.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = mark
    return rows


def _text(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("Filen är varken en Excel-fil eller text. Spara rapporten som .xlsx eller .csv och försök igen.")


def _csv_rows(text: str) -> list[list[Cell]]:
    """The rows, split by the sign that most rows agree on: semicolon, comma or tab."""
    parsed = [rows for sign in (";", "\t", ",") if (rows := _split(text, sign)) is not None]
    if not parsed:
        raise Unreadable("Ett citationstecken i filen är inte avslutat. Spara den på nytt från Excel som .csv.")

    def agreement(rows: list[list[str]]) -> tuple[int, int]:
        widths = Counter(len(row) for row in rows[:60] if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    best = max(parsed, key=agreement)
    if agreement(best) == (0, 0):
        raise Unreadable(
            "Filen är varken en Excel-fil eller en tabell. Spara rapporten som .xlsx, eller som .csv med semikolon."
        )
    return [list(row) for row in best]


def _split(text: str, sign: str) -> list[list[str]] | None:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return None
