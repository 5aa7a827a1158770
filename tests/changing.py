"""A city in which nothing stands still: goals, indicators, activities and bodies begin and end in different years."""

from datetime import date
from pathlib import Path
from typing import Any

from samlad.foundation import schema
from tests.editions import MERGER, Made, catalogue
from tests.rows import periods, programme, table

YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
"""Goals hold from 2021; 2020 has none, and nothing else either."""

BEGINS, ENDS = date(2021, 1, 1), date(2022, 12, 31)
LATER = date(2024, 1, 1)


def changing_catalogue() -> Any:
    """The catalogue: M1 goes on, M2 ends after 2022, M3 begins in 2024, M4 holds in 2023 alone and is empty."""
    goals = table(
        "goals",
        {
            "goal_id": "M1",
            "number": 1,
            "short_title": "Hela tiden",
            "title": "Det som gäller hela tiden",
            "valid_from": BEGINS,
        },
        {
            "goal_id": "M2",
            "number": 2,
            "short_title": "Slutar",
            "title": "Det som slutar",
            "valid_from": BEGINS,
            "valid_to": ENDS,
        },
        {"goal_id": "M3", "number": 3, "short_title": "Börjar", "title": "Det som börjar", "valid_from": LATER},
        {
            "goal_id": "M4",
            "number": 4,
            "short_title": "Ett år",
            "title": "Det som gäller ett år",
            "valid_from": date(2023, 1, 1),
            "valid_to": date(2023, 12, 31),
        },
    )
    indicators = table(
        "indicators",
        {"indicator_id": "A1", "goal_id": "M1", "short_name": "Hela", "valid_from": BEGINS},
        {
            "indicator_id": "A2",
            "goal_id": "M1",
            "short_name": "Slutar",
            "valid_from": BEGINS,
            "valid_to": ENDS,
            "replaced_by": "A3",
        },
        {
            "indicator_id": "A3",
            "goal_id": "M1",
            "short_name": "Tar över",
            "valid_from": date(2023, 1, 1),
            "base_year": 2023,
        },
        {"indicator_id": "B1", "goal_id": "M2", "short_name": "Med målet", "valid_from": BEGINS, "valid_to": ENDS},
        {
            "indicator_id": "B2",
            "goal_id": "M2",
            "short_name": "Längre än målet",
            "counts": "persons",
            "valid_from": BEGINS,
        },
        {"indicator_id": "C1", "goal_id": "M3", "short_name": "Nytt", "valid_from": LATER, "base_year": 2024},
    )
    activities = table(
        "activities",
        {"activity_id": "a1", "goal_id": "M1", "title": "Går hela tiden", "valid_from": BEGINS},
        {"activity_id": "a2", "goal_id": "M1", "title": "Slutar", "valid_from": BEGINS, "valid_to": ENDS},
        {"activity_id": "b1", "goal_id": "M2", "title": "Längre än målet", "valid_from": BEGINS},
        {"activity_id": "c1", "goal_id": "M3", "title": "Ny", "valid_from": LATER},
    )
    bodies = [
        {"organisation_id": "NY", "name": "Nya nämnden", "short_name": "Nya", "kind": "facknamnd", "valid_from": LATER},
        {
            "organisation_id": "GA",
            "name": "Gamla nämnden",
            "short_name": "Gamla",
            "kind": "facknamnd",
            "valid_to": ENDS,
        },
        {"organisation_id": "BO", "name": "Bolaget", "short_name": "Bolaget", "kind": "dotterbolag"},
    ]
    duty = {"group_id": "stadsdelsnamnder"}
    duties = [
        *({"object_type": "indicator", "object_id": one, **duty} for one in ("A1", "A2", "A3", "B1", "B2", "C1")),
        *({"object_type": "activity", "object_id": one, **duty} for one in ("a1", "a2", "b1", "c1")),
        {"object_type": "indicator", "object_id": "B1", "organisation_id": "GA"},
        {"object_type": "indicator", "object_id": "C1", "organisation_id": "NY"},
    ]
    was = catalogue().tables
    return programme(
        goals=goals,
        indicators=indicators,
        activities=activities,
        activity_indicators=table("activity_indicators", {"activity_id": "a1", "indicator_id": "A1"}),
        organisations=table("organisations", *was["organisations"].to_pylist(), *bodies),
        successions=was["successions"],
        responsibilities=table("responsibilities", *duties),
        periods=periods(*YEARS),
        targets=table(
            "targets",
            *(
                {"indicator_id": one, "organisation_id": schema.CITY, "year": year, "value": 0.75}
                for one in ("A1", "A2", "A3", "B1", "C1")
                for year in (2022, 2024)
            ),
        ),
    )


def changing(path: Path) -> Made:
    """The city with what was to be reported, but for 2020 and 2025, in; published."""
    made = Made.anew(path, changing_catalogue())
    for year in YEARS[1:-1]:
        districts = ("BR", "FA", "RK", "ST") if year < MERGER.year else ("BR", "FA", "JA")
        for at, name in enumerate(districts):
            rows = [{"indicator_id": one, "numerator": 4 + at, "denominator": 10} for one in held(year)]
            rows += [{"indicator_id": "B2", "numerator": 12 + year - 2020 + at, "denominator": 40}]
            rows += [{"activity_id": one, "status": "ongoing"} for one in done(year)]
            made.hand_in(name, year, *rows)
        if year <= ENDS.year:
            made.hand_in("GA", year, {"indicator_id": "B1", "numerator": 1, "denominator": 2})
    return made


def held(year: int) -> list[str]:
    """The indicators of units that are asked for in a year."""
    return ["A1", *(["A2", "B1"] if year <= ENDS.year else ["A3"]), *(["C1"] if year >= LATER.year else [])]


def done(year: int) -> list[str]:
    """The activities that are asked for in a year."""
    return ["a1", *(["a2"] if year <= ENDS.year else []), "b1", *(["c1"] if year >= LATER.year else [])]
