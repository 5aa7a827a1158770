"""One row of an answer table: its object, organisation and period, and its figures or status.

Finding the table in a sheet stands in answer_table.py.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

from samlad.foundation.findings import Finding, Question
from samlad.submissions.intake.answer_table import OBJECTS, WIDE, AnswerTable, as_text, guess
from samlad.submissions.intake.cell_dates import last_day
from samlad.submissions.intake.cell_numbers import CellNumber, read_figure
from samlad.submissions.intake.checks import sentence_value
from samlad.submissions.intake.sheets import Cell, Unread
from samlad.submissions.intake.vocabulary import Vocabulary
from samlad.submissions.organisation_report import HEADINGS

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_WHAT = {"organisation_id": "vilken nämnd eller vilket bolag", "year": "vilket år", "period": "vilken period"}
_WHEN = "Skriv året med fyra siffror och perioden som T1, T2 eller VB."


@dataclass(frozen=True)
class Chosen:
    """The organisation, year and period that the submitter chose, where the file does not say."""

    organisation_id: str | None = None
    year: int | None = None
    period: str | None = None


class NotUnderstood(Exception):
    """A cell that was not understood, so that the row is left out; `finding` names it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


@dataclass
class Line:
    """One row, read cell by cell. Every method raises NotUnderstood rather than guess; `warnings` grows on the way.

    `number` is the row counted from 0, `cells` holds what is filled in, `measures` the measure of each indicator.
    """

    table: AnswerTable
    number: int
    cells: Mapping[str, Cell]
    words: Vocabulary
    measures: Mapping[str, str]
    chosen: Chosen
    warnings: list[Finding] = field(default_factory=list)

    def rows(self) -> tuple[str, int, str, str, list[dict[str, Any]]]:
        """Return the submitting organisation, year, period, "indicator" or "activity", and the rows read."""
        for column, cell in self.cells.items():
            if (
                isinstance(cell, Unread)
                and column in HEADINGS | WIDE
                and column not in ("goal", "unit", "target", "earlier")
            ):
                self._fault(column, cell.why, "Skriv värdet i cellen i stället för en formel.")
        kind, identity = self._object()
        year, period = self._when()
        concerned, submitter = self._organisation(year, period)
        comment = self.cells.get("comment")
        common = {
            f"{kind}_id": identity,
            "organisation_id": concerned,
            "year": year,
            "period": period,
            "missing_reason": self._word("missing_reason", "missing"),
            "comment": comment.strip()
            if isinstance(comment, str)
            else None
            if comment is None
            else sentence_value(comment),
            "source_file": self.table.file,
            "source_sheet": self.table.sheet.name,
            "source_row": self.number + 1,
            "origin": "own",
        }
        rows = self._indicator(common) if kind == "indicator" else [self._activity(common)]
        return submitter, year, period, kind, list(rows)

    def _object(self) -> tuple[str, str]:
        """Return the row's indicator or activity.

        Keeps an unknown word unchanged; `checks/unknown_indicator.sql` and `unknown_activity.sql` report it.
        """
        columns = [column for column in OBJECTS if column in self.cells]
        if not columns:
            column = next(column for column in OBJECTS if column in self.table.columns)
            self._fault(column, "Raden har ett svar men säger inte vad det gäller.", "Skriv id eller namn.")
        candidates = []
        for column in columns:
            known = {kind: self.words.meaning(kind, self.cells[column]) for kind in ("indicator", "activity")}
            object_type = "activity" if column == "activity_id" or "status" in self.cells else "indicator"
            for kind in (object_type, *({"indicator", "activity"} - {object_type})):
                meaning = known[kind]
                if meaning is not None:
                    candidates.append((kind, meaning))
                    break
        if len(set(candidates)) > 1:
            self._fault("name", "Id och namn på raden gäller två olika saker.", "Rätta det ena.")
        if candidates:
            return candidates[0]
        is_activity = columns[0] == "activity_id" or (columns[0] == "name" and "status" in self.table.columns)
        return "activity" if is_activity else "indicator", as_text(self.cells[columns[0]])

    def _organisation(self, year: int, period: str) -> tuple[str, str]:
        """Return the row's organisation, and the submitter: the chosen one, else the one above the headings."""
        named = {
            place: self.words.organisation(as_text(cells["organisation_id"]), year, period)
            or as_text(cells["organisation_id"])
            for place, cells in (("row", self.cells), ("above", self.table.above))
            if "organisation_id" in cells
        }
        submitter = self.chosen.organisation_id or named.get("above") or named.get("row")
        if submitter is None:
            self._unsaid("organisation_id")
        if named.get("above", submitter) != submitter:
            self._contradicts("organisation_id", named["above"], submitter)
        return named.get("row") or submitter, submitter

    def _when(self) -> tuple[int, str]:
        """Return year and period: from the row, else above the headings, else as chosen."""
        years: list[int] = []
        periods: list[str] = []
        for cells in (self.cells, self.table.above):
            if "year" in cells:
                year = _YEAR.search(as_text(cells["year"]))
                if year is None:
                    self._fault("year", "Året är inget årtal.", _WHEN, above=cells is self.table.above)
                years.append(int(year[1]))
            if "period" in cells:
                said_year, period = self._period(cells["period"])
                if period is None:
                    question = self.words.question("period", as_text(cells["period"]))
                    told_nearest = f"Perioden är okänd.{guess(question)}"
                    self._fault("period", told_nearest, _WHEN, above=cells is self.table.above, question=question)
                years += [] if said_year is None else [said_year]
                periods.append(period)
        year_said, period_said = (*years, self.chosen.year)[0], (*periods, self.chosen.period)[0]
        if year_said is None:
            self._unsaid("year")
        if period_said is None:
            self._unsaid("period")
        if self.chosen.year not in (None, year_said):
            self._contradicts("year", str(year_said), str(self.chosen.year))
        if self.chosen.period not in (None, period_said):
            self._contradicts("period", period_said, str(self.chosen.period))
        return year_said, period_said

    def _period(self, cell: Cell) -> tuple[int | None, str | None]:
        """Return the year, if given, and the period, from words or from its last day."""
        text = as_text(cell)
        year = next((int(digits) for digits in _YEAR.findall(text)), None)
        period = self.words.meaning("period", text) or self.words.meaning("period", _YEAR.sub("", text))
        day = None if period else last_day(cell)
        return (self.words.period_ending(day) if day else None) or (year, period)

    def _word(self, column: str, meanings: str) -> str | None:
        """Return the meaning of the word in a cell; None when the cell is empty."""
        if column not in self.cells:
            return None
        text = as_text(self.cells[column])
        meaning = self.words.meaning(meanings, text)
        if meaning is None:
            question = self.words.question(meanings, text)
            action = "Välj ett ord ur formulärets lista, eller säg vad ordet betyder."
            self._fault(column, f"Ordet är okänt.{guess(question)}", action, question=question)
        return meaning

    def _activity(self, common: Mapping[str, Any]) -> dict[str, Any]:
        reason = self._missing("status")
        if reason is not None:
            return {**common, "missing_reason": common["missing_reason"] or reason}
        return {**common, "status": self._word("status", "status")}

    def _indicator(self, common: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Return a row for the total or the row's own sex, and one for each sex with a column of its own."""
        measure = self.measures.get(common["indicator_id"])
        sex = self._word("sex", "sex") or "total"
        forecast = self._figure("forecast", measure)
        numerator, denominator = self._counts()
        own = self._row(common, measure, "value", numerator, denominator)
        wide = [
            {**self._row({**common, "missing_reason": None, "comment": None}, measure, column), "sex": of_sex}
            for column, of_sex in WIDE.items()
            if column in self.cells
        ]
        if forecast is not None or not wide or _says(own):
            yield {**own, "sex": sex, "forecast": None if forecast is None else float(forecast.number)}
        yield from (row for row in wide if _says(row))

    def _row(
        self,
        common: Mapping[str, Any],
        measure: str | None,
        column: str,
        numerator: Decimal | None = None,
        denominator: Decimal | None = None,
    ) -> dict[str, Any]:
        figure = self._figure(column, measure)
        value = None if figure is None else figure.number
        if figure is not None and figure.part_of is not None:
            numerator, denominator, value = figure.number, figure.part_of, None
        if measure == "count" and numerator is None:
            numerator, value = value, None
        reasons = [
            self._missing(column_name) for column_name in (("numerator", column) if column == "value" else (column,))
        ]
        reason = next((code for code in reasons if code), None)
        if reason == "-" and not (numerator is denominator is value is None):
            reason = None  # a dash beside a figure only says that the cell is empty
        return {
            **common,
            "numerator": self._whole("numerator", column, numerator),
            "denominator": self._whole("denominator", column, denominator),
            "value": None if value is None else float(value),
            "missing_reason": common["missing_reason"] or reason,
        }

    def _counts(self) -> tuple[Decimal | None, Decimal | None]:
        part, whole = self._figure("numerator", "count"), self._figure("denominator", "count")
        if part is None or part.part_of is None:
            return part.number if part else None, whole.number if whole else None
        if whole is not None and whole.number != part.part_of:
            other = f"{self.table.heading_of('denominator')} är {sentence_value(float(whole.number))}"
            self._fault(
                "numerator", f"Cellen säger ”av {sentence_value(float(part.part_of))}”, men {other}.", "Rätta det ena."
            )
        return part.number, part.part_of

    def _figure(self, column: str, measure: str | None) -> CellNumber | None:
        """Return the figure in a cell, a share as a fraction; None when it is empty or holds a missing reason."""
        cell = self.cells.get(column)
        if cell is None or self._missing(column) is not None:
            return None
        answer = self.words.meaning("yes_no", as_text(cell)) if measure == "yes_no" else None
        if answer is not None:
            return CellNumber(Decimal(answer))
        cell_number = read_figure(cell, whole=measure == "count")
        if cell_number is None:
            action = "Skriv bara talet, med decimalkomma; saknas det, välj en orsakskod."
            self._fault(column, "Talet går inte att läsa säkert.", action)
        if cell_number.percent and measure not in ("share", None):
            self._fault(column, "Här räknas inte i procent.", "Skriv talet i indikatorns enhet.")
        if not cell_number.percent and not (column in self.table.percent and measure == "share"):
            return cell_number
        if not cell_number.percent and 0 < cell_number.number <= 1:
            self.warnings.append(
                self.table.finding(
                    "percent_or_share",
                    "warning",
                    "Rubriken säger procent, så talet är läst som högst en procent.",
                    "Skriv procenttecken efter talet, så att det inte kan missförstås.",
                    row=self.number,
                    column=self.table.heading_of(column),
                    cell=cell,
                )
            )
        return CellNumber(cell_number.number / 100)

    def _missing(self, column: str) -> str | None:
        """Return the missing reason that a cell's word stands for."""
        cell = self.cells.get(column)
        return self.words.meaning("missing", cell) if isinstance(cell, str) else None

    def _whole(self, column: str, otherwise: str, count: Decimal | None) -> int | None:
        if count is not None and count != count.to_integral_value():
            self._fault(column if column in self.cells else otherwise, "Ett antal är ett heltal.", "Rätta talet.")
        return None if count is None else int(count)

    def _fault(
        self, column: str, message: str, action: str, *, above: bool = False, question: Question | None = None
    ) -> NoReturn:
        """Raise NotUnderstood for one of the row's cells, or one above the headings."""
        in_row = not above and column in self.table.columns
        cells = self.table.above if above else self.cells
        raise NotUnderstood(
            self.table.finding(
                "not_understood",
                "error",
                message,
                action,
                row=self.number if in_row else None,
                column=self.table.heading_of(column) if in_row else HEADINGS[column],
                cell=cells.get(column, ""),
                question=question,
            )
        )

    def _unsaid(self, column: str) -> NoReturn:
        if column in self.table.columns:
            self._fault(column, f"Raden säger inte {_WHAT[column]} den gäller.", "Fyll i cellen.")
        where = f"Skriv {HEADINGS[column]} ovanför rubrikerna, och vad det är i cellen bredvid."
        self._fault(column, f"Bladet säger inte {_WHAT[column]} det gäller.", where)

    def _contradicts(self, column: str, stated: str, chosen: str) -> NoReturn:
        above = column in self.table.above and column not in self.cells
        message = f"Filen säger {stated}, men du har angett {chosen}."
        self._fault(column, message, "Välj rätt fil, eller ändra det du har angett.", above=above)


def _says(row: Mapping[str, Any]) -> bool:
    """Return True if a row has a figure or a missing reason."""
    return any(row[column] is not None for column in ("numerator", "denominator", "value", "missing_reason"))
