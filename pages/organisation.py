"""A nämnd or bolag: its duties, its missing reports, its indicators, its changes."""

import streamlit as st

from samlad.views.common import choose, remembered, show
from samlad.views.organisation import organisation_duties

year = choose.year()
chosen = choose.organisation()

if chosen.is_city:
    show.title(f"Nämnd {year}: välj vilken")
    organisation_duties.choice()
    st.stop()

told = organisation_duties.gather(chosen, year)
show.title(told.title)
with show.together():
    show.lead(told.lead)
    organisation_duties.story(told, chosen)
organisation_duties.buttons(told, chosen)

with show.together():
    with show.abreast():
        with show.together():
            organisation_duties.owed(told)
        with show.together():
            organisation_duties.changes(told, chosen)
    organisation_duties.attention(told)
    organisation_duties.indicators(told)
    organisation_duties.activities(told)
    organisation_duties.gaps(told)
remembered.write()
