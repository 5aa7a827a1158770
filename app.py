"""What is started: `streamlit run app.py`. It wraps the Streamlit script and carries what belongs to plain HTTP."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Route

from samlad.middleware import WORDS_PATH, PromptMessages, SecurityHeaders, SwedishPages
from samlad.views import faults

PACKAGE = Path(__file__).resolve().parent / "samlad"


async def words(_request: object) -> FileResponse:
    """The script that puts Streamlit's own English words into Swedish."""
    return FileResponse(PACKAGE / "words.js", media_type="text/javascript")


app = st.App(
    PACKAGE / "shell.py",
    routes=[Route(WORDS_PATH, words)],
    middleware=[Middleware(PromptMessages), Middleware(SecurityHeaders), Middleware(SwedishPages)],
    on_script_error=faults.show,
)
