"""What has changed since an edition before this one, and why? Every difference with its one cause."""

import streamlit as st

from samlad.views import changes, choose, show

organisation = choose.organisation()

show.title(changes.title(organisation))
compared = changes.choice()
nothing = changes.why_none(compared)
if compared is None or nothing:
    show.empty(nothing or "")
    st.stop()

found = changes.found(*compared, organisation)
changes.answer(found)
changes.marks(found)
changes.listing(found)
changes.download(found)
