"""Tables of one submission: raw and restricted Parquet that only the raw side reads."""

from samlad.foundation.schema.code_lists import MISSING, PERIODS, SEXES, STATUSES
from samlad.foundation.schema.columns import REAL, REPORT_SOURCE_COLUMNS, TEXT, WHOLE, YEAR, ColumnSchema, TableSchema

SUBMISSION: tuple[TableSchema, ...] = (
    TableSchema(
        "indicator_reports",
        "one figure of one organisation, period and sex in one submission",
        ("submission_id", "indicator_id", "organisation_id", "year", "period", "sex"),
        (
            ColumnSchema("indicator_id", TEXT, "see indicators", required=True),
            ColumnSchema("organisation_id", TEXT, "see organisations", required=True),
            ColumnSchema("year", YEAR, "year", "calendar year", required=True),
            ColumnSchema("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            ColumnSchema("sex", TEXT, "total, women or men", values=SEXES[:3], required=True),
            ColumnSchema("numerator", WHOLE, "count"),
            ColumnSchema("denominator", WHOLE, "count it is a part of"),
            ColumnSchema("value", REAL, "the figure itself where there are no counts", "as the indicator"),
            ColumnSchema("forecast", REAL, "the organisation's own forecast for the year", "as the indicator"),
            ColumnSchema("missing_reason", TEXT, "reason code; null when a figure is given", values=MISSING),
            ColumnSchema("comment", TEXT, "in the organisation's words"),
            *REPORT_SOURCE_COLUMNS,
        ),
    ),
    TableSchema(
        "activity_reports",
        "one activity's status at one organisation and period in one submission",
        ("submission_id", "activity_id", "organisation_id", "year", "period"),
        (
            ColumnSchema("activity_id", TEXT, "see activities", required=True),
            ColumnSchema("organisation_id", TEXT, "see organisations", required=True),
            ColumnSchema("year", YEAR, "year", "calendar year", required=True),
            ColumnSchema("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            ColumnSchema("status", TEXT, "how far it has come", values=STATUSES),
            ColumnSchema("missing_reason", TEXT, "reason code; null when a status is given", values=MISSING),
            ColumnSchema("comment", TEXT, "in the organisation's words"),
            *REPORT_SOURCE_COLUMNS,
        ),
    ),
)
