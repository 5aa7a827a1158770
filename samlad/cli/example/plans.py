"""Plans of example indicators and activities before they become rows: wording, duties and truth.

The plans themselves stand in the modules of indicators and activities.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from samlad.foundation import schema

FIRST_YEAR = 2021
"""The programme's first year, and the first of every example."""

PANDEMIC = "2021 var ett pandemiår."
"""Note on the first year, which was unusual."""

ALL_KINDS = " ".join(schema.VIOLENCE_TYPES)
MADE_UP: dict[str, Any] = {"origin": "example", "confidence": "exempel"}
LEADING, SHARED, CONCERNED = "huvudansvarig", "delansvarig", "berord"
"""Roles of a duty, as schema.ROLES has them."""

NOTHING_BEHIND = "Exempel: påhittat, inget dokument bakom"


@dataclass(frozen=True)
class Duty:
    """A duty of one organisation or group: its role, decided or proposed, and its first and last day."""

    who: str
    role: str = "ansvarig"
    status: str = "decided"
    valid_from: date | None = date(2021, 1, 1)
    valid_to: date | None = None
    note: str | None = None

    def row(self, object_type: str, object_id: str) -> dict[str, Any]:
        """Return the duty as a row of responsibilities. Groups are in lower case, organisations in capitals."""
        return {
            "object_type": object_type,
            "object_id": object_id,
            "organisation_id": self.who if self.who.isupper() else None,
            "group_id": None if self.who.isupper() else self.who,
            "role": self.role,
            "status": self.status,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "note": self.note,
            "source": NOTHING_BEHIND,
            **MADE_UP,
        }


PROPOSED = "proposed"
MERGED = date(2023, 7, 1)
"""Day on which three districts became one."""

DISTRICTS = Duty("stadsdelsnamnder")
OPEN_ENDED = None


@dataclass(frozen=True)
class Truth:
    """The true course of an indicator; reports are drawn around it.

    `levels` is the truth at VB, year by year from the base year: a share from 0 to 1, a rate per the indicator's `per`,
    an index, the chance of yes; for a count the number itself, or per 1 000 of the basis. `size` is how many a share is
    taken of, by the same rule. A whole with parts is what its parts are and its own level beside them.
    `women` is the share of women among those counted, `women_odds` how much likelier they are than men to be in the
    numerator, `unknown` the share whose sex is not told. `spread` is how strongly the three districts differ, first
    year and last.
    """

    levels: tuple[float, ...]
    size: float = 0.0
    basis: Literal["population", "staff", "fixed"] = "population"
    women: float = 0.5
    women_odds: float = 1.0
    unknown: float = 0.0
    spread: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class OwnTarget:
    """Årsmål of one nämnd, or a new one that KF set during the programme."""

    indicator_id: str
    organisation_id: str
    values: dict[int, float]
    set_by: str = "namnd"
    valid_from: date | None = None

    def rows(self, years: range) -> list[dict[str, Any]]:
        """Return the årsmål as rows of targets, for the years asked for."""
        return [
            {
                "indicator_id": self.indicator_id,
                "organisation_id": self.organisation_id,
                "year": year,
                "value": value,
                "set_by": self.set_by,
                "valid_from": self.valid_from,
                **MADE_UP,
            }
            for year, value in self.values.items()
            if year in years
        ]


@dataclass(frozen=True, kw_only=True)
class IndicatorPlan:
    """One example indicator: the columns of schema.indicators, its duties, KF's årsmål by year, its truth."""

    indicator_id: str
    goal_id: str
    short_name: str
    name: str
    definition: str
    measure: str
    counts: str
    time: str
    unit: str
    direction: str
    truth: Truth
    duties: tuple[Duty, ...] = (Duty("stadsdelsnamnder"),)
    targets: tuple[float, ...] = ()
    periods: str = "T1 T2 VB"
    base_year: int = FIRST_YEAR
    base_note: str | None = PANDEMIC
    varies: str | None = None
    cluster: str | None = None
    per: int | None = None
    level: str = "stadsdelsnamnd"
    split_by_sex: bool = False
    part_of: str | None = None
    violence_types: str = ALL_KINDS
    subgroup: str | None = None
    provider: str = "own"
    source: str = "Exempel: nämndernas egna verksamhetssystem"
    break_year: int | None = None
    break_note: str | None = None
    ended_note: str | None = None
    replaced_by: str | None = None
    valid_from: date | None = date(2021, 1, 1)
    valid_to: date | None = None

    def row(self) -> dict[str, Any]:
        """Return the plan as a row of indicators."""
        return {**_columns(self, "indicators"), **MADE_UP}


@dataclass(frozen=True, kw_only=True)
class ActivityPlan:
    """One example activity: the columns of schema.activities, its duties, the indicators that measure it.

    `delay` is how many years it lags behind its plan in a typical organisation.
    """

    activity_id: str
    goal_id: str
    title: str
    duties: tuple[Duty, ...]
    indicators: tuple[str, ...] = ()
    violence_types: str = ALL_KINDS
    provider: str = "own"
    employer_duty: bool = False
    starts_on: date | None = date(2021, 1, 1)
    ends_on: date | None = None
    delay: float = 0.3
    note: str | None = None
    valid_from: date | None = date(2021, 1, 1)
    valid_to: date | None = None
    source: str = NOTHING_BEHIND

    def row(self) -> dict[str, Any]:
        """Return the plan as a row of activities."""
        return {**_columns(self, "activities"), **MADE_UP}


def _columns(plan: IndicatorPlan | ActivityPlan, table: str) -> dict[str, Any]:
    named = {field.name for field in fields(plan)}
    return {name: getattr(plan, name) for name in schema.TABLES[table].names if name in named}
