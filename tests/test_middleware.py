"""Messages over HTTP: small ones leave at once."""

import socket
from typing import Any

import anyio
import pytest
import uvicorn
from websockets.sync.client import connect

from samlad.server.middleware import PromptMessages

found: list[int] = []


async def echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Accept a websocket and say whether its connection waits before it sends."""
    if scope["type"] == "lifespan":
        return
    connection = send.__self__.transport.get_extra_info("socket")
    found.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close"})


@pytest.mark.parametrize("app, at_once", [(echo, 0), (PromptMessages(echo), 1)])
def test_a_websocket_on_a_socket_bound_as_streamlit_binds_it_sends_at_once(app: Any, at_once: int) -> None:
    found.clear()
    bound = socket.socket(family=socket.AF_INET)
    bound.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))

    async def serve() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.serve, [bound])
            while not server.started:
                await anyio.sleep(0.01)
            await anyio.to_thread.run_sync(visit)
            server.should_exit = True

    def visit() -> None:
        with connect(f"ws://127.0.0.1:{bound.getsockname()[1]}/") as visitor:
            assert list(visitor) == []

    anyio.run(serve)
    assert [bool(one) for one in found] == [bool(at_once)]


async def silent(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Note that the connection came through."""
    del receive, send
    found.append(scope["type"] == "websocket")


def test_a_server_that_shows_no_connection_is_served_as_before() -> None:
    found.clear()

    async def send(message: dict[str, Any]) -> None:
        del message

    async def receive() -> dict[str, Any]:
        return {}

    anyio.run(PromptMessages(silent), {"type": "websocket"}, receive, send)
    assert found == [True]
