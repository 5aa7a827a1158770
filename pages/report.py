"""What do we write? The samlad uppföljning: its parts with what remains, the draft, one's own text, and the files."""

import streamlit as st

from samlad.views import choose, report, report_files, report_text, show

year = choose.year()
organisation = choose.organisation()

show.title(report.title(year, organisation))
chosen = report.choice(year, organisation)
if not chosen.parts:
    show.empty("Välj minst en del.")
    st.stop()

drafted = report.drafted(chosen)
show.lead(report.sentence(drafted))
report_files.buttons(drafted, chosen)
report.contents(drafted)

section = report.section(drafted)
report_text.marks(section)
left, right = st.columns((7, 4), gap="large")
with left:
    report.draft_of(drafted, section)
with right:
    report_text.form(drafted, chosen, section)
