"""Choices of one edition: its programme, years, organisations, and the names that readers search.

Widgets and the chosen values belong in `views`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samlad.foundation.errors import SamladError
from samlad.foundation.rows import ChoicesRow
from samlad.swedish import words
from samlad.warehouse.database import Warehouse

SEARCHED = {"goal": "mål", "indicator": "indikator", "activity": "aktivitet", "organisation": "organisation"}
"""Kinds of search results, in the order they are listed, with their Swedish word."""

CITY_KINDS = ("stadsdelsnamnd", "facknamnd", "kommunstyrelse", "moderbolag", "dotterbolag")


@dataclass(frozen=True)
class Organisation:
    """Organisation on a page; organisation_id is None for the whole city."""

    organisation_id: str | None
    name: str
    kind: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    predecessors: tuple[str, ...] = ()

    @property
    def is_city(self) -> bool:
        return self.organisation_id is None

    def existed(self, year: int) -> bool:
        """Return True if the organisation existed on the last day of a year."""
        last_day = date(year, 12, 31)
        return (self.valid_from or last_day) <= last_day <= (self.valid_to or last_day)


@dataclass(frozen=True)
class Sought:
    """Search result: its kind as in the query choices, its name, and its goal."""

    kind: str
    name: str
    goal: str | None = None
    organisation_kind: str | None = None

    @property
    def label(self) -> str:
        """Name with its kind in words.

        >>> Sought("indicator", "Tillfrågade om våld", "3 Upptäcka våld").label
        'Tillfrågade om våld (indikator, mål 3)'
        >>> Sought("organisation", "Farsta", organisation_kind="stadsdelsnamnd").label
        'Farsta (stadsdelsnämnd)'
        """
        if self.organisation_kind:
            return f"{self.name} ({words.KINDS[self.organisation_kind]})"
        if self.kind == "goal":
            return f"Mål {self.name}"
        return f"{self.name} ({SEARCHED[self.kind]}, mål {(self.goal or '').partition(' ')[0]})"


@dataclass(frozen=True)
class Choices:
    """Choices in the page frame, and search results by label."""

    programme: str
    years: tuple[int, ...]
    default_year: int
    organisations: Mapping[str, Organisation]
    sought: Mapping[str, Sought]
    is_example: bool


def of(opened: Warehouse) -> Choices:
    """Return the choices of an edition, years latest first.

    Raises SamladError when its programme has no name or no year.
    """
    rows = opened.rows(ChoicesRow)
    programme = next((row for row in rows if row.kind == "programme"), None)
    years = sorted((row for row in rows if row.kind == "year"), key=lambda row: row.id, reverse=True)
    if programme is None or not years:
        raise SamladError("Programmet saknar namn eller år. Fyll i programmes.csv och periods.csv och publicera igen.")
    found = [row for row in rows if row.kind == "organisation"]
    found.sort(key=lambda row: (CITY_KINDS.index(row.organisation_kind or ""), row.name))
    return Choices(
        programme=programme.name,
        years=tuple(int(row.id) for row in years),
        default_year=next(int(row.id) for row in years if row.is_default),
        organisations={row.id: _organisation(row) for row in found},
        sought=_sought(rows),
        is_example=bool(programme.is_example),
    )


def _sought(rows: Sequence[ChoicesRow]) -> Mapping[str, Sought]:
    """Return the search results by label, in the order of SEARCHED."""
    found = [Sought(row.kind, row.name, row.goal, row.organisation_kind) for row in rows]
    return {one.label: one for kind in SEARCHED for one in found if one.kind == kind}


def _organisation(row: ChoicesRow) -> Organisation:
    return Organisation(
        row.id,
        row.name,
        row.organisation_kind,
        row.valid_from,
        row.valid_to,
        row.successor,
        tuple(row.predecessors),
    )
