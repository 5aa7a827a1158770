"""The floor that the dashboard is held against: the same server, middleware and frame around nearly nothing."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from samlad.server.middleware import MIDDLEWARE, ROUTES
from samlad.server.warming import lifespan

app = st.App(Path(__file__).resolve().parent / "shell.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
