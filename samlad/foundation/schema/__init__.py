"""Every table with its grain, key, columns and units. The one place where columns are listed.

Tests hold the Parquet files and docs/data-dictionary.md against it. A share is a fraction from 0 to 1 everywhere in
the data; percent is a matter of display, and stands in samlad/swedish.
"""

from samlad.foundation.schema.catalogue_tables import CATALOGUE
from samlad.foundation.schema.code_lists import (
    AS_REPORTED,
    CITY,
    COUNTS,
    KINDS,
    MEASURES,
    MISSING,
    ORIGINS,
    PERIODS,
    ROLES,
    SEXES,
    STATUSES,
    VARIES,
    VIOLENCE_TYPES,
)
from samlad.foundation.schema.columns import DATE, REAL, TEXT, WHOLE, YEAR, YES_NO, ColumnSchema, TableSchema
from samlad.foundation.schema.context_tables import CONTEXT
from samlad.foundation.schema.data_dictionary import dictionary
from samlad.foundation.schema.snapshot_tables import SNAPSHOT
from samlad.foundation.schema.submission_tables import SUBMISSION

__all__ = [
    "AS_REPORTED",
    "CATALOGUE",
    "CITY",
    "CONTEXT",
    "COUNTS",
    "DATE",
    "KINDS",
    "MEASURES",
    "MISSING",
    "ORIGINS",
    "PERIODS",
    "PUBLISHED",
    "REAL",
    "ROLES",
    "SEXES",
    "SNAPSHOT",
    "STATUSES",
    "SUBMISSION",
    "TABLES",
    "TEXT",
    "VARIES",
    "VIOLENCE_TYPES",
    "WHOLE",
    "YEAR",
    "YES_NO",
    "ColumnSchema",
    "TableSchema",
    "dictionary",
]

TABLES: dict[str, TableSchema] = {table.name: table for table in (*CATALOGUE, *CONTEXT, *SUBMISSION, *SNAPSHOT)}
PUBLISHED: tuple[TableSchema, ...] = (*CATALOGUE, *CONTEXT, *SNAPSHOT)
