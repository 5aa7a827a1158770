"""The XML of one sheet, parsed strictly: cells with values, cells without, merged and hidden ones.

The values themselves are read by calamine, in sheets.py.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

MOST_CELLS = 1_000_000
"""Most cells within the edges of one sheet, empty ones too; a real report has a few thousand."""

FAULT = "Cellen visar ett fel i stället för ett värde."
NOT_CALCULATED = "Cellen har en formel som inte är uträknad. Öppna filen i Excel, spara den och försök igen."

_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_INSIDE = {
    "sheetData": {"row"},
    "row": {"c", "extLst"},
    "c": {"f", "v", "is", "extLst"},
    "is": {"t", "r", "rPh", "phoneticPr"},
    "v": set[str](),
    "f": set[str](),
}
"""Allowed content of each element of the cells. Anything else would be skipped silently."""

_ONLY_IN = {"row": "sheetData", "c": "row", "v": "c"}

Place = tuple[int, int]
Area = tuple[int, int, int, int]


class Damaged(ValueError):
    """XML that is not that of a whole sheet."""


class TooWide(ValueError):
    """Edges further apart than any report's: `args` are rows and columns."""


@dataclass
class CellPlaces:
    """The places of cells in one sheet; rows and columns count from 0.

    `certain` are the cells with a number or a yes/no, which a reader of the sheet must find something in. `without` are
    cells whose value the file does not hold, with the reason in Swedish. `strings` is how many shared texts the cells
    count on: one more than the highest number. An area is first row, first column, last row,
    last column.
    """

    certain: set[Place] = field(default_factory=set)
    without: dict[Place, str] = field(default_factory=dict)
    strings: int = 0
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_cell_places(xml: bytes) -> CellPlaces:
    """Parse the XML of one sheet.

    Raises Damaged when it is not whole, when cells come twice or out of order, or when something unknown stands among
    them; TooWide when the cells between its edges would fill the memory.
    """
    walk = _Walk()
    try:
        walk.parser.Parse(xml, True)
    except expat.ExpatError as fault:
        raise Damaged(str(fault)) from fault
    if not walk.has_data:
        raise Damaged("no sheetData")
    return walk.grid


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0.

    >>> column_number("A"), column_number("aa"), column_number("XFD")
    (0, 26, 16383)
    """
    number = 0
    for sign in letters.upper():
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1


class _Walk:
    """One pass through the XML, cell by cell."""

    def __init__(self) -> None:
        self.grid = CellPlaces()
        self.has_data = False
        self.inside: list[str] = []
        self.row, self.column = -1, -1
        self.height, self.width = 0, 0
        self.kind = ""
        self.formula, self.value, self.said = False, False, ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: Any) -> None:
        raise Damaged("a document type")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        above = self.inside[-1] if self.inside else ""
        if (above in _INSIDE and name not in _INSIDE[above]) or _ONLY_IN.get(name, above) != above:
            raise Damaged(f"<{name}> in <{above}>")
        self.inside.append(name)
        if name == "c":
            self.start_cell(attributes)
        elif name == "f":
            self.formula = True
        elif name == "is":
            self.value = True
        elif name == "row":
            self.start_row(attributes)
        elif name == "sheetData":
            if self.has_data or above != "worksheet":
                raise Damaged("sheetData twice, or not where it belongs")
            self.has_data = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.grid.merged.append((*_place(first), *_place(last or first)))
        elif name == "col" and _is_true(attributes.get("hidden")):
            self.grid.hidden_columns.update(range(int(attributes["min"]) - 1, min(int(attributes["max"]), 16_384)))

    def end(self, name: str) -> None:
        self.inside.pop()
        if name.endswith(" c") or name == "c":
            place = (self.row, self.column)
            if self.kind == "s" and self.value:
                if not self.said.strip().isdecimal():
                    raise Damaged(f"no text has the number {self.said[:20]}")
                self.grid.strings = max(self.grid.strings, int(self.said) + 1)
            if self.kind == "e":
                self.grid.without[place] = FAULT
            elif self.formula and not self.value and self.kind != "str":
                self.grid.without[place] = NOT_CALCULATED
            elif self.value and self.kind in ("", "n", "b", "d"):
                self.grid.certain.add(place)

    def text(self, text: str) -> None:
        if self.inside[-1] == "v" and text.strip():
            self.value = True
            self.said += text
        elif self.inside[-1] in ("sheetData", "row", "c") and text.strip():
            raise Damaged("text between the cells")

    def start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self.row + 1
        if number <= self.row or number >= 1_048_576:
            raise Damaged(f"row {number + 1} after row {self.row + 1}")
        self.row, self.column = number, -1
        if _is_true(attributes.get("hidden")):
            self.grid.hidden_rows.add(number)

    def start_cell(self, attributes: dict[str, str]) -> None:
        row, column = _place(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
        if row != self.row or column <= self.column:
            raise Damaged(f"cell {attributes.get('r')} out of its place")
        self.column = column
        self.height, self.width = row + 1, max(self.width, column + 1)
        if self.height * self.width > MOST_CELLS:
            raise TooWide(self.height, self.width)
        self.kind = attributes.get("t", "")
        self.formula, self.value, self.said = False, False, ""


def _place(reference: str) -> Place:
    match = _PLACE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise Damaged(f"no cell is called {reference[:20]}")
    return int(match[2]) - 1, column_number(match[1])


def _is_true(attribute: str | None) -> bool:
    return attribute in ("1", "true")
