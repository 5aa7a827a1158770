"""Indicators with their verdicts, year by year, for the snapshot on the page.

The verdicts themselves are made in `judgement`.
"""

import streamlit as st

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement import judged_years
from samlad.judgement.judged_years import Judged, case, counted, in_year
from samlad.views.common.shown_edition import load_rows, seen_id

__all__ = ["Judged", "case", "counted", "in_year", "judged"]


def judged(organisation_id: str | None, *, goal_id: str | None = None, indicator_id: str | None = None) -> list[Judged]:
    """Return the indicators of a goal, a single indicator, or all, with every year judged.

    They come in the programme's order and are kept by snapshot.
    """
    return _judged(seen_id(), organisation_id, goal_id, indicator_id, everyone=False)


def of_everyone(*, goal_id: str | None = None, indicator_id: str | None = None) -> dict[tuple[str, str], Judged]:
    """Return the judged indicators of every organisation and the city (CITY), by organisation and indicator."""
    found = _judged(seen_id(), None, goal_id, indicator_id, everyone=True)
    return {(one.about.organisation_id, one.about.indicator_id): one for one in found}


@st.cache_resource(max_entries=500, show_spinner=False)
def _judged(
    snapshot_id: str, organisation_id: str | None, goal_id: str | None, indicator_id: str | None, *, everyone: bool
) -> list[Judged]:
    del snapshot_id  # only a key of the kept answer
    asked = {"organisation_id": organisation_id, "goal_id": goal_id, "indicator_id": indicator_id}
    return judged_years.judged(load_rows(IndicatorCasesRow, everyone=everyone or None, **asked))
