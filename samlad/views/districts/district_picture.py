"""One picture of the districts: what is drawn, how it reads, its table twin; and showing it so that a click chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from samlad.views.common import show
from samlad.views.common.show import Html, Shown
from samlad.views.districts import district_choices


@dataclass(frozen=True)
class Picture:
    """A spec with its rows, under a title and a sentence that reads it; its table twin; quiet notes below.

    Another picture of the same, made of HTML, may stand beside it.
    """

    spec: Mapping[str, Any]
    rows: pa.Table
    title: str
    reading: str
    table: Shown
    legend: Sequence[tuple[Html, str]] = ()
    notes: Sequence[str] = ()
    is_example: bool = False
    beside: Html | None = None


def shown(picture: Picture, name: str) -> None:
    """Show a picture by its name; a click on a district in it chooses that district, or lets go of it."""
    show.chart(
        picture.spec,
        picture.rows,
        title=picture.title,
        reading=picture.reading,
        legend=picture.legend,
        table=picture.table,
        example=picture.is_example,
        key=district_choices.key(name),
        on_click=partial(district_choices.click, name),
        beside=picture.beside,
    )
    show.notes(picture.notes)
