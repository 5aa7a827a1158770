"""The catalogue, read from CSV with the place of every fault. Its rules stand in consistency.py."""

import csv
import difflib
import io
import math
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samlad.catalogue import consistency
from samlad.foundation import characters, schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.schema import TableSchema

WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
DECIMAL_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CALENDAR_YEAR = re.compile(r"[1-9][0-9]{3}")
SHOWN = 60
"""Most characters of a faulty cell in a message."""


def _written(pattern: re.Pattern[str], word: str) -> str:
    if not pattern.fullmatch(word):
        raise ValueError(word)
    return word


def _text(word: str) -> str:
    if CONTROL.search(word):
        raise ValueError(word)
    return word


def _real(word: str) -> float:
    number = float(_written(DECIMAL_NUMBER, word))
    if not math.isfinite(number):
        raise ValueError(word)
    return number


_PARSERS: dict[pa.DataType, Callable[[str], Any]] = {
    schema.TEXT: _text,
    schema.WHOLE: lambda word: int(_written(WHOLE_NUMBER, word)),
    schema.YEAR: lambda word: int(_written(CALENDAR_YEAR, word)),
    schema.REAL: _real,
    schema.DATE: lambda word: date.fromisoformat(_written(ISO_DAY, word)),
    schema.YES_NO: lambda word: {"true": True, "false": False, "sant": True, "falskt": False}[word.lower()],
}
_EXPECTED = {
    schema.TEXT: "text utan styrtecken",
    schema.WHOLE: "ett heltal",
    schema.YEAR: "ett årtal, som 2024",
    schema.REAL: "ett tal med decimalpunkt, som 0.85",
    schema.DATE: "ett datum, som 2024-12-31",
    schema.YES_NO: "true eller false",
}


@dataclass(frozen=True)
class Programme:
    """The catalogue in memory: one Arrow table per table of schema.CATALOGUE, sorted by key.

    `lines` tells, for each table, the line of its file that each row stood on, in the table's order; it is empty for a
    catalogue that was not read from files.
    """

    tables: Mapping[str, pa.Table]
    lines: Mapping[str, Sequence[int]] | None = None

    def line(self, table: str, row: int) -> int | None:
        """Return the line of the file that a row stood on."""
        return self.lines[table][row] if self.lines and table in self.lines else None


def read_programme(folder: Path) -> Programme:
    """Read the catalogue from CSV: UTF-8, comma or semicolon, ISO dates, decimal point, true or false.

    Empty is null; sant and falskt, as a Swedish Excel writes them, are taken too. Raises SamladError, with every
    fault's file, line and column, when a file is missing or unreadable, a column is missing or unknown, or a value is
    not of its column's type.
    """
    faults: list[str] = []
    tables: dict[str, pa.Table] = {}
    line_numbers: dict[str, list[int]] = {}
    for table in schema.CATALOGUE:
        try:
            tables[table.name], line_numbers[table.name] = _read_table(folder / f"{table.name}.csv", table)
        except SamladError as fault:
            faults.append(str(fault))
    if faults:
        raise SamladError("\n".join(faults))
    return Programme(tables, line_numbers)


def read_context(folder: Path) -> dict[str, pa.Table]:
    """Return the public statistics, context_measures and context_values, as the schema has them.

    Raises SamladError when a file is missing or is not Parquet, has other columns, tells a figure twice, leaves out
    what is required, or has a figure of a measure that is not there.
    """
    tables = {}
    for table in schema.CONTEXT:
        path = folder / f"{table.name}.parquet"
        try:
            read = store.read_table(path)
        except FileNotFoundError as fault:
            raise SamladError(f"{path} saknas. Hämta den från Samlads data/context.") from fault
        except (OSError, pa.ArrowException) as fault:
            raise SamladError(f"{path} går inte att läsa som Parquet. Hämta den från Samlads data/context.") from fault
        if not read.schema.equals(table.arrow):
            raise SamladError(f"{path} har andra kolumner än {', '.join(table.names)}. Se docs/data-dictionary.md.")
        _check_context(path, table, read)
        tables[table.name] = read
    known = set(tables["context_measures"]["measure_id"].to_pylist())
    strangers = sorted(set(tables["context_values"]["measure_id"].to_pylist()) - known)
    if strangers:
        path = folder / "context_values.parquet"
        raise SamladError(f"{path} har tal för {', '.join(strangers)}, som inte finns i context_measures.parquet.")
    return tables


def _check_context(path: Path, table: TableSchema, read: pa.Table) -> None:
    for column in table.columns:
        if column.required and read[column.name].null_count:
            row = pc.index(pc.is_null(read[column.name]), True).as_py() + 1
            raise SamladError(f"{path}, rad {row}, kolumn {column.name}: värdet saknas. Fyll i det.")
    twice = read.group_by(list(table.key)).aggregate([([], "count_all")]).filter(pc.field("count_all") > 1)
    if twice.num_rows:
        key_text = " ".join(str(twice[name][0]) for name in table.key)
        raise SamladError(f"{path} har två rader för {key_text}. Behåll den ena.")


def init_folder(target: Path, source: Path) -> None:
    """Make an empty data folder for a real programme, with the verified catalogue and the public statistics.

    Raises SamladError when the folder is there and holds something, and OSError when it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SamladError(f"{target} är inte tom. Välj en mapp som inte finns, eller en tom.")
    target.mkdir(parents=True, exist_ok=True)
    for part in ("programme", "context"):
        shutil.copytree(source / part, target / part)
    for part in ("submissions", "snapshots", "journal"):
        (target / part).mkdir()
    store.make_private(target)


def check_programme(programme: Programme, bases: Mapping[str, float] | None = None) -> list[Finding]:
    """Return every fault of a catalogue, in the order of its files and lines.

    Errors: keys, names, references, allowed values, dates, duties without an object or a holder, groups without
    members, mergers that do not fit the organisations' dates, circles, words that nothing would recognise. Warning: an
    årsmål for the city on the wrong side of its base, where `bases` gives the city's base value by indicator.
    """
    rows = {name: table.to_pylist() for name, table in programme.tables.items()}
    findings = [
        Finding(
            fault.rule,
            fault.severity,
            f"{fault.table}.csv",
            None,
            programme.line(fault.table, fault.row),
            fault.column,
            None if fault.value is None else _shown(str(fault.value)),
            fault.message,
            fault.action,
        )
        for fault in consistency.faults(rows, bases or {})
    ]
    order = [f"{table.name}.csv" for table in schema.CATALOGUE]
    return sorted(findings, key=lambda finding: (order.index(str(finding.file)), finding.row or 0, finding.rule))


def _read_table(path: Path, table: TableSchema) -> tuple[pa.Table, list[int]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as fault:
        raise SamladError(
            f"{path.name} saknas i {path.parent}. Skapa den med rubrikraden {','.join(table.names)}"
        ) from fault
    except UnicodeDecodeError as fault:
        raise SamladError(f"{path.name} är inte sparad som UTF-8. Spara om den som CSV UTF-8.") from fault
    except OSError as fault:
        raise SamladError(f"{path} går inte att läsa. Kontrollera att den är en fil och får läsas.") from fault
    return _parse(path.name, _numbered(path.name, text), table)


def _numbered(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its first line; a quoted cell may run over several lines."""
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        started = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            raise SamladError(
                f"{file}, rad {started}: raden går inte att dela i fält. Kontrollera citattecknen."
            ) from fault
        if cells is None:
            return
        yield started, cells


def _parse(file: str, line_numbers: Iterator[tuple[int, list[str]]], table: TableSchema) -> tuple[pa.Table, list[int]]:
    _, first = next(line_numbers, (1, []))
    heading = [name.strip() for name in first]
    _check_heading(file, heading, table)
    columns = {column.name: column for column in table.columns}
    rows: list[tuple[int, dict[str, Any]]] = []
    faults: list[str] = []
    for started, cells in line_numbers:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heading):
            faults.append(
                f"{file}, rad {started}: {len(cells)} fält, men rubriken har {len(heading)}. Kontrollera citattecknen."
            )
            continue
        row: dict[str, Any] = {}
        for name, cell in zip(heading, map(characters.clean, cells), strict=True):
            try:
                row[name] = _PARSERS[columns[name].type](cell.strip()) if cell.strip() else None
            except (ValueError, KeyError):
                faults.append(
                    f"{file}, rad {started}, kolumn {name}: ”{_shown(cell)}” ska vara {_EXPECTED[columns[name].type]}."
                )
        rows.append((started, row))
    if faults:
        raise SamladError("\n".join(faults))
    rows.sort(key=lambda numbered_row: [(numbered_row[1][name] is None, numbered_row[1][name]) for name in table.key])
    return pa.Table.from_pylist([row for _, row in rows], table.arrow), [number for number, _ in rows]


def _shown(cell: str) -> str:
    return cell if len(cell) <= SHOWN else f"{cell[:SHOWN]}…"


def _check_heading(file: str, heading: list[str], table: TableSchema) -> None:
    for name in heading:
        if not name:
            raise SamladError(f"{file}, rad 1: en kolumn saknar rubrik. Ge den sitt namn eller ta bort den.")
        if name not in table.names:
            near = difflib.get_close_matches(name, table.names, 1)
            guess = f" Menas {near[0]}?" if near else ""
            raise SamladError(
                f"{file}, rad 1: kolumnen ”{_shown(name)}” är okänd.{guess} Kolumnerna är {', '.join(table.names)}."
            )
        if heading.count(name) > 1:
            raise SamladError(f"{file}, rad 1: kolumnen {name} finns två gånger. Ta bort den ena.")
    missing = [column.name for column in table.columns if column.name not in heading and not column.optional]
    if missing:
        raise SamladError(f"{file}, rad 1: kolumnen {missing[0]} saknas. Kolumnerna är {', '.join(table.names)}.")
