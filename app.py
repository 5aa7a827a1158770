"""What is started: `streamlit run app.py`. It wraps the Streamlit script and carries what belongs to plain HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Route

from samlad import warming
from samlad.middleware import WORDS_PATH, PromptMessages, SecurityHeaders, SwedishPages
from samlad.views import faults

PACKAGE = Path(__file__).resolve().parent / "samlad"


async def words(_request: object) -> FileResponse:
    """The script that puts Streamlit's own English words into Swedish."""
    return FileResponse(PACKAGE / "words.js", media_type="text/javascript")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load what the first reader needs while the server starts."""
    warming.begin()
    yield


app = st.App(
    PACKAGE / "shell.py",
    lifespan=lifespan,
    routes=[Route(WORDS_PATH, words)],
    middleware=[Middleware(PromptMessages), Middleware(SecurityHeaders), Middleware(SwedishPages)],
    on_script_error=faults.show,
)
