"""Changes since an earlier edition: every difference with its single cause."""

import streamlit as st

from samlad.views.common import choose, show
from samlad.views.edition_changes import edition_comparison

organisation = choose.organisation()

show.title(edition_comparison.title(organisation))
compared = edition_comparison.choice()
nothing = edition_comparison.why_none(compared)
if compared is None or nothing:
    show.empty(nothing or "")
    st.stop()

found = edition_comparison.found(*compared, organisation)
edition_comparison.answer(found)
edition_comparison.marks(found)
edition_comparison.listing(found)
edition_comparison.download(found)
