"""Reporting by organisation and period: received reports, their days and versions, and late reports."""

import streamlit as st

from samlad.foundation.rows import ReportingStateRow
from samlad.views import load_rows
from samlad.views.common import choose, show
from samlad.views.reporting_state import reporting_progress

year = choose.year()
organisation = choose.organisation()

place = st.empty()
period = choose.period()
place.title(show.plain(reporting_progress.title(year, period, organisation)))

rows = load_rows(ReportingStateRow, year=year, period=period)
show.lead(reporting_progress.sentence(rows, year, period, organisation))
show.note(reporting_progress.judged_on())
reporting_progress.defects()
if not organisation.is_city:
    reporting_progress.of_one(organisation, rows, year, period)
    show.folded("Alla nämnder och bolag", reporting_progress.table(rows, year, period))
elif rows:
    left = [row for row in rows if row.state in ("part", "none")] if reporting_progress.is_only_missing() else rows
    show.table(reporting_progress.table(left, year, period))
