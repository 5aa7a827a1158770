"""Marks changed between two editions, for each indicator that is judged.

Both editions are judged by `judgement`; the changed cells behind a mark belong in `change_list`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from samlad.foundation import schema
from samlad.foundation.rows import ChoicesRow, IndicatorCasesRow
from samlad.judgement.judged_years import case
from samlad.judgement.verdicts import Mark, judge
from samlad.warehouse.changes.change_list import Change
from samlad.warehouse.database import Warehouse


@dataclass(frozen=True)
class MarkChange:
    """Mark of an indicator in one year, for an organisation or the city, in two editions.

    organisation_id is None for the city. A mark is None where an edition does not judge the indicator that year.
    """

    indicator_id: str
    organisation_id: str | None
    year: int
    old: Mark | None
    new: Mark | None
    is_example: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "indicator_id": self.indicator_id,
            "organisation_id": self.organisation_id or schema.CITY,
            "year": self.year,
            "old": self.old,
            "new": self.new,
            "is_example": self.is_example,
        }


def followed(old: Warehouse, new: Warehouse, changes: Iterable[Change]) -> list[MarkChange]:
    """Return the changed marks of two editions, given their changes: the city's, then each organisation's.

    Only published cells are judged, so a cell that both editions hide has the same mark in both.
    """
    held = list(changes)
    if not held:
        return []
    concerned: set[str | None] = {one.organisation_id for one in held if one.organisation_id not in (None, schema.CITY)}
    if any(one.table in ("indicators", "organisations", "successions", "periods") for one in held):
        concerned = _everyone(old) | _everyone(new)
    whose = (None, *sorted(one for one in concerned if one))
    return [one for organisation_id in whose for one in followed_for(old, new, organisation_id)]


def followed_for(old: Warehouse, new: Warehouse, organisation_id: str | None) -> list[MarkChange]:
    """Return the changed marks of one organisation, or of the city with None."""
    return list(_of(old, new, organisation_id))


def _everyone(opened: Warehouse) -> set[str | None]:
    return {row.id for row in opened.rows(ChoicesRow) if row.kind == "organisation"}


def _of(old: Warehouse, new: Warehouse, organisation_id: str | None) -> Iterator[MarkChange]:
    before, after = (_cases(opened, organisation_id) for opened in (old, new))
    for indicator_id in {**before, **after}:
        was, now = before.get(indicator_id, []), after.get(indicator_id, [])
        if was == now:
            continue
        marks = [_marks(rows) for rows in (was, now)]
        is_example = any(row.origin == "example" for row in (*was, *now))
        for year in sorted({**marks[0], **marks[1]}):
            mark_before, mark_after = (held.get(year) for held in marks)
            if mark_before != mark_after:
                yield MarkChange(indicator_id, organisation_id, year, mark_before, mark_after, is_example)


def _cases(opened: Warehouse, organisation_id: str | None) -> dict[str, list[IndicatorCasesRow]]:
    rows = opened.rows(IndicatorCasesRow, organisation_id=organisation_id)
    return {name: list(years) for name, years in groupby(rows, key=lambda row: row.indicator_id)}


def _marks(rows: list[IndicatorCasesRow]) -> dict[int, Mark]:
    return {row.year: judge(case(row, rows)).mark for row in rows}
