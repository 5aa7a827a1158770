"""The dashboard's frame around two pages: an empty one, and one with a chart and a table of ten rows."""

import streamlit as st

from samlad.server import garbage
from samlad.views.common import frame, remembered, show, shown_edition

st.set_page_config(page_icon=str(frame.ICON), layout="wide", initial_sidebar_state="auto")
st.logo(str(frame.LOGO), size="large", icon_image=str(frame.ICON))
st.html(show.STYLE)
page = st.navigation(
    [
        st.Page("empty.py", title="Tom", icon=":material/dashboard:", default=True, url_path="tom"),
        st.Page("one.py", title="Ett diagram", icon=":material/flag:", url_path="ett"),
        *(
            st.Page("empty.py", title=f"Sida {number}", icon=":material/info:", url_path=f"sida{number}")
            for number in range(9)
        ),
    ]
)
st.set_page_config(page_title=f"{page.title} – Samlad")
standing = shown_edition.follow(page.url_path)
remembered.open_own(page.url_path)
frame.show_banner()
frame.show_sidebar(standing)
page.run()
garbage.settle()
