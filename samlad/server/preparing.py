"""The page shown during the first start: its progress, or the fault that stopped it."""

import streamlit as st

from samlad.server import first_start
from samlad.swedish import numbers
from samlad.views.common.show import plain

LOOK_EVERY_SECONDS = 1.0


def show() -> None:
    """Show the progress of the first start until it is done, then the requested page."""
    first_start.ours.begin()
    st.title("Samlad gör i ordning exempeldata")
    _watch()


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _watch() -> None:
    work = first_start.ours
    if not work.is_needed:
        st.rerun()
    if work.fault:
        st.error(plain(work.fault), icon=":material/error:")
        st.button("Försök igen", on_click=work.again)
        return
    st.write(
        "Det händer bara vid första starten och tar ungefär en halv minut. Det går vidare även om du lämnar sidan, "
        "och sidan du bad om öppnas av sig själv när det är klart."
    )
    share = min(max(work.share, 0.0), 1.0)
    st.progress(share, f"{work.doing} … {numbers.percent(share)}")
