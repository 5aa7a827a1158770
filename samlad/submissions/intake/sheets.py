"""Files as sheets of cells: Excel workbooks and CSV, refused when they cannot be read whole."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import python_calamine

from samlad.foundation.errors import SamladError
from samlad.submissions.intake import workbook_parts
from samlad.submissions.intake.sheet_xml import Area, CellPlaces, Damaged, TooWide, read_cell_places
from samlad.submissions.intake.workbook_parts import Unreadable

LARGEST_FILE = 20 * 1024 * 1024
"""Most bytes of a file that is read."""

MOST_ROWS, MOST_CELLS = 50_000, 1_000_000
"""Most rows of a file: many times what all nämnder together report in a year."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MANGLED = re.compile(rb"\xc3[\x80-\xbf]")
"""Letters å, ä, ö and their like as UTF-8 bytes read in cp1252; no Swedish word has them."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Unread:
    """A cell whose value the file does not hold; `why` is Swedish."""

    why: str


Cell = str | int | float | bool | date | datetime | time | timedelta | Unread


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (None for CSV) and its rows from the first, empty cells as empty text.

    Row and column of a cell are its place in the file, counted from 0. Of a merged area only its first cell is filled.
    """

    name: str | None
    rows: list[list[Cell]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False


def read_sheets(content: bytes, headings: Callable[[Sheet], int] = lambda _: 0) -> list[Sheet]:
    """Read a workbook or a CSV file, recognised by its content.

    A text file is split by the sign under which `headings` knows most of its headings, then by the sign that most rows
    agree on: in answers, commas and line breaks may well be the more numerous.

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
    return [_csv_sheet(_text(content), headings)]


def letter(column: int) -> str:
    """Return the letters a spreadsheet gives a column, counted from 0.

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
        grids = _places_of_sheets(workbook_parts.read_parts(content))
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [
                _sheet(about, book.get_sheet_by_name(about.name), grids[about.name])
                for about in book.sheets_metadata
                if about.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except SamladError:
        raise
    except TooWide as fault:
        height, width = fault.args
        raise Unreadable(
            f"Ett blad sträcker sig över {grouped(height)} rader och {grouped(width)} kolumner, och högst "
            f"{grouped(MOST_ROWS)} rader och {grouped(MOST_CELLS)} celler läses. Kopiera tabellen till en ny arbetsbok."
        ) from fault
    except python_calamine.PasswordError as fault:
        raise Unreadable("Filen är skyddad med lösenord. Ta bort lösenordet i Excel och spara den igen.") from fault
    except Exception as fault:
        raise damaged from fault
    if not sheets:
        raise damaged
    _require_few(max(len(sheet.rows) for sheet in sheets), sum(len(row) for sheet in sheets for row in sheet.rows))
    return sheets


def _places_of_sheets(xml: dict[str, bytes]) -> dict[str, CellPlaces]:
    """Return the grid of each sheet by name. Chart and dialogue sheets have none."""
    book = ElementTree.fromstring(xml["xl/workbook.xml"])
    relations = ElementTree.fromstring(xml["xl/_rels/workbook.xml.rels"])
    targets = {element.get("Id"): (element.get("Type", ""), element.get("Target", "")) for element in relations}
    shared = xml.get("xl/sharedStrings.xml")
    texts = 0 if shared is None else sum(element.tag.endswith("}si") for element in ElementTree.fromstring(shared))
    places_by_name = {}
    for about in book.iter():
        if about.tag.endswith("}sheet"):
            kind, target = targets[about.get(_RELATION)]
            if kind.endswith("/worksheet"):
                part = xml[target.lstrip("/") if target.startswith("/") else f"xl/{target}"]
                places_by_name[about.get("name", "")] = places = read_cell_places(part)
                if places.strings > texts:
                    raise Damaged(f"{places.strings} texts are counted on, {texts} are there")
    return places_by_name


def _sheet(about: python_calamine.SheetMetadata, read: python_calamine.CalamineSheet, places: CellPlaces) -> Sheet:
    """Return a sheet as read, after comparing it with its XML: every number is there, or it is damaged."""
    rows: list[list[Cell]] = [list(row) for row in read.to_python(skip_empty_area=False)]
    for row, column in places.certain:
        if rows[row][column] == "":
            raise Damaged(f"nothing was read from row {row}, column {column}")
    for (row, column), why in places.without.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = Unread(why)
    return Sheet(
        about.name,
        rows,
        merged=tuple(places.merged),
        hidden_rows=frozenset(places.hidden_rows),
        hidden_columns=frozenset(places.hidden_columns),
        is_hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
    )


def _text(content: bytes) -> str:
    zeros = content[:2000].count(0) * 3 > len(content[:2000])
    without_mark = ["utf-16-le", "utf-16-be"] if zeros else ["utf-8-sig", "cp1252"]
    for encoding in ["utf-16"] if content.startswith(_UTF_16) else without_mark:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if encoding == "cp1252" and _MANGLED.search(content):
            raise Unreadable("Filens å, ä och ö är skadade. Spara rapporten på nytt från Excel, som CSV UTF-8.")
        if "\x00" not in text and "\ufeff" not in text and _is_text(text):
            return text
    raise Unreadable("Filen är varken en Excel-fil eller text. Spara rapporten som .xlsx eller .csv och försök igen.")


def _is_text(text: str) -> bool:
    """Return True if most letters are those of Swedish: bytes read in the wrong order are not."""
    return sum(letter < "\u0250" or letter in "–—−•…”’‰€\u202f" for letter in text[:4000]) * 10 >= len(text[:4000]) * 9


def _csv_sheet(text: str, headings: Callable[[Sheet], int]) -> Sheet:
    """Return the rows, split by semicolon, tab or comma."""
    parsed = [Sheet(None, rows) for sign in (";", "\t", ",") if (rows := _split(text, sign)) is not None]
    if not parsed:
        raise Unreadable("Ett citationstecken i filen är inte avslutat. Spara den på nytt från Excel som .csv.")
    best = max(parsed, key=lambda sheet: (headings(sheet), *_agreement(sheet)))
    if _agreement(best) == (0, 0):
        raise Unreadable(
            "Filen är varken en Excel-fil eller en tabell. Spara rapporten som .xlsx, eller som .csv med semikolon."
        )
    return best


def _agreement(sheet: Sheet) -> tuple[int, int]:
    """Return how many of the first rows share the most common width, and that width."""
    widths = Counter(len(row) for row in sheet.rows[:60] if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _split(text: str, sign: str) -> list[list[Cell]] | None:
    """Return the rows of a text; None where this separator leaves a quotation open.

    Raises Unreadable when there are too many.
    """
    rows: list[list[Cell]] = []
    count = cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True):
            count += 1
            cells += len(row)
            if count <= MOST_ROWS and cells <= MOST_CELLS:
                rows.append(list(row))
    except csv.Error:
        return None
    _require_few(count, cells)
    return rows


def _require_few(rows: int, cells: int) -> None:
    """Raise Unreadable, with size and limit, when there are too many rows or cells."""
    for count, most, what in ((rows, MOST_ROWS, "rader"), (cells, MOST_CELLS, "celler")):
        if count > most:
            raise Unreadable(
                f"Filen har {grouped(count)} {what}, och högst {grouped(most)} läses. "
                "Ta bort det som inte hör till rapporten, eller dela filen."
            )


def grouped(count: int) -> str:
    """Return a count with its thousands apart.

    >>> grouped(700001)
    '700\xa0001'
    """
    return f"{count:,}".replace(",", "\u00a0")
