"""Corrections of single cells before a file is submitted, with the content before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samlad.foundation import characters
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.submissions.intake.answer_table import as_text, find_table
from samlad.submissions.intake.sheets import Cell, Sheet, Unread, letter
from samlad.submissions.intake.vocabulary import Vocabulary

LONGEST = 2_000
"""Most characters of a corrected cell."""


@dataclass(frozen=True)
class Fix:
    """New content for one cell: its sheet (None in a text file), its row from 1, its column from 0."""

    sheet: str | None
    row: int
    column: int
    now: str


def place(sheets: Sequence[Sheet], finding: Finding, vocabulary: Vocabulary) -> tuple[str | None, int, int] | None:
    """Return the cell of a finding: sheet, row from 1 and column from 0; None when it has no cell.

    A column is found by its heading as it stands in the file, else by the letter a spreadsheet gives it.
    """
    sheet = next((candidate for candidate in sheets if candidate.name == finding.sheet), None)
    if sheet is None or finding.row is None or finding.column is None or finding.row > len(sheet.rows):
        return None
    table = find_table(finding.file or "", sheet, vocabulary)
    headings = {table.heading_of(column): at for column, at in table.columns.items()} if table else {}
    letters = {letter(at): at for at in range(max(len(row) for row in sheet.rows))}
    column = headings.get(finding.column, letters.get(finding.column))
    return None if column is None else (sheet.name, finding.row, column)


def fixed(sheets: Iterable[Sheet], fixes: Sequence[Fix]) -> tuple[list[Sheet], tuple[dict[str, Any], ...]]:
    """Return the fixed sheets, and the changes: sheet, row, column letter, content before and after.

    Of two fixes of one cell the later holds. Raises SamladError for a cell that is not in the file and for a content
    that is too long.
    """
    fixed_sheets = list(sheets)
    by_name = {sheet.name: [list(row) for row in sheet.rows] for sheet in fixed_sheets}
    by_place: dict[tuple[str | None, int, int], dict[str, Any]] = {}
    for fix in (replace(change, now=characters.clean(change.now)) for change in fixes):
        rows = by_name.get(fix.sheet)
        if rows is None or not 0 < fix.row <= len(rows) or not 0 <= fix.column < max(len(row) for row in rows):
            raise SamladError(f"Cellen {letter(max(fix.column, 0))}{fix.row} finns inte i filen. Läs in filen på nytt.")
        if len(fix.now) > LONGEST:
            raise SamladError(f"Texten är längre än {LONGEST} tecken. Korta den.")
        row = rows[fix.row - 1]
        row += [""] * (fix.column + 1 - len(row))
        where = (fix.sheet, fix.row, fix.column)
        was = by_place[where]["was"] if where in by_place else _said(row[fix.column])
        row[fix.column] = fix.now
        by_place[where] = {"sheet": fix.sheet, "row": fix.row, "column": letter(fix.column), "was": was, "now": fix.now}
    changed = tuple(change for change in by_place.values() if change["was"] != change["now"])
    return [replace(sheet, rows=by_name[sheet.name]) for sheet in fixed_sheets], changed


def _said(cell: Cell) -> str:
    return cell.why if isinstance(cell, Unread) else as_text(cell)
