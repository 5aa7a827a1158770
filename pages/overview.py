"""How is the programme going? One row a goal, then what needs attention, what has changed most, and what is missing."""

import streamlit as st

from samlad.views import choose, load, overview, show

year = choose.year()
organisation = choose.organisation()

show.title(overview.title(year, organisation))
goals = load("programme_overview", year=year, organisation_id=organisation.organisation_id)
missing = load("missing_reports", year=year, organisation_id=organisation.organisation_id)
indicators = overview.indicators(year, organisation)

if overview.nothing_to_show(goals, indicators):
    show.empty(overview.why_nothing(year, organisation))
    st.stop()

with show.together():
    show.lead(overview.sentence(indicators, goals, year, organisation), example=overview.is_example(indicators))
    show.table(overview.goal_table(goals, indicators, year, organisation), quiet=True, tight=True)
    with show.abreast():
        show.listing(
            "Behöver uppmärksamhet",
            overview.needing(indicators, year),
            overview.why_no_attention(indicators, year),
            first=overview.FIRST,
        )
        show.listing(
            "Svaren räcker inte",
            overview.left_open(indicators, year),
            overview.WHY_NONE_OPEN,
            first=overview.FIRST,
        )
        show.listing(
            "Har ändrats mest",
            overview.changed_most(indicators, year),
            overview.why_none_changed(year),
            first=overview.FIRST,
            remark=overview.about_changes(indicators, year),
        )
        show.listing(
            overview.missing_title(missing, organisation),
            overview.missing_list(missing, organisation),
            overview.why_none_missing(goals),
            first=overview.FIRST,
        )
    if indicators:
        show.folded("Alla indikatorer", overview.indicator_table(indicators, year, organisation))
