"""How is the programme going? One row a goal, then what needs attention, what is missing, and every indicator."""

import streamlit as st

from samlad.views import choose, load, overview, show

year = choose.year()
organisation = choose.organisation()

st.title(overview.title(year, organisation))
goals = load("programme_overview", year=year, organisation_id=organisation.organisation_id)
indicators = load("overview_indicators", year=year, organisation_id=organisation.organisation_id)
missing = load("missing_reports", year=year, organisation_id=organisation.organisation_id)

if overview.nothing_to_show(goals, indicators):
    show.empty(overview.why_nothing(year, organisation))
    st.stop()

show.lead(overview.sentence(goals, year, organisation))
show.table(overview.goal_table(goals, year, organisation))

attention, owed = st.columns(2, gap="large")
with attention:
    show.listing("Behöver uppmärksamhet", overview.attention(indicators), overview.why_no_attention(indicators))
with owed:
    listed = overview.missing_list(missing, organisation)
    show.listing(overview.missing_title(missing, organisation), listed, overview.why_none_missing(goals))

show.table(overview.indicator_table(indicators, year, organisation))
