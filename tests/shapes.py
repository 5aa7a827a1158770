"""Reports as people shape them: what is meant, and a file that says it in one of many ways."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

NBSP = "\u00a0"

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("Indikator", "Indikator-id", "Indikatornamn", "indicator", "Benämning"),
    "organisation_id": ("Nämnd", "Organisation", "Stadsdelsnämnd", "organization", "Nämnd/styrelse:"),
    "year": ("År", "Year", "Verksamhetsår"),
    "period": ("Period", "Tertial", "Uppföljningsperiod"),
    "sex": ("Kön", "Sex", "gender"),
    "numerator": ("Antal", "Täljare", "numerator", "Varav"),
    "denominator": ("Av totalt", "Nämnare", "Denominator"),
    "value": ("Värde", "Utfall", "Outcome", "Periodens utfall", "RESULTAT"),
    "missing_reason": ("Orsakskod", "Reason", "Orsak"),
    "comment": ("Kommentar", "Comment", "Analys"),
}

SEXES = {"total": ("Totalt", "Alla", "total"), "women": ("Kvinnor", "K", "women"), "men": ("Män", "m", "male")}
MISSING = {
    "-": ("-", "–", "saknas", "ej rapporterat"),
    ".": (".", "ej tillämpligt", "not applicable"),
    "..": ("..", "sekretess"),
}
WHOM = ("SDN-BR", "Bromma", "bromma stadsdelsnämnd", f"Bromma{NBSP}stadsdelsnämnd")
WHEN: tuple[tuple[str | None, str], ...] = (
    ("2024", "VB"),
    ("2024", "Verksamhetsberättelse"),
    (None, "VB 2024"),
    (None, "Helår 2024"),
    (None, "2024-12-31"),
    (None, "2024-01-01 – 2024-12-31"),
    (None, "31 december 2024"),
    (None, "31/12 2024"),
)
COMMENTS = ("", "Enligt plan", "=1+1", "+46 8 508", "-", "@alla", 'Sagt: ”bra”, "bra"; och\nnytt', "å ä ö é")
INDICATORS = {"I1": "share", "I2": "count", "I3": "index", "I4": "yes_no", "I5": "rate"}
SEPARATORS = ("", " ", NBSP, "\u202f", ".")

Cell = Any


@dataclass(frozen=True)
class Meant:
    """One line as it is meant, and how its number is written: a separator for thousands, and a way of saying shares."""

    indicator_id: str
    sex: str
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    missing: str | None = None
    comment: str = ""
    separator: str | None = None
    way: int = 0

    def cells(self) -> dict[str, Cell]:
        """Return the contents of the cells of its line; a separator of None writes numbers as numbers."""
        cells: dict[str, Cell] = {"name": self.indicator_id, "comment": self.comment}
        cells["sex"] = SEXES[self.sex][self.way % 3]
        if self.missing is not None:
            words = MISSING[self.missing]
            column = "missing_reason" if self.way % 2 or INDICATORS[self.indicator_id] == "rate" else "value"
            cells[column] = words[self.way % len(words)]
        elif INDICATORS[self.indicator_id] == "yes_no":
            cells["value"] = (("Nej", "n", "no"), ("Ja", "x", "YES"))[int(self.value or 0)][self.way % 3]
        elif self.numerator is not None and self.denominator is not None and self.way % 3 == 0:
            cells["numerator"] = f"{self.number(self.numerator)} av {self.number(self.denominator)}"
        elif self.value is not None and INDICATORS[self.indicator_id] == "share":
            cells["value"] = f"{self.decimal(self.value * 100)}{('%', ' %', f'{NBSP}%')[self.way % 3]}"
        elif self.value is not None:
            cells["value"] = self.value if self.separator is None else self.decimal(self.value)
        else:
            cells["numerator"] = self.number(self.numerator)
            cells["denominator"] = self.number(self.denominator)
        return cells

    def number(self, count: int | None) -> Cell:
        """A count as it is written."""
        if count is None or self.separator is None:
            return count
        return f"{count:,}".replace(",", self.separator)

    def decimal(self, value: float) -> str:
        """A number with two decimals, a comma before them."""
        whole, _, decimals = f"{abs(value):,.2f}".partition(".")
        return ("−" if value < 0 else "") + whole.replace(",", self.separator or "") + "," + decimals

    def read(self) -> tuple[Any, ...]:
        """Return the row the reader is to give: thing, sex, numerator, denominator, value, reason, comment."""
        value = None if self.value is None else float(self.value)
        return (
            *(self.indicator_id, self.sex, self.numerator, self.denominator),
            *(value, self.missing, self.comment.strip() or None),
        )


@dataclass(frozen=True)
class Shape:
    """Layout of a file."""

    kind: str
    columns: tuple[str, ...]
    headings: tuple[int, ...]
    above: int
    in_rows: bool
    whom: str
    when: tuple[str | None, str]
    blanks: frozenset[int]
    sums: frozenset[int]
    hidden_rows: frozenset[int]
    hides_column: bool
    sheets: int
    merges: bool


@dataclass
class Written:
    """A file, and where each line stands in it: sheet name and row counted from 1."""

    content: bytes
    places: list[tuple[str | None, int]] = field(default_factory=list)


counts = st.integers(0, 2_000_000)


@st.composite
def lines(draw: Callable[..., Any]) -> Meant:
    """One line that can be meant."""
    indicator_id = draw(st.sampled_from(sorted(INDICATORS)))
    about = {
        "indicator_id": indicator_id,
        "sex": draw(st.sampled_from(sorted(SEXES))),
        "comment": draw(st.sampled_from(COMMENTS)),
        "separator": draw(st.sampled_from([None, *SEPARATORS])),
        "way": draw(st.integers(0, 5)),
    }
    if draw(st.integers(0, 5)) == 0:
        return Meant(**about, missing=draw(st.sampled_from(sorted(MISSING))))
    match INDICATORS[indicator_id]:
        case "yes_no":
            return Meant(**about, value=draw(st.integers(0, 1)))
        case "index":
            return Meant(**about, value=draw(st.integers(-10_000_000, 10_000_000)) / 100)
        case "count":
            return Meant(**{**about, "way": 1 + 3 * (about["way"] % 2)}, numerator=draw(counts))
        case "share" if about["way"] % 3 and draw(st.booleans()):
            return Meant(**about, value=draw(st.integers(0, 10_000)) / 10_000)
    denominator = draw(counts)
    return Meant(**about, numerator=draw(st.integers(0, denominator)), denominator=denominator)


@st.composite
def shapes(draw: Callable[..., Any]) -> Shape:
    """One way to lay a file out."""
    few = st.frozensets(st.integers(0, 5), max_size=2)
    return Shape(
        kind=draw(st.sampled_from(["xlsx", "xlsx", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])),
        columns=tuple(draw(st.permutations(sorted(HEADINGS)))),
        headings=tuple(draw(st.lists(st.integers(0, 4), min_size=len(HEADINGS), max_size=len(HEADINGS)))),
        above=draw(st.integers(0, 30)),
        in_rows=draw(st.booleans()),
        whom=draw(st.sampled_from(WHOM)),
        when=draw(st.sampled_from(WHEN)),
        blanks=draw(few),
        sums=draw(few),
        hidden_rows=draw(few),
        hides_column=draw(st.booleans()),
        sheets=draw(st.integers(1, 2)),
        merges=draw(st.booleans()),
    )


def table(shape: Shape, meant: Sequence[Meant], places: list[int]) -> list[list[Cell]]:
    """The cells of one sheet; the row of each line, counted from 0, is added to `places`."""
    whom_and_when = {"organisation_id": shape.whom, "year": shape.when[0], "period": shape.when[1]}
    columns = [one for one in shape.columns if shape.in_rows or one not in whom_and_when]
    rows: list[list[Cell]] = [["Uppföljning av programmet", None]]
    if not shape.in_rows:
        rows += [["Nämnd", shape.whom], ["Period", shape.when[1]]]
        rows += [["År", shape.when[0]]] if shape.when[0] else []
    rows += [[None]] * shape.above
    names = {one: HEADINGS[one][at % len(HEADINGS[one])] for one, at in zip(HEADINGS, shape.headings, strict=True)}
    rows.append([names[one] for one in columns])
    for number, line in enumerate(meant):
        rows += [[None]] if number in shape.blanks else []
        if number in shape.sums:
            rows.append([{"name": "Summa", "numerator": 12345}.get(one) for one in columns])
        cells = {**line.cells(), **(whom_and_when if shape.in_rows else {})}
        places.append(len(rows))
        rows.append([cells.get(one) for one in columns])
    return rows


def written(shape: Shape, meant: Sequence[Meant], separator: str) -> Written:
    """The file that says what is meant in a shape. `separator` stands between cells of a text file."""
    if shape.kind == "xlsx":
        return as_workbook(shape, meant)
    places: list[int] = []
    rows = [["" if cell is None else as_csv(cell) for cell in row] for row in table(shape, meant, places)]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    said = text.getvalue().replace("−", "-").replace("\u202f", " ") if shape.kind == "cp1252" else text.getvalue()
    return Written(said.encode(shape.kind), [(None, place + 1) for place in places])


def as_csv(cell: Cell) -> str:
    """A cell as a Swedish spreadsheet saves it: decimal comma."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def as_workbook(shape: Shape, meant: Sequence[Meant]) -> Written:
    """The same as a workbook: lines shared between sheets, some rows hidden, a name merged over its lines."""
    file = io.BytesIO()
    made = Written(b"")
    half = -(-len(meant) // shape.sheets)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for number in range(shape.sheets):
            sheet = book.add_worksheet(f"Blad {number + 1}")
            places: list[int] = []
            of_sheet = meant[number * half : (number + 1) * half]
            rows = table(shape, of_sheet, places)
            if shape.merges:
                merge_names(sheet, rows, places, of_sheet)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
            for place in shape.hidden_rows:
                if place < len(places):
                    sheet.set_row(places[place], None, None, {"hidden": True})
            if shape.hides_column:
                sheet.set_column(0, 0, None, None, {"hidden": True})
            made.places += [(f"Blad {number + 1}", place + 1) for place in places]
    made.content = file.getvalue()
    return made


def merge_names(sheet: Any, rows: list[list[Cell]], places: list[int], meant: Sequence[Meant]) -> None:
    """Merge the name of the first lines that are about one thing and stand below each other."""
    last = 0
    while last + 1 < len(places) and places[last + 1] == places[0] + last + 1:
        if meant[last + 1].indicator_id != meant[0].indicator_id:
            break
        last += 1
    if places and last:
        column = rows[places[0]].index(meant[0].indicator_id)
        sheet.merge_range(places[0], column, places[last], column, meant[0].indicator_id)
        for place in places[1 : last + 1]:
            rows[place][column] = None
