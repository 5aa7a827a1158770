"""Changes in Swedish sentences: the object, the cell before, the cell after, and the cause.

Names of objects belong in `edition_names`, single words in `change_words`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samlad.foundation import arrival_day, schema
from samlad.judgement.verdicts import Mark
from samlad.swedish import numbers, words
from samlad.swedish.numbers import DASH
from samlad.warehouse.changes.cause_kinds import Kind
from samlad.warehouse.changes.change_list import Change
from samlad.warehouse.changes.change_words import CODES, COLUMNS, KINDS_SHORT, SETTINGS, TABLES, YEARS
from samlad.warehouse.changes.differences import FIGURE, HIDDEN, Row
from samlad.warehouse.changes.edition_names import Names, when

__all__ = ["Names", "Told", "mark_word", "told"]

ABSENT = "fanns inte"
"""Words for a row that the older edition lacks."""

GONE = "finns inte längre"
"""Words for a row that the newer edition lacks."""

_MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """Change in Swedish words.

    goal_number and indicator place it, for order and links; None where it belongs to no goal or indicator.
    """

    change: Change
    what: str
    before: str
    after: str
    why: str
    goal_number: int | None = None
    indicator: str | None = None

    def line(self) -> str:
        """Return the change on one line, marked when it is example data."""
        mark = f" [{words.EXAMPLE}]" if self.change.is_example else ""
        return f"{self.what}: {self.before} → {self.after} ({self.why}){mark}"


def told(change: Change, names: Names) -> Told:
    """Return a change in words; a cell hidden in an edition is two dots, whatever else is known of it."""
    before, after = (_said(change, row, names) for row in (change.old, change.new))
    return Told(
        change=change,
        what=_what(change, names),
        before=ABSENT if change.old is None else before,
        after=GONE if change.new is None else after,
        why=_why(change, names),
        goal_number=names.goal_number(change),
        indicator=names.subject(change) if change.object_type == "indicator" else None,
    )


_ABOUT = {
    "indicator_values": "{whose}: {subject}, {when}{sex}",
    "activity_values": "{whose}: {subject}, {when}",
    "value_versions": "{whose}: {subject}, {when}{sex}",
    "division_values": "{whose}: {subject}, {year}{sex}, {division}",
    "city_values": "{whose}: {subject}, {year}{sex}",
    "city_changes": "{whose}: {subject}, förändringen {years}{sex}, de som rapporterat båda åren",
    "expected_reports": "{whose}: rapport om {subject}, {when}",
    "received_submissions": "{whose}: rapport för {when}",
    "yearly_targets": "{whose}: årsmålet för {subject}, {year}",
    "targets": "{table}: {subject}, {year}, {whose}",
    "assessments": "{whose}: bedömning av {subject}, {when}",
    "responsibilities": "Ansvar för {subject}: {group}, {role}",
    "divisions": "Stadens {division}",
    "division_members": "{whose} i stadens {division}",
    "manifest": "{setting}",
    "gaps": "Lucka i ansvaret: {title}{proposed}",
    "gap_evidence": "Underlag till en lucka i ansvaret{proposed}",
    "earlier_gaps": "Lucka i ansvaret {year}: {title}{proposed}",
    "earlier_gap_evidence": "Underlag till en lucka i ansvaret {year}{proposed}",
    "gap_rules": "Regel för luckor i ansvaret, {rule}",
}
"""Templates for the object of a change, by table; a table that is absent is of the catalogue."""


def mark_word(mark: Mark | None) -> str:
    """Return a mark with its symbol and word, or the words for no mark."""
    return "bedömdes inte alls" if mark is None else f"{mark.symbol} {mark.word}"


def _what(change: Change, names: Names) -> str:
    row = change.row
    whose = names.organisation(change.organisation_id)
    group = names.row("groups", row.get("group_id")).get("name", row.get("group_id"))
    return _ABOUT.get(change.table, "{table}: {identity}").format(
        whose=whose,
        subject=names.subject(change),
        year=change.year,
        when=when(row) if "period" in row else "",
        sex=_sex(row) if "sex" in row else "",
        division=_division(row["division"]) if "division" in row else "",
        years=f"{row['year_from']}{DASH}{row['year_to']}" if "year_from" in row else "",
        table=TABLES.get(change.table, ""),
        group=group or whose,
        role=words.ROLES.get(row.get("role", ""), ""),
        setting=_setting(change),
        title=row.get("title", ""),
        proposed=", om föreslaget ansvar beslutas" if row.get("duties") == "with_proposed" else "",
        rule=row.get("rule") or row.get("name"),
        identity=_identity(change, names) if change.table in TABLES else "",
    )


def _setting(change: Change) -> str:
    name = change.key[0]
    words = SETTINGS.get(name, f"uppgiften {name} i publiceringen")
    return f"{words[0].upper()}{words[1:]}"


_IDENTITY = {
    "successions": "{predecessor_id} till {successor_id}",
    "periods": "{period} {year}",
    "contacts": "{organisation_id}, {role}",
    "vocabulary": "”{raw}”",
    "context_values": "{measure}, {area} {year}",
    "activity_indicators": "”{activity_id}”, {indicator_id}",
    "observations": "{text}",
}
"""Templates for catalogue rows that have no name of their own."""


def _identity(change: Change, names: Names) -> str:
    """Return the name of a catalogue row."""
    row = dict(change.row)
    if change.table not in _IDENTITY:
        found = next((row[one] for one in ("short_name", "short_title", "name", "title") if row.get(one)), "")
        return str(found or change.key[0])
    for column in ("organisation_id", "predecessor_id", "successor_id"):
        if column in row:
            row[column] = names.organisation(row[column])
    for table, column, named in (("indicators", "indicator_id", "short_name"), ("activities", "activity_id", "title")):
        if column in row:
            row[column] = names.row(table, row[column]).get(named, row[column])
    if "period" in row:
        row["period"] = words.PERIODS[row["period"]]
    return _IDENTITY[change.table].format(**row)


def _figures(change: Change, row: Row, names: Names) -> str:
    indicator = names.row("indicators", row["indicator_id"])
    is_whole = change.old is None or change.new is None
    differing = set(change.columns)
    parts = []
    if is_whole or differing & {*FIGURE, "parts", "parts_reported", "rebuilt", "standing", "received_on"}:
        parts.append(_figure(row, indicator))
    if "organisations_reported" in row and (
        is_whole or differing & {"organisations_reported", "organisations_expected"}
    ):
        parts.append(numbers.of(row["organisations_reported"], row["organisations_expected"], "nämnder"))
    if row.get("missing_reason") != HIDDEN:
        if row.get("forecast") is not None and (is_whole or "forecast" in differing):
            parts.append(f"prognos {_number(row['forecast'], indicator)}")
        if row.get("comment") and (is_whole or "comment" in differing):
            parts.append(f"kommentar ”{row['comment']}”")
    if not is_whole and "origin" in differing:
        parts.append(f"ursprung {words.ORIGINS[row['origin']]}")
    return "; ".join(parts) or "utan prognos och kommentar"


def _figure(row: Row, indicator: Row) -> str:
    """Return the figure, counts first; two dots where hidden; else the reason it is missing."""
    if row.get("missing_reason") == HIDDEN:
        return HIDDEN
    if row.get("rebuilt") == "not_rebuildable":
        return "kan inte räknas om"
    if row.get("rebuilt") == "incomplete":
        return f"{numbers.of(row['parts_reported'], row['parts'])} delar har rapporterat"
    counts = _counts(row.get("numerator"), row.get("denominator"), indicator)
    value = row.get("value")
    if value is None:
        return counts or words.missing(row.get("missing_reason")).lower()
    said = _number(value, indicator)
    return f"{counts}, {said}" if counts and indicator.get("measure") != "count" else said


def _counts(numerator: int | None, denominator: int | None, indicator: Row) -> str:
    if numerator is None or denominator is None:
        return ""
    noun = (
        ""
        if indicator.get("measure") == "rate"
        else words.counted_noun(indicator.get("unit", ""), indicator.get("counts", ""))
    )
    return numbers.of(numerator, denominator, noun)


def _number(value: float, indicator: Row) -> str:
    return numbers.figure(value, indicator.get("measure", "index"), unit=indicator.get("unit", ""))


def _ends(_change: Change, row: Row, names: Names) -> str:
    """Return the two sums of a change, each with its year."""
    indicator = names.row("indicators", row["indicator_id"])
    if row["missing_reason"] not in (None, HIDDEN):
        return words.missing(row["missing_reason"]).lower()
    ends = []
    for end in ("from", "to"):
        numerator, denominator = row[f"numerator_{end}"], row[f"denominator_{end}"]
        said = _counts(numerator, denominator, indicator)
        shown = HIDDEN if numerator is None else said or numbers.number(numerator)
        ends.append(f"{shown} ({row[f'year_{end}']})")
    who = numbers.of(row["organisations_both"], row["organisations_expected_both"], "nämnder")
    return f"{' till '.join(ends)}; {who}"


def _gap(change: Change, row: Row, _names: Names) -> str:
    """Return a gap's differing words; for equal words, that it rests on other rows."""
    if change.old is None or change.new is None:
        return "finns"
    differing = [one for one in ("title", "action", "told") if one in change.columns]
    if differing:
        return f"”{row[differing[0]]}”"
    return "det tidigare underlaget" if row is change.old else "ett annat underlag"


def _activity(change: Change, row: Row, _names: Names) -> str:
    said = words.STATUSES[row["status"]].lower() if row["status"] else words.missing(row["missing_reason"]).lower()
    is_commented = row["comment"] and (change.old is None or change.new is None or "comment" in change.columns)
    return f"{said}; kommentar ”{row['comment']}”" if is_commented else said


def _expected(_change: Change, row: Row, _names: Names) -> str:
    state = "mottagen" if row["received"] else "försenad" if row["late"] else "inte mottagen"
    return f"{state}, sista dag {numbers.date_sv(row['due'])}"


def _received(_change: Change, row: Row, _names: Names) -> str:
    if row["withdrawn"]:
        return "återtagen"
    rows = row["rows"] or 0
    came = arrival_day.words(row["received_on"], row.get("loaded_on"))
    return f"mottagen {came}, {numbers.number(rows)} {'rad' if rows == 1 else 'rader'}"


def _target(change: Change, row: Row, names: Names) -> str:
    if row["value"] is None:
        return "inget årsmål"
    said = f"{_number(row['value'], names.row('indicators', row['indicator_id']))}, {words.SET_BY[row['set_by']]}"
    return said if "origin" not in change.columns else f"{said}, {words.ORIGINS[row['origin']]}"


def _judgement(_change: Change, row: Row, _names: Names) -> str:
    said = f"uppfylls {words.FULFILLED[row['fulfilled']]}"
    return f"{said}, ”{row['text']}”" if row["text"] else said


def _districts(_change: Change, row: Row, _names: Names) -> str:
    said = f"{numbers.number(row['districts'])} {words.counted('stadsdelar', row['districts'])}"
    return f"{said}, dagens" if row["is_today"] else said


def _member(_change: Change, _row: Row, _names: Names) -> str:
    return "ingår"


def _rule(_change: Change, row: Row, _names: Names) -> str:
    return str(row["broken"] or row["silent_because"] or f"{numbers.number(row['found'])} funna")


def _told_setting(_change: Change, row: Row, _names: Names) -> str:
    return "finns" if "name" in row else str(next(iter(row.values())))


def _cells(change: Change, row: Row, _names: Names) -> str:
    """Return the differing columns of a row in both editions; else "finns"."""
    if change.old is None or change.new is None:
        return "finns"
    return "; ".join(f"{COLUMNS.get(one, one)} {_cell(one, row[one])}" for one in change.columns)


def _cell(column: str, value: Any) -> str:
    if value is None:
        return "saknas"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return numbers.date_sv(value)
    if isinstance(value, int | float):
        return str(value) if column in YEARS else numbers.decimal(value, 0 if value == int(value) else 2)
    codes: Mapping[str, str] = CODES.get(column, {})
    return codes.get(value, f"”{value}”")


_SAYS: Mapping[str, Callable[[Change, Row, Names], str]] = {
    "indicator_values": _figures,
    "division_values": _figures,
    "city_values": _figures,
    "value_versions": _figures,
    "city_changes": _ends,
    "activity_values": _activity,
    "expected_reports": _expected,
    "received_submissions": _received,
    "yearly_targets": _target,
    "targets": _target,
    "assessments": _judgement,
    "divisions": _districts,
    "division_members": _member,
    "gaps": _gap,
    "gap_evidence": _gap,
    "earlier_gaps": _gap,
    "earlier_gap_evidence": _gap,
    "gap_rules": _rule,
    "manifest": _told_setting,
}
"""Wordings of a row, by table; a catalogue row has its differing columns."""


DERIVED = frozenset(_SAYS)
"""Tables with wordings of their own; the causes of each stand in samlad/warehouse/changes/causes.py."""


def _said(change: Change, row: Row | None, names: Names) -> str:
    """Return an edition's wording of a change; "" when the edition lacks the row."""
    return "" if row is None else _SAYS.get(change.table, _cells)(change, row, names)


def _why(change: Change, names: Names) -> str:
    """Return the words of a cause and its names."""
    said = KINDS_SHORT[change.kind]
    match change.kind:
        case Kind.NEW_REPORT | Kind.CORRECTED_REPORT | Kind.WITHDRAWN_REPORT:
            if change.table == "received_submissions":
                return said
            named = [names.report(name) for name in change.names[:_MOST_NAMED]]
            more = len(change.names) - len(named)
            return f"{said}: {'; '.join([*named, *([f'{more} till'] if more > 0 else [])])}" if named else said
        case Kind.TIME | Kind.EARLIER_DAY:
            days = [numbers.date_sv(date.fromisoformat(name)) for name in change.names]
            return f"{said}: {' '.join(days)}" if days else said
        case Kind.METHOD:
            return f"{said}: {', '.join(SETTINGS[name] for name in change.names)}"
        case Kind.CATALOGUE | Kind.DUTY:
            return f"{said}: filen {', '.join(change.names)}"
        case _:
            return said


def _sex(row: Row) -> str:
    return "" if row["sex"] == "total" else f", {words.SEXES[row['sex']].lower()}"


def _division(division: str) -> str:
    if division == schema.AS_REPORTED:
        return "som rapporterat"
    return f"indelning från {numbers.date_sv(date.fromisoformat(division))}"
