"""Elements of a page: sentences, marks, tables, charts.

Every chart has its words and its table. Choosing words and rows belongs in the pages' folders.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

from samlad.swedish import words

STYLE = Path(__file__).parent / "style.css"


class Html(str):
    """HTML text; all other text that reaches a table is escaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """A row of a table: a cell per column, the first of them its heading. A total stands apart."""

    cells: Sequence[str]
    is_total: bool = False


@dataclass(frozen=True)
class Shown:
    """A table for readers: Swedish column names, cells in words, notes on their limits.

    is_example marks the whole table; where only some rows are made up, they carry the mark themselves.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
    numbers: frozenset[int] = frozenset()
    notes: Sequence[str] = field(default_factory=tuple)
    is_example: bool = False


_gathered: ContextVar[list[str] | None] = ContextVar("_gathered", default=None)


def html(content: str) -> None:
    """Show our own HTML, under our own style."""
    piece = f'<div class="samlad">{content}</div>'
    gathered = _gathered.get()
    if gathered is None:
        st.html(piece)
    else:
        gathered.append(piece)


@contextmanager
def together() -> Iterator[None]:
    """Gather the elements shown here into a single element.

    A browser takes as long over ten small elements as over a chart.

    Only for elements that become HTML, and charts: elements before a chart are sent before that chart. A widget in
    between would come before all of them.
    """
    with _gathering("together"):
        yield


@contextmanager
def abreast() -> Iterator[None]:
    """Show elements side by side, a column each, as a single element. On a phone, each below the last.

    A column of several pieces is gathered by `together`. Only for elements that become HTML.
    """
    with _gathering("abreast"):
        yield


@contextmanager
def _gathering(kind: str) -> Iterator[None]:
    pieces: list[str] = []
    around = _gathered.set(pieces)
    try:
        yield
    finally:
        _gathered.reset(around)
    _send(kind, pieces, _gathered.get())


def _send(kind: str, pieces: Sequence[str], to: list[str] | None = None) -> None:
    """Send pieces as a single element, or hand them to the caller that gathers around them."""
    element = f'<div class="{kind}">{"".join(pieces)}</div>'
    if pieces and to is None:
        st.html(element)
    elif pieces and to is not None:
        to.append(element)


def _send_what_is_gathered() -> None:
    gathered = _gathered.get()
    if gathered:
        _send("together", gathered)
        gathered.clear()


def lead(sentence: str, *, example: bool = False) -> None:
    """Show the sentence that answers the page's question."""
    html(f'<p class="lead">{escape(sentence)}{example_mark(example)}</p>')


def example_mark(is_example: bool = True) -> Html:
    """Return the mark of example data; empty for real data."""
    return Html(f'<span class="example">{words.EXAMPLE}</span>' if is_example else "")


def heading(words: str, *, example: bool = False) -> None:
    """Show the heading of a part, with the example mark when wholly made up."""
    html(f"<h2>{escape(words)}{example_mark(example)}</h2>")


def cell(content: str) -> str:
    """Return a cell's content, safe to stand in HTML."""
    return content if isinstance(content, Html) else escape(content)


def table(shown: Shown, *, quiet: bool = False, tight: bool = False) -> None:
    """Show a table with its notes.

    A quiet table has its caption for screen readers only; a tight table has to fit a screen.
    """
    content = table_html(shown, quiet=quiet)
    html(f'<div class="tight">{content}</div>' if tight else content)


def table_html(shown: Shown, *, quiet: bool = False) -> str:
    """Return a table as HTML: headings tied to rows and columns, wide tables scrolling by keyboard too.

    On a phone each row stands as a card, its columns named in the cells; the roles keep the table a table for screen
    readers.
    """
    head = "".join(
        f'<th scope="col" role="columnheader"{_number(place in shown.numbers)}>{cell(name)}</th>'
        for place, name in enumerate(shown.columns)
    )
    body = "".join(
        _row(row, shown, is_first_total=_is_first_total(shown.rows, at)) for at, row in enumerate(shown.rows)
    )
    label = escape(shown.caption, quote=True)
    notes = "".join(f'<p class="small">{cell(note)}</p>' for note in shown.notes)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table role="table">'
        f"<caption{' class=quiet' if quiet else ''}>{escape(shown.caption)}{example_mark(shown.is_example)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
        f"{notes}"
    )


def _is_first_total(rows: Sequence[Row], at: int) -> bool:
    return rows[at].is_total and at > 0 and not rows[at - 1].is_total


def _row(row: Row, shown: Shown, *, is_first_total: bool) -> str:
    kinds = " ".join(name for name, holds in (("total", row.is_total), ("first-total", is_first_total)) if holds)
    first, *rest = row.cells
    cells = "".join(
        f'<td role="cell" data-column="{escape(shown.columns[place], quote=True)}"{_number(place in shown.numbers)}>'
        f"{cell(one)}</td>"
        for place, one in enumerate(rest, start=1)
    )
    return f'<tr role="row" class="{kinds}"><th scope="row" role="rowheader">{cell(first)}</th>{cells}</tr>'


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


ALT = "Diagram. Texten före säger vad det visar, och tabellen efter har samma tal."
"""Alternative text of every chart.

With another alt text Streamlit draws a chart anew, which takes twice as long as new rows do.
"""


def chart(
    spec: Mapping[str, Any],
    rows: pa.Table,
    *,
    title: str,
    reading: str,
    table: Shown,
    legend: Iterable[tuple[Html, str]] = (),
    example: bool = False,
    key: str | None = None,
    on_click: Callable[[], None] | None = None,
    beside: Html | None = None,
) -> None:
    """Show a chart under a title that names the selection, with a sentence and its table twin.

    spec is a Vega-Lite spec without data; rows are the drawn rows. The sentence stands before the chart for all to
    read. A chart with key and on_click has a selection of its own in the spec. beside is another picture of the same.
    """
    explained = "".join(f"<span>{shape}{escape(words)}</span>" for shape, words in legend)
    with together():
        heading(title, example=example)
        html(f'<p>{escape(reading)}</p><div class="legend">{explained}</div>')
    _send_what_is_gathered()
    places = st.columns((8, 5), gap="medium") if beside else [st.container()]
    with places[0]:
        st.vega_lite_chart(rows, dict(spec), width="stretch", alt=ALT, key=key, on_select=on_click or "ignore")
    if beside:
        with places[-1]:
            st.html(f'<div class="samlad">{beside}</div>')
    html(f"<details open><summary>Samma tal som tabell</summary>{table_html(table, quiet=True)}</details>")


GLYPHS = {
    "circle": "●○",
    "triangle-up": "▲△",
    "triangle-down": "▼▽",
    "diamond": "◆◇",
    "square": "■□",
    "triangle-right": "▶▷",
    "line": "──",
    "tick": "┃┃",
}
"""Characters of each shape: filled, and as an outline."""


def shape(name: str, colour: str, *, is_open: bool = False) -> Html:
    """Return a mark of a chart, for its legend."""
    return Html(f'<b aria-hidden="true" style="color:{colour}">{GLYPHS[name][is_open]}</b> ')


def listing(title: str, items: Sequence[str], nothing: str, *, first: int | None = None, remark: str = "") -> None:
    """Show a short list under a heading, or a sentence that the list is empty. Past `first`, on request.

    remark is a quiet sentence at the end of the whole list.
    """
    rest = items[first:] if first is not None else []
    said = f'<p class="small">{escape(remark)}</p>' if remark else ""
    more = f"<details><summary>Visa alla {len(items)}</summary>{_plain_list(rest)}{said}</details>" if rest else said
    held = f"{_plain_list(items[:first])}{more}" if items else f"<p>{escape(nothing)}</p>"
    html(f"<h2>{escape(title)}</h2>{held}")


def _plain_list(items: Sequence[str]) -> str:
    return f'<ul class="plain">{"".join(f"<li>{cell(item)}</li>" for item in items)}</ul>'


def folded(summary: str, shown: Shown) -> None:
    """Show a table that opens on request."""
    html(f"<details><summary>{escape(summary)}</summary>{table_html(shown, quiet=True)}</details>")


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Show names with their values, each below the last."""
    html(f"<dl>{''.join(f'<dt>{cell(name)}</dt><dd>{cell(said)}</dd>' for name, said in pairs)}</dl>")


def note(words: str) -> None:
    """Show a quiet remark."""
    html(f'<p class="small">{cell(words)}</p>')


def notes(remarks: Iterable[str]) -> None:
    """Show quiet remarks, as many as there are."""
    for remark in remarks:
        note(remark)


def empty(sentence: str) -> None:
    """Show a sentence that there is nothing to show, and why."""
    st.info(plain(sentence), icon=":material/info:")


def title(words: str) -> None:
    st.title(plain(words))


def fault(words: object) -> None:
    """Show a fault that the reader can act on."""
    st.error(plain(str(words)), icon=":material/error:")


_MARKS = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#?\w+;)|^[ \t]*(?:[#+=-]|\d+(?=[.)]))", re.MULTILINE)
_SIGNS = re.compile(r"(?<=:)(?!r\d+:c\d)(?=[\w+/-]+(?:[:\[]|$))|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=[-<>~])(?=[-=>])")
_JOINER = "\u2060"
"""A sign without width: a word with this sign is no longer Streamlit's own, and looks unchanged.

A field of the report ({T4:r3:c2}) is left whole: people copy such fields out of a message into their text.
"""


def plain(words: str) -> str:
    """Return words so escaped that Streamlit's Markdown shows them unchanged.

    Names in titles, labels and notes all go this way.

    Words that become HTML (show.html, tables) are escaped there and must not come here.

    >>> plain("Mål 1 2024: våld *och* [x](y)")
    'Mål 1 2024: våld \\\\*och\\\\* \\\\[x\\\\](y)'
    """
    return _MARKS.sub(_escaped, _SIGNS.sub(_JOINER, words))


def _escaped(found: re.Match[str]) -> str:
    """Return a mark escaped; of a number that would begin a list, its point."""
    mark = found.group()
    if mark[-1].isdigit():
        return mark + _JOINER
    return f"{mark[:-1]}\\{mark[-1]}"


def reasons_note(reasons: Iterable[str | None]) -> list[str]:
    """Return a sentence for each reason code in a table, in the order of the codes."""
    found = set(reasons)
    return [sentence for code, sentence in words.MISSING_SENTENCES.items() if code in found]
