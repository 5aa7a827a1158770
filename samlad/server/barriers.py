"""Barriers of the server: bodies that are too large, and Streamlit's routes for machines."""

import re
from collections.abc import Iterable

from starlette.middleware import Middleware

from samlad.server.middleware import Application, Message, Receive, Scope, Send

LARGEST_FILE_MB = 20
LARGEST_BODY = (LARGEST_FILE_MB + 1) * 1024 * 1024
"""Most bytes of a request: a file of the largest size, and the form around it."""

TOO_LARGE = (
    f"Filen är större än {LARGEST_FILE_MB} MB och har inte tagits emot. "
    "Ta bort bilder och blad som inte hör till rapporten, eller dela den."
)
CLOSED = "Den här adressen är stängd."

_CLOSED = re.compile(r"/_stcore/(?:metrics|agent)(?:/|$)")


class TooLarge(Exception):
    """Refusal of a request whose body exceeds LARGEST_BODY."""


class BodyLimit:
    """ASGI middleware: refuse a body at once when its stated length is too large, else when it becomes so."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if stated_length(scope["headers"]) > LARGEST_BODY:
            await refuse(send, 413, TOO_LARGE)
            return
        taken, has_begun, is_refused = 0, False, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST_BODY:
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal has_begun, is_refused
            if message["type"] == "http.response.start":
                is_refused, has_begun = message["status"] == 413, True
                if is_refused:
                    await refuse(send, 413, TOO_LARGE)
            if not is_refused:
                await send(message)

        try:
            await self.app(scope, counted, watched)
        except TooLarge:
            if not has_begun:
                await refuse(send, 413, TOO_LARGE)


class ClosedRoutes:
    """ASGI middleware: answer 404 for metrics and the interface for programs."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and _CLOSED.search(scope["path"]):
            await refuse(send, 404, CLOSED)
        else:
            await self.app(scope, receive, send)


def stated_length(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Return the length that a request states for its body; 0 when it states none.

    >>> stated_length([(b"content-length", b"12")]), stated_length([(b"content-length", b"x")])
    (12, 0)
    """
    header = dict(headers).get(b"content-length", b"")
    return int(header) if header.isdigit() else 0


async def refuse(send: Send, status: int, message: str) -> None:
    """Send a refusal in words, and let the connection end: what is left of the body is not read."""
    body = message.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


BARRIERS = [Middleware(ClosedRoutes), Middleware(BodyLimit)]
