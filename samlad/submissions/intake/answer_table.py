"""The answer table in a sheet: its heading row, the meaning of each column, and the cells above it.

Reading a row stands in answer_row.py.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from samlad.foundation import characters
from samlad.foundation.findings import Finding, Question
from samlad.submissions.intake.checks import sentence_value
from samlad.submissions.intake.sheets import Cell, Sheet, Unread, letter, read_sheets
from samlad.submissions.intake.vocabulary import Vocabulary, plain

HEADING_ROWS = 40
"""Rows from the top in which headings may stand."""

OBJECTS = ("indicator_id", "activity_id", "name")
WIDE = {"value_women": "women", "value_men": "men"}
"""Columns with the figure of one sex, beside the total's."""

ANSWERS = ("numerator", "denominator", "value", *WIDE, "forecast", "status", "missing_reason", "comment")
ABOVE = ("organisation_id", "year", "period")
SHARED = (*OBJECTS, *ABOVE, "sex")
"""Columns in which one merged cell holds for all the rows it covers."""

_PERCENT_HEADING = re.compile(r"\(?\s*(?:i\s+)?(?:%|procent)\s*\)?")


@dataclass(frozen=True)
class AnswerTable:
    """A sheet with its heading row (counted from 0), its columns by meaning, and the cells above.

    `percent` are the columns whose heading says that their figures are in per cent.
    """

    file: str
    sheet: Sheet
    heading: int
    columns: Mapping[str, int]
    above: Mapping[str, Cell]
    percent: frozenset[str]

    def heading_of(self, column: str) -> str:
        """Return a column's heading as it stands in the file."""
        return as_text(self.sheet.rows[self.heading][self.columns[column]])

    def lines(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Yield each row below the headings: its place from 0, and its filled cells by meaning.

        What a row is about may stand in a cell merged with those above it.
        """
        shared = self._shared()
        for number in range(self.heading + 1, len(self.sheet.rows)):
            own = self._own(number)
            yield number, {**shared.get(number, {}), **own} if own else {}

    def overflows(self, number: int) -> bool:
        """Return True if a row of a text file has content beyond the last heading."""
        beyond = self.sheet.rows[number][len(self.sheet.rows[self.heading]) :]
        return any(not is_blank(cell) for cell in beyond)

    def merged_answers(self) -> Iterator[Finding]:
        """Yield a finding for each answer merged over several rows: its row is unknown."""
        names = {at: column for column, at in self.columns.items()}
        for first, at, last, _ in self.sheet.merged:
            column = names.get(at)
            if column not in ANSWERS or column == "comment" or first <= self.heading or is_blank(self._cell(first, at)):
                continue
            if any(self._own(number) for number in range(first + 1, min(last + 1, len(self.sheet.rows)))):
                yield self.finding(
                    "merged_answer",
                    "error",
                    f"Svaret står i en cell som är sammanslagen över raderna {first + 1}–{last + 1}.",
                    "Dela cellen och skriv ett svar på varje rad.",
                    row=first,
                    column=self.heading_of(column),
                    cell=self._cell(first, at),
                )

    def _cell(self, number: int, at: int) -> Cell:
        row = self.sheet.rows[number] if number < len(self.sheet.rows) else []
        return row[at] if at < len(row) else ""

    def _own(self, number: int) -> dict[str, Cell]:
        cells = {column: self._cell(number, at) for column, at in self.columns.items()}
        return {column: cell for column, cell in cells.items() if not is_blank(cell)}

    def _shared(self) -> dict[int, dict[str, Cell]]:
        names = {at: column for column, at in self.columns.items() if column in SHARED}
        shared: dict[int, dict[str, Cell]] = {}
        for first, at, last, _ in self.sheet.merged:
            if at in names and first > self.heading:
                for number in range(first + 1, min(last + 1, len(self.sheet.rows))):
                    if not is_blank(self._cell(first, at)):
                        shared.setdefault(number, {})[names[at]] = self._cell(first, at)
        return shared

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
        question: Question | None = None,
    ) -> Finding:
        """Return a finding in this sheet; `row` is counted from 0, `column` is as the user sees it."""
        value = None if is_blank(cell) or isinstance(cell, Unread) else sentence_value(cell)[:100]
        at = None if row is None else row + 1
        return Finding(rule, severity, self.file, self.sheet.name, at, column, value, message, action, question)


def sheets_of(content: bytes, vocabulary: Vocabulary) -> list[Sheet]:
    """Return the sheets that should hold answers, their texts cleaned.

    Raises Unreadable as `read_sheets` does.
    """

    def known_headings(sheet: Sheet) -> int:
        table = find_table("", sheet, vocabulary)
        return 0 if table is None else len(table.columns)

    return [
        replace(
            sheet,
            name=sheet.name and characters.clean(sheet.name),
            rows=[[characters.clean(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows],
        )
        for sheet in read_sheets(content, known_headings)
    ]


def find_table(file: str, sheet: Sheet, vocabulary: Vocabulary) -> AnswerTable | None:
    """Return the answer table of a sheet, or None when none of its first rows has headings enough.

    The heading row is the one with most known headings, among them one that says what a row is about and one answer.
    """
    best: dict[str, int] = {}
    heading = 0
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            meaning = _meaning(cell, vocabulary)
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
    percent = {column for column, at in best.items() if _says_percent(sheet.rows[heading][at], vocabulary)}
    return AnswerTable(file, sheet, heading, best, _above(sheet, heading, vocabulary), frozenset(percent))


def heading_findings(table: AnswerTable, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield a finding for each unread column: two of one meaning, or of an unknown one."""
    below = table.sheet.rows[table.heading + 1 :]
    for at, cell in enumerate(table.sheet.rows[table.heading]):
        meaning = _meaning(cell, vocabulary)
        if table.columns.get(meaning or "") == at or not any(at < len(row) and not is_blank(row[at]) for row in below):
            continue
        where = {"row": table.heading, "column": letter(at), "cell": cell}
        if meaning is not None:
            same = f"Två kolumner betyder samma sak: {table.heading_of(meaning)} och {sentence_value(cell)}."
            yield table.finding("two_columns", "error", same, "Ta bort den ena.", **where)  # type: ignore[arg-type]
        else:
            question = None if is_blank(cell) else vocabulary.question("column", as_text(cell))
            message = "Kolumnen har ingen känd rubrik och är inte läst." + guess(question)
            action = "Byt till en rubrik ur formuläret, eller ta bort kolumnen."
            yield table.finding(
                "unread_column",
                "warning",
                message,
                action,
                question=question,
                **where,  # type: ignore[arg-type]
            )


def hidden_findings(table: AnswerTable) -> Iterator[Finding]:
    """Yield a finding for hidden rows and columns that are read: they may be meant to be left out."""
    hidden = table.sheet.hidden_rows
    rows = [number for number, cells in table.lines() if number in hidden and cells] if hidden else []
    columns = [table.heading_of(name) for name, at in table.columns.items() if at in table.sheet.hidden_columns]
    seen = "Visa dem i Excel och kontrollera dem, eller skriv varför de är dolda."
    if table.sheet.is_hidden:
        yield table.finding("hidden_cells", "warning", "Bladet är dolt i filen men är läst.", seen)
    if rows:
        listed = ", ".join(str(number + 1) for number in rows[:10]) + (" …" if len(rows) > 10 else "")
        yield table.finding("hidden_cells", "warning", f"Dolda rader är lästa: {listed}.", seen)
    if columns:
        yield table.finding("hidden_cells", "warning", f"Dolda kolumner är lästa: {', '.join(columns)}.", seen)


def guess(question: Question | None) -> str:
    """Return a sentence with the known words nearest to an unknown one, or nothing."""
    near = [f"”{word}”" for word in question.guesses] if question else []
    if not near:
        return ""
    return f" Närmast ligger {' och '.join(part for part in (', '.join(near[:-1]), near[-1]) if part)}."


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def as_text(cell: Cell) -> str:
    """Return a cell as a word: a whole number without decimals, text without space around it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _meaning(cell: Cell, vocabulary: Vocabulary) -> str | None:
    if not isinstance(cell, str) or is_blank(cell):
        return None
    return vocabulary.meaning("column", cell) or vocabulary.meaning("column", _PERCENT_HEADING.sub("", plain(cell)))


def _says_percent(cell: Cell, vocabulary: Vocabulary) -> bool:
    return "%" in as_text(cell) or vocabulary.meaning("column", cell) is None


def _above(sheet: Sheet, heading: int, vocabulary: Vocabulary) -> dict[str, Cell]:
    """Return organisation and period from above the headings: a known word, and the next filled cell."""
    cells_above: dict[str, Cell] = {}
    for row in sheet.rows[:heading]:
        for at, cell in enumerate(row):
            meaning = _meaning(cell, vocabulary)
            value = next((other for other in row[at + 1 :] if not is_blank(other)), None)
            if meaning in ABOVE and value is not None:
                cells_above.setdefault(meaning, value)
    return cells_above
