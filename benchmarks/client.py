"""A reader without a browser: one session over Streamlit's own websocket, timed from asking to the run's end."""

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE_SECONDS = 60.0


class Fault(RuntimeError):
    """The page showed an exception."""


@dataclass
class Session:
    """One reader of one page. Times are seconds; `messages` and `bytes` count what the last run sent."""

    port: int
    page: str = ""
    query: str = ""
    messages: int = 0
    bytes: int = 0
    widgets: dict[str, Any] = field(default_factory=dict)
    """The widgets with a label, as the server last sent them, by label."""

    async def __aenter__(self) -> "Session":
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(f"http://127.0.0.1:{self.port}"),
            max_size=None,
            compression=None,
        )
        self._script = ""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def open(self) -> float:
        """Open the page, as a link does."""
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        ask.rerun_script.query_string = self.query
        return await self._run(ask)

    async def rerun(self, **chosen: str) -> float:
        """Run the page once more, with other choices in its selectboxes by label, if any are given.

        Raises KeyError when there is no such selectbox, Fault when the page fails.
        """
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self._script
        ask.rerun_script.query_string = self.query
        for label, value in chosen.items():
            state = ask.rerun_script.widget_states.widgets.add()
            state.id = self.widgets[label].id
            state.string_value = value
        return await self._run(ask)

    async def _run(self, ask: BackMsg) -> float:
        self.messages = self.bytes = 0
        begun = time.perf_counter()
        await self._socket.send(ask.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), PATIENCE_SECONDS)
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            self.messages += 1
            self.bytes += len(raw)
            match message.WhichOneof("type"):
                case "navigation":
                    self._script = message.navigation.page_script_hash
                case "delta":
                    self._look_at(message.delta.new_element)
                case "script_finished":
                    return time.perf_counter() - begun

    def _look_at(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise Fault(f"/{self.page}?{self.query}: {element.exception.message}")
        if kind == "selectbox":
            self.widgets[element.selectbox.label] = element.selectbox


async def open_session(port: int, page: str = "", query: str = "") -> Session:
    """A session that is connected and has not yet asked for anything."""
    session = Session(port, page, query)
    await session.__aenter__()
    return session
