"""Middleware for every HTTP answer: Swedish as its language, and headers that keep strangers out."""

import base64
import hashlib
import re
import socket
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Route

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

WORDS_PATH, DRAFTS_PATH = "/samlad/server/words.js", "/samlad/server/drafts.js"
"""Addresses of our scripts: Streamlit's own English words in Swedish, and drafts of typed text."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""Content security policy: nothing from elsewhere; Vega needs unsafe-eval to compile its expressions."""

NO_SCRIPT = "<noscript><p>Samlad behöver JavaScript för att visa sidan.</p></noscript>"

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class SwedishPages:
    """ASGI middleware: give every HTML answer lang="sv", the title Samlad, and the Swedish words.

    It works on what is sent, whatever route sent it, packed by gzip or not; all else passes untouched.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        first_message: Message | None = None
        content = bytearray()

        async def send_swedish(message: Message) -> None:
            nonlocal first_message
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                if headers.get(b"content-type", b"").startswith(b"text/html") and message["status"] not in (204, 304):
                    first_message = message
                    return
            if first_message is None or message["type"] != "http.response.body":
                await send(message)
                return
            content.extend(message.get("body", b""))
            if not message.get("more_body", False):
                start, page = swedish_answer(first_message, bytes(content), scope["method"], scope.get("root_path", ""))
                await send(start)
                await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, send_swedish)


def swedish_answer(start: Message, content: bytes, method: str, root: str) -> tuple[Message, bytes]:
    """Return the start and body of an HTML answer, in Swedish, unpacked, with its policy."""
    headers = [(name.lower(), value) for name, value in start["headers"]]
    by_name = dict(headers)
    if by_name.get(b"content-encoding") == b"gzip" and content:
        content = zlib.decompress(content, wbits=31)
    page = swedish_page(content, root) if content else content
    kept = [
        (name, value)
        for name, value in headers
        if name not in (b"content-length", b"content-encoding", b"etag", b"content-security-policy")
    ]
    if method != "HEAD":
        kept.append((b"content-length", str(len(page)).encode()))
    kept.append((b"content-security-policy", policy(page).encode()))
    return {**start, "headers": kept}, page


def swedish_page(page: bytes, root: str = "") -> bytes:
    """Return an HTML page with Swedish as its language.

    >>> swedish_page(b'<html lang="en"><head></head></html>').decode()[:16]
    '<html lang="sv">'
    """
    page = re.sub(rb"<html\b[^>]*>", b'<html lang="sv">', page, count=1)
    page = page.replace(b"<title>Streamlit</title>", b"<title>Samlad</title>", 1)
    page = re.sub(rb"<noscript>.*?</noscript>", NO_SCRIPT.encode(), page, count=1, flags=re.DOTALL)
    scripts = "".join(f'<script defer src="{root}{path}"></script>' for path in (WORDS_PATH, DRAFTS_PATH))
    return page.replace(b"</head>", f"{scripts}</head>".encode(), 1)


def policy(page: bytes) -> str:
    """Return the content security policy of a page: only inline scripts named by their hash run."""
    digests = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page)]
    return POLICY.format(hashes="".join(f" 'sha256-{digest}'" for digest in digests))


class SecurityHeaders:
    """ASGI middleware: add the headers above to every HTTP answer that lacks them."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                named = {name.lower() for name, _ in message["headers"]}
                added = [
                    (name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in named
                ]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self.app(scope, receive, send_guarded)


class PromptMessages:
    """ASGI middleware: send small websocket messages at once instead of gathering them (Nagle).

    Streamlit binds its own listening socket without naming the protocol, and asyncio then leaves the delay on: each
    rerun waits some 40 ms for an acknowledgement. The server's connection is reached through the callable it sends
    with; where it is not to be found, all works as before.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on."""
        if scope["type"] == "websocket":
            transport = getattr(getattr(send, "__self__", None), "transport", None)
            connection = transport.get_extra_info("socket") if transport is not None else None
            if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)


async def words(_request: object) -> FileResponse:
    """The script that puts Streamlit's own English words into Swedish."""
    return FileResponse(Path(__file__).parent / "words.js", media_type="text/javascript")


async def drafts(_request: object) -> FileResponse:
    """The script that keeps what is typed but not saved."""
    return FileResponse(Path(__file__).parent / "drafts.js", media_type="text/javascript")


ROUTES = [Route(WORDS_PATH, words), Route(DRAFTS_PATH, drafts)]
MIDDLEWARE = [Middleware(PromptMessages), Middleware(SecurityHeaders), Middleware(SwedishPages)]
"""Middleware of every server of ours, the outermost first."""
