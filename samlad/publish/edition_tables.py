"""The tables of an edition with counts in them: raw, and as published, with every hidden count nulled.

Which counts are hidden is not decided here; see protection.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute

from samlad.foundation import schema
from samlad.publish.cells import Place
from samlad.publish.components import BOTH_HIDDEN, SHOWN


@dataclass(frozen=True)
class RawTables:
    """The unprotected tables, with row_id and members, and the catalogue they rest on."""

    indicator_values: pa.Table
    division_values: pa.Table
    city_values: pa.Table
    city_changes: pa.Table
    indicators: pa.Table
    successions: pa.Table


def nulled(raw: RawTables, persons: Collection[str], status: Mapping[Place, int]) -> dict[str, pa.Table]:
    """Return the four tables with hidden counts nulled, without row_id and members, as the schema has them.

    persons are the ids of indicators that count persons; a place of theirs without a status is hidden wholly.
    """
    return {
        "indicator_values": _nulled_values(raw.indicator_values, "indicator_values", persons, status),
        "division_values": _nulled_values(raw.division_values, "division_values", persons, status),
        "city_values": _nulled_values(raw.city_values, "city_values", persons, status),
        "city_changes": _nulled_changes(raw.city_changes, persons, status),
    }


def _nulled_values(table: pa.Table, name: str, persons: Collection[str], status: Mapping[Place, int]) -> pa.Table:
    counts_persons = [indicator in persons for indicator in table["indicator_id"].to_pylist()]
    has_figure = [reason is None for reason in table["missing_reason"].to_pylist()]
    statuses = [
        (status.get((name, row_id, ""), BOTH_HIDDEN) if is_person and is_given else SHOWN)
        for row_id, is_person, is_given in zip(table["row_id"].to_pylist(), counts_persons, has_figure, strict=True)
    ]
    hidden = pa.array([row_status != SHOWN for row_status in statuses], schema.YES_NO)
    missing = pa.array(
        [is_person and not is_given for is_person, is_given in zip(counts_persons, has_figure, strict=True)],
        schema.YES_NO,
    )
    for column in ("numerator", "value", "forecast", "comment"):
        if column in table.column_names:
            mask = pa.compute.or_(hidden, missing) if column in ("forecast", "comment") else hidden
            table = _replaced(table, column, mask, None)
    both_hidden = pa.array([row_status == BOTH_HIDDEN for row_status in statuses], schema.YES_NO)
    table = _replaced(table, "denominator", both_hidden, None)
    table = _replaced(table, "missing_reason", hidden, "..")
    table = table.filter(pa.array(_published_rows(table, persons), schema.YES_NO))
    return table.select(list(schema.TABLES[name].names)).cast(schema.TABLES[name].arrow)


def _published_rows(table: pa.Table, persons: Collection[str]) -> list[bool]:
    """Leave out every rest of persons without a figure: its row stands only where there is a rest."""
    columns = (table[name].to_pylist() for name in ("indicator_id", "sex", "missing_reason"))
    return [
        sex != "other" or reason is None or indicator not in persons
        for indicator, sex, reason in zip(*columns, strict=True)
    ]


def _nulled_changes(table: pa.Table, persons: Collection[str], status: Mapping[Place, int]) -> pa.Table:
    counts_persons = [indicator in persons for indicator in table["indicator_id"].to_pylist()]
    has_figure = [reason is None for reason in table["missing_reason"].to_pylist()]
    any_hidden = [False] * table.num_rows
    for end in ("from", "to"):
        statuses = [
            (status.get(("city_changes", row_id, end), BOTH_HIDDEN) if is_person and is_given else SHOWN)
            for row_id, is_person, is_given in zip(table["row_id"].to_pylist(), counts_persons, has_figure, strict=True)
        ]
        any_hidden = [before or now != SHOWN for before, now in zip(any_hidden, statuses, strict=True)]
        hidden = pa.array([row_status != SHOWN for row_status in statuses], schema.YES_NO)
        both_hidden = pa.array([row_status == BOTH_HIDDEN for row_status in statuses], schema.YES_NO)
        table = _replaced(table, f"numerator_{end}", hidden, None)
        table = _replaced(table, f"denominator_{end}", both_hidden, None)
    table = _replaced(table, "missing_reason", pa.array(any_hidden, schema.YES_NO), "..")
    return table.select(list(schema.TABLES["city_changes"].names)).cast(schema.TABLES["city_changes"].arrow)


def _replaced(table: pa.Table, column: str, mask: pa.Array, value: str | None) -> pa.Table:
    """Return the table with the value put where the mask is true."""
    position = table.column_names.index(column)
    kind = table.schema.field(column).type
    return table.set_column(position, column, pa.compute.if_else(mask, pa.scalar(value, kind), table[column]))
