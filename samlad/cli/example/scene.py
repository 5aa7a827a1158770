"""The scene of the example: the city, the periods it reports, and the expected reports in each."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from samlad.catalogue.programme import Programme
from samlad.cli.example.city import City, holds
from samlad.foundation import schema

REPORTS_BY_DUTY = ("huvudansvarig", "ansvarig", "delansvarig")


@dataclass(frozen=True)
class Calendar:
    """The reported periods: last and due days, years × (T1, T2, VB)."""

    years: range
    ends_on: list[list[date]]
    due: list[list[date]]


@dataclass(frozen=True)
class Scene:
    """A city, the periods it reports, and the seed of all chance."""

    city: City
    when: Calendar
    seed: int

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return reporters × years × periods."""
        return len(self.city.reporters), len(self.when.years), len(schema.PERIODS)


def calendar(programme: Programme, years: range) -> Calendar:
    """Return the periods of these years."""
    rows = {(row["year"], row["period"]): row for row in programme.tables["periods"].to_pylist()}
    days = {
        name: [[rows[year, period][name] for period in schema.PERIODS] for year in years] for name in ("ends_on", "due")
    }
    return Calendar(years, days["ends_on"], days["due"])


def expected(programme: Programme, scene: Scene) -> dict[str, np.ndarray]:
    """Return the expected reports of each object (reporters × years × periods), as decided duties have them."""
    city, when = scene.city, scene.when
    days = [day for year in when.ends_on for day in year]
    exists = city.valid(days)
    place = {name: number for number, name in enumerate(city.reporters)}
    kinds = {row["organisation_id"]: row["kind"] for row in city.organisations}
    members: dict[str, np.ndarray] = {}
    for row in programme.tables["groups"].to_pylist():
        mask = members.setdefault(row["group_id"], np.zeros(len(place), dtype=bool))
        mask |= [row["kind"] == kinds[name] or row["organisation_id"] == name for name in city.reporters]
    objects = {row["indicator_id"]: row for row in programme.tables["indicators"].to_pylist()}
    objects |= {row["activity_id"]: row | {"periods": "T1 T2 VB"} for row in programme.tables["activities"].to_pylist()}
    by_object: dict[str, np.ndarray] = {name: np.zeros(exists.shape, dtype=bool) for name in objects}
    for row in programme.tables["responsibilities"].to_pylist():
        if row["status"] != "decided" or row["role"] not in REPORTS_BY_DUTY:
            continue
        who = (
            members[row["group_id"]]
            if row["group_id"]
            else np.arange(len(place)) == place.get(row["organisation_id"], -1)
        )
        by_object[row["object_id"]] |= who[:, None] & np.array([holds(row, day) for day in days])
    for name, row in objects.items():
        in_periods = [period in row["periods"].split() for _ in when.years for period in schema.PERIODS]
        by_object[name] &= exists & np.array([holds(row, day) for day in days]) & np.array(in_periods)
    return {name: mask.reshape(scene.shape) for name, mask in by_object.items()}
