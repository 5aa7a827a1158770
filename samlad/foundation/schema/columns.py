"""Column and table schemas, and the columns that several tables share. No table is listed here."""

from dataclasses import dataclass

import pyarrow as pa

from samlad.foundation.schema.code_lists import MISSING, ORIGINS

TEXT = pa.string()
WHOLE = pa.int64()
YEAR = pa.int32()
REAL = pa.float64()
DATE = pa.date32()
YES_NO = pa.bool_()


@dataclass(frozen=True)
class ColumnSchema:
    """One column: name, Arrow type, meaning, unit, and the allowed values if they are few.

    optional: a catalogue file written before the column existed is read without it, as if all its cells were empty.
    """

    name: str
    type: pa.DataType
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    optional: bool = False


@dataclass(frozen=True)
class TableSchema:
    """One table: its grain in words, its key, and its columns in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[ColumnSchema, ...]

    @property
    def arrow(self) -> pa.Schema:
        """Return the Arrow schema, in column order."""
        return pa.schema([(column.name, column.type) for column in self.columns])

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


ORIGIN_COLUMNS = (
    ColumnSchema("origin", TEXT, "where the row comes from; example rows are made up", values=ORIGINS, required=True),
    ColumnSchema(
        "confidence", TEXT, "how sure the row is, in the words of its source: verified, inferred, …", required=True
    ),
)
SOURCE_COLUMNS = (ColumnSchema("source", TEXT, "the document or address the row was read in"),)

VALID_COLUMNS = (
    ColumnSchema("valid_from", DATE, "first day; null is since before the programme"),
    ColumnSchema("valid_to", DATE, "last day; null is still"),
)

REPORT_SOURCE_COLUMNS = (
    ColumnSchema("submission_id", TEXT, "the submission the row came with", required=True),
    ColumnSchema("source_file", TEXT, "name of the file it was read from"),
    ColumnSchema("source_sheet", TEXT, "sheet in that file"),
    ColumnSchema("source_row", WHOLE, "row in that sheet, counted from 1"),
    ColumnSchema("origin", TEXT, "own or example", values=ORIGINS, required=True),
)

FIGURE_COLUMNS = (
    ColumnSchema("numerator", WHOLE, "count; null when missing or protected"),
    ColumnSchema("denominator", WHOLE, "count it is a part of; null when missing or protected"),
    ColumnSchema("value", REAL, "the figure; null when missing or protected", "as the indicator"),
)
MISSING_COLUMN = ColumnSchema("missing_reason", TEXT, "reason code; null when there is a figure", values=MISSING)
ORIGIN_COLUMN = ORIGIN_COLUMNS[:1]

GAP_COLUMNS = (
    ColumnSchema("duties", TEXT, "which duties count", values=("decided", "with_proposed"), required=True),
    ColumnSchema("gap_id", TEXT, "identity: the same rule, object and organisations have the same", required=True),
    ColumnSchema("rule", TEXT, "see gap_rules", required=True),
    ColumnSchema("severity", TEXT, "how grave", values=("high", "medium", "low"), required=True),
    ColumnSchema(
        "object_type",
        TEXT,
        "what it is about",
        values=("goal", "indicator", "activity", "organisation", "programme"),
        required=True,
    ),
    ColumnSchema("object_id", TEXT, "its identity", required=True),
    ColumnSchema("goal_id", TEXT, "see goals; null when it belongs to none"),
    ColumnSchema("organisations", TEXT, "whom it concerns, separated by space; empty when nobody", required=True),
    ColumnSchema("since", DATE, "since when; null when not known"),
    ColumnSchema("title", TEXT, "what is wrong, in Swedish", required=True),
    ColumnSchema("why", TEXT, "why it matters, in Swedish", required=True),
    ColumnSchema("action", TEXT, "what to do, in Swedish", required=True),
    ColumnSchema("evidence_sha", TEXT, "SHA-256 over its evidence, so that a change is noticed", required=True),
    *ORIGIN_COLUMNS,
)

GAP_EVIDENCE_COLUMNS = (
    ColumnSchema("duties", TEXT, "see gaps", values=("decided", "with_proposed"), required=True),
    ColumnSchema("gap_id", TEXT, "see gaps", required=True),
    ColumnSchema("position", WHOLE, "1 is the first", required=True),
    ColumnSchema("source_table", TEXT, "the table the row stands in", required=True),
    ColumnSchema("source_key", TEXT, "its key in words", required=True),
    ColumnSchema("told", TEXT, "what it says, in Swedish", required=True),
)
