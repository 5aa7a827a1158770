"""Every way out of Samlad, walked as a reader can walk it. Each way gives the text it carries, place by place."""

import asyncio
import html
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq
import pypdf
import streamlit as st
import websockets
from click.testing import CliRunner
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from samlad.cli import commands
from samlad.foundation import schema
from samlad.foundation.store import DataFolder
from samlad.report import report_files
from samlad.report.draft import Choice, offered
from samlad.report.report_files import Order
from samlad.views.common import search
from samlad.views.draft import draft_texts
from samlad.views.goal import assessment_form
from samlad.views.responsibility import gap_list
from samlad.warehouse import database, editions
from tests.shell_pages import FILES, PAGES, SHELL

FRAME = ("ar", "organisation")
WAYS_TO_SEE = ("sex", "period", "division", "earlier")
SUBJECT = "visa"
FILTERS = ("regel", "allvar", "lage")
"""Choices that only leave rows out of a list that has been seen whole."""
PICTURES = ("indelning", "bild", "mot", "fran")
"""Choices of how the same figures are seen, of which there are many at once: they take turns, each meeting each."""
FORMS = (assessment_form.FORM, draft_texts.FORM, gap_list.REST)
"""Keys of the elements that are made when they are opened."""
FORMATS = ("table", "csv", "json", "parquet")
PATIENCE_SECONDS = 30

ADDRESSES = (
    "/",
    *(f"/{page.path}" for page in PAGES),
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/samlad/server/words.js",
    "/samlad/server/drafts.js",
    "/okand",
    "/okand/sida.json",
    "/media/okand.csv",
    "/component/okand/index.html",
    "/app/static/okand",
    "/data/example/submissions/ledgers",
    "/submissions/",
    "/..%2fsubmissions%2fledgers",
    "/api/query/programme_overview.json",
    "/api/snapshot",
)
"""Paths that somebody may ask for: those that exist, those that may exist later, and those that must never."""


@dataclass(frozen=True)
class Seen:
    """Content given to a reader at one place: its text, and, where it was a table, the rows."""

    place: str
    text: str
    rows: pa.Table | None = None


class Net:
    """Looks for numbers and words in any spelling: digits grouped or not, shares and percent, comma or point."""

    def __init__(
        self,
        counts: Iterable[int] = (),
        figures: Iterable[float] = (),
        words: Iterable[str] = (),
        *,
        bounds: Iterable[float] = (),
    ) -> None:
        """Figures are recognised by one decimal and a sign for per cent, bounds only by more."""
        patterns = {str(one): count_pattern(one) for one in counts}
        patterns |= {f"{one:.6g}": figure_pattern(one, by_one_decimal=False) for one in bounds}
        patterns |= {f"{one:.6g}": figure_pattern(one) for one in figures}
        self.patterns = {name: re.compile(pattern) for name, pattern in patterns.items()}
        self.words = {one: one[:-2].casefold() for one in words}
        self._looked: dict[str, frozenset[str]] = {}
        self._numbers: dict[str, frozenset[str]] = {}

    def caught(self, text: str) -> frozenset[str]:
        """The names of all that stands in a text."""
        if text not in self._looked:
            held: frozenset[str] = frozenset()
            for written in ways_to_read(text):
                held |= {name for name, word in self.words.items() if word in written.casefold()}
                held = held.union(*map(self._caught_number, set(_NUMBER.findall(written))))
            self._looked[text] = held
        return self._looked[text]

    def _caught_number(self, number: str) -> frozenset[str]:
        if number not in self._numbers:
            self._numbers[number] = frozenset(name for name, one in self.patterns.items() if one.search(number))
        return self._numbers[number]

    def catch(self, walked: Iterable[Seen]) -> dict[str, list[str]]:
        """For each thing that was found, the places where it stood."""
        found: dict[str, list[str]] = {}
        for seen in walked:
            for name in self.caught(seen.text):
                found.setdefault(name, []).append(seen.place)
        return found


SPACES = " \u00a0\u2007\u2009\u202f"
_ALONE = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_NUMBER = re.compile(rf"(?<![0-9A-Za-z])[0-9][0-9{SPACES},.'’_]*(?:%|[0-9A-Za-z][0-9A-Za-z+]*)?")
"""A number, or several in a row, with what follows: nothing in a number can be found but within one of these."""

_INLINE = re.compile(r"</?(?:b|i|em|strong|small|span|code|wbr|sub|sup)\b[^>]*>")
_RANDOM = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_CLOCK = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.,]\d{3}\b")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def ways_to_read(text: str) -> tuple[str, ...]:
    """A text as it stands, and as it reads once escapes are resolved and marks within a line are gone.

    The random identities of sessions and elements are left out: four of their digits alone now and then spell a count.
    So is the time of a line in a log: its seconds and thousandths now and then spell a share.
    """
    text = _CLOCK.sub(" ", _RANDOM.sub(" ", text))
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))
    bare = _INLINE.sub("", plain)
    return tuple(dict.fromkeys((text, plain, bare)))


def count_pattern(count: int) -> str:
    """A whole number with any mark between its thousands, alone or with decimals that are zero."""
    digits = f"{count:,}".split(",")
    grouped = rf"[{SPACES},.'’_]?".join(digits)
    floating = re.escape(f"{count / 10 ** (len(str(count)) - 1)}") + r"e\+?0*" + str(len(str(count)) - 1)
    return rf"{_ALONE[0]}(?:{grouped}(?:[.,]0+)?|{floating}){_ALONE[1]}"


def figure_pattern(figure: float, *, by_one_decimal: bool = True) -> str:
    """A share as a fraction or in percent, or a rate as it is: cut off or rounded, with a point or a comma.

    Few digits are no evidence: a fraction has four decimals or more, percent and rates two, or one and its sign.
    """
    if figure > 1:
        spelled = _written(figure, least=2)
    else:
        percent = 100 * figure
        signed = rf"(?:{_with_places(percent, 1)})[{SPACES}]?(?:%|procent)"
        spelled = f"{_written(figure, least=4)}|{_written(percent, least=2)}"
        spelled += f"|{signed}" if by_one_decimal else ""
    return rf"(?<![0-9A-Za-z.,])(?:{spelled}){_ALONE[1]}"


def _written(figure: float, least: int) -> str:
    seven = f"{figure:.12f}"[:-5]
    longer = re.escape(seven).replace(r"\.", "[.,]") + r"\d*"
    return "|".join([*(_with_places(figure, places) for places in range(least, 7)), longer])


def _with_places(figure: float, places: int) -> str:
    rounded, cut = f"{figure:.{places}f}", f"{figure:.12f}"[: places - 12]
    return "|".join(re.escape(word).replace(r"\.", "[.,]") for word in sorted({rounded, cut}))


def texts(message: Message) -> Iterator[str]:
    """Every text, number and table in a message to the browser, at any depth."""
    for field, value in message.ListFields():
        for one in held_by(value):
            if isinstance(one, Message):
                yield from texts(one)
            elif isinstance(one, bytes):
                yield from texts_of_bytes(one)
            else:
                yield f"{field.name} {one}" if isinstance(one, (int, float)) else str(one)


def texts_of_bytes(content: bytes) -> Iterator[str]:
    """The cells of an Arrow table or a Parquet file with its footer; all of a PDF or Office file; else the letters."""
    if content[:2] == b"PK":
        yield from texts_of_office(content)
        return
    if content[:5] == b"%PDF-":
        yield from texts_of_pdf(content)
        return
    table = arrow(content)
    if table is None and content[:4] == b"PAR1":
        with pq.ParquetFile(io.BytesIO(content)) as file:
            table = file.read()
            yield from footer(file)
    if table is None:
        yield content.decode("utf-8", "replace")
    else:
        yield from cells(table)


def texts_of_office(content: bytes) -> Iterator[str]:
    """Yield the texts of a Word or Excel file, of all parts: text, attributes such as alt texts, properties, sheets."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                part = package.read(name).decode("utf-8", "replace")
                yield re.sub(r"<[^>]*>", "\n", part)
                yield "\n".join(re.findall(r'"([^"]*)"', part))


def texts_of_pdf(content: bytes) -> Iterator[str]:
    """Yield the texts of a PDF: each page, its figures' descriptions, and its metadata; its whole tree."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    for page in reader.pages:
        yield page.extract_text()
    yield "\n".join(str(said) for said in (reader.metadata or {}).values())
    for number in range(1, reader.trailer["/Size"]):
        held = reader.get_object(number)
        if isinstance(held, pypdf.generic.DictionaryObject):
            yield from (str(said) for said in held.values() if isinstance(said, pypdf.generic.TextStringObject))


def footer(file: pq.ParquetFile) -> Iterator[str]:
    """Yield the contents as the end of a Parquet file tells them: lowest and highest of each column, and any notes."""
    yield str(file.metadata.metadata or "")
    for group in range(file.num_row_groups):
        for column in range(file.metadata.num_columns):
            found = file.metadata.row_group(group).column(column).statistics
            if found is not None and found.has_min_max:
                yield f"{found.min}\n{found.max}"


def arrow(content: bytes) -> pa.Table | None:
    """The table in some bytes, if they are one."""
    try:
        return pa.ipc.open_stream(content).read_all()
    except (pa.ArrowInvalid, OSError):
        return None


def cells(table: pa.Table) -> Iterator[str]:
    """Every cell of a table that holds something, as text, with what stands in its schema."""
    yield str(table.schema.metadata or "")
    for column in table.columns:
        yield from {str(value) for value in column.to_pylist() if value is not None}


def rows_of(message: Message) -> Iterator[pa.Table]:
    """The Arrow tables in a message: what charts and data frames are drawn from."""
    for _, value in message.ListFields():
        for one in held_by(value):
            if isinstance(one, Message):
                yield from rows_of(one)
            elif isinstance(one, bytes) and (table := arrow(one)) is not None:
                yield table


def held_by(value: Any) -> list[Any]:
    """Return the values a field of a message holds, one or many."""
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    return [value] if isinstance(value, (str, bytes, Message, int, float)) else list(value)


def given(place: str, message: Message) -> Iterator[Seen]:
    """Yield the contents one message gives a reader: its text, and its tables apart."""
    yield Seen(place, "\n".join(texts(message)))
    for rows in rows_of(message):
        yield Seen(place, "", rows)


@contextmanager
def downloads() -> Iterator[list[bytes]]:
    """All files that pages offer while this lasts, those made only when asked for as well."""
    offered: list[bytes] = []
    load, defer = MemoryMediaFileStorage.load_and_get_id, MediaFileManager.add_deferred

    def keep(storage: MemoryMediaFileStorage, path_or_data: Any, *rest: Any, **more: Any) -> str:
        offered.append(Path(path_or_data).read_bytes() if isinstance(path_or_data, str) else bytes(path_or_data))
        return load(storage, path_or_data, *rest, **more)

    def make(manager: MediaFileManager, data_callable: Callable[[], Any], *rest: Any, **more: Any) -> str:
        made = data_callable()
        made = made.read() if hasattr(made, "read") else made
        offered.append(made.encode() if isinstance(made, str) else bytes(made))
        return defer(manager, data_callable, *rest, **more)

    with (
        patch.object(MemoryMediaFileStorage, "load_and_get_id", keep),
        patch.object(MediaFileManager, "add_deferred", make),
    ):
        yield offered


def shown(app: AppTest, place: str) -> Iterator[Seen]:
    """Everything on a page as it stands: all elements and blocks of all its parts."""
    assert not app.exception, app.exception
    nodes: list[Any] = [app._tree]
    while nodes:
        node = nodes.pop()
        nodes += getattr(node, "children", {}).values()
        if isinstance(message := getattr(node, "proto", None), Message):
            yield from given(place, message)


def pages(folder: DataFolder, one_in: int = 1) -> Iterator[Seen]:
    """All pages with every choice they offer; for each organisation the year and the page's own choices take turns.

    Of organisations and years, one in so many is walked; every page is.
    """
    with patch.dict("os.environ", {"SAMLAD_DATA": str(folder.path)}), downloads() as offered:
        st.cache_resource.clear()
        for page in FILES:
            app = AppTest.from_file(str(SHELL), default_timeout=PATIENCE_SECONDS).run()
            app.switch_page(f"../../pages/{page}.py").run()
            for form in FORMS:
                app.session_state[form] = True
            for place in page_choices(app, page, one_in):
                yield from shown(app, place)
                for content in offered:
                    yield Seen(f"{place}, file", "\n".join(texts_of_bytes(content)))
                offered.clear()
        st.cache_resource.clear()


def page_choices(app: AppTest, page: str, one_in: int) -> Iterator[str]:
    """Put the page in each of its states, one after the other; the report has a way out of its own, and few here."""
    years, organisations = (dict(controls(app))[key] for key in FRAME)
    if page == "report":
        years, organisations = years[1:2], organisations[:1]
    for turn, organisation in enumerate(organisations[1::one_in]):
        year = years[turn % len(years)]
        others = {key: options[turn % len(options)] for key, options in controls(app) if key not in FRAME}
        choose(app, ar=year, organisation=organisation, **others)
        yield f"{page} {year} {organisation} {' '.join(others.values())}"
    for year in years[::one_in]:
        choose(app, ar=year, organisation=organisations[0])
        yield from own_choices(app, f"{page} {year}", (*FRAME, *FILTERS), itertools.count())


def own_choices(app: AppTest, place: str, settled: Sequence[str], turn: Iterator[int]) -> Iterator[str]:
    """Go through the choices that are not settled, the first of them outermost; one may bring others with it.

    The last of several takes turns instead.
    """
    unsettled = [one for one in controls(app) if one[0] not in settled]
    if not unsettled:
        yield place
        return
    unsettled.sort(key=lambda one: (one[0] != SUBJECT, one[0] in PICTURES))
    if any(key in PICTURES for key, _ in unsettled) and all(key in (*PICTURES, "ordning") for key, _ in unsettled):
        yield taken_in_turn(app, place, settled, next(turn))
        return
    key, options = unsettled[0]
    if len(unsettled) == 1 and len(settled) > len(FRAME):
        options = [options[next(turn) % len(options)]]
    for option in options:
        choose(app, **{key: option})
        yield from own_choices(app, f"{place} {option}", [*settled, key], turn)


def taken_in_turn(app: AppTest, place: str, settled: Sequence[str], step: int) -> str:
    """Settle all that is left by one step of a count through every way to see; one choice may bring others with it."""
    while unsettled := [one for one in controls(app) if one[0] not in settled]:
        chosen = {}
        for key, options in unsettled:
            chosen[key], step = options[step % len(options)], step // len(options)
        choose(app, **chosen)
        place, settled = f"{place} {' '.join(chosen.values())}", [*settled, *chosen]
    return place


def controls(app: AppTest) -> list[tuple[str, list[str]]]:
    """The key and the options of each choice on the page and in its frame.

    What stands in a form chooses nothing, and the search only leads to another page.
    """
    held = (*app.selectbox, *app.segmented_control)
    return [(str(one.key), list(one.options)) for one in held if not one.form_id and one.key != search.BOX]


def choose(app: AppTest, **options: str) -> None:
    """Make some choices, as by hand, and let the page run; what another choice has taken away is passed over."""
    for one in app.selectbox:
        if options.get(str(one.key)) in one.options:
            one.select_index(one.options.index(options[str(one.key)]))
    for one in app.segmented_control:
        if options.get(str(one.key)) in one.options:
            one.set_value(options[str(one.key)])
    app.run()


def questions(folder: DataFolder, one_in: int = 1) -> Iterator[Seen]:
    """Every question of queries/ through the warehouse, with one in so many values of each parameter, and with none."""
    opened = database.open_snapshot(folder)
    values = {name: held[::one_in] for name, held in parameter_values(folder).items()}
    for name, question in opened.questions.items():
        for parameters in parameter_choices([*question.parameters], values):
            rows = opened.query(name, **parameters)
            yield Seen(f"{name} {parameters}", "\n".join(cells(rows)), rows)


def parameter_choices(names: Sequence[str], values: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Nothing asked for; then every year with every value of each other parameter, while the rest take turns."""
    yield {}
    turns = {name: itertools.cycle([*values[name], None]) for name in names}
    years = values["year"] if "year" in names else [None]
    for name in [name for name in names if name != "year" and name not in WAYS_TO_SEE] or names[:1]:
        for value, year in itertools.product(values[name], years):
            yield (
                {other: next(turns[other]) for other in names}
                | dict.fromkeys({"year"} & {*names}, year)
                | {name: value}
            )


def parameter_values(folder: DataFolder) -> dict[str, list[Any]]:
    """Return the values that can be asked for, by the name of the parameter."""
    snapshot = editions.read(folder)

    def held(table: str, column: str) -> list[Any]:
        return sorted(set(snapshot.table(table)[column].to_pylist()))

    return {
        "year": held("periods", "year"),
        "earlier": held("periods", "year"),
        "organisation_id": [*held("organisations", "organisation_id"), schema.CITY],
        "indicator_id": held("indicators", "indicator_id"),
        "activity_id": held("activities", "activity_id"),
        "goal_id": held("goals", "goal_id"),
        "sex": [*schema.SEXES],
        "period": [*schema.PERIODS],
        "division": [*held("divisions", "division"), schema.AS_REPORTED],
        "first_year": held("periods", "year"),
        "last_year": held("periods", "year"),
        "on": [row["ends_on"] for row in snapshot.table("periods").to_pylist() if row["period"] == "VB"],
        "with_proposed": [False, True],
        "everyone": [True, False],
        "gap_id": held("gaps", "gap_id"),
        "duties": ["decided", "with_proposed"],
    }


def command_line(folder: DataFolder, *arguments: str) -> Seen:
    """One command in this folder: what it prints and what it complains."""
    told = CliRunner().invoke(commands.main, ["--data", str(folder.path), *arguments])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    printed = told.stdout_bytes
    text = "\n".join(texts_of_bytes(printed)) if printed[:4] == b"PAR1" else printed.decode()
    return Seen(f"samlad {' '.join(arguments)}", f"{text}\n{told.stderr}")


def asked(folder: DataFolder, of: Iterable[Mapping[str, Any]], one_in: int = 1) -> Iterator[Seen]:
    """`query` for every question in every format, and, formats taking turns, for whatever parameters are of interest.

    Of formats, one in so many is asked of each question, in turn.
    """
    formats = itertools.cycle(FORMATS)
    for turn, (name, question) in enumerate(database.open_snapshot(folder).questions.items()):
        for shape in FORMATS[turn % one_in :: one_in]:
            yield command_line(folder, "query", name, "--format", shape)
        for words in sorted({tuple(f"{one}={held[one]}" for one in question.parameters if one in held) for held in of}):
            yield command_line(folder, "query", name, *words, "--format", next(formats))


def reports(folder: DataFolder, one_in: int = 1) -> Iterator[Seen]:
    """The report as files of every kind: of the city for all years and for the last, and of a district."""
    years, _ = offered(database.open_snapshot(folder))
    choices = (Choice(tuple(years)), Choice((years[-1],)), Choice((years[-1],), "SDN-FA"))
    for choice in choices[::-1][::one_in]:
        for ending in report_files.ENDINGS:
            content = report_files.make(folder, Order(choice), ending)
            yield Seen(f"report {choice.years} {choice.organisation_id} {ending}", "\n".join(texts_of_bytes(content)))


def files(folder: DataFolder, _one_in: int = 1) -> Iterator[Seen]:
    """Every file that readers can reach: all of the data folder but the submissions, names included."""
    for path in sorted(folder.path.rglob("*")):
        if path.is_file() and folder.submissions not in path.parents:
            name = str(path.relative_to(folder.path))
            yield Seen(name, "\n".join([name, *texts_of_bytes(path.read_bytes())]))


def fetched(port: int) -> Iterator[Seen]:
    """Yield the running dashboard's answers over HTTP: status, headers and body."""
    for address in ADDRESSES:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        yield Seen(f"GET {address}", f"{answer.status}\n{answer.getheaders()}\n{body}")
        connection.close()


def loaded(port: int, page: str, **address: str) -> list[Seen]:
    """Return the server's messages to a browser that opens a page with choices in its address, one by one."""
    return asyncio.run(_loaded(port, page, urlencode(address)))


async def _loaded(port: int, page: str, query: str) -> list[Seen]:
    ask = BackMsg()
    ask.rerun_script.page_name = page
    ask.rerun_script.query_string = query
    place, given_so_far = f"websocket {page}?{query}", []
    async with websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        origin=websockets.Origin(f"http://127.0.0.1:{port}"),
        max_size=None,
    ) as socket:
        await socket.send(ask.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(socket.recv(), PATIENCE_SECONDS))
            given_so_far += given(place, message)
            if message.WhichOneof("type") == "script_finished":
                return given_so_far
