"""Reporting habits: figures and statuses become rows as submitted, with omissions, corrections and comments.

A row belongs to one delivery of one organisation and period: the first report, or the correction that follows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samlad.cli.example import example_texts
from samlad.cli.example.city import City, Row
from samlad.cli.example.example_figures import TOTAL, Figures, generator
from samlad.cli.example.incidents import LAST, MISTAKES, OFTEN_SILENT, REMARKS, SECOND_HANDS, SILENCES
from samlad.cli.example.scene import Calendar, Scene
from samlad.foundation import schema

SEXES = ("women", "men", "total")
FIRST, CORRECTION = 0, 1
NO_REASON, NOT_REPORTED, NOT_APPLICABLE, WITHHELD = range(-1, 3)
VB = schema.PERIODS.index("VB")

REPORTS_MISSING = 0.012
REPORTS_CORRECTED = 0.06
CELLS_CORRECTED = 0.3
CELLS_LEFT_OUT = 0.012
CELLS_NOT_REPORTED = 0.012
CELLS_NOT_APPLICABLE = 0.003
SMALL_CELLS_WITHHELD = 0.03
SMALL = 5
FOUND_LATER = 0.12
FORECASTS_GIVEN = 0.8
COMMENTED = 0.12
EXPLAINED = 0.6
NOTICEABLE = 0.03

_where = [
    ("submitter", "i4"),
    ("organisation", "i4"),
    ("year", "i4"),
    ("period", "i1"),
    ("delivery", "i1"),
    ("object", "i4"),
]
INDICATOR_ROW = np.dtype(
    [
        *_where,
        *[("sex", "i1"), ("numerator", "i8"), ("denominator", "i8"), ("value", "f8"), ("forecast", "f8")],
        *[("reason", "i1"), ("comment", "i4")],
    ]
)
ACTIVITY_ROW = np.dtype([*_where, ("status", "i1"), ("reason", "i1"), ("comment", "i4")])
"""Rows as numbers: places in the lists of reporters, objects, sexes, statuses, reasons and comments; −1 is null."""


@dataclass(frozen=True)
class Conduct:
    """Conduct of each organisation, reporters × years × periods: silent, or correcting later."""

    scene: Scene
    silent: np.ndarray
    corrected: np.ndarray


def conduct(scene: Scene) -> Conduct:
    """Draw silent and correcting organisations, beside the planned ones.

    In the last VB only those planned are silent, and of the organisations added to the city a few more.
    """
    rng = generator(scene.seed, "conduct")
    silent = rng.uniform(size=scene.shape) < REPORTS_MISSING
    added = np.array([name.startswith("EX-") for name in scene.city.reporters])
    silent[:, -1, VB] &= added
    corrected = rng.uniform(size=scene.shape) < REPORTS_CORRECTED
    for mistake in MISTAKES:
        if mistake.organisation_id in scene.city.reporters and mistake.year in scene.when.years:
            year, period = scene.when.years.index(mistake.year), schema.PERIODS.index(mistake.period)
            corrected[scene.city.reporters.index(mistake.organisation_id), year, period] = True
    return Conduct(scene, silent | planned_silence(None, scene), corrected)


def planned_silence(object_id: str | None, scene: Scene) -> np.ndarray:
    """Return planned silences on one object, or on all (None); reporters × years × periods."""
    city, when = scene.city, scene.when
    silent = np.zeros(scene.shape, dtype=bool)
    for silence in SILENCES:
        if silence.object_id != object_id or silence.organisation_id not in city.reporters:
            continue
        who = city.reporters.index(silence.organisation_id)
        first = when.years[-1] if silence.first_year == LAST else silence.first_year
        for number, year in enumerate(when.years):
            for period in silence.periods if first <= year <= silence.last_year else ():
                silent[who, number, schema.PERIODS.index(period)] = True
    return silent


def answered(object_id: str, expected_reports: np.ndarray, how: Conduct, rng: np.random.Generator) -> np.ndarray:
    """Return True where a row is submitted at all, reporters × years × periods."""
    left_out = np.array([OFTEN_SILENT.get(name, CELLS_LEFT_OUT) for name in how.scene.city.reporters])
    is_submitted = rng.uniform(size=expected_reports.shape) >= left_out[:, None, None]
    return np.asarray(expected_reports & is_submitted & ~how.silent & ~planned_silence(object_id, how.scene))


def indicator_rows(
    indicator: Row, number: int, figures: Figures, expected_reports: np.ndarray, how: Conduct
) -> np.ndarray:
    """Return all rows of one indicator, first reports and corrections, as INDICATOR_ROW."""
    when = how.scene.when
    rng = generator(how.scene.seed, f"rows {indicator['indicator_id']}")
    is_submitted = answered(indicator["indicator_id"], expected_reports, how, rng)
    reason = reasons(indicator, figures, rng)
    who, year, period = np.nonzero(is_submitted)
    places = is_submitted.nonzero()
    situation = situations(indicator, figures, when)[places]
    reason = reason[places]
    hits, counted = figures.numerator[places], figures.denominator[places]
    fewer = not_yet_found(hits, rng)
    later = how.corrected[places] & (rng.uniform(size=len(who)) < CELLS_CORRECTED)
    completed = later & (reason == NOT_REPORTED)
    corrected = later & (reason == NO_REASON) & (fewer[:, TOTAL] < hits[:, TOTAL])
    commented = comments_on(situation, reason, rng)
    afterwards = np.where(
        completed,
        example_texts.comments("completed", len(who), 1, rng),
        example_texts.comments("corrected", len(who), 1, rng),
    )
    forecast = np.where(rng.uniform(size=len(who)) < FORECASTS_GIVEN, figures.forecast[places], np.nan)
    sexes = range(len(SEXES)) if indicator["split_by_sex"] else (len(SEXES) - 1,)
    blocks = []
    for sex in sexes:
        for delivery, chosen in ((FIRST, np.ones(len(who), dtype=bool)), (CORRECTION, completed | corrected)):
            rows = np.zeros(int(chosen.sum()), dtype=INDICATOR_ROW)
            rows["submitter"] = rows["organisation"] = who[chosen]
            rows["year"], rows["period"] = when.years.start + year[chosen], period[chosen]
            rows["delivery"], rows["object"], rows["sex"] = delivery, number, sex
            rows["numerator"] = (
                hits[chosen, sex] if delivery == CORRECTION else np.where(corrected, fewer[:, sex], hits[:, sex])
            )
            rows["denominator"], rows["value"] = counted[chosen, sex], figures.value[places][chosen, sex]
            is_total = sex == len(SEXES) - 1
            rows["forecast"] = forecast[chosen] if is_total else np.nan
            rows["reason"] = NO_REASON if delivery == CORRECTION else reason
            rows["comment"] = (afterwards if delivery == CORRECTION else commented)[chosen] if is_total else -1
            blocks.append(rows)
    return without_empty(np.concatenate(blocks))


def without_empty(rows: np.ndarray) -> np.ndarray:
    """Return consistent rows: a share of nobody is not applicable, and a reason excludes a figure."""
    nobody = (rows["denominator"] == 0) & (rows["reason"] == NO_REASON)
    rows["reason"][nobody] = NOT_APPLICABLE
    gone = rows["reason"] != NO_REASON
    for name in ("numerator", "denominator"):
        rows[name][gone] = -1
    for name in ("value", "forecast"):
        rows[name][gone] = np.nan
    return rows


def reasons(indicator: Row, figures: Figures, rng: np.random.Generator) -> np.ndarray:
    """Return the missing reason where there is no figure, reporters × years × periods."""
    chance = rng.uniform(size=figures.forecast.shape)
    small = (
        (indicator["counts"] == "persons")
        & (figures.numerator[..., TOTAL] > 0)
        & (figures.numerator[..., TOTAL] < SMALL)
    )
    withheld = small & (rng.uniform(size=chance.shape) < SMALL_CELLS_WITHHELD)
    return np.select(
        [
            figures.denominator[..., TOTAL] == 0,
            withheld,
            chance < CELLS_NOT_REPORTED,
            chance < CELLS_NOT_REPORTED + CELLS_NOT_APPLICABLE,
        ],
        [NOT_APPLICABLE, WITHHELD, NOT_REPORTED, NOT_APPLICABLE],
        NO_REASON,
    )


def not_yet_found(hits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the counts before late cases came in; the total falls by what the sexes fall."""
    whole = np.maximum(hits, 0)
    apart = whole.copy()
    apart[:, TOTAL] -= whole[:, 0] + whole[:, 1]
    apart -= rng.binomial(apart, FOUND_LATER)
    apart[:, TOTAL] = apart.sum(axis=1)
    return np.where(hits >= 0, apart, hits)


def situations(indicator: Row, figures: Figures, when: Calendar) -> np.ndarray:
    """Return the change of each figure since the year before, as a key of example_texts.POOLS."""
    level = figures.level
    shown = np.full(level.shape, "during_year", dtype="U16")
    before, now = level[:, :-1, VB], level[:, 1:, VB]
    is_share = indicator["measure"] in ("share", "yes_no")
    change = (now - before) / (1 if is_share else np.where(before > 0, before, 1))
    up, down = {
        "increase": ("better", "worse"),
        "decrease": ("worse", "better"),
        "none": ("more", "fewer"),
    }[indicator["direction"]]
    shown[:, 1:, VB] = np.select([change > NOTICEABLE, change < -NOTICEABLE], [up, down], "unchanged")
    if indicator["base_year"] in when.years:
        shown[:, when.years.index(indicator["base_year"]), VB] = "first_year"
    if indicator["break_year"] in when.years:
        shown[:, when.years.index(indicator["break_year"]), VB] = "new_definition"
    return shown


def comments_on(situation: np.ndarray, reason: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a comment for some of the rows: most that lack a figure, few of the others."""
    chosen = np.full(len(situation), -1)
    for word in np.unique(situation):
        at = (situation == word) & (reason == NO_REASON)
        chosen[at] = example_texts.comments(str(word), int(at.sum()), COMMENTED, rng)
    for number, code in enumerate(schema.MISSING):
        at = reason == number
        chosen[at] = example_texts.comments(code, int(at.sum()), EXPLAINED, rng)
    return chosen


def activity_rows(
    activity: Row, number: int, statuses: np.ndarray, expected_reports: np.ndarray, how: Conduct
) -> np.ndarray:
    """Return all rows of one activity as ACTIVITY_ROW."""
    city, when = how.scene.city, how.scene.when
    rng = generator(how.scene.seed, f"rows {activity['activity_id']}")
    places = answered(activity["activity_id"], expected_reports, how, rng).nonzero()
    rows = np.zeros(len(places[0]), dtype=ACTIVITY_ROW)
    rows["submitter"] = rows["organisation"] = places[0]
    rows["year"], rows["period"], rows["object"] = when.years.start + places[1], places[2], number
    rows["status"] = statuses[places]
    rows["comment"] = -1
    chance = rng.uniform(size=len(rows))
    rows["reason"] = np.select(
        [chance < CELLS_NOT_REPORTED / 2, chance < CELLS_NOT_REPORTED], [NOT_REPORTED, NOT_APPLICABLE], NO_REASON
    )
    rows["status"][rows["reason"] != NO_REASON] = -1
    for place, status in enumerate(schema.STATUSES):
        at = rows["status"] == place
        rows["comment"][at] = example_texts.comments(status, int(at.sum()), COMMENTED, rng)
    for place, remark in enumerate(REMARKS):
        if remark.activity_id == activity["activity_id"] and remark.organisation_id in city.reporters:
            who = city.reporters.index(remark.organisation_id)
            at = (rows["organisation"] == who) & (rows["year"] == remark.year) & (rows["period"] == VB)
            rows["comment"][at] = len(example_texts.COMMENTS) + place
    return rows


def second_hand(rows: np.ndarray, indicators: Sequence[str], city: City) -> np.ndarray:
    """Return copies of yearly totals that another organisation submits too, some with another figure."""
    blocks = []
    for planned in SECOND_HANDS:
        if planned.indicator_id in indicators and {planned.submitter_id, planned.organisation_id} <= set(
            city.reporters
        ):
            at = (
                (rows["object"] == list(indicators).index(planned.indicator_id))
                & (rows["organisation"] == city.reporters.index(planned.organisation_id))
                & (rows["year"] == planned.year)
                & (rows["period"] == VB)
                & (rows["sex"] == SEXES.index("total"))
                & (rows["delivery"] == FIRST)
                & (rows["reason"] == NO_REASON)
            )
            copies = rows[at].copy()
            copies["submitter"] = city.reporters.index(planned.submitter_id)
            copies["comment"] = -1
            copies["numerator"] = np.minimum(copies["numerator"] + planned.more, copies["denominator"])
            blocks.append(copies)
    return np.concatenate([rows, *blocks])
