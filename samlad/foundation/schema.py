"""Every table: its grain, its key, its columns and their units. The one place where columns are listed.

The data dictionary in docs/ is written from here, and tests hold the Parquet files against it.
A share is a fraction from 0 to 1 everywhere in the data; percent is a matter of display.
"""

from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
WHOLE = pa.int64()
YEAR = pa.int32()
REAL = pa.float64()
DATE = pa.date32()
YES_NO = pa.bool_()

CITY = "CITY"
"""The organisation_id that stands for the whole city in targets, assessments and roll-ups."""

AS_REPORTED = "reported"
"""The division that shows each organisation as it was; the other divisions are named by their first day."""


@dataclass(frozen=True)
class Column:
    """One column: its name, its Arrow type, what it means, its unit, and the values allowed if they are few.

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
class Table:
    """One table: its grain in words, its key, and its columns in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, in column order."""
        return pa.schema([(column.name, column.type) for column in self.columns])

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(column.name for column in self.columns)


ORIGINS = ("own", "remiss", "public", "example")
PERIODS = ("T1", "T2", "VB")
SEXES = ("total", "women", "men", "other")
MEASURES = ("share", "rate", "count", "index", "yes_no")
COUNTS = ("persons", "units", "events", "none")
VARIES = ("cases", "full")
STATUSES = ("not_started", "ongoing", "done", "delayed", "cancelled")
ROLES = ("huvudansvarig", "ansvarig", "delansvarig", "berord")
KINDS = ("stadsdelsnamnd", "facknamnd", "kommunstyrelse", "kommunfullmaktige", "moderbolag", "dotterbolag")
VIOLENCE_TYPES = ("nara_relation", "heder", "prostitution_manniskohandel", "sexuellt_vald")
MISSING = ("-", ".", "..")

_origin = (
    Column("origin", TEXT, "where the row comes from; example rows are made up", values=ORIGINS, required=True),
    Column("confidence", TEXT, "how sure the row is, in the words of its source: verified, inferred, …", required=True),
)
_source = (Column("source", TEXT, "the document or address the row was read in"),)
_valid = (
    Column("valid_from", DATE, "first day; null is since before the programme"),
    Column("valid_to", DATE, "last day; null is still"),
)
_report_source = (
    Column("submission_id", TEXT, "the submission the row came with", required=True),
    Column("source_file", TEXT, "name of the file it was read from"),
    Column("source_sheet", TEXT, "sheet in that file"),
    Column("source_row", WHOLE, "row in that sheet, counted from 1"),
    Column("origin", TEXT, "own or example", values=ORIGINS, required=True),
)

CATALOGUE: tuple[Table, ...] = (
    Table(
        "programmes",
        "one programme",
        ("programme_id",),
        (
            Column("programme_id", TEXT, "identity", required=True),
            Column("title", TEXT, "full name", required=True),
            Column("short_title", TEXT, "name in the frame of the pages", required=True),
            *_valid,
            *_origin,
            *_source,
        ),
    ),
    Table(
        "goals",
        "one goal of one programme",
        ("goal_id",),
        (
            Column("goal_id", TEXT, "identity", required=True),
            Column("programme_id", TEXT, "see programmes", required=True),
            Column("number", WHOLE, "number in the programme", required=True),
            Column("title", TEXT, "wording in the programme", required=True),
            Column("short_title", TEXT, "a few words for headings", required=True),
            *_valid,
            Column("regional_number", WHOLE, "the goal of the regional strategy it corresponds to"),
            Column("regional_title", TEXT, "short title of that regional goal"),
            Column("regional_mapping", TEXT, "how sure the correspondence is"),
            Column("note", TEXT, "what a reader should know"),
            *_origin,
            *_source,
        ),
    ),
    Table(
        "indicators",
        "one version of one indicator",
        ("indicator_id",),
        (
            Column("indicator_id", TEXT, "identity", required=True),
            Column("goal_id", TEXT, "see goals", required=True),
            Column("name", TEXT, "full wording", required=True),
            Column("short_name", TEXT, "a few words for lists and links, unique", required=True),
            Column("definition", TEXT, "what is counted, and what is not"),
            Column("measure", TEXT, "kind of figure", values=MEASURES, required=True),
            Column("counts", TEXT, "what the numerator counts; persons are protected", values=COUNTS, required=True),
            Column("time", TEXT, "flow, stock or survey", values=("flow", "stock", "survey"), required=True),
            Column(
                "varies",
                TEXT,
                "cases: what is counted comes anew each year, so chance moves it; full: everything is counted, the "
                "same units or persons each year; null: cases for a flow of persons or events, else full",
                values=VARIES,
                optional=True,
            ),
            Column("cluster", TEXT, "what holds the cases together, such as children in one family", optional=True),
            Column("periods", TEXT, "periods asked for, separated by space", required=True),
            Column("base_year", YEAR, "year whose VB is the base", "calendar year"),
            Column("base_note", TEXT, "what was unusual about the base year, as a whole sentence", optional=True),
            Column("unit", TEXT, "unit in Swedish words, as shown", required=True),
            Column("per", WHOLE, "for a rate: the number of the denominator it is given per, such as 1000"),
            Column("direction", TEXT, "which way is good", values=("increase", "decrease", "none"), required=True),
            Column("level", TEXT, "who it is measured for: stadsdelsnamnd, namnd, city"),
            Column("split_by_sex", YES_NO, "whether women and men are asked for apart", required=True),
            Column("part_of", TEXT, "the indicator whose numerator this one's is a part of"),
            Column("violence_types", TEXT, "kinds of violence, separated by space", values=VIOLENCE_TYPES),
            Column("subgroup", TEXT, "the subgroup it is limited to; null is none"),
            Column("provider", TEXT, "whose work it counts", values=("own", "external", "both")),
            Column("source", TEXT, "where the figure or the indicator comes from"),
            Column("break_year", YEAR, "first year of a new definition", "calendar year"),
            Column("break_note", TEXT, "what changed"),
            Column("ended_note", TEXT, "why the source ended, where valid_to is set"),
            Column("replaced_by", TEXT, "the indicator that took over"),
            *_valid,
            *_origin,
        ),
    ),
    Table(
        "activities",
        "one activity",
        ("activity_id",),
        (
            Column("activity_id", TEXT, "identity", required=True),
            Column("goal_id", TEXT, "see goals", required=True),
            Column("title", TEXT, "what is to be done", required=True),
            Column("violence_types", TEXT, "kinds of violence, separated by space", values=VIOLENCE_TYPES),
            Column("provider", TEXT, "who does the work", values=("own", "external", "both")),
            Column("employer_duty", YES_NO, "whether it is a duty towards the city's own staff", required=True),
            Column("starts_on", DATE, "planned first day"),
            Column("ends_on", DATE, "planned last day"),
            Column("note", TEXT, "what a reader should know"),
            *_valid,
            *_origin,
            *_source,
        ),
    ),
    Table(
        "activity_indicators",
        "one indicator that measures one activity",
        ("activity_id", "indicator_id"),
        (
            Column("activity_id", TEXT, "see activities", required=True),
            Column("indicator_id", TEXT, "see indicators", required=True),
            *_origin,
        ),
    ),
    Table(
        "responsibilities",
        "one duty of one organisation or group over a time",
        ("object_type", "object_id", "organisation_id", "group_id", "role", "status", "valid_from"),
        (
            Column("object_type", TEXT, "what the duty is for", values=("indicator", "activity"), required=True),
            Column("object_id", TEXT, "see indicators or activities", required=True),
            Column("organisation_id", TEXT, "who, when named; else null"),
            Column("group_id", TEXT, "which group, when not named; else null"),
            Column("role", TEXT, "kind of duty", values=ROLES, required=True),
            Column("status", TEXT, "decided or proposed", values=("decided", "proposed"), required=True),
            *_valid,
            Column("note", TEXT, "what a reader should know"),
            *_origin,
            *_source,
        ),
    ),
    Table(
        "targets",
        "one årsmål of one organisation or the city for one year, as set on one day",
        ("indicator_id", "organisation_id", "year", "set_by", "valid_from"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("organisation_id", TEXT, "see organisations, or CITY", required=True),
            Column("year", YEAR, "year it is to be reached", "calendar year", required=True),
            Column("value", REAL, "årsmål", "as the indicator: share 0 to 1, rate per `per`, count, index, 1 is yes"),
            Column("set_by", TEXT, "who set it", values=("kf", "namnd"), required=True),
            Column("valid_from", DATE, "day it began to hold; null is from the start"),
            *_origin,
        ),
    ),
    Table(
        "organisations",
        "one organisation",
        ("organisation_id",),
        (
            Column("organisation_id", TEXT, "identity", required=True),
            Column("name", TEXT, "full name", required=True),
            Column("short_name", TEXT, "name in lists, charts and links, unique", required=True),
            Column("kind", TEXT, "kind of organisation", values=KINDS, required=True),
            *_valid,
            Column("valid_from_note", TEXT, "what is known of its beginning"),
            Column("counts_from", DATE, "first day its yearly counts cover, if not 1 January of its first year"),
            *_origin,
            *_source,
        ),
    ),
    Table(
        "successions",
        "one predecessor and one successor",
        ("predecessor_id", "successor_id"),
        (
            Column("predecessor_id", TEXT, "see organisations", required=True),
            Column("successor_id", TEXT, "see organisations", required=True),
            Column("date", DATE, "first day of the successor", required=True),
            *_origin,
            *_source,
        ),
    ),
    Table(
        "groups",
        "one kind or one organisation that belongs to one group",
        ("group_id", "kind", "organisation_id"),
        (
            Column("group_id", TEXT, "identity of the group", required=True),
            Column("name", TEXT, "name of the group, as shown", required=True),
            Column("kind", TEXT, "every organisation of this kind belongs", values=KINDS),
            Column("organisation_id", TEXT, "this organisation belongs"),
            *_origin,
        ),
    ),
    Table(
        "periods",
        "one period of one year",
        ("year", "period"),
        (
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("starts_on", DATE, "first day it covers", required=True),
            Column("ends_on", DATE, "last day it covers", required=True),
            Column("due", DATE, "last day to report", required=True),
            *_origin,
        ),
    ),
    Table(
        "contacts",
        "one role at one organisation",
        ("organisation_id", "role"),
        (
            Column("organisation_id", TEXT, "see organisations", required=True),
            Column("role", TEXT, "registrator, samordnare, …", required=True),
            Column("address", TEXT, "e-mail address", required=True),
            *_origin,
        ),
    ),
    Table(
        "observations",
        "what someone has stated in writing",
        ("observation_id",),
        (
            Column("observation_id", TEXT, "identity", required=True),
            Column("kind", TEXT, "narrow_indicator, few_indicators, offers_responsibility, …", required=True),
            Column("object_type", TEXT, "what it speaks of: indicator, goal, organisation, programme", required=True),
            Column("object_id", TEXT, "its identity", required=True),
            Column("organisation_id", TEXT, "who stated it, or whom it concerns"),
            Column("text", TEXT, "what was stated, in our words", required=True),
            *_origin,
            *_source,
        ),
    ),
    Table(
        "vocabulary",
        "one raw word",
        ("field", "raw"),
        (
            Column("field", TEXT, "where the word is met: column, status, yes_no, missing, sex, period", required=True),
            Column("raw", TEXT, "the word as met, lower case", required=True),
            Column("canonical", TEXT, "what it means", required=True),
            *_origin,
        ),
    ),
)

CONTEXT: tuple[Table, ...] = (
    Table(
        "context_measures",
        "one public measure",
        ("measure_id",),
        (
            Column("measure_id", TEXT, "identity", required=True),
            Column("name", TEXT, "full wording", required=True),
            Column("goal_id", TEXT, "the city goal whose regional twin it belongs to; null is none"),
            Column("regional_number", WHOLE, "goal of the regional strategy"),
            Column("unit", TEXT, "unit in Swedish words", required=True),
            Column("per", WHOLE, "for a rate: given per this many"),
            Column("level", TEXT, "smallest area it is published for"),
            Column("owner", TEXT, "who publishes it"),
            Column("status", TEXT, "whether it still lives"),
            Column("note", TEXT, "what it can and cannot be compared with"),
            *_origin,
            *_source,
        ),
    ),
    Table(
        "context_values",
        "one published figure",
        ("measure_id", "area", "area_level", "year", "sex"),
        (
            Column("measure_id", TEXT, "see context_measures", required=True),
            Column("measure", TEXT, "wording at the source", required=True),
            Column("organisation_id", TEXT, "the district that answers for the area; null if none"),
            Column("area", TEXT, "name of the area", required=True),
            Column(
                "area_level", TEXT, "stadsdelsomrade, stadsdelsgrupp, stadsdelsnamnd, stad, ej_fordelad, lan, riket"
            ),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("sex", TEXT, "total, women, men, girls, boys", required=True),
            Column("numerator", WHOLE, "count, where the figure is a count"),
            Column("denominator", WHOLE, "count of what it is a part of, where published"),
            Column("value", REAL, "the figure as published", "unit"),
            Column("unit", TEXT, "unit in Swedish words", required=True),
            Column("approximate", YES_NO, "whether the source says about", required=True),
            Column("note", TEXT, "what a reader should know"),
            *_origin,
            *_source,
        ),
    ),
)

SUBMISSION: tuple[Table, ...] = (
    Table(
        "indicator_reports",
        "one figure of one organisation, period and sex in one submission",
        ("submission_id", "indicator_id", "organisation_id", "year", "period", "sex"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("organisation_id", TEXT, "see organisations", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("sex", TEXT, "total, women or men", values=SEXES[:3], required=True),
            Column("numerator", WHOLE, "count"),
            Column("denominator", WHOLE, "count it is a part of"),
            Column("value", REAL, "the figure itself where there are no counts", "as the indicator"),
            Column("forecast", REAL, "the organisation's own forecast for the year", "as the indicator"),
            Column("missing_reason", TEXT, "reason code; null when a figure is given", values=MISSING),
            Column("comment", TEXT, "in the organisation's words"),
            *_report_source,
        ),
    ),
    Table(
        "activity_reports",
        "one activity's status at one organisation and period in one submission",
        ("submission_id", "activity_id", "organisation_id", "year", "period"),
        (
            Column("activity_id", TEXT, "see activities", required=True),
            Column("organisation_id", TEXT, "see organisations", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("status", TEXT, "how far it has come", values=STATUSES),
            Column("missing_reason", TEXT, "reason code; null when a status is given", values=MISSING),
            Column("comment", TEXT, "in the organisation's words"),
            *_report_source,
        ),
    ),
)

_figures = (
    Column("numerator", WHOLE, "count; null when missing or protected"),
    Column("denominator", WHOLE, "count it is a part of; null when missing or protected"),
    Column("value", REAL, "the figure; null when missing or protected", "as the indicator"),
)
_missing = Column("missing_reason", TEXT, "reason code; null when there is a figure", values=MISSING)
_origin_only = _origin[:1]

_gap = (
    Column("duties", TEXT, "which duties count", values=("decided", "with_proposed"), required=True),
    Column("gap_id", TEXT, "identity: the same rule, object and organisations have the same", required=True),
    Column("rule", TEXT, "see gap_rules", required=True),
    Column("severity", TEXT, "how grave", values=("high", "medium", "low"), required=True),
    Column(
        "object_type",
        TEXT,
        "what it is about",
        values=("goal", "indicator", "activity", "organisation", "programme"),
        required=True,
    ),
    Column("object_id", TEXT, "its identity", required=True),
    Column("goal_id", TEXT, "see goals; null when it belongs to none"),
    Column("organisations", TEXT, "whom it concerns, separated by space; empty when nobody", required=True),
    Column("since", DATE, "since when; null when not known"),
    Column("title", TEXT, "what is wrong, in Swedish", required=True),
    Column("why", TEXT, "why it matters, in Swedish", required=True),
    Column("action", TEXT, "what to do, in Swedish", required=True),
    Column("evidence_sha", TEXT, "SHA-256 over its evidence, so that a change is noticed", required=True),
    *_origin,
)
_gap_evidence = (
    Column("duties", TEXT, "see gaps", values=("decided", "with_proposed"), required=True),
    Column("gap_id", TEXT, "see gaps", required=True),
    Column("position", WHOLE, "1 is the first", required=True),
    Column("source_table", TEXT, "the table the row stands in", required=True),
    Column("source_key", TEXT, "its key in words", required=True),
    Column("told", TEXT, "what it says, in Swedish", required=True),
)

SNAPSHOT: tuple[Table, ...] = (
    Table(
        "assessments",
        "one judgement by one organisation or the city of one goal and period",
        ("organisation_id", "goal_id", "year", "period"),
        (
            Column("organisation_id", TEXT, "who judges, or CITY", required=True),
            Column("goal_id", TEXT, "see goals", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("fulfilled", TEXT, "the judgement", values=("fully", "partly", "not"), required=True),
            Column("text", TEXT, "in the author's words"),
            Column("author", TEXT, "who wrote it"),
            Column("at", DATE, "when", required=True),
            *_origin_only,
        ),
    ),
    Table(
        "received_submissions",
        "one submission",
        ("submission_id",),
        (
            Column("submission_id", TEXT, "identity", required=True),
            Column("organisation_id", TEXT, "whom it was handed in for", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("version", WHOLE, "1 is the first that came of the organisation, year and period", required=True),
            Column("received_on", DATE, "day of the receipt, or the day told when it was loaded later", required=True),
            Column("loaded_on", DATE, "day of the receipt where another day is told; else null"),
            Column("rows", WHOLE, "rows in it"),
            Column("withdrawn", YES_NO, "whether it has been withdrawn", required=True),
            *_origin_only,
        ),
    ),
    Table(
        "divisions",
        "one division of the city into districts",
        ("division",),
        (
            Column("division", TEXT, "its first day as YYYY-MM-DD", required=True),
            Column("is_today", YES_NO, "whether it holds on the as-of date", required=True),
            Column("districts", WHOLE, "number of stadsdelsnämnder in it", required=True),
        ),
    ),
    Table(
        "division_members",
        "one organisation valid in one division",
        ("division", "organisation_id"),
        (
            Column("division", TEXT, "see divisions", required=True),
            Column("organisation_id", TEXT, "see organisations", required=True),
        ),
    ),
    Table(
        "expected_reports",
        "one report that a decided duty asks for",
        ("object_type", "object_id", "organisation_id", "year", "period"),
        (
            Column("object_type", TEXT, "indicator or activity", required=True),
            Column("object_id", TEXT, "see indicators or activities", required=True),
            Column("organisation_id", TEXT, "who is to report", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("due", DATE, "last day to report", required=True),
            Column("received", YES_NO, "whether a value, a status, `.` or `..` has come", required=True),
            Column("late", YES_NO, "not received, and due before the as-of date", required=True),
            Column("received_on", DATE, "day of the receipt that the current row came with"),
            *_origin_only,
        ),
    ),
    Table(
        "indicator_values",
        "the current figure of one organisation, period and sex, as reported",
        ("indicator_id", "organisation_id", "year", "period", "sex"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("organisation_id", TEXT, "who reported", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("sex", TEXT, "total, women, men; other is the rest", values=SEXES, required=True),
            *_figures,
            Column("forecast", REAL, "the organisation's own; null when missing or protected", "as the indicator"),
            _missing,
            Column("comment", TEXT, "in the organisation's words; null when the figure is protected"),
            Column("submission_id", TEXT, "see received_submissions"),
            *_origin_only,
        ),
    ),
    Table(
        "value_versions",
        "one version of a figure that is shown and has come more than once",
        ("indicator_id", "organisation_id", "year", "period", "sex", "version"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("organisation_id", TEXT, "who reported", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("sex", TEXT, "total, women or men", values=SEXES[:3], required=True),
            Column("version", WHOLE, "1 is the first that came", required=True),
            Column(
                "standing",
                TEXT,
                "the one in use, one that a later replaced, or one that was withdrawn",
                values=("current", "replaced", "withdrawn"),
                required=True,
            ),
            Column("received_on", DATE, "day of the receipt", required=True),
            Column("submission_id", TEXT, "see received_submissions", required=True),
            Column("numerator", WHOLE, "count; null for persons and events, and in a version that was withdrawn"),
            Column("denominator", WHOLE, "count it is a part of; null as the numerator is"),
            Column("value", REAL, "the figure; null as the numerator is", "as the indicator"),
            Column(
                "missing_reason",
                TEXT,
                "reason code of the version; null as the numerator is, and where it has a figure",
                values=MISSING,
                optional=True,
            ),
            *_origin_only,
        ),
    ),
    Table(
        "activity_values",
        "the current status of one activity at one organisation and period",
        ("activity_id", "organisation_id", "year", "period"),
        (
            Column("activity_id", TEXT, "see activities", required=True),
            Column("organisation_id", TEXT, "who reported", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("period", TEXT, "T1, T2 or VB", values=PERIODS, required=True),
            Column("status", TEXT, "how far it has come", values=STATUSES),
            _missing,
            Column("comment", TEXT, "in the organisation's words"),
            Column("submission_id", TEXT, "see received_submissions"),
            *_origin_only,
        ),
    ),
    Table(
        "division_values",
        "a year's figure (VB) of one organisation and sex in one division, rebuilt from counts where it has merged",
        ("division", "indicator_id", "organisation_id", "year", "sex"),
        (
            Column("division", TEXT, "reported, or the first day of a division", required=True),
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("organisation_id", TEXT, "see organisations", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("sex", TEXT, "total, women, men; other is the rest", values=SEXES, required=True),
            *_figures,
            Column("parts", WHOLE, "organisations of that year that make it up", "organisations", required=True),
            Column("parts_reported", WHOLE, "how many of them reported a figure", "organisations", required=True),
            Column(
                "rebuilt",
                TEXT,
                "how the row came about",
                values=("as_reported", "rebuilt", "incomplete", "not_rebuildable"),
                required=True,
            ),
            _missing,
            *_origin_only,
        ),
    ),
    Table(
        "city_values",
        "a year's figure (VB) of the city and one sex, summed over those who reported",
        ("indicator_id", "year", "sex"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("sex", TEXT, "total, women, men; other is the rest", values=SEXES, required=True),
            *_figures,
            Column("organisations_reported", WHOLE, "how many are in the sum", "organisations", required=True),
            Column(
                "organisations_expected",
                WHOLE,
                "how many it is expected from: those in the sum and those missing from it",
                "organisations",
                required=True,
            ),
            Column(
                "missing_from_sum",
                TEXT,
                "of the total: who it is expected from and who is not in the sum, each with the reason "
                "(-, ., .., no_counts, part_of_year), as in SDN-SO=.. SDN-FA=-; null when nobody",
                optional=True,
            ),
            _missing,
            *_origin_only,
        ),
    ),
    Table(
        "city_changes",
        "the city in two years, summed over those who reported both",
        ("indicator_id", "year_from", "year_to", "sex"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("year_from", YEAR, "earlier year", "calendar year", required=True),
            Column("year_to", YEAR, "later year", "calendar year", required=True),
            Column("sex", TEXT, "total, women, men; other is the rest", values=SEXES, required=True),
            Column("numerator_from", WHOLE, "count in the earlier year"),
            Column("denominator_from", WHOLE, "count it is a part of in the earlier year"),
            Column("numerator_to", WHOLE, "count in the later year"),
            Column("denominator_to", WHOLE, "count it is a part of in the later year"),
            Column(
                "organisations_both", WHOLE, "today's organisations whose parts reported both years", "organisations"
            ),
            Column(
                "organisations_expected_both", WHOLE, "those expected in both years", "organisations", optional=True
            ),
            _missing,
            *_origin_only,
        ),
    ),
    Table(
        "yearly_targets",
        "the årsmål that holds for one organisation or the city and one year",
        ("indicator_id", "organisation_id", "year"),
        (
            Column("indicator_id", TEXT, "see indicators", required=True),
            Column("organisation_id", TEXT, "see organisations, or CITY", required=True),
            Column("year", YEAR, "year", "calendar year", required=True),
            Column("value", REAL, "årsmål", "as the indicator"),
            Column("set_by", TEXT, "kf or namnd", values=("kf", "namnd")),
            *_origin_only,
        ),
    ),
    Table(
        "gaps",
        "one gap in responsibility that a rule found, with duties as decided or as if the proposed were",
        ("duties", "gap_id"),
        _gap,
    ),
    Table(
        "gap_evidence",
        "one row that a gap rests on",
        ("duties", "gap_id", "position"),
        _gap_evidence,
    ),
    Table(
        "earlier_gaps",
        "one gap of an earlier year, as the rules find it on that year's last day",
        ("year", "duties", "gap_id"),
        (Column("year", YEAR, "year", "calendar year", required=True), *_gap),
    ),
    Table(
        "earlier_gap_evidence",
        "one row that a gap of an earlier year rests on",
        ("year", "duties", "gap_id", "position"),
        (Column("year", YEAR, "year", "calendar year", required=True), *_gap_evidence),
    ),
    Table(
        "gap_rules",
        "one rule of queries/gaps",
        ("name",),
        (
            Column("name", TEXT, "name of its file", required=True),
            Column("rule", TEXT, "its number; null when the file cannot be read"),
            Column("severity", TEXT, "how grave its findings are", values=("high", "medium", "low")),
            Column("why", TEXT, "why it matters, in Swedish"),
            Column("silent_because", TEXT, "why it could not be asked, in whole or in part, in Swedish"),
            Column("broken", TEXT, "what is wrong with the file; null when it runs"),
            Column("found", WHOLE, "gaps found, with duties as decided", required=True),
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in (*CATALOGUE, *CONTEXT, *SUBMISSION, *SNAPSHOT)}
PUBLISHED: tuple[Table, ...] = (*CATALOGUE, *CONTEXT, *SNAPSHOT)


def dictionary() -> str:
    """The data dictionary as Markdown: every table with its grain, key and columns."""
    parts = [
        "# Data dictionary\n\n"
        "Written from `samlad/foundation/schema.py` by `python -m samlad.foundation.schema > docs/data-dictionary.md`; "
        "a test holds the two "
        "together.\nA share is a fraction from 0 to 1. Missing is null, with a reason code where a figure was asked "
        "for: `-` not reported,\n`.` not applicable, `..` protected. Dates are days without a time zone.\n"
    ]
    for title, tables in (
        ("The catalogue: data/programme/, CSV", CATALOGUE),
        ("The context: data/context/, Parquet", CONTEXT),
        ("Submissions: submissions/, Parquet, raw and restricted", SUBMISSION),
        ("Snapshots: snapshots/, Parquet, protected; the catalogue and the context go with them", SNAPSHOT),
    ):
        parts.append(f"\n## {title}\n")
        for table in tables:
            parts.append(f"\n### {table.name}\n\nOne row is {table.grain}. Key: {', '.join(table.key)}.\n")
            parts.append("\n| Column | Type | Meaning | Unit | Values |\n|---|---|---|---|---|\n")
            for column in table.columns:
                needed = " Required." if column.required else ""
                values = ", ".join(f"`{value}`" for value in column.values)
                meaning = f"{column.meaning[0].upper()}{column.meaning[1:]}.{needed}"
                parts.append(f"| {column.name} | {column.type} | {meaning} | {column.unit} | {values} |\n")
    return "".join(parts)


if __name__ == "__main__":
    print(dictionary(), end="")  # noqa: T201
