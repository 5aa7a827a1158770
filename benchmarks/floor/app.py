"""The floor that the dashboard is held against: the same server, middleware and frame around nearly nothing."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from samlad import warming
from samlad.middleware import WORDS_PATH, PromptMessages, SecurityHeaders, SwedishPages

HERE = Path(__file__).resolve().parent


async def words(_request: object) -> FileResponse:
    """The same script as the dashboard's."""
    return FileResponse(HERE.parent.parent / "samlad" / "words.js", media_type="text/javascript")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load what the dashboard loads while the server starts."""
    warming.begin()
    yield


app = st.App(
    HERE / "shell.py",
    lifespan=lifespan,
    routes=[Route(WORDS_PATH, words)],
    middleware=[Middleware(PromptMessages), Middleware(SecurityHeaders), Middleware(SwedishPages)],
)
