"""Rows of a query as text for people, CSV, JSON or Parquet on standard out."""

import json

import click
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from samlad.foundation import schema


def write_rows(rows: pa.Table, shape: str) -> None:
    """Print rows on standard out as a table for people, CSV, JSON or Parquet."""
    match shape:
        case "csv":
            sink = pa.BufferOutputStream()
            pyarrow.csv.write_csv(without_formulas(without_lists(rows)), sink)
            click.echo(sink.getvalue().to_pybytes(), nl=False)
        case "json":
            click.echo(json.dumps(rows.to_pylist(), ensure_ascii=False, indent=1, default=str))
        case "parquet":
            sink = pa.BufferOutputStream()
            pq.write_table(rows, sink, compression="zstd")
            click.echo(sink.getvalue().to_pybytes(), nl=False)
        case _:
            for line in as_lines(rows):
                click.echo(line)


def without_lists(rows: pa.Table) -> pa.Table:
    """Return rows with each list as text, its items separated by space: CSV has no lists."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_list(field.type):
            texts = [None if items is None else " ".join(map(str, items)) for items in rows[field.name].to_pylist()]
            rows = rows.set_column(at, field.name, pa.array(texts, pa.string()))
    return rows


def without_formulas(rows: pa.Table) -> pa.Table:
    """Return rows with an apostrophe before each text that a spreadsheet would run; reason codes stay."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            texts = [f"'{text}" if starts_formula(text) else text for text in rows[field.name].to_pylist()]
            rows = rows.set_column(at, field.name, pa.array(texts, pa.string()))
    return rows


def starts_formula(text: str | None) -> bool:
    """Return True if a spreadsheet would run the content of a cell.

    >>> [starts_formula(held) for held in ("=1+1", "@SUM(A1)", "-1+1", "-", "bra", None)]
    [True, True, True, False, False, False]
    """
    return text is not None and text not in schema.MISSING and text.startswith(("=", "+", "-", "@", "\t", "\r"))


def as_lines(rows: pa.Table) -> list[str]:
    """Return rows as aligned text, null as ∅."""
    cells = [
        [name, *("∅" if value is None else str(value) for value in rows[name].to_pylist())]
        for name in rows.column_names
    ]
    widths = [max(len(cell) for cell in column) for column in cells]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in zip(*cells, strict=True)
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]
