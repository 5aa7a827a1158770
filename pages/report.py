"""The samlad uppföljning: its parts with the work that remains, the draft, own text, and the files."""

import streamlit as st

from samlad.views.common import choose, show
from samlad.views.draft import draft_files, draft_parts, draft_texts

year = choose.year()
organisation = choose.organisation()

show.title(draft_parts.title(year, organisation))
chosen = draft_parts.choice(year, organisation)
if not chosen.parts:
    show.empty("Välj minst en del.")
    st.stop()

drafted = draft_parts.drafted(chosen)
show.lead(draft_parts.sentence(drafted))
draft_files.buttons(drafted, chosen)
draft_parts.contents(drafted)

section = draft_parts.section(drafted)
draft_texts.marks(section)
left, right = st.columns((7, 4), gap="large")
with left:
    draft_parts.draft_of(drafted, section)
with right:
    draft_texts.form(drafted, chosen, section)
