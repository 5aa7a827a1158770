"""Small tables, written as the few cells that matter: the rest of each row is filled with the plainest value."""

from dataclasses import fields
from datetime import date
from typing import Any, get_origin, get_type_hints

import pyarrow as pa

from samlad.catalogue.programme import Programme
from samlad.foundation import schema
from samlad.foundation.query_row import AnyRow

PLAIN: dict[str, Any] = {
    "origin": "own",
    "confidence": "verified",
    "measure": "share",
    "counts": "units",
    "time": "stock",
    "periods": "VB",
    "base_year": 2021,
    "unit": "procent",
    "direction": "increase",
    "split_by_sex": False,
    "employer_duty": False,
    "role": "ansvarig",
    "status": "decided",
    "set_by": "kf",
    "kind": "stadsdelsnamnd",
    "goal_id": "M1",
    "programme_id": "P",
    "number": 1,
    "period": "VB",
    "sex": "total",
    "submission_id": "s1",
}


EMPTY: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False, date: date(2025, 1, 1)}


def filled(kind: type[AnyRow], /, **columns: Any) -> AnyRow:
    """A row of a query from the columns given; the others hold null where they may, else the emptiest value."""
    types = get_type_hints(kind)
    whole = {field.name: _emptiest(types[field.name]) for field in fields(kind)}
    assert columns.keys() <= whole.keys(), f"{kind.__name__} has no {columns.keys() - whole.keys()}"
    return kind(**{**whole, **columns})


def _emptiest(wanted: Any) -> Any:
    return [] if get_origin(wanted) is list else EMPTY.get(wanted)


def table(name: str, *rows: dict[str, Any]) -> pa.Table:
    """A table of the schema from the cells given; required cells left out get a plain value or their row's id."""
    described = schema.TABLES[name]
    filled = []
    for row in rows:
        whole = {}
        for column in described.columns:
            value = row.get(column.name)
            if value is None and column.required:
                identity = row.get(described.key[0], "x")
                value = PLAIN.get(column.name, identity if column.type == pa.string() else None)
            whole[column.name] = value
        filled.append(whole)
    return pa.Table.from_pylist(filled, described.arrow)


def periods(*years: int) -> pa.Table:
    """T1, T2 and VB of each year, with their due dates."""
    return table(
        "periods",
        *(
            {"year": year, "period": period, "starts_on": date(year, 1, 1), "ends_on": ends_on, "due": due}
            for year in years
            for period, ends_on, due in (
                ("T1", date(year, 4, 30), date(year, 5, 31)),
                ("T2", date(year, 8, 31), date(year, 9, 30)),
                ("VB", date(year, 12, 31), date(year + 1, 1, 31)),
            )
        ),
    )


def programme(**tables: pa.Table) -> Programme:
    """A catalogue of the tables given; the others are empty, but for one programme, one goal and 2021–2025."""
    described = {item.name: item.arrow.empty_table() for item in schema.CATALOGUE}
    described["programmes"] = table("programmes", {"programme_id": "P"})
    described["goals"] = table("goals", {"goal_id": "M1"})
    described["periods"] = periods(2021, 2022, 2023, 2024, 2025)
    described["groups"] = table("groups", {"group_id": "stadsdelsnamnder", "kind": "stadsdelsnamnd"})
    return Programme(tables={**described, **tables})
