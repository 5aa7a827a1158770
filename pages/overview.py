"""The programme's course: a row a goal, then need for attention, largest changes, missing reports."""

import streamlit as st

from samlad.foundation.rows import MissingReportsRow, ProgrammeOverviewRow
from samlad.views import load_rows
from samlad.views.common import choose, show
from samlad.views.overview import programme_progress

year = choose.year()
organisation = choose.organisation()

show.title(programme_progress.title(year, organisation))
goals = load_rows(ProgrammeOverviewRow, year=year, organisation_id=organisation.organisation_id)
missing = load_rows(MissingReportsRow, year=year, organisation_id=organisation.organisation_id)
indicators = programme_progress.indicators(year, organisation)

if programme_progress.nothing_to_show(goals, indicators):
    show.empty(programme_progress.why_nothing(year, organisation))
    st.stop()

with show.together():
    show.lead(
        programme_progress.sentence(indicators, goals, year, organisation),
        example=programme_progress.is_example(indicators),
    )
    show.table(programme_progress.goal_table(goals, indicators, year, organisation), quiet=True, tight=True)
    with show.abreast():
        show.listing(
            "Behöver uppmärksamhet",
            programme_progress.needing(indicators, year),
            programme_progress.why_no_attention(indicators, year),
            first=programme_progress.FIRST,
        )
        show.listing(
            "Svaren räcker inte",
            programme_progress.left_open(indicators, year),
            programme_progress.WHY_NONE_OPEN,
            first=programme_progress.FIRST,
        )
        show.listing(
            "Har ändrats mest",
            programme_progress.changed_most(indicators, year),
            programme_progress.why_none_changed(year),
            first=programme_progress.FIRST,
            remark=programme_progress.about_changes(indicators, year),
        )
        show.listing(
            programme_progress.missing_title(missing, organisation),
            programme_progress.missing_list(missing, organisation),
            programme_progress.why_none_missing(goals),
            first=programme_progress.FIRST,
        )
    if indicators:
        show.folded("Alla indikatorer", programme_progress.indicator_table(indicators, year, organisation))
