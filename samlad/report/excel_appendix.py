"""The report as an Excel file: every table on its own sheet, numbers as numbers. Then definitions and sources.

Nothing that is text can become a formula. The same report gives the same bytes.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from samlad.foundation import clock
from samlad.foundation.rows import IndicatorCatalogueRow
from samlad.report import drawings, glyphs
from samlad.report.document import Chart, OwnText, Report, Table
from samlad.report.report_head import asked, head
from samlad.report.source_rows import Origin
from samlad.report.word_document import fixed_times
from samlad.swedish import numbers, words
from samlad.warehouse.database import Warehouse

Progress = Callable[[float, str], None]
Value = str | int | float | None

_SHAPES = {"share": "0.0%", "yes_no": "0.0%", "rate": "#,##0.00", "index": "0.0", "count": "#,##0", "": "#,##0"}
_WIDEST = 60
_ON_A_LINE, _LINE = 56, 15
"""Number of letters on a line of the widest column, and the height of a line in points."""


def write(
    report: Report,
    origins: Sequence[Origin],
    opened: Warehouse,
    progress: Progress = lambda _share, _doing: None,
) -> bytes:
    """Return the bytes of the .xlsx."""
    kept = io.BytesIO()
    made = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made.set_properties(
        {
            "title": report.title,
            "author": report.author or "Samlad",
            "subject": f"{report.programme}. Ögonblicksbild {report.snapshot_id}",
            "comments": words.EXAMPLE if report.is_example else "",
            "created": clock.in_files(report.published),
        }
    )
    book = _Book(made)
    book.sheet("Om", "Om filen", ("Vad", "Uppgift"), _about(report))
    held = [(section.title, block) for section, block in report.blocks() if isinstance(block, Table | Chart)]
    for done, (title, block) in enumerate(held):
        progress(done / max(len(held), 1), block.caption)
        mark = f" ({words.EXAMPLE})" if block.is_example else ""
        if isinstance(block, Table):
            book.table(f"Tabell {block.id[1:]}", f"{title}. {block.caption}{mark}", block)
        else:
            panels = [(panel, point) for panel in block.spec["concat"] for point in panel["data"]["values"]]
            rows = [_drawn(" ".join(panel["title"]["text"]), point) for panel, point in panels]
            measures = [drawings.measure_of(panel) for panel, _ in panels]
            book.sheet(f"Diagram {block.id[1:]}", f"{title}. Diagrammets tal{mark}", _DRAWN, rows, measures)
    book.sheet("Definitioner", "Indikatorernas definitioner", _DEFINED, _definitions(opened))
    cited = [(at, said, asked(source)) for at, (said, source) in report.citations().items()]
    book.sheet(
        "Källor", "Var varje uppgift är läst", ("Beteckning", "Vad som står", "Fråga, val, rad och kolumner"), cited
    )
    book.sheet("Egna texter", "Siffror i egna texter", ("Del", "Siffra", "Spårning"), _own(report))
    book.sheet("Inlämningar", "Vilka inlämningar talen kom med", _HANDED, [_handed(one) for one in origins])
    book.sheet("Skydd", "Vad som inte visas, och varför", ("Ord", "Betydelse"), _protection(report))
    made.close()
    return fixed_times(kept.getvalue())


class _Book:
    """An Excel file that grows sheet by sheet."""

    def __init__(self, made: Workbook) -> None:
        self._made = made
        self._title = made.add_format({"bold": True, "font_size": 13})
        self._head = made.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text = made.add_format({"text_wrap": True, "valign": "top"})
        self._whole = made.add_format({"num_format": "0", "valign": "top"})
        self._day = made.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self._numbers: dict[str, Format] = {}

    def number(self, measure: str) -> Format:
        """Return the cell format for numbers of a measure."""
        if measure not in self._numbers:
            self._numbers[measure] = self._made.add_format({"num_format": _SHAPES[measure], "valign": "top"})
        return self._numbers[measure]

    def sheet(
        self, name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], measures: Sequence[str] = ()
    ) -> None:
        """Add a sheet with a title, headings and rows. measures gives each row's measure."""
        held = [tuple(glyphs.plain(list(row))) for row in rows]
        sheet = self._begun(name, title, columns, [[str(cell or "") for cell in row] for row in held])
        for down, row in enumerate(held, start=3):
            for across, cell in enumerate(row):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(down, across, cell, self._day)
                elif isinstance(cell, float) and measures:
                    sheet.write_number(down, across, cell, self.number(measures[down - 3]))
                elif isinstance(cell, int | float):
                    sheet.write_number(down, across, cell, self._whole)
                elif cell is not None:
                    sheet.write_string(down, across, str(cell), self._text)
        if held:
            sheet.autofilter(2, 0, 2 + len(held), len(columns) - 1)

    def table(self, name: str, title: str, shown: Table) -> None:
        """Add a table of the report: its words, and beside them its numbers as numbers."""
        numeric = [at for at in range(len(shown.columns)) if any(row[at].value is not None for row in shown.rows)]
        columns = [*shown.columns, *(f"{shown.columns[at]}, tal" for at in numeric)]
        words = [[*(cell.words for cell in row), *("" for _ in numeric)] for row in shown.rows]
        sheet = self._begun(name, title, columns, words)
        for down, row in enumerate(shown.rows, start=3):
            for across, cell in enumerate(row):
                sheet.write_string(down, across, cell.words, self._text)
            for across, at in enumerate(numeric, start=len(row)):
                cell = row[at]
                if cell.value is not None:
                    sheet.write_number(down, across, cell.value, self.number(cell.measure))
        for down, note in enumerate(shown.notes, start=4 + len(shown.rows)):
            sheet.write_string(down, 0, note)

    def _begun(self, name: str, title: str, columns: Sequence[str], words: Sequence[Sequence[str]]) -> Worksheet:
        sheet = self._made.add_worksheet(name)
        sheet.write_string(0, 0, title, self._title)
        for across, column in enumerate(columns):
            sheet.write_string(2, across, column, self._head)
            longest = max((len(row[across]) for row in words), default=0)
            sheet.set_column(across, across, min(_WIDEST, max(12, len(column), longest) + 2))
        for down, row in enumerate(words, start=3):
            longest = max(map(len, row))
            if longest > _ON_A_LINE:
                sheet.set_row(down, -(-longest // _ON_A_LINE) * _LINE)
        sheet.freeze_panes(3, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        return sheet


def _about(report: Report) -> list[tuple[str, Value]]:
    mark = [("Märkning", f"{words.EXAMPLE}: uppgifterna är helt eller delvis påhittade.")] if report.is_example else []
    return [("Titel", report.title), *mark, *head(report)]


_DRAWN = ("Indikator", "År", "Utfall", "Undre gräns (95 %)", "Övre gräns (95 %)", "Årsmål", "Krävd takt", "Saknas")


def _drawn(title: str, point: dict[str, Any]) -> tuple[Value, ...]:
    """Return a chart's year as a row under _DRAWN.

    The chart draws a figure that lacks answers hollow; here words say so.
    """
    is_hollow = point["open"] is not None
    figures = (point[name] for name in ("lower", "upper", "target", "pace"))
    missing = point["missing"] or ("svar saknas" if is_hollow else None)
    return (title, int(point["year"]), point["open"] if is_hollow else point["value"], *figures, missing)


_DEFINED = ("Indikator", "Mål", "Lydelse", "Definition", "Enhet", "Källa", "Ny definition", "Säkerhet")


def _definitions(opened: Warehouse) -> list[tuple[Value, ...]]:
    return [
        (
            row.indicator,
            row.goal_number,
            row.name,
            row.definition,
            row.unit,
            row.indicator_source,
            f"{row.break_year}: {row.break_note}" if row.break_year else None,
            row.confidence,
        )
        for row in opened.rows(IndicatorCatalogueRow)
    ]


def _own(report: Report) -> list[tuple[str, str, str]]:
    rows = []
    for section, block in report.blocks():
        if isinstance(block, OwnText):
            rows += [(section.title, f"{{{name}}}", "infogad") for name in block.figures]
            rows += [(section.title, number, "ej spårad") for number in block.untracked]
            rows += [(section.title, block.conflict, "flera texter")] if block.conflict else []
    return rows


_HANDED = (
    "Indikator eller aktivitet",
    "Organisation",
    "År",
    "Period",
    "Inlämning",
    "Kom",
    "Inlagd",
    "Fil",
    "Blad",
    "Rad",
    "Av",
)


def _handed(one: Origin) -> tuple[Any, ...]:
    where = (one.file, one.sheet, one.row, one.by)
    return (
        one.object,
        one.organisation,
        one.year,
        one.period,
        one.submission_id,
        one.received_on,
        one.loaded_on,
        *where,
    )


def _protection(report: Report) -> list[tuple[str, str]]:
    meaning = [(words.MISSING[code], said) for code, said in words.MISSING_SENTENCES.items()]
    return [("Minsta antal personer som visas", numbers.number(report.threshold)), *meaning]
