"""Cost of a question of queries/ without kept answers: as the warehouse asks it, and as a relation.

python benchmarks/asking.py --data data/example

Every question is asked, of the latest year, once for the whole city and once for one organisation where it takes one.
The floor is the same text put as `cursor.sql(text)`, in turns with it: the rows must be the same.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyarrow as pa

from benchmarks import measuring
from benchmarks.measuring import Figure
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.warehouse import database
from samlad.warehouse.database import Warehouse

PART, FLOOR = "question, not kept", "cursor.sql(text)"
MOST = 1.0


def choices(opened: Warehouse) -> list[Mapping[str, Any]]:
    """Return the choice of a compared indicator and its latest year, for everybody and for one organisation."""
    known = opened.query("choices").to_pylist()
    compared = [row for row in opened.query("district_indicators").to_pylist() if row["measure"] == "share"]
    indicator, year = compared[0]["indicator_id"], max(compared[0]["years"])
    rows = opened.query("indicator_figures", indicator_id=indicator).to_pylist()
    goal = next(row["id"] for row in known if row["kind"] == "goal")
    chosen = {
        **{"indicator_id": indicator, "goal_id": goal, "year": year, "earlier": year - 1, "period": "VB"},
        **{"first_year": year - 1, "last_year": year, "on": date(year, 12, 31), "with_proposed": False},
    }
    of_one = next(row["organisation_id"] for row in rows if row["organisation_id"] in {one["id"] for one in known})
    return [chosen, {**chosen, "organisation_id": of_one}]


def as_relation(opened: Warehouse, name: str, used: Mapping[str, Any]) -> pa.Table:
    """The same question as a relation: its text read each time, planned for its columns and again for its rows."""
    cursor = opened._connection.cursor()
    try:
        return cursor.sql(opened.questions[name].sql, params=dict(used) or None).to_arrow_table()
    finally:
        cursor.close()


def measure(folder: DataFolder, rounds: int = measuring.ROUNDS) -> list[Figure]:
    """Ask everything both ways, in turns. Raises AssertionError when the rows are not the same."""
    opened = database.open_snapshot(folder)
    found = []
    for chosen in choices(opened):
        for name, question in opened.questions.items():
            if "organisation_id" in chosen and "organisation_id" not in question.parameters:
                continue
            given = {key: value for key, value in chosen.items() if key in question.parameters}
            used = database.checked_parameters(question, given)
            ours, theirs = opened.query(name, **given), as_relation(opened, name, used)
            assert ours.combine_chunks().equals(theirs.combine_chunks()), f"{name}: other rows"
            taken = measuring.in_turns(
                {
                    "ours": lambda name=name, given=given: opened.query(name, **given),  # type: ignore[misc]
                    "floor": lambda name=name, used=used: as_relation(opened, name, used),  # type: ignore[misc]
                },
                rounds,
            )
            ours_ms, floor_ms = (1000 * measuring.median(taken[key]) for key in ("ours", "floor"))
            whose = ", one organisation" if "organisation_id" in chosen else ""
            found.append(Figure(PART, f"{name}{whose}", ours_ms, "ms", floor_ms, FLOOR))
    return sorted(found, key=lambda one: -one.value)


def summary(folder: DataFolder, rounds: int = measuring.ROUNDS) -> list[Figure]:
    """The slowest question, the middle one, and what is gained on the floor at the median."""
    found = measure(folder, rounds)
    ratio = measuring.median([one.ratio for one in found if one.ratio])
    return [
        replace(found[0], name=f"the slowest of {len(found)}: {found[0].name}"),
        replace(found[len(found) // 2], name=f"the middle one: {found[len(found) // 2].name}"),
        Figure(PART, "median of the ratios", ratio, "times", limit=MOST),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    told = asked.parse_args(arguments)
    print(measuring.table(measure(store.data_folder(told.data))))


if __name__ == "__main__":
    main()
