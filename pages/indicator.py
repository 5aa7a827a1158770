"""An indicator and its trustworthiness: course, counts, source and caveats."""

import streamlit as st

from samlad.foundation.rows import IndicatorFiguresRow, IndicatorVersionsRow, RegionalTwinRow
from samlad.views import load_rows
from samlad.views.common import choose, show, year_chart
from samlad.views.indicator import indicator_history, indicator_tables

year = choose.year()
organisation = choose.organisation()

place = st.empty()
chosen = choose.indicator()
place.title(show.plain(indicator_history.title(chosen, year, organisation)))

one = indicator_history.followed(chosen, organisation)
figures = load_rows(IndicatorFiguresRow, indicator_id=chosen.indicator_id)
versions = load_rows(
    IndicatorVersionsRow, indicator_id=chosen.indicator_id, organisation_id=organisation.organisation_id
)
twin = load_rows(RegionalTwinRow, goal_id=chosen.goal_id)

indicator_history.answer(chosen, one, year, organisation)

picture, beside = st.columns((7, 4), gap="large")
with picture:
    indicator_history.picture(one, year, organisation)
with beside, show.together():
    rebuilt = year_chart.rebuilt(figures)
    show.listing(
        "Att tänka på", indicator_history.caveats(chosen, one, year, organisation, rebuilt), "Inga särskilda förbehåll."
    )
    indicator_history.activities(chosen)

with show.together():
    for told in indicator_tables.tables(chosen, figures, versions, year, organisation):
        show.table(told)
    show.heading("Om indikatorn")
    show.facts(indicator_history.facts(chosen))
    show.heading("Regional tvilling")
    show.note(indicator_history.twin_words(chosen, bool(twin)))
    if twin:
        show.table(indicator_tables.twin_table(twin))
