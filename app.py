"""The application, started by `streamlit run app.py`: the Streamlit script, and what belongs to plain HTTP."""

from pathlib import Path

import streamlit as st

from samlad.foundation import store
from samlad.server import faults, offline
from samlad.server.barriers import BARRIERS
from samlad.server.middleware import MIDDLEWARE, ROUTES
from samlad.server.warming import lifespan

store.keep_private()
offline.stay()
app = st.App(
    Path(__file__).resolve().parent / "samlad" / "server" / "shell.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[*MIDDLEWARE, *BARRIERS],
    on_script_error=faults.show,
)
