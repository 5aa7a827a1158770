"""The base of all row classes, and how an Arrow answer becomes rows. The classes stand in samlad/foundation/rows."""

from collections import deque
from dataclasses import dataclass, fields
from typing import ClassVar, TypeVar

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One row of one query: QUERY is the query's name, GRAIN the columns that tell its rows apart."""

    QUERY: ClassVar[str]
    GRAIN: ClassVar[tuple[str, ...]]


AnyRow = TypeVar("AnyRow", bound=QueryRow)


def from_arrow(kind: type[AnyRow], table: pa.Table) -> list[AnyRow]:
    """Return the rows of an answer, in its order. The table must have every column of the class.

    Columns are written straight into the slots: the frozen constructor would take twice as long.
    """
    rows = [object.__new__(kind) for _ in range(table.num_rows)]
    for field in fields(kind):
        write = kind.__dict__[field.name].__set__
        deque(map(write, rows, table.column(field.name).to_pylist()), maxlen=0)
    return rows
