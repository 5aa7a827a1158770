"""What is started: `streamlit run app.py`. It wraps the Streamlit script and carries what belongs to plain HTTP."""

from pathlib import Path

import streamlit as st

from samlad import store
from samlad.barriers import BARRIERS
from samlad.middleware import MIDDLEWARE, ROUTES
from samlad.views import faults, offline
from samlad.warming import lifespan

store.keep_private()
offline.stay()
app = st.App(
    Path(__file__).resolve().parent / "samlad" / "shell.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[*MIDDLEWARE, *BARRIERS],
    on_script_error=faults.show,
)
