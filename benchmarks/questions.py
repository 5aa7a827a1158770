"""The questions that engines are compared on, each in the words of its engine, over one table of reported figures.

The table has indicator_id, organisation_id, year, sex, numerator and denominator, sorted as publish sorts it. A figure
that is missing has no numerator and no denominator. Every question gives the same rows in every engine, in any order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

YEAR, BASE_YEAR = 2025, 2021
INDICATOR, ORGANISATION = "IND-00002", "ORG-050"


@dataclass(frozen=True)
class Question:
    """One question: what it asks, and how each engine is asked. `sql` is for all that have no words of their own."""

    name: str
    asks: str
    sql: str
    polars: Callable[[Any], Any]
    pandas: Callable[[Any], Any]
    is_look_up: bool = False
    clickhouse: str = ""
    sqlite: str = ""


def _pl() -> Any:
    import polars

    return polars


def latest_polars(rows: Any) -> Any:
    """Sorted by year within its group already, so the last that is there is the latest."""
    pl = _pl()
    told = rows.filter((pl.col("sex") == "total") & pl.col("numerator").is_not_null())
    return told.group_by("indicator_id", "organisation_id").agg(
        pl.col("year").max(), pl.col("numerator").sort_by("year").last()
    )


def latest_pandas(rows: Any) -> Any:
    """One row a group, the one of the latest year."""
    told = rows[(rows["sex"] == "total") & rows["numerator"].notna()]
    last = told.loc[told.groupby(["indicator_id", "organisation_id"], observed=True, sort=False)["year"].idxmax()]
    return last[["indicator_id", "organisation_id", "year", "numerator"]]


def city_polars(rows: Any) -> Any:
    """Sums of counts, never means of shares."""
    pl = _pl()
    return (
        rows.group_by("indicator_id", "year", "sex")
        .agg(pl.col("numerator").sum(), pl.col("denominator").sum())
        .filter(pl.col("denominator") > 0)
        .with_columns(share=pl.col("numerator") / pl.col("denominator"))
    )


def city_pandas(rows: Any) -> Any:
    """The same."""
    keys = ["indicator_id", "year", "sex"]
    sums = rows.groupby(keys, observed=True, sort=False)[["numerator", "denominator"]].sum().reset_index()
    sums = sums[sums["denominator"] > 0]
    return sums.assign(share=sums["numerator"] / sums["denominator"])


def coverage_polars(rows: Any) -> Any:
    """Return the number asked and the number that have reported, by organisation and year."""
    pl = _pl()
    return (
        rows.filter(pl.col("sex") == "total")
        .group_by("organisation_id", "year")
        .agg(pl.len().alias("asked"), pl.col("numerator").count().alias("reported"))
    )


def coverage_pandas(rows: Any) -> Any:
    """The same."""
    held = rows[rows["sex"] == "total"].groupby(["organisation_id", "year"], observed=True, sort=False)["numerator"]
    return held.agg(asked="size", reported="count").reset_index()


def districts_polars(rows: Any) -> Any:
    """Everybody but the district itself is the rest."""
    pl = _pl()
    now = rows.filter((pl.col("year") == YEAR) & (pl.col("sex") == "total") & pl.col("numerator").is_not_null())
    return now.select(
        "indicator_id",
        "organisation_id",
        (
            pl.col("numerator") / pl.col("denominator")
            - (pl.col("numerator").sum().over("indicator_id") - pl.col("numerator"))
            / (pl.col("denominator").sum().over("indicator_id") - pl.col("denominator"))
        ).alias("difference"),
    )


def districts_pandas(rows: Any) -> Any:
    """The same."""
    now = rows[(rows["year"] == YEAR) & (rows["sex"] == "total") & rows["numerator"].notna()]
    both = now.groupby("indicator_id", observed=True, sort=False)[["numerator", "denominator"]].transform("sum")
    own = now["numerator"] / now["denominator"]
    rest = (both["numerator"] - now["numerator"]) / (both["denominator"] - now["denominator"])
    return now[["indicator_id", "organisation_id"]].assign(difference=own - rest)


def change_polars(rows: Any) -> Any:
    """Only those who reported both years are compared."""
    pl = _pl()
    told = rows.filter((pl.col("sex") == "total") & pl.col("numerator").is_not_null())
    keys = ["indicator_id", "organisation_id"]
    before = told.filter(pl.col("year") == BASE_YEAR)
    return (
        told.filter(pl.col("year") == YEAR)
        .join(before, on=keys, suffix="_before")
        .group_by("indicator_id")
        .agg(
            pl.len().alias("both"),
            (pl.col("numerator").sum() / pl.col("denominator").sum()).alias("now"),
            (pl.col("numerator_before").sum() / pl.col("denominator_before").sum()).alias("before"),
        )
    )


def change_pandas(rows: Any) -> Any:
    """The same."""
    told = rows[(rows["sex"] == "total") & rows["numerator"].notna()]
    keys = ["indicator_id", "organisation_id"]
    both = told[told["year"] == YEAR].merge(told[told["year"] == BASE_YEAR], on=keys, suffixes=("", "_before"))
    columns = ["numerator", "denominator", "numerator_before", "denominator_before"]
    held = both.groupby("indicator_id", observed=True, sort=False)
    sums = held[columns].sum()
    return sums.assign(
        both=held.size(),
        now=sums["numerator"] / sums["denominator"],
        before=sums["numerator_before"] / sums["denominator_before"],
    ).reset_index()[["indicator_id", "both", "now", "before"]]


def series_polars(rows: Any) -> Any:
    """All years and sexes of one."""
    pl = _pl()
    of_one = (pl.col("indicator_id") == INDICATOR) & (pl.col("organisation_id") == ORGANISATION)
    return rows.filter(of_one).select("year", "sex", "numerator", "denominator")


def series_pandas(rows: Any) -> Any:
    """The same."""
    of_one = (rows["indicator_id"] == INDICATOR) & (rows["organisation_id"] == ORGANISATION)
    return rows.loc[of_one, ["year", "sex", "numerator", "denominator"]]


def figure_polars(rows: Any) -> Any:
    """One row."""
    pl = _pl()
    return series_polars(rows).filter((pl.col("year") == YEAR) & (pl.col("sex") == "total"))


def figure_pandas(rows: Any) -> Any:
    """The same."""
    found = series_pandas(rows)
    return found[(found["year"] == YEAR) & (found["sex"] == "total")]


LATEST = """
select indicator_id, organisation_id, max(year) as year, {latest} as numerator
from figures
where sex = 'total' and numerator is not null
group by indicator_id, organisation_id
"""

CITY = """
select
    indicator_id, year, sex, sum(numerator) as numerator, sum(denominator) as denominator,
    1e0 * sum(numerator) / sum(denominator) as share
from figures
group by indicator_id, year, sex
having sum(denominator) > 0
"""

CHANGE = """
select now.indicator_id as indicator_id, count(*) as both,
    1e0 * sum(now.numerator) / sum(now.denominator) as now,
    1e0 * sum(base.numerator) / sum(base.denominator) as before
from figures as now
inner join figures as base
    on now.indicator_id = base.indicator_id and now.organisation_id = base.organisation_id
where
    now.year = 2025 and base.year = 2021 and now.sex = 'total' and base.sex = 'total'
    and now.numerator is not null and base.numerator is not null
group by now.indicator_id
"""

PAIRED = """
with pairs as materialized (
    select now.indicator_id, now.numerator::double as numerator, now.denominator::double as denominator,
        base.numerator::double as numerator_before, base.denominator::double as denominator_before
    from (from figures where year = 2025 and sex = 'total' and numerator is not null) as now
    inner join (from figures where year = 2021 and sex = 'total' and numerator is not null) as base
        on now.indicator_id = base.indicator_id and now.organisation_id = base.organisation_id
)
select indicator_id, count(*) as both,
    sum(numerator) / sum(denominator) as now,
    sum(numerator_before) / sum(denominator_before) as before
from pairs
group by indicator_id
"""
"""As CHANGE, but DuckDB may not add up each side before it joins them: the groups are as many as the rows.

Counts are added up as DOUBLE, which holds every whole number to 2^53: sums of BIGINT are of 128 bits, and slower.
"""

DISTRICTS = """
with now as (
    select indicator_id, organisation_id, numerator, denominator
    from figures
    where year = 2025 and sex = 'total' and numerator is not null
),
city as (
    select indicator_id, sum(numerator) as numerator, sum(denominator) as denominator from now group by indicator_id
)
select now.indicator_id as indicator_id, now.organisation_id as organisation_id,
    1e0 * now.numerator / now.denominator
    - 1e0 * (city.numerator - now.numerator) / (city.denominator - now.denominator) as difference
from now
inner join city on now.indicator_id = city.indicator_id
"""

REST = """
with now as materialized (
    select indicator_id, organisation_id, numerator::double as numerator, denominator::double as denominator
    from figures
    where year = 2025 and sex = 'total' and numerator is not null
),
city as (
    select indicator_id, sum(numerator) as numerator, sum(denominator) as denominator from now group by indicator_id
)
select now.indicator_id, now.organisation_id,
    now.numerator / now.denominator
    - (city.numerator - now.numerator) / (city.denominator - now.denominator) as difference
from now
inner join city on now.indicator_id = city.indicator_id
"""
"""As DISTRICTS, in DuckDB's words: the year's rows are read once, and added up as DOUBLE."""

SERIES = f"""
select year, sex, numerator, denominator
from figures
where indicator_id = '{INDICATOR}' and organisation_id = '{ORGANISATION}'
"""

QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        Question(
            "latest",
            "the latest figure of each indicator and organisation",
            LATEST.format(latest="arg_max(numerator, year)"),
            latest_polars,
            latest_pandas,
            clickhouse=LATEST.format(latest="argMax(numerator, year)"),
            sqlite=LATEST.format(latest="numerator"),
        ),
        Question(
            "city",
            "the city's figure of each indicator, year and sex, from counts",
            CITY,
            city_polars,
            city_pandas,
        ),
        Question(
            "coverage",
            "how much each organisation has reported each year",
            "select organisation_id, year, count(*) as asked, count(numerator) as reported from figures "
            "where sex = 'total' group by organisation_id, year",
            coverage_polars,
            coverage_pandas,
        ),
        Question(
            "districts",
            "each organisation against the rest of the city, one year",
            REST,
            districts_polars,
            districts_pandas,
            clickhouse=DISTRICTS,
            sqlite=DISTRICTS,
        ),
        Question(
            "change",
            "the change between two years, over those who reported both",
            PAIRED,
            change_polars,
            change_pandas,
            clickhouse=CHANGE,
            sqlite=CHANGE,
        ),
        Question("series", "one indicator of one organisation", SERIES, series_polars, series_pandas, True),
        Question(
            "figure",
            "one figure",
            f"{SERIES} and year = 2025 and sex = 'total'",
            figure_polars,
            figure_pandas,
            True,
        ),
    )
}
