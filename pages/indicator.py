"""Can I trust this figure, and what does it say? One indicator: its course, its counts, its source and its caveats."""

import streamlit as st

from samlad.views import choose, indicator, indicator_tables, load, show, years

year = choose.year()
organisation = choose.organisation()

place = st.empty()
chosen = choose.indicator()
place.title(show.plain(indicator.title(chosen, year, organisation)))

one = indicator.followed(chosen, organisation)
figures = load("indicator_figures", indicator_id=chosen["indicator_id"])
versions = load("indicator_versions", indicator_id=chosen["indicator_id"], organisation_id=organisation.organisation_id)
twin = load("regional_twin", goal_id=chosen["goal_id"])

indicator.answer(chosen, one, year, organisation)

picture, beside = st.columns((7, 4), gap="large")
with picture:
    indicator.picture(one, year, organisation)
with beside, show.together():
    rebuilt = years.rebuilt(figures.to_pylist())
    show.listing(
        "Att tänka på", indicator.caveats(chosen, one, year, organisation, rebuilt), "Inga särskilda förbehåll."
    )
    indicator.activities(chosen)

with show.together():
    for told in indicator_tables.tables(chosen, figures, versions, year, organisation):
        show.table(told)
    show.heading("Om indikatorn")
    show.facts(indicator.facts(chosen))
    show.heading("Regional tvilling")
    show.note(indicator.twin_words(chosen, twin.num_rows > 0))
    if twin.num_rows:
        show.table(indicator_tables.twin_table(twin))
