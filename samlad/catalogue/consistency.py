"""Consistency of a catalogue: one rule a function, each over the rows of every table.

Reading the files, with faults of single cells, stands in programme.py.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from samlad.foundation import personal_data, schema
from samlad.foundation.schema import ColumnSchema, TableSchema

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

REFERENCES: Mapping[str, Mapping[str, str]] = {
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
"""References: column and table, and the table that the column names a row of."""

OBJECTS = {
    "indicator": "indicators",
    "activity": "activities",
    "goal": "goals",
    "organisation": "organisations",
    "programme": "programmes",
}
"""Table of each object_type."""

UNIQUE_NAMES = {"goals": "short_title", "indicators": "short_name", "organisations": "short_name"}
"""Names in lists and links, which must be unique."""

ORGANISATION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""Pattern of an organisation's id, which also names a folder and stands in addresses."""

SPANS = (("valid_from", "valid_to"), ("starts_on", "ends_on"))
CIRCLES = ("part_of", "replaced_by")

MEANINGS: Mapping[str, Sequence[str]] = {
    "column": (),
    "status": schema.STATUSES,
    "yes_no": ("0", "1"),
    "missing": schema.MISSING,
    "sex": schema.SEXES[:3],
    "period": schema.PERIODS,
}
"""Fields of the vocabulary, and the allowed meanings in each; a column heading may mean anything."""


class Fault(NamedTuple):
    """A fault of one cell: its row counts from 0 in its table; message and action are Swedish."""

    rule: str
    table: str
    row: int
    column: str
    value: Any
    message: str
    action: str
    severity: str = "error"


def faults(rows: Rows, bases: Mapping[str, float]) -> list[Fault]:
    """Return every fault of a catalogue given as rows by table; `bases` is the city's base value by indicator."""
    return [
        *_duplicate_keys(rows),
        *_duplicate_names(rows),
        *_identities(rows),
        *_values(rows),
        *_references(rows),
        *_objects(rows),
        *_spans(rows),
        *_outliving(rows),
        *_personal(rows),
        *_periods(rows),
        *_duty_holders(rows),
        *_group_members(rows),
        *_successions(rows),
        *_circles(rows),
        *_vocabulary(rows),
        *_targets(rows, bases),
    ]


def _duplicate_keys(rows: Rows) -> Iterator[Fault]:
    action = "Ta bort den ena raden eller ge den en egen nyckel."
    for table in schema.CATALOGUE:
        seen: set[tuple[Any, ...]] = set()
        for number, row in enumerate(rows[table.name]):
            key = tuple(row[name] for name in table.key)
            if key in seen:
                key_text = " ".join(str(part) for part in key if part is not None)
                yield Fault("duplicate_key", table.name, number, table.key[0], key_text, "Nyckeln finns redan.", action)
            seen.add(key)


def _duplicate_names(rows: Rows) -> Iterator[Fault]:
    message, action = "Namnet används redan av en annan rad.", "Ge raden ett namn som går att skilja från de andra."
    for table, column in UNIQUE_NAMES.items():
        seen: set[str] = set()
        for number, row in enumerate(rows[table]):
            name = (row[column] or "").casefold()
            if name and name in seen:
                yield Fault("duplicate_name", table, number, column, row[column], message, action)
            seen.add(name)


def _identities(rows: Rows) -> Iterator[Fault]:
    action = "Använd bokstäverna A–Z, siffror, bindestreck och understreck."
    for number, row in enumerate(rows["organisations"]):
        name = row["organisation_id"]
        if name == schema.CITY:
            message, instead = "Namnet är upptaget: det står för hela staden.", "Ge organisationen ett annat."
            yield Fault("organisation_id", "organisations", number, "organisation_id", name, message, instead)
        elif name and not ORGANISATION_ID.fullmatch(name):
            message = "Går inte att använda som mappnamn och i adresser."
            yield Fault("organisation_id", "organisations", number, "organisation_id", name, message, action)


def _values(rows: Rows) -> Iterator[Fault]:
    for table in schema.CATALOGUE:
        for number, row in enumerate(rows[table.name]):
            for column in table.columns:
                value = row[column.name]
                if value is None and column.required:
                    action = "Fyll i det; kolumnen får inte vara tom."
                    yield Fault("required", table.name, number, column.name, None, "Värdet saknas.", action)
                elif value is not None and (allowed := _allowed(table, column)):
                    words = str(value).split() if column.name in ("violence_types", "periods") else [str(value)]
                    if unknown := " ".join(word for word in words if word not in allowed):
                        action = f"Välj bland {', '.join(allowed)}."
                        yield Fault(
                            "unknown_value", table.name, number, column.name, unknown, "Värdet är okänt.", action
                        )
    for number, row in enumerate(rows["indicators"]):
        if row["measure"] == "rate" and (row["per"] or 0) <= 0:
            message, action = "Ett tal per invånare måste säga per hur många.", "Fyll i per, till exempel 1000."
            yield Fault("rate_without_per", "indicators", number, "per", None, message, action)


def _allowed(table: TableSchema, column: ColumnSchema) -> tuple[str, ...]:
    return schema.PERIODS if (table.name, column.name) == ("indicators", "periods") else column.values


def _known(rows: Rows) -> dict[str, set[str]]:
    return {name: {row[schema.TABLES[name].key[0]] for row in of_table} for name, of_table in rows.items()}


def _references(rows: Rows) -> Iterator[Fault]:
    known = _known(rows)
    for table, columns in REFERENCES.items():
        for column, target in columns.items():
            allowed = known[target] | ({schema.CITY} if (table, column) == ("targets", "organisation_id") else set())
            guesses: dict[str, str] = {}
            for number, row in enumerate(rows[table]):
                value = row[column]
                if value is None or value in allowed:
                    continue
                if value not in guesses:
                    guesses[value] = _guess(value, allowed)
                message = f"Finns inte i {target}.csv."
                yield Fault("unknown_reference", table, number, column, value, message, guesses[value])


def _guess(value: str, known: Iterable[str | None]) -> str:
    near = difflib.get_close_matches(value, sorted(candidate for candidate in known if candidate), 1)
    return f"Menas {near[0]}?" if near else "Lägg till den där eller rätta här."


def _objects(rows: Rows) -> Iterator[Fault]:
    known = _known(rows)
    for table, rule in (("responsibilities", "duty_without_object"), ("observations", "observation_without_object")):
        speaks = "Ansvaret" if table == "responsibilities" else "Iakttagelsen"
        for number, row in enumerate(rows[table]):
            kind, value = row["object_type"], row["object_id"]
            target = OBJECTS.get(kind or "")
            if target and value and value not in known[target]:
                message = f"{speaks} gäller något som inte finns i {target}.csv."
                yield Fault(rule, table, number, "object_id", value, message, _guess(value, known[target]))
            elif kind and not target and table == "observations":
                action = f"Välj bland {', '.join(OBJECTS)}."
                yield Fault("unknown_value", table, number, "object_type", kind, "Värdet är okänt.", action)


def _spans(rows: Rows) -> Iterator[Fault]:
    for table in schema.CATALOGUE:
        for first, last in SPANS:
            if {first, last} <= set(table.names):
                for number, row in enumerate(rows[table.name]):
                    if row[first] and row[last] and row[first] > row[last]:
                        message = f"Slutar före sin början {row[first]}."
                        yield Fault(
                            "reversed_dates", table.name, number, last, row[last], message, "Rätta ett av datumen."
                        )


def _personal(rows: Rows) -> Iterator[Fault]:
    for table in schema.CATALOGUE:
        texts = [column.name for column in table.columns if column.type == schema.TEXT]
        for number, row in enumerate(rows[table.name]):
            for name in texts:
                for kind in personal_data.kinds(row[name]) if row[name] else ():
                    message = f"Här står {personal_data.FORBIDDEN[kind]}. Samlad tar inte emot personuppgifter."
                    action = "Ta bort det; skriv befattning, enhet eller en funktionsadress i stället."
                    yield Fault(kind, table.name, number, name, None, message, action)


def _outliving(rows: Rows) -> Iterator[Fault]:
    last_day = max((row["ends_on"] for row in rows["periods"] if row["ends_on"]), default=date.max)
    goals = {row["goal_id"]: row for row in rows["goals"]}
    for table, thing in (("indicators", "Indikatorn"), ("activities", "Aktiviteten")):
        for number, row in enumerate(rows[table]):
            goal = goals.get(row["goal_id"])
            ends = goal["valid_to"] if goal else None
            if ends and ends < last_day and (row["valid_to"] is None or row["valid_to"] > ends):
                message = f"{thing} gäller längre än sitt mål, som slutar {ends}."
                action = "Sätt samma slutdag, eller flytta den till ett mål som gäller."
                yield Fault("outlives_goal", table, number, "valid_to", row["valid_to"], message, action, "warning")


def _periods(rows: Rows) -> Iterator[Fault]:
    for number, row in enumerate(rows["periods"]):
        if row["due"] and row["ends_on"] and row["due"] < row["ends_on"]:
            message, action = "Ska rapporteras innan perioden är slut.", "Sätt en dag efter periodens sista dag."
            yield Fault("due_before_end", "periods", number, "due", row["due"], message, action)


def _duty_holders(rows: Rows) -> Iterator[Fault]:
    for number, row in enumerate(rows["responsibilities"]):
        who, group = row["organisation_id"], row["group_id"]
        if bool(who) == bool(group):
            message = "Ansvaret har både en organisation och en grupp." if who else "Ansvaret har ingen som bär det."
            action = "Fyll i antingen organisation_id eller group_id."
            yield Fault("duty_holder", "responsibilities", number, "organisation_id", who, message, action)


def _group_members(rows: Rows) -> Iterator[Fault]:
    names: dict[str, str] = {}
    for number, row in enumerate(rows["groups"]):
        kind, who, name = row["kind"], row["organisation_id"], row["name"]
        if bool(kind) == bool(who):
            message = "Raden har både ett slag och en organisation." if who else "Raden säger inte vem som hör till."
            action = "Fyll i antingen kind eller organisation_id."
            yield Fault("group_member", "groups", number, "kind", kind, message, action)
        first = names.setdefault(row["group_id"], name)
        if name and first and name != first:
            message = f"Samma grupp heter också ”{first}”."
            yield Fault("group_name", "groups", number, "name", name, message, "Ge gruppen ett och samma namn.")


def _successions(rows: Rows) -> Iterator[Fault]:
    organisations = {row["organisation_id"]: row for row in rows["organisations"]}
    action = "Rätta dagen här eller i organisations.csv."
    heirs: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows["successions"]):
        before, after = organisations.get(row["predecessor_id"]), organisations.get(row["successor_id"])
        day = row["date"]
        if not before or not after or not day:
            continue
        message = None
        if after["valid_from"] and after["valid_from"] > day:
            message = f"Efterträdaren finns först från {after['valid_from']}."
        elif after["valid_to"] and after["valid_to"] < day:
            message = f"Efterträdaren upphörde redan {after['valid_to']}."
        elif before["valid_to"] is None or before["valid_to"] >= day:
            ends = f"till {before['valid_to']}" if before["valid_to"] else "utan slutdag"
            message = f"Föregångaren finns kvar {ends} och skulle räknas två gånger."
        elif before["valid_to"] < _day_before(day):
            message = f"Föregångaren upphörde redan {before['valid_to']}."
        if message:
            yield Fault("succession_dates", "successions", number, "date", day, message, action)
        if _reaches(heirs, row["successor_id"], row["predecessor_id"]):
            message = "Efterträdaren är också en föregångare till sin egen föregångare."
            again, cut = row["successor_id"], "Ta bort en av raderna i ringen."
            yield Fault("succession_circle", "successions", number, "successor_id", again, message, cut)
        heirs[row["predecessor_id"]].add(row["successor_id"])


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _circles(rows: Rows) -> Iterator[Fault]:
    for column in CIRCLES:
        next_of: dict[str, set[str]] = defaultdict(set)
        for number, row in enumerate(rows["indicators"]):
            if row[column] and _reaches(next_of, row[column], row["indicator_id"]):
                message, action = "Indikatorn leder tillbaka till sig själv.", "Töm kolumnen på en av raderna i ringen."
                yield Fault("indicator_circle", "indicators", number, column, row[column], message, action)
            elif row[column]:
                next_of[row["indicator_id"]].add(row[column])


def _reaches(next_of: Mapping[str, set[str]], start: str, target: str) -> bool:
    waiting, seen = [start], set()
    while waiting:
        current = waiting.pop()
        if current == target:
            return True
        if current not in seen:
            seen.add(current)
            waiting += next_of.get(current, set())
    return False


def _vocabulary(rows: Rows) -> Iterator[Fault]:
    for number, row in enumerate(rows["vocabulary"]):
        field, raw, canonical = row["field"], row["raw"], row["canonical"]
        if field and field not in MEANINGS:
            action = f"Välj bland {', '.join(MEANINGS)}."
            yield Fault("unknown_value", "vocabulary", number, "field", field, "Värdet är okänt.", action)
        elif field and canonical and MEANINGS[field] and canonical not in MEANINGS[field]:
            action = f"Välj bland {', '.join(MEANINGS[field])}."
            yield Fault("unknown_meaning", "vocabulary", number, "canonical", canonical, "Betydelsen är okänd.", action)
        if raw and raw != raw.lower():
            message = "Ordet står inte med små bokstäver och skulle aldrig kännas igen."
            yield Fault("raw_word", "vocabulary", number, "raw", raw, message, f"Skriv {raw.lower()}.")


def _targets(rows: Rows, bases: Mapping[str, float]) -> Iterator[Fault]:
    indicators = {row["indicator_id"]: row for row in rows["indicators"]}
    for number, row in enumerate(rows["targets"]):
        indicator, value = indicators.get(row["indicator_id"]), row["value"]
        if not indicator or value is None:
            continue
        if indicator["measure"] in ("share", "yes_no") and not 0 <= value <= 1:
            message = "Ett årsmål för en andel ligger mellan 0 och 1."
            yield Fault("target_outside", "targets", number, "value", value, message, "Skriv 85 procent som 0.85.")
        base = bases.get(row["indicator_id"])
        if base is None or row["organisation_id"] != schema.CITY:
            continue
        if (indicator["direction"] == "increase" and value < base) or (
            indicator["direction"] == "decrease" and value > base
        ):
            message = f"Årsmålet ligger på fel sida om basårets värde {base:.4g}."
            action = "Kontrollera årsmålet och riktningen."
            yield Fault("target_wrong_side", "targets", number, "value", value, message, action, "warning")
