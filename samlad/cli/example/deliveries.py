"""Deliveries of the example: rows become reports, with submitter and moment, in the order of receipt."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from samlad.cli.example import example_texts
from samlad.cli.example.city import City
from samlad.cli.example.example_figures import generator
from samlad.cli.example.incidents import REMARKS, SECOND_HANDS
from samlad.cli.example.reporting_habits import SEXES, VB
from samlad.cli.example.scene import Scene
from samlad.foundation import clock, schema
from samlad.submissions.organisation_report import ACTIVITIES, INDICATORS, OrganisationReport
from samlad.submissions.submission_writer import Delivery

LATE = 0.07
MOST_DAYS_LATE = 20
MOST_DAYS_EARLY = 18
LONGEST_TO_CORRECTION = 45
ACCEPTED = "Exempeldata"
FILE = "exempeldata"
HEADING_ROWS = 1

Moments = list[list[list[datetime]]]


def deliveries(
    indicator_rows: np.ndarray,
    activity_rows: np.ndarray,
    indicators: Sequence[str],
    activities: Sequence[str],
    scene: Scene,
) -> list[Delivery]:
    """Return all reports and corrections as deliveries, in the order of receipt.

    `indicators` and `activities` are the ids that the rows' places stand for. Every row is marked as example.
    """
    city, when = scene.city, scene.when
    indicator_rows, indicator_keys = in_order(indicator_rows, scene)
    activity_rows, activity_keys = in_order(activity_rows, scene)
    keys = np.unique(np.concatenate([indicator_keys, activity_keys]))
    figures = indicator_table(indicator_rows, indicator_keys, indicators, city)
    statuses = activity_table(activity_rows, activity_keys, activities, city)
    moments = received_at(scene)
    names = {row["organisation_id"]: row["short_name"] for row in city.organisations}
    listed = []
    for key, of_indicators, of_activities in zip(
        keys.tolist(), slices(figures, indicator_keys, keys), slices(statuses, activity_keys, keys), strict=True
    ):
        rest, delivery = divmod(key, 2)
        rest, submitter = divmod(rest, len(city.reporters))
        year, period = divmod(rest, len(schema.PERIODS))
        name = city.reporters[submitter]
        report = OrganisationReport(name, when.years[year], schema.PERIODS[period], of_indicators, of_activities)
        at = moments[delivery][submitter][year][period]
        listed.append(Delivery(report, f"Rapportör, {names[name]} (exempel)", at, ACCEPTED))
    return sorted(listed, key=lambda delivery: (delivery.at, delivery.report.organisation_id))


def in_order(rows: np.ndarray, scene: Scene) -> tuple[np.ndarray, np.ndarray]:
    """Return rows sorted by report, and the number of each row's report."""
    year = rows["year"].astype(np.int64) - scene.when.years.start
    many = len(scene.city.reporters)
    keys = ((year * len(schema.PERIODS) + rows["period"]) * many + rows["submitter"]) * 2 + rows["delivery"]
    last = rows["sex"] if "sex" in (rows.dtype.names or ()) else rows["object"]
    order = np.lexsort((last, rows["organisation"], rows["object"], keys))
    return rows[order], keys[order]


def slices(table: pa.Table, of_rows: np.ndarray, keys: np.ndarray) -> Iterator[pa.Table]:
    """Return the part of a sorted table for each key, without copying."""
    for first, last in zip(np.searchsorted(of_rows, keys), np.searchsorted(of_rows, keys, side="right"), strict=True):
        yield table.slice(int(first), int(last - first))


def indicator_table(rows: np.ndarray, keys: np.ndarray, indicators: Sequence[str], city: City) -> pa.Table:
    """Return rows as schema.indicator_reports, submission_id null."""
    filled = {
        "indicator_id": named(rows["object"], indicators),
        **shared_columns(rows, keys, "Indikatorer", city),
        "sex": named(rows["sex"], SEXES),
        "numerator": pa.array(rows["numerator"], mask=rows["numerator"] < 0),
        "denominator": pa.array(rows["denominator"], mask=rows["denominator"] < 0),
        "value": pa.array(rows["value"], mask=np.isnan(rows["value"])),
        "forecast": pa.array(rows["forecast"], mask=np.isnan(rows["forecast"])),
    }
    return pa.table({name: filled[name] for name in INDICATORS.names}).cast(INDICATORS.arrow)


def activity_table(rows: np.ndarray, keys: np.ndarray, activities: Sequence[str], city: City) -> pa.Table:
    """Return rows as schema.activity_reports, submission_id null."""
    filled = {
        "activity_id": named(rows["object"], activities),
        **shared_columns(rows, keys, "Aktiviteter", city),
        "status": named(rows["status"], schema.STATUSES),
    }
    return pa.table({name: filled[name] for name in ACTIVITIES.names}).cast(ACTIVITIES.arrow)


def shared_columns(rows: np.ndarray, keys: np.ndarray, sheet: str, city: City) -> dict[str, pa.Array]:
    """Return the columns that both kinds of report have."""
    in_report = np.arange(len(rows)) - np.searchsorted(keys, keys)
    return {
        "organisation_id": named(rows["organisation"], city.reporters),
        "year": pa.array(rows["year"]),
        "period": named(rows["period"], schema.PERIODS),
        "missing_reason": named(rows["reason"], schema.MISSING),
        "comment": named(rows["comment"], [*example_texts.COMMENTS, *(remark.text for remark in REMARKS)]),
        "submission_id": pa.nulls(len(rows), schema.TEXT),
        "source_file": pa.repeat(FILE, len(rows)),
        "source_sheet": pa.repeat(sheet, len(rows)),
        "source_row": pa.array(in_report + HEADING_ROWS + 1),
        "origin": pa.repeat("example", len(rows)),
    }


def named(places: np.ndarray, names: Sequence[str]) -> pa.Array:
    """Return names from places in a list; −1 is null."""
    dictionary = pa.array(places.astype(np.int32), mask=places < 0)
    return pa.DictionaryArray.from_arrays(dictionary, pa.array(list(names), schema.TEXT)).cast(schema.TEXT)


def received_at(scene: Scene) -> tuple[Moments, Moments]:
    """Return the moment of each first report and correction, reporters × years × periods.

    Most come in the days before they are due, some late. The last year is in within three weeks of its due day. Who
    reports for another does so before them, so that their own figure is the later.
    """
    city, when, shape = scene.city, scene.when, scene.shape
    rng = generator(scene.seed, "received")
    early = np.minimum(rng.geometric(0.25, shape) - 1, MOST_DAYS_EARLY)
    late = rng.integers(1, MOST_DAYS_LATE, shape)
    days = np.where(rng.uniform(size=shape) < LATE, late, -early)
    for planned in SECOND_HANDS:
        if planned.submitter_id in city.reporters and planned.year in when.years:
            days[city.reporters.index(planned.submitter_id), when.years.index(planned.year), VB] = -MOST_DAYS_EARLY - 1
    corrections = days + rng.integers(3, LONGEST_TO_CORRECTION, shape)
    minutes = rng.integers(8 * 60, 17 * 60, shape)
    last = when.due[-1][-1] + timedelta(days=MOST_DAYS_LATE)

    def moment(due: date, days: int, minutes: int) -> datetime:
        day = min(due + timedelta(days=days), last)
        return clock.at(day, time(minutes // 60, minutes % 60))

    def moments(days: np.ndarray) -> Moments:
        return [
            [
                [moment(*numbers) for numbers in zip(*of_year, strict=True)]
                for of_year in zip(when.due, of_reporter_days, of_reporter_minutes, strict=True)
            ]
            for of_reporter_days, of_reporter_minutes in zip(days.tolist(), minutes.tolist(), strict=True)
        ]

    return moments(days), moments(corrections)
