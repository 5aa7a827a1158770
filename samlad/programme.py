"""The catalogue: read from CSV with every fault located, checked for what publish cannot live with."""

import csv
import difflib
import io
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from samlad import schema, store
from samlad.errors import SamladError
from samlad.findings import Finding
from samlad.schema import Column, Table

Row = dict[str, Any]

_PARSERS: dict[pa.DataType, Callable[[str], Any]] = {
    schema.TEXT: str,
    schema.WHOLE: int,
    schema.YEAR: int,
    schema.REAL: float,
    schema.DATE: date.fromisoformat,
    schema.YES_NO: lambda word: {"true": True, "false": False}[word.lower()],
}
_EXPECTED = {
    schema.WHOLE: "ett heltal",
    schema.YEAR: "ett årtal, som 2024",
    schema.REAL: "ett tal med decimalpunkt, som 0.85",
    schema.DATE: "ett datum, som 2024-12-31",
    schema.YES_NO: "true eller false",
}
_REFERENCES = {
    "goals": {"programme_id": "programmes"},
    "indicators": {"goal_id": "goals", "part_of": "indicators", "replaced_by": "indicators"},
    "activities": {"goal_id": "goals"},
    "activity_indicators": {"activity_id": "activities", "indicator_id": "indicators"},
    "responsibilities": {"organisation_id": "organisations", "group_id": "groups"},
    "targets": {"indicator_id": "indicators", "organisation_id": "organisations"},
    "successions": {"predecessor_id": "organisations", "successor_id": "organisations"},
    "groups": {"organisation_id": "organisations"},
    "contacts": {"organisation_id": "organisations"},
    "observations": {"organisation_id": "organisations"},
}
_UNIQUE_NAMES = {"indicators": "short_name", "organisations": "short_name"}
_SPANS = (("valid_from", "valid_to"), ("starts_on", "ends_on"))


@dataclass(frozen=True)
class Programme:
    """The catalogue in memory: one Arrow table per table of schema.CATALOGUE, sorted by key.

    `lines` tells, for each table, the line of its file that each row stood on, in the table's order; it is empty for a
    catalogue that was not read from files.
    """

    tables: Mapping[str, pa.Table]
    lines: Mapping[str, Sequence[int]] | None = None

    def line(self, table: str, row: int) -> int | None:
        """The line of the file that a row stood on."""
        return self.lines[table][row] if self.lines and table in self.lines else None


def read_programme(folder: Path) -> Programme:
    """Read the catalogue from its CSV files: UTF-8, comma or semicolon, ISO dates, decimal point, true or false.

    Empty is null. Raises SamladError, with every fault's file, line and column, when a file is missing or unreadable, a
    column is missing or unknown, or a value is not of its column's type.
    """
    faults: list[str] = []
    tables: dict[str, pa.Table] = {}
    lines: dict[str, list[int]] = {}
    for table in schema.CATALOGUE:
        try:
            tables[table.name], lines[table.name] = _read_table(folder / f"{table.name}.csv", table)
        except SamladError as fault:
            faults.append(str(fault))
    if faults:
        raise SamladError("\n".join(faults))
    return Programme(tables, lines)


def read_context(folder: Path) -> dict[str, pa.Table]:
    """The public statistics: context_measures and context_values, as the schema says.

    Raises SamladError when a file is missing, is not Parquet, or has other columns.
    """
    tables = {}
    for table in schema.CONTEXT:
        path = folder / f"{table.name}.parquet"
        try:
            read = store.read_table(path)
        except FileNotFoundError as fault:
            raise SamladError(f"{path} saknas. Hämta den från Samlads data/context.") from fault
        except (OSError, pa.ArrowInvalid) as fault:
            raise SamladError(f"{path} går inte att läsa som Parquet. Hämta den från Samlads data/context.") from fault
        if not read.schema.equals(table.arrow):
            raise SamladError(f"{path} har andra kolumner än {', '.join(table.names)}. Se docs/data-dictionary.md.")
        tables[table.name] = read
    return tables


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


def check_programme(programme: Programme, bases: Mapping[str, float] | None = None) -> list[Finding]:
    """Everything wrong with a catalogue, in the order of its files and lines.

    Errors: keys, references, allowed values, dates, duties without an object or a holder, mergers that do not fit the
    organisations' dates. Warning: an årsmål on the wrong side of its base, where `bases` gives the city's base value.
    """
    rows = {name: table.to_pylist() for name, table in programme.tables.items()}
    found = [
        *_keys(programme, rows),
        *_values(programme, rows),
        *_references(programme, rows),
        *_spans(programme, rows),
        *_duties(programme, rows),
        *_successions(programme, rows),
        *_targets(programme, rows, bases or {}),
    ]
    order = [table.name for table in schema.CATALOGUE]
    return sorted(found, key=lambda one: (order.index(str(one.file).removesuffix(".csv")), one.row or 0, one.rule))


def _read_table(path: Path, table: Table) -> tuple[pa.Table, list[int]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as fault:
        raise SamladError(
            f"{path.name} saknas i {path.parent}. Skapa den med rubrikraden {','.join(table.names)}"
        ) from fault
    except UnicodeDecodeError as fault:
        raise SamladError(f"{path.name} är inte sparad som UTF-8. Spara om den som CSV UTF-8.") from fault
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    heading = [name.strip() for name in next(reader, [])]
    _check_heading(path.name, heading, table)
    columns = {column.name: column for column in table.columns}
    rows: list[tuple[int, Row]] = []
    faults: list[str] = []
    line = reader.line_num
    for cells in reader:
        started, line = line + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heading):
            faults.append(
                f"{path.name}, rad {started}: {len(cells)} fält, men rubriken har {len(heading)}. "
                "Kontrollera citattecknen."
            )
            continue
        row: Row = {}
        for name, cell in zip(heading, cells, strict=True):
            try:
                row[name] = _PARSERS[columns[name].type](cell.strip()) if cell.strip() else None
            except (ValueError, KeyError):
                expected = _EXPECTED[columns[name].type]
                faults.append(f"{path.name}, rad {started}, kolumn {name}: ”{cell}” ska vara {expected}.")
        rows.append((started, row))
    if faults:
        raise SamladError("\n".join(faults))
    rows.sort(
        key=lambda one: [
            (one[1][key] is not None, one[1][key] or 0) if not isinstance(one[1][key], str) else (True, one[1][key])
            for key in table.key
        ]
    )
    try:
        return pa.Table.from_pylist([row for _, row in rows], table.arrow), [number for number, _ in rows]
    except (pa.ArrowInvalid, OverflowError) as fault:
        raise SamladError(f"{path.name}: ett tal är för stort för sin kolumn. {fault}") from fault


def _check_heading(file: str, heading: list[str], table: Table) -> None:
    for name in heading:
        if name not in table.names:
            near = difflib.get_close_matches(name, table.names, 1)
            guess = f" Menas {near[0]}?" if near else ""
            raise SamladError(
                f"{file}, rad 1: kolumnen ”{name}” är okänd.{guess} Kolumnerna är {', '.join(table.names)}."
            )
        if heading.count(name) > 1:
            raise SamladError(f"{file}, rad 1: kolumnen {name} finns två gånger. Ta bort den ena.")
    missing = [name for name in table.names if name not in heading]
    if missing:
        raise SamladError(f"{file}, rad 1: kolumnen {missing[0]} saknas. Kolumnerna är {', '.join(table.names)}.")


def _finding(
    programme: Programme,
    rule: str,
    table: str,
    row: int,
    column: str,
    value: Any,
    message: str,
    action: str,
    severity: str = "error",
) -> Finding:
    shown = None if value is None else str(value)
    return Finding(rule, severity, f"{table}.csv", None, programme.line(table, row), column, shown, message, action)


def _keys(programme: Programme, rows: Mapping[str, list[Row]]) -> Iterator[Finding]:
    for table in schema.CATALOGUE:
        seen: dict[tuple[Any, ...], int] = {}
        names: dict[str, int] = {}
        named = _UNIQUE_NAMES.get(table.name)
        for number, row in enumerate(rows[table.name]):
            key = tuple(row[name] for name in table.key)
            told = " ".join(str(part) for part in key if part is not None)
            if key in seen:
                yield _finding(
                    programme,
                    "duplicate_key",
                    table.name,
                    number,
                    table.key[0],
                    told,
                    "Nyckeln finns redan.",
                    "Ta bort den ena raden eller ge den en egen nyckel.",
                )
            seen[key] = number
            if named and row[named] in names:
                yield _finding(
                    programme,
                    "duplicate_name",
                    table.name,
                    number,
                    named,
                    row[named],
                    "Namnet används redan av en annan rad.",
                    "Ge raden ett namn som går att skilja från de andra.",
                )
            if named:
                names[row[named]] = number


def _values(programme: Programme, rows: Mapping[str, list[Row]]) -> Iterator[Finding]:
    for table in schema.CATALOGUE:
        for number, row in enumerate(rows[table.name]):
            for column in table.columns:
                value = row[column.name]
                if value is None and column.required:
                    yield _finding(
                        programme,
                        "required",
                        table.name,
                        number,
                        column.name,
                        None,
                        "Värdet saknas.",
                        "Fyll i det; kolumnen får inte vara tom.",
                    )
                elif value is not None and column.values and (unknown := _unknown_words(value, table, column)):
                    yield _finding(
                        programme,
                        "unknown_value",
                        table.name,
                        number,
                        column.name,
                        unknown,
                        "Värdet är okänt.",
                        f"Välj bland {', '.join(_allowed(table, column))}.",
                    )
        if table.name == "indicators":
            for number, row in enumerate(rows["indicators"]):
                if row["measure"] == "rate" and not row["per"]:
                    yield _finding(
                        programme,
                        "rate_without_per",
                        "indicators",
                        number,
                        "per",
                        None,
                        "Ett tal per invånare måste säga per hur många.",
                        "Fyll i per, till exempel 1000.",
                    )


def _allowed(table: Table, column: Column) -> tuple[str, ...]:
    return schema.PERIODS if (table.name, column.name) == ("indicators", "periods") else column.values


def _unknown_words(value: Any, table: Table, column: Column) -> str:
    words = str(value).split() if column.name in ("violence_types", "periods") else [str(value)]
    return " ".join(word for word in words if word not in _allowed(table, column))


def _references(programme: Programme, rows: Mapping[str, list[Row]]) -> Iterator[Finding]:
    known = {name: {row[schema.TABLES[name].key[0]] for row in of_table} for name, of_table in rows.items()}
    for table, columns in _REFERENCES.items():
        for number, row in enumerate(rows[table]):
            for column, target in columns.items():
                value = row[column]
                if value is None or value in known[target] or (table == "targets" and value == schema.CITY):
                    continue
                near = difflib.get_close_matches(value, sorted(known[target]), 1)
                yield _finding(
                    programme,
                    "unknown_reference",
                    table,
                    number,
                    column,
                    value,
                    f"Finns inte i {target}.csv.",
                    f"Menas {near[0]}?" if near else "Lägg till den där eller rätta här.",
                )
    for number, row in enumerate(rows["responsibilities"]):
        objects = {"indicator": "indicators", "activity": "activities"}.get(row["object_type"] or "")
        if objects and row["object_id"] not in known[objects]:
            yield _finding(
                programme,
                "duty_without_object",
                "responsibilities",
                number,
                "object_id",
                row["object_id"],
                f"Ansvaret gäller något som inte finns i {objects}.csv.",
                "Lägg till det där eller ta bort ansvaret.",
            )


def _spans(programme: Programme, rows: Mapping[str, list[Row]]) -> Iterator[Finding]:
    for table in schema.CATALOGUE:
        for number, row in enumerate(rows[table.name]):
            for first, last in _SPANS:
                if row.get(first) and row.get(last) and row[first] > row[last]:
                    yield _finding(
                        programme,
                        "reversed_dates",
                        table.name,
                        number,
                        last,
                        row[last],
                        f"Slutar före sin början {row[first]}.",
                        "Rätta ett av datumen.",
                    )
    for number, row in enumerate(rows["periods"]):
        if row["due"] and row["ends_on"] and row["due"] < row["ends_on"]:
            yield _finding(
                programme,
                "due_before_end",
                "periods",
                number,
                "due",
                row["due"],
                "Ska rapporteras innan perioden är slut.",
                "Sätt en dag efter periodens sista dag.",
            )


def _duties(programme: Programme, rows: Mapping[str, list[Row]]) -> Iterator[Finding]:
    for number, row in enumerate(rows["responsibilities"]):
        if bool(row["organisation_id"]) == bool(row["group_id"]):
            both = bool(row["group_id"])
            yield _finding(
                programme,
                "duty_holder",
                "responsibilities",
                number,
                "organisation_id",
                row["organisation_id"],
                "Ansvaret har både en organisation och en grupp." if both else "Ansvaret har ingen som bär det.",
                "Fyll i antingen organisation_id eller group_id.",
            )


def _successions(programme: Programme, rows: Mapping[str, list[Row]]) -> Iterator[Finding]:
    organisations = {row["organisation_id"]: row for row in rows["organisations"]}
    heirs: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows["successions"]):
        before, after = organisations.get(row["predecessor_id"]), organisations.get(row["successor_id"])
        if not before or not after or not row["date"]:
            continue
        if after["valid_from"] and after["valid_from"] > row["date"]:
            yield _finding(
                programme,
                "succession_dates",
                "successions",
                number,
                "date",
                row["date"],
                f"Efterträdaren finns först från {after['valid_from']}.",
                "Rätta dagen här eller i organisations.csv.",
            )
        if before["valid_to"] and (before["valid_to"].toordinal() + 1) < row["date"].toordinal():
            yield _finding(
                programme,
                "succession_dates",
                "successions",
                number,
                "date",
                row["date"],
                f"Föregångaren upphörde redan {before['valid_to']}.",
                "Rätta dagen här eller i organisations.csv.",
            )
        if _reaches(heirs, row["successor_id"], row["predecessor_id"]):
            yield _finding(
                programme,
                "succession_circle",
                "successions",
                number,
                "successor_id",
                row["successor_id"],
                "Efterträdaren är också en föregångare till sin egen föregångare.",
                "Ta bort en av raderna i ringen.",
            )
        heirs[row["predecessor_id"]].add(row["successor_id"])


def _reaches(heirs: Mapping[str, set[str]], start: str, wanted: str) -> bool:
    waiting, seen = [start], set()
    while waiting:
        one = waiting.pop()
        if one == wanted:
            return True
        if one not in seen:
            seen.add(one)
            waiting += heirs.get(one, set())
    return False


def _targets(programme: Programme, rows: Mapping[str, list[Row]], bases: Mapping[str, float]) -> Iterator[Finding]:
    indicators = {row["indicator_id"]: row for row in rows["indicators"]}
    for number, row in enumerate(rows["targets"]):
        indicator = indicators.get(row["indicator_id"])
        if not indicator or row["value"] is None:
            continue
        if indicator["measure"] in ("share", "yes_no") and not 0 <= row["value"] <= 1:
            yield _finding(
                programme,
                "target_outside",
                "targets",
                number,
                "value",
                row["value"],
                "Ett årsmål för en andel ligger mellan 0 och 1.",
                "Skriv 85 procent som 0.85.",
            )
        base = bases.get(row["indicator_id"])
        if (
            base is not None
            and row["organisation_id"] == schema.CITY
            and (
                (indicator["direction"] == "increase" and row["value"] < base)
                or (indicator["direction"] == "decrease" and row["value"] > base)
            )
        ):
            yield _finding(
                programme,
                "target_wrong_side",
                "targets",
                number,
                "value",
                row["value"],
                f"Årsmålet ligger på fel sida om basårets värde {base:.4g}.",
                "Kontrollera årsmålet och riktningen.",
                severity="warning",
            )
