"""A picture of the districts: spec, reading, table twin; shown so that a click chooses.

Each kind of picture is made in its own module.
"""

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
    """A spec with its rows, title, reading, table twin, and quiet notes below.

    Another picture of the same, made of HTML, may stand beside.
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
    """Show a picture by its name. A click on a district chooses the district, or drops the choice."""
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
