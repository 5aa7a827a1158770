"""The form: an Excel workbook with everything one organisation is to report for one period.

Reading a filled form stands in reader.py.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from samlad.catalogue.programme import Programme
from samlad.foundation import clock
from samlad.foundation.errors import SamladError
from samlad.submissions import current_values, organisation_report
from samlad.submissions.intake.reader import README, TO_CONFIRM
from samlad.submissions.intake.vocabulary import Vocabulary
from samlad.submissions.organisation_report import HEADINGS
from samlad.submissions.submission_reader import Submissions
from samlad.swedish import numbers, words
from samlad.warehouse import engine, sql_files

INDICATORS, ACTIVITIES = "Indikatorer", "Aktiviteter"

INDICATOR_COLUMNS = {
    **{"goal": 22, "indicator_id": 16, "name": 58, "unit": 18, "sex": 10, "target": 10, "earlier": 28},
    **{"numerator": 10, "denominator": 10, "value": 10, "forecast": 14, "missing_reason": 18, "comment": 60},
}
ACTIVITY_COLUMNS = {
    **{"goal": 22, "activity_id": 16, "name": 70, "earlier": 28},
    **{"status": 18, "missing_reason": 18, "comment": 60},
}
"""Columns of each sheet in order, with their widths in characters."""

HEADING_ROW = 6
"""Row of the headings, counted from 0."""

FIGURE_COLUMNS = ("numerator", "denominator", "value", "forecast")
FIGURES = {
    "share": FIGURE_COLUMNS,
    "rate": FIGURE_COLUMNS,
    "count": ("numerator", "forecast"),
    "index": ("value", "forecast"),
    "yes_no": ("value", "forecast"),
}
"""Open cells for a figure of each measure; the others are closed."""

NUMBER_FORMATS = {
    "share": "0.0##%",
    "rate": "#,##0.00",
    "count": "#,##0",
    "index": "#,##0.0##",
    "yes_no": "General",
    "text": "General",
}
LIMITS = {"share": (0, 1), "rate": (0, 1e9), "count": (0, 1e9), "index": (-1e9, 1e9)}

HELP = {
    "earlier": "Ert eget senaste svar före den här perioden, som jämförelse. Det skickas inte in igen.",
    "numerator": "Ett heltal. För en andel: hur många som uppfyller villkoret.",
    "denominator": "Ett heltal: alla som antalet är en del av.",
    "value": f"Behövs bara där antal saknas. En andel skrivs med procenttecken, som {numbers.percent(0.85)}.",
    "forecast": "Er egen bedömning av hela årets utfall. Kan lämnas tom.",
    "status": "Välj ur listan.",
    "missing_reason": "Bara när uppgiften saknas: välj ur listan och lämna cellerna för svaret tomma.",
    "comment": "Skriv inga namn, personnummer eller annat som pekar ut en person.",
}

LISTS = {
    "status": [*words.STATUSES.values()],
    "missing_reason": [*words.MISSING.values()],
    "yes_no": ["Ja", "Nej"],
}


def form(programme: Programme, organisation: str, year: int, period: str, history: Submissions | None = None) -> bytes:
    """Return one organisation's form as .xlsx: the same input gives the same bytes.

    What it last reported stands beside the empty cells, out of `history`: raw submissions on the command line,
    `current_values.published` on a page, where a protected figure is told as protected; nothing when it is left out.
    Raises SamladError when the organisation or the period is unknown, when the organisation did not exist on the
    period's last day, and when it has nothing to report.
    """
    whom = _organisation(programme, organisation)
    when = _period(programme, year, period)
    if not (whom["valid_from"] or date.min) <= when["ends_on"] <= (whom["valid_to"] or date.max):
        raise SamladError(
            f"{whom['name']} fanns inte den {numbers.date_sv(when['ends_on'])}. Välj en annan period, eller den nämnd"
            " som fanns då."
        )
    indicators, activities, to_confirm = _lines(programme, whom["organisation_id"], year, period)
    if history is not None:
        _set_beside(history, whom["organisation_id"], (year, period), [*indicators, *activities], programme)
    if not indicators and not activities and not to_confirm:
        raise SamladError(f"{whom['name']} har inget beslutat ansvar att rapportera för {period} {year}.")
    titles = [row["title"] for row in programme.tables["programmes"].to_pylist()]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        form_day = clock.in_files(when["ends_on"])
        book.set_properties({"title": f"{whom['name']} {period} {year}", "author": "Samlad", "created": form_day})
        written = _Form(book, whom, when)
        written.readme(titles)
        if indicators:
            written.sheet(INDICATORS, INDICATOR_COLUMNS, indicators)
        if activities:
            written.sheet(ACTIVITIES, ACTIVITY_COLUMNS, activities)
        if to_confirm:
            written.to_confirm(to_confirm)
        book.worksheets()[1].activate()
    return file.getvalue()


def _organisation(programme: Programme, named: str) -> dict[str, Any]:
    vocabulary = Vocabulary(programme)
    identity = vocabulary.meaning("organisation", named)
    for row in programme.tables["organisations"].to_pylist():
        if row["organisation_id"] == identity:
            organisation: dict[str, Any] = row
            return organisation
    near = vocabulary.nearest("organisation", named)
    raise SamladError(
        f"Det finns ingen organisation ”{named}”."
        + (f" Menar du ”{near[0]}”?" if near else " Skriv dess id eller namn.")
    )


def _period(programme: Programme, year: int, period: str) -> dict[str, Any]:
    known = programme.tables["periods"].to_pylist()
    for row in known:
        if (row["year"], row["period"]) == (year, period):
            period_row: dict[str, Any] = row
            return period_row
    years = sorted({row["year"] for row in known})
    periods_text = (
        f"Programmet har T1, T2 och VB för {years[0]}–{years[-1]}." if years else "Programmet har inga perioder."
    )
    raise SamladError(f"Perioden {period} {year} finns inte. {periods_text}")


def opened(programme: Programme) -> duckdb.DuckDBPyConnection:
    """Return the catalogue with the duties and targets that publish works with, for queries/form."""
    connection = engine.connect()
    for name, table in programme.tables.items():
        engine.load(connection, name, table)
    engine.load(connection, "current_indicators", organisation_report.indicator_rows())
    for step in ("duties", "yearly_targets"):
        engine.build(connection, sql_files.parse(engine.QUERIES / "publish" / f"{step}.sql"), {"as_of": None})
    return connection


def _lines(programme: Programme, organisation_id: str, year: int, period: str) -> list[list[dict[str, Any]]]:
    """Return the rows of each sheet: indicators and activities to report, and duties to confirm."""
    parameters = {"organisation_id": organisation_id, "year": year, "period": period}
    connection = opened(programme)
    try:
        return [
            connection.sql(question.sql, params=parameters).to_arrow_table().to_pylist()
            for question in map(form_question, ("form_indicators", "form_activities", "form_to_confirm"))
        ]
    finally:
        connection.close()


def form_question(name: str) -> sql_files.Query:
    """Return a query of queries/form by its file name."""
    return sql_files.parse(engine.QUERIES / "form" / f"{name}.sql")


def _set_beside(
    history: Submissions,
    organisation_id: str,
    when: tuple[int, str],
    lines: Sequence[dict[str, Any]],
    programme: Programme,
) -> None:
    """Add to each row the organisation's last report before the period, and its day."""
    about = {row["indicator_id"]: row for row in programme.tables["indicators"].to_pylist()}
    before = current_values.earlier(history, organisation_id, *when)
    for line in lines:
        identity = line.get("indicator_id") or line["activity_id"]
        row = before.get((identity, line.get("sex")))
        earlier_text = None if row is None else current_values.row_text(row, about.get(identity, {}))
        line["earlier"] = None if row is None else f"{earlier_text}, {row['period']} {row['year']}"


class _Form:
    """The workbook while it is written."""

    def __init__(self, book: xlsxwriter.Workbook, whom: Mapping[str, Any], when: Mapping[str, Any]) -> None:
        self.book = book
        self.whom = whom
        self.when = when
        wrapped = {"text_wrap": True, "valign": "top"}
        answer = {**wrapped, "locked": False, "bg_color": "#FFFBE6", "border": 1, "border_color": "#8C8C8C"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.label = book.add_format({"bold": True})
        self.heading = book.add_format({**wrapped, "bold": True, "bg_color": "#1B4E6B", "font_color": "#FFFFFF"})
        self.closed = book.add_format({**wrapped, "bg_color": "#E6E6E6"})
        self.given = {kind: book.add_format({**wrapped, "num_format": shape}) for kind, shape in NUMBER_FORMATS.items()}
        self.answer = {kind: book.add_format({**answer, "num_format": shape}) for kind, shape in NUMBER_FORMATS.items()}

    def readme(self, titles: Sequence[str]) -> None:
        """Write the first sheet: the purpose of the form, its due day, and the meaning of each column."""
        sheet = self.book.add_worksheet(README)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, f"Rapport för {self.whom['name']}, {self._period()}", self.title)
        sheet.write_string(1, 0, ", ".join(titles))
        lines = [
            (
                "Perioden",
                f"{numbers.date_sv(self.when['starts_on'])} till och med {numbers.date_sv(self.when['ends_on'])}.",
            ),
            ("Lämnas senast", numbers.date_sv(self.when["due"])),
            ("Så fyller ni i", "Skriv bara i de gula cellerna. Grå celler används inte för den raden."),
            ("När uppgiften saknas", "Välj en orsakskod och lämna svaret tomt. Ett tomt svar betyder aldrig noll."),
            *((word, words.MISSING_SENTENCES[code]) for code, word in words.MISSING.items()),
            *((HEADINGS[column], sentence) for column, sentence in HELP.items()),
        ]
        for row, (label, sentence) in enumerate(lines, start=3):
            sheet.write_string(row, 0, label, self.label)
            sheet.write_string(row, 1, sentence, self.given["text"])
        sheet.protect()

    def sheet(self, name: str, columns: Mapping[str, int], lines: Sequence[Mapping[str, Any]]) -> None:
        """Write one answer sheet: organisation and period, headings, and a row for each object to report."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, f"{name}: {self.whom['name']}, {self._period()}", self.title)
        above = {"organisation_id": self.whom["organisation_id"], "year": str(self.when["year"])}
        for row, (column, value) in enumerate({**above, "period": self.when["period"]}.items(), start=2):
            sheet.write_string(row, 0, HEADINGS[column], self.label)
            sheet.write_string(row, 1, value)
        for at, (column, width) in enumerate(columns.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(HEADING_ROW, at, HEADINGS[column], self.heading)
        for row, line in enumerate(lines, start=HEADING_ROW + 1):
            for at, column in enumerate(columns):
                if column in line or column == "earlier":
                    self._write(sheet, (row, at), column, line)
                else:
                    self._open(sheet, (row, at), column, line.get("measure", "text"))
        sheet.freeze_panes(HEADING_ROW + 1, 3)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)
        sheet.protect(options={"format_columns": True, "format_rows": True})

    def to_confirm(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Write the sheet of duties that may have been inherited; it has no cells to answer in."""
        sheet = self.book.add_worksheet(TO_CONFIRM)
        columns = {HEADINGS["goal"]: 22, "Id": 16, HEADINGS["name"]: 70, "Roll": 18, "Hade ansvaret": 34}
        sheet.write_string(0, 0, f"Att bekräfta: {self.whom['name']}, {self._period()}", self.title)
        sheet.write_string(
            1,
            0,
            "En föregångare hade de här ansvaren, och det är inte beslutat om de har gått över till er. Rapportera dem"
            " inte i formuläret; meddela den som ansvarar för uppföljningen om de är era.",
        )
        for at, (heading, width) in enumerate(columns.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(3, at, heading, self.heading)
        for row, line in enumerate(lines, start=4):
            texts = (line["goal"], line["object_id"], line["name"], words.ROLES[line["role"]], line["predecessor"])
            for at, value in enumerate(texts):
                sheet.write_string(row, at, value, self.given["text"])
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.protect(options={"format_columns": True, "format_rows": True})

    def _period(self) -> str:
        return f"{self.when['period']} {self.when['year']}"

    def _write(self, sheet: Worksheet, place: tuple[int, int], column: str, line: Mapping[str, Any]) -> None:
        """Write a filled cell. Text is written as text: it never becomes a formula."""
        value, measure = line.get(column), line.get("measure", "text")
        if value is None:
            sheet.write_blank(*place, None, self.given["text"])
        elif column == "target" and measure != "yes_no":
            sheet.write_number(*place, value, self.given[measure])
        elif column == "target":
            sheet.write_string(*place, "Ja" if value == 1 else "Nej", self.given["text"])
        else:
            sheet.write_string(*place, words.SEXES[value] if column == "sex" else value, self.given["text"])

    def _open(self, sheet: Worksheet, place: tuple[int, int], column: str, measure: str) -> None:
        """Write a cell to fill in, with its list or limits; closed where the measure does not use it."""
        if column in FIGURE_COLUMNS and column not in FIGURES[measure]:
            sheet.write_blank(*place, None, self.closed)
            return
        shape = measure if column in ("value", "forecast") else "count" if column in FIGURE_COLUMNS else "text"
        choices = LISTS.get(shape if shape == "yes_no" else column)
        allowed: dict[str, Any] = {"validate": "any"}
        if choices:
            allowed = {"validate": "list", "source": choices}
        elif column in ("numerator", "denominator"):
            allowed = {"validate": "integer", "criteria": ">=", "value": 0}
        elif column in ("value", "forecast"):
            lowest, highest = LIMITS[measure]
            allowed = {"validate": "decimal", "criteria": "between", "minimum": lowest, "maximum": highest}
        sheet.write_blank(*place, None, self.answer[shape])
        prompt = {"input_title": HEADINGS[column], "input_message": HELP[column]}
        wrong = {"error_title": "Värdet passar inte", "error_message": HELP[column]}
        sheet.data_validation(*place, *place, {**allowed, **prompt, **wrong})
