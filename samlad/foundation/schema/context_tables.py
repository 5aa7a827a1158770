"""Tables of public statistics: data/context/, Parquet."""

from samlad.foundation.schema.columns import (
    ORIGIN_COLUMNS,
    REAL,
    SOURCE_COLUMNS,
    TEXT,
    WHOLE,
    YEAR,
    YES_NO,
    ColumnSchema,
    TableSchema,
)

CONTEXT: tuple[TableSchema, ...] = (
    TableSchema(
        "context_measures",
        "one public measure",
        ("measure_id",),
        (
            ColumnSchema("measure_id", TEXT, "identity", required=True),
            ColumnSchema("name", TEXT, "full wording", required=True),
            ColumnSchema("goal_id", TEXT, "the city goal whose regional twin it belongs to; null is none"),
            ColumnSchema("regional_number", WHOLE, "goal of the regional strategy"),
            ColumnSchema("unit", TEXT, "unit in Swedish words", required=True),
            ColumnSchema("per", WHOLE, "for a rate: given per this many"),
            ColumnSchema("level", TEXT, "smallest area it is published for"),
            ColumnSchema("owner", TEXT, "who publishes it"),
            ColumnSchema("status", TEXT, "whether it still lives"),
            ColumnSchema("note", TEXT, "what it can and cannot be compared with"),
            *ORIGIN_COLUMNS,
            *SOURCE_COLUMNS,
        ),
    ),
    TableSchema(
        "context_values",
        "one published figure",
        ("measure_id", "area", "area_level", "year", "sex"),
        (
            ColumnSchema("measure_id", TEXT, "see context_measures", required=True),
            ColumnSchema("measure", TEXT, "wording at the source", required=True),
            ColumnSchema("organisation_id", TEXT, "the district that answers for the area; null if none"),
            ColumnSchema("area", TEXT, "name of the area", required=True),
            ColumnSchema(
                "area_level", TEXT, "stadsdelsomrade, stadsdelsgrupp, stadsdelsnamnd, stad, ej_fordelad, lan, riket"
            ),
            ColumnSchema("year", YEAR, "year", "calendar year", required=True),
            ColumnSchema("sex", TEXT, "total, women, men, girls, boys", required=True),
            ColumnSchema("numerator", WHOLE, "count, where the figure is a count"),
            ColumnSchema("denominator", WHOLE, "count of what it is a part of, where published"),
            ColumnSchema("value", REAL, "the figure as published", "unit"),
            ColumnSchema("unit", TEXT, "unit in Swedish words", required=True),
            ColumnSchema("approximate", YES_NO, "whether the source says about", required=True),
            ColumnSchema("note", TEXT, "what a reader should know"),
            *ORIGIN_COLUMNS,
            *SOURCE_COLUMNS,
        ),
    ),
)
