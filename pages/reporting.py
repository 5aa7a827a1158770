"""Is my report right, and is it in? A form to fill in, files in, findings beside the cells, a receipt."""

import streamlit as st

from samlad.views import choose, reporting, show

year = choose.year()
organisation = choose.organisation()

show.title(reporting.title(year, organisation))
period = reporting.period()
reporting.form(year, period, organisation)

if not reporting.can_receive():
    show.empty("Här läser man bara: rapporter tas emot där mappen för inlämningar finns. Fråga den som sköter Samlad.")
    st.stop()

given = reporting.files()
if given:
    read = reporting.examined(given, reporting.concerning(organisation, year, period))
    show.lead(reporting.outcome(read))
    reporting.each(read, given)
    reporting.hand_in(read)
reporting.one_value(organisation, year, period)
reporting.receipts()
