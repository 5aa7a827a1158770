"""The reader: a form in Excel or a CSV file becomes reports. An unclear cell is a finding, never a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from samlad.catalogue.programme import Programme
from samlad.foundation import characters, personal_data
from samlad.foundation.findings import Finding
from samlad.foundation.personal_data import PersonNames
from samlad.submissions.intake.answer_row import Chosen, Line, NotUnderstood
from samlad.submissions.intake.answer_table import (
    ANSWERS,
    HEADING_ROWS,
    OBJECTS,
    AnswerTable,
    as_text,
    find_table,
    heading_findings,
    hidden_findings,
    is_blank,
    sheets_of,
)
from samlad.submissions.intake.corrections import Fix, fixed
from samlad.submissions.intake.sheets import Sheet, letter
from samlad.submissions.intake.vocabulary import Vocabulary, plain
from samlad.submissions.intake.workbook_parts import Unreadable
from samlad.submissions.organisation_report import HEADINGS, OrganisationReport, activity_rows, indicator_rows

README, TO_CONFIRM = "Läs mig", "Att bekräfta"
"""Sheets of our own form that hold no answers."""

_SUMS = ("summa", "sum", "totalt", "total", "totalsumma")


@dataclass(frozen=True)
class Reading:
    """Content of a file: its reports, one for each submitter and period, and its findings.

    A finding that is an error stops the whole file: a line with such a cell is in none of the reports.
    """

    reports: tuple[OrganisationReport, ...]
    findings: tuple[Finding, ...]


def read(
    name: str,
    content: bytes,
    programme: Programme,
    chosen: Chosen | None = None,
    vocabulary: Vocabulary | None = None,
    fixes: Sequence[Fix] = (),
    names: PersonNames | None = None,
) -> Reading:
    """Read one file into reports, through the catalogue's vocabulary, or one with taught words too.

    `fixes` are made before anything is read, and the reports say which they were. `names` tells likely names of people.

    Organisation, year and period stand in the row, else above the headings, else in `chosen`, which they must not
    contradict. Raises Unreadable when the file cannot be read, or has no headings or no answers.
    """
    name = characters.clean(name)
    if kinds := personal_data.kinds(name):
        forbidden = " och ".join(personal_data.FORBIDDEN[kind] for kind in kinds)
        raise Unreadable(f"Filens namn innehåller {forbidden}. Byt namn på filen och försök igen.")
    vocabulary = vocabulary or Vocabulary(programme)
    names = names or PersonNames(programme)
    findings: list[Finding] = list(personal_data.findings(None, None, None, None, spaced(name), names))
    tables: list[AnswerTable] = []
    as_it_came = sheets_of(content, vocabulary)
    read_sheets, fixes_made = fixed(as_it_came, fixes)
    for sheet in as_it_came if fixes_made else ():
        findings += _personal_data(name, sheet, find_table(name, sheet, vocabulary), names)
    for sheet in read_sheets:
        table = find_table(name, sheet, vocabulary)
        findings += _personal_data(name, sheet, table, names)
        if table is not None:
            tables.append(table)
            findings += [*heading_findings(table, vocabulary), *hidden_findings(table), *table.merged_answers()]
        elif sheet.name not in (README, TO_CONFIRM) and any(not is_blank(cell) for row in sheet.rows for cell in row):
            findings.append(_not_read(name, sheet))
    if not tables:
        raise Unreadable(
            f"{name}: ingen rubrikrad hittades bland de {HEADING_ROWS} första raderna. Den ska ha en kolumn"
            f" {HEADINGS['indicator_id']}, {HEADINGS['activity_id']} eller {HEADINGS['name']}, och en kolumn"
            f" {HEADINGS['numerator']}, {HEADINGS['value']} eller {HEADINGS['status']}."
        )
    reports = _reports(
        name, content, tables, vocabulary=vocabulary, programme=programme, chosen=chosen or Chosen(), findings=findings
    )
    if not reports and all(finding.severity != "error" for finding in findings):
        raise Unreadable(f"{name}: filen har rubriker men inga svar. Fyll i den och försök igen.")
    return Reading(tuple(replace(report, fixes=fixes_made) for report in reports), tuple(dict.fromkeys(findings)))


def _reports(
    name: str,
    content: bytes,
    tables: list[AnswerTable],
    *,
    vocabulary: Vocabulary,
    programme: Programme,
    chosen: Chosen,
    findings: list[Finding],
) -> tuple[OrganisationReport, ...]:
    """Return the reports of all tables together; adds to findings."""
    measures = {row["indicator_id"]: row["measure"] for row in programme.tables["indicators"].to_pylist()}
    rows_by_report: dict[tuple[str, int, str], dict[str, list[dict[str, Any]]]] = {}
    for table in tables:
        blank = 0
        for number, cells in table.lines():
            if table.overflows(number):
                findings.append(_more_cells(table, number))
                continue
            named = next((cells[column] for column in OBJECTS if column in cells), "")
            answered = not cells.keys().isdisjoint(ANSWERS)
            if plain(named) in _SUMS or not answered:
                blank += plain(named) not in ("", *_SUMS)
                continue
            line = Line(table, number, cells, vocabulary, measures, chosen)
            try:
                submitter, year, period, kind, rows = line.rows()
            except NotUnderstood as fault:
                if fault.finding not in findings:
                    findings.append(fault.finding)
                continue
            findings += line.warnings
            rows_by_report.setdefault((submitter, year, period), {"indicator": [], "activity": []})[kind] += rows
        if blank:
            findings.append(_left_blank(table, blank))
    headings = {(table.sheet.name, column): table.heading_of(column) for table in tables for column in table.columns}
    return tuple(
        OrganisationReport(
            *whom_and_when,
            indicator_rows(rows["indicator"]),
            activity_rows(rows["activity"]),
            original_name=name,
            original=content,
            headings=headings,
        )
        for whom_and_when, rows in rows_by_report.items()
    )


def spaced(name: str) -> str:
    """Return a file's name with underscores and their like as spaces."""
    return re.sub(r"[_.\-+%]+|(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", name)


def _not_read(name: str, sheet: Sheet) -> Finding:
    return Finding(
        rule="unread_sheet",
        severity="warning",
        file=name,
        sheet=sheet.name,
        row=None,
        column=None,
        value=None,
        message=f"Bladet är inte läst: ingen rubrikrad hittades bland de {HEADING_ROWS} första raderna.",
        action="Kontrollera rubrikerna mot formuläret, eller ta bort bladet.",
    )


def _more_cells(table: AnswerTable, number: int) -> Finding:
    return table.finding(
        "more_cells",
        "error",
        "Raden har fler celler än det finns rubriker, så ett kommatecken i ett tal kan ha delat det i två.",
        "Spara filen med semikolon mellan cellerna, eller som .xlsx.",
        row=number,
    )


def _left_blank(table: AnswerTable, rows: int) -> Finding:
    return table.finding(
        "blank_rows",
        "warning",
        f"{rows} {'rad är tom' if rows == 1 else 'rader är tomma'} och räknas inte som rapporterade.",
        "Fyll i svar eller orsakskod, eller skriv varför de är tomma.",
    )


def _personal_data(name: str, sheet: Sheet, table: AnswerTable | None, names: PersonNames) -> list[Finding]:
    """Yield the personal data in every cell, read or not: the file itself is kept."""
    columns = {at: table.heading_of(column) for column, at in table.columns.items()} if table else {}
    return [
        finding
        for number, row in enumerate(sheet.rows)
        for at, cell in enumerate(row)
        if (isinstance(cell, str) and cell) or isinstance(cell, int | float)
        for finding in personal_data.findings(
            name, sheet.name, number + 1, columns.get(at, letter(at)), as_text(cell), names
        )
    ]
