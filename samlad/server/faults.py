"""Faults as a user sees them: the fault and the next step, never a traceback."""

import logging

import streamlit as st

from samlad.foundation.errors import SamladError
from samlad.views.common.show import plain

_log = logging.getLogger("samlad")


def show(fault: Exception) -> bool:
    """Show a fault to the user, and log one they cannot act on. Return True: Streamlit adds nothing."""
    if isinstance(fault, SamladError):
        st.error(plain(str(fault)), icon=":material/error:")
    else:
        _log.error("A page failed", exc_info=fault)
        st.error(
            "Något gick fel hos oss när sidan skulle visas. Ladda om den. Händer det igen, berätta för den som sköter "
            "Samlad vilken sida och vilka val det gällde.",
            icon=":material/error:",
        )
    return True
