"""The table of answers in a sheet: where its headings stand, what each column holds, what is written above it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samlad.checks import told
from samlad.findings import Finding
from samlad.sheets import Cell, Sheet, Unread, letter
from samlad.words import Words, plain

HEADING_ROWS = 40
"""How far down a sheet its headings may stand."""

OBJECTS = ("indicator_id", "activity_id", "name")
WIDE = {"value_women": "women", "value_men": "men"}
"""Columns that hold the figure of one sex beside the total's."""

ANSWERS = ("numerator", "denominator", "value", *WIDE, "forecast", "status", "missing_reason", "comment")
ABOVE = ("organisation_id", "year", "period")

_PERCENT_HEADING = re.compile(r"\(?\s*(?:i\s+)?(?:%|procent)\s*\)?")


@dataclass(frozen=True)
class AnswerTable:
    """A sheet with its heading row (counted from 0), which column holds what, and whom and when it says it concerns.

    `percent` are the columns whose heading says that their figures are in per cent.
    """

    file: str
    sheet: Sheet
    heading: int
    columns: Mapping[str, int]
    above: Mapping[str, Cell]
    percent: frozenset[str]

    def heading_of(self, column: str) -> str:
        """The heading of a column as it stands in the file."""
        return as_text(self.sheet.rows[self.heading][self.columns[column]])

    def lines(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Each row below the headings: its place counted from 0, and its cells by what they hold, without blanks."""
        for number in range(self.heading + 1, len(self.sheet.rows)):
            row = self.sheet.rows[number]
            cells = {column: row[at] for column, at in self.columns.items() if at < len(row)}
            yield number, {column: cell for column, cell in cells.items() if not is_blank(cell)}

    def finding(
        self,
        rule: str,
        severity: str,
        message: str,
        action: str,
        *,
        row: int | None = None,
        column: str | None = None,
        cell: Cell = "",
    ) -> Finding:
        """A finding in this sheet; `row` is counted from 0, `column` is as the user sees it."""
        value = None if is_blank(cell) or isinstance(cell, Unread) else told(cell)[:100]
        at = None if row is None else row + 1
        return Finding(rule, severity, self.file, self.sheet.name, at, column, value, message, action)


def find_table(file: str, sheet: Sheet, words: Words) -> AnswerTable | None:
    """The table of answers in a sheet, or None when none of its first rows has headings enough.

    The heading row is the one with most known headings, among them one that says what a row is about and one answer.
    """
    best: dict[str, int] = {}
    heading = 0
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            meaning = _meaning(cell, words)
            if meaning is not None:
                columns.setdefault(meaning, at)
        if (
            len(columns) > len(best)
            and not columns.keys().isdisjoint(OBJECTS)
            and not columns.keys().isdisjoint(ANSWERS)
        ):
            best, heading = columns, number
    if not best:
        return None
    percent = {column for column, at in best.items() if _says_percent(sheet.rows[heading][at], words)}
    return AnswerTable(file, sheet, heading, best, _above(sheet, heading, words), frozenset(percent))


def heading_findings(table: AnswerTable, words: Words) -> Iterator[Finding]:
    """Columns with something in them that are not read: two of one meaning, or of a meaning that is not known."""
    below = table.sheet.rows[table.heading + 1 :]
    for at, cell in enumerate(table.sheet.rows[table.heading]):
        meaning = _meaning(cell, words)
        if table.columns.get(meaning or "") == at or not any(at < len(row) and not is_blank(row[at]) for row in below):
            continue
        where = {"row": table.heading, "column": letter(at), "cell": cell}
        if meaning is not None:
            same = f"Två kolumner betyder samma sak: {table.heading_of(meaning)} och {told(cell)}."
            yield table.finding("two_columns", "error", same, "Ta bort den ena.", **where)  # type: ignore[arg-type]
        else:
            near = [] if is_blank(cell) else words.nearest("column", cell)
            message = "Kolumnen har ingen känd rubrik och är inte läst." + guess(near)
            action = "Byt till en rubrik ur formuläret, eller ta bort kolumnen."
            yield table.finding("unread_column", "warning", message, action, **where)  # type: ignore[arg-type]


def guess(near: list[str]) -> str:
    """A sentence on the nearest known word, if there is one."""
    return f" Närmast ligger ”{near[0]}”." if near else ""


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return isinstance(cell, str) and not cell.strip()


def as_text(cell: Cell) -> str:
    """A cell as a word: a whole number without decimals, text without space around it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _meaning(cell: Cell, words: Words) -> str | None:
    if not isinstance(cell, str) or is_blank(cell):
        return None
    return words.meaning("column", cell) or words.meaning("column", _PERCENT_HEADING.sub("", plain(cell)))


def _says_percent(cell: Cell, words: Words) -> bool:
    return "%" in as_text(cell) or words.meaning("column", cell) is None


def _above(sheet: Sheet, heading: int, words: Words) -> dict[str, Cell]:
    """Whom and when, written above the headings: a word we know, and its value in the next cell that is filled."""
    found: dict[str, Cell] = {}
    for row in sheet.rows[:heading]:
        for at, cell in enumerate(row):
            meaning = _meaning(cell, words)
            value = next((other for other in row[at + 1 :] if not is_blank(other)), None)
            if meaning in ABOVE and value is not None:
                found.setdefault(meaning, value)
    return found
