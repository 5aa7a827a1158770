"""The frame of Samlad, run by Streamlit for each change: the pages, their shared parts, and then the page."""

import streamlit as st

from samlad.foundation.errors import SamladError
from samlad.server import first_start, garbage, preparing
from samlad.views.common import frame, remembered, show, shown_edition

st.set_page_config(page_icon=str(frame.ICON), layout="wide", initial_sidebar_state="auto")
st.logo(str(frame.LOGO), size="large", icon_image=str(frame.ICON))
st.html(show.STYLE)

page = st.navigation(
    [
        st.Page(
            "../../pages/overview.py", title="Översikt", icon=":material/dashboard:", default=True, url_path="oversikt"
        ),
        st.Page("../../pages/goal.py", title="Mål", icon=":material/flag:", url_path="mal"),
        st.Page("../../pages/indicator.py", title="Indikator", icon=":material/monitoring:", url_path="indikator"),
        st.Page("../../pages/responsibility.py", title="Ansvar", icon=":material/grid_on:", url_path="ansvar"),
        st.Page("../../pages/organisation.py", title="Nämnd", icon=":material/groups:", url_path="namnd"),
        st.Page("../../pages/districts.py", title="Stadsdelar", icon=":material/location_city:", url_path="stadsdelar"),
        st.Page("../../pages/changes.py", title="Ändringar", icon=":material/history:", url_path="andringar"),
        st.Page("../../pages/reporting.py", title="Rapportera", icon=":material/upload_file:", url_path="rapportera"),
        st.Page(
            "../../pages/reporting_state.py", title="Lägesbild", icon=":material/fact_check:", url_path="lagesbild"
        ),
        st.Page("../../pages/report.py", title="Samlad uppföljning", icon=":material/article:", url_path="uppfoljning"),
        st.Page("../../pages/about.py", title="Om", icon=":material/info:", url_path="om"),
    ]
)
st.set_page_config(page_title=f"{page.title} – Samlad")
if first_start.ours.is_needed:
    preparing.show()
    st.stop()
try:
    standing = shown_edition.follow(page.url_path)
except SamladError as fault:
    show.title(page.title)
    show.empty(str(fault))
    if shown_edition.is_pinned():
        st.button("Visa den senaste", on_click=shown_edition.unpin)
    st.stop()
remembered.open_own(page.url_path)
frame.show_banner(standing)
frame.show_defects()
frame.show_sidebar(standing)
page.run()
garbage.settle()
