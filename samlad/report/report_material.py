"""Material of a report: each question asked once, each statement, table and chart given its number.

The words of a chapter belong in that chapter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic

import pyarrow as pa

from samlad.foundation import query_row
from samlad.foundation.query_row import AnyRow
from samlad.report.document import Chart, Source, Statement, Table, TableCell
from samlad.warehouse import verdict_grounds
from samlad.warehouse.database import Warehouse
from samlad.warehouse.verdict_grounds import Grounds

Ask = Callable[..., pa.Table]
"""A call that asks a question of queries/: its name, then its parameters."""


@dataclass(frozen=True)
class Answer(Generic[AnyRow]):
    """An answer to a question: its rows, with the query and parameters to ask again."""

    query: str
    parameters: tuple[tuple[str, Any], ...]
    rows: tuple[AnyRow, ...]

    def source(self, *columns: str, row: AnyRow | None = None, rule: str = "") -> Source:
        """Return the source of a row in the answer, or of all rows."""
        key = tuple(sorted((name, getattr(row, name)) for name in row.GRAIN)) if row is not None else ()
        return Source(self.query, self.parameters, key, columns, rule)

    def cell(
        self, words: str, row: AnyRow, *columns: str, value: float | None = None, measure: str = "", rule: str = ""
    ) -> TableCell:
        """Return a cell with words from some columns of a row."""
        return TableCell(words, self.source(*columns, row=row, rule=rule), value, measure)


class Folio:
    """A snapshot and a selection, with the numbers that have been given so far.

    ask puts the questions, for callers that keep answers from a draft to the next; the snapshot's own way unless given.
    """

    def __init__(
        self, opened: Warehouse, years: Sequence[int], organisation_id: str | None, ask: Ask | None = None
    ) -> None:
        self.opened = opened
        self._ask = ask or opened.query
        self.years = tuple(years)
        self.organisation_id = organisation_id
        self._answers: dict[tuple[Any, ...], Answer[Any]] = {}
        self._numbers = {"S": 0, "T": 0, "D": 0}

    @property
    def year(self) -> int:
        """Return the year that is judged: the last of the report's years."""
        return self.years[-1]

    @cached_property
    def grounds(self) -> Grounds:
        """Return the changed grounds that verdicts rest on."""
        return verdict_grounds.of(self.opened)

    @property
    def as_of(self) -> date | None:
        """Return the day that lateness is judged on."""
        return self.opened.snapshot.reports_until

    @property
    def is_city(self) -> bool:
        """Return True if the report is about the whole city."""
        return self.organisation_id is None

    def ask(self, kind: type[AnyRow], /, **parameters: Any) -> Answer[AnyRow]:
        """Return the answer to a row class's question; each question is asked once."""
        given = tuple(sorted(parameters.items()))
        if (kind, given) not in self._answers:
            rows = tuple(query_row.from_arrow(kind, self._ask(kind.QUERY, **parameters)))
            self._answers[kind, given] = Answer(kind.QUERY, given, rows)
        return self._answers[kind, given]

    def statement(self, words: str, source: Source, lead: str = "", note: str = "") -> Statement:
        """Return a paragraph with the next number."""
        return Statement(self._next("S"), words, source, lead, note)

    def table(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[TableCell]],
        widths: Sequence[float],
        notes: Sequence[str] = (),
        *,
        is_example: bool = False,
    ) -> Table:
        """Return a table with the next number."""
        held = tuple(tuple(row) for row in rows)
        return Table(self._next("T"), caption, tuple(columns), held, tuple(widths), tuple(notes), is_example)

    def chart(
        self, caption: str, alt: str, spec: Mapping[str, Any], source: Source, *, is_example: bool = False
    ) -> Chart:
        """Return a chart with the next number."""
        return Chart(self._next("D"), caption, alt, spec, source, is_example)

    def _next(self, kind: str) -> str:
        self._numbers[kind] += 1
        return f"{kind}{self._numbers[kind]}"
