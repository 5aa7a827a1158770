"""Who has reported what for which period, when, in which version; and who is late?"""

import streamlit as st

from samlad.views import choose, load, reporting, reporting_state, show

year = choose.year()
organisation = choose.organisation()

place = st.empty()
period = reporting.period()
place.title(show.plain(reporting_state.title(year, period, organisation)))

rows = load("reporting_state", year=year, period=period).to_pylist()
show.lead(reporting_state.sentence(rows, year, period, organisation))
show.note(reporting_state.judged_on())
reporting_state.defects()
if not organisation.is_city:
    reporting_state.of_one(organisation, rows, year, period)
    show.folded("Alla nämnder och bolag", reporting_state.table(rows, year, period))
elif rows:
    left = [row for row in rows if row["state"] in ("part", "none")] if reporting_state.is_only_missing() else rows
    show.table(reporting_state.table(left, year, period))
