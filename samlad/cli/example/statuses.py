"""Statuses of the example's activities, for every organisation and period: planned, begun, done, late or given up."""

from datetime import date

import numpy as np

from samlad.cli.example.city import Row
from samlad.cli.example.example_figures import generator
from samlad.cli.example.scene import Scene
from samlad.foundation import schema

NOT_STARTED, ONGOING, DONE, DELAYED, CANCELLED = range(len(schema.STATUSES))
GIVEN_UP = 0.02
GRACE_DAYS = 90
DAYS_A_YEAR = 365


def progress(activity: Row, delay: float, scene: Scene) -> np.ndarray:
    """Return the place in schema.STATUSES of one activity, reporters × years × periods.

    Chance belongs to the areas, so a successor goes on where its largest predecessor stood. An activity without a last
    day goes on. `delay` is in years.
    """
    rng = generator(scene.seed, activity["activity_id"])
    when = scene.when
    areas = len(scene.city.effect)
    days = np.array([[day.toordinal() for day in year] for year in when.ends_on])
    first = (activity["starts_on"] or date(when.years.start, 1, 1)).toordinal()
    last = activity["ends_on"].toordinal() if activity["ends_on"] else days.max() + 10 * DAYS_A_YEAR
    begun = first + DAYS_A_YEAR * rng.exponential(0.15 + delay / 3, areas)
    finished = np.maximum(begun + 60, last + DAYS_A_YEAR * (rng.exponential(delay, areas) - 0.15))
    given_up = np.where(rng.uniform(size=areas) < GIVEN_UP, first + DAYS_A_YEAR * rng.uniform(0.5, 4, areas), np.inf)
    mine = scene.city.largest_part
    begun, finished, given_up = (moment[mine][:, None, None] for moment in (begun, finished, given_up))
    given_up = np.where(given_up < finished, given_up, np.inf)
    return np.select(
        [days < begun, days >= given_up, days >= finished, days > last + GRACE_DAYS],
        [NOT_STARTED, CANCELLED, DONE, DELAYED],
        ONGOING,
    )
