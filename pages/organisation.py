"""What is ours, and what do we owe? One nämnd or bolag: its duties, its reports, its indicators, what has changed."""

import streamlit as st

from samlad.views import choose, organisation, remembered, show

year = choose.year()
chosen = choose.organisation()

if chosen.is_city:
    st.title(f"Nämnd {year}: välj vilken")
    organisation.choice()
    st.stop()

told = organisation.gather(chosen, year)
st.title(told.title)
show.lead(told.lead)
organisation.story(told, chosen)
organisation.buttons(told, chosen)

left, right = st.columns(2, gap="large")
with left:
    organisation.owed(told)
with right:
    organisation.changes(told, chosen)

organisation.attention(told)
organisation.indicators(told)
organisation.activities(told)
organisation.gaps(told)
remembered.write()
