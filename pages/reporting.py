"""Handing in a report: a form to fill in, files in, findings beside the cells, a receipt."""

import streamlit as st

from samlad.views.common import choose, show
from samlad.views.reporting import handing_in

year = choose.year()
organisation = choose.organisation()

show.title(handing_in.title(year, organisation))
period = choose.period()
handing_in.form(year, period, organisation)

if not handing_in.can_receive():
    show.empty("Här läser man bara: rapporter tas emot där mappen för inlämningar finns. Fråga den som sköter Samlad.")
    st.stop()

given = handing_in.files()
if given:
    read = handing_in.examined(given, handing_in.concerning(organisation, year, period))
    show.lead(handing_in.outcome(read))
    handing_in.each(read, given)
    handing_in.hand_in(read)
handing_in.one_value(organisation, year, period)
handing_in.receipts()
