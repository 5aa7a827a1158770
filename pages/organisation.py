"""What is ours, and what do we owe? One nämnd or bolag: its duties, its reports, its indicators, what has changed."""

import streamlit as st

from samlad.views import choose, organisation, remembered, show

year = choose.year()
chosen = choose.organisation()

if chosen.is_city:
    show.title(f"Nämnd {year}: välj vilken")
    organisation.choice()
    st.stop()

told = organisation.gather(chosen, year)
show.title(told.title)
with show.together():
    show.lead(told.lead)
    organisation.story(told, chosen)
organisation.buttons(told, chosen)

with show.together():
    with show.abreast():
        with show.together():
            organisation.owed(told)
        with show.together():
            organisation.changes(told, chosen)
    organisation.attention(told)
    organisation.indicators(told)
    organisation.activities(told)
    organisation.gaps(told)
remembered.write()
