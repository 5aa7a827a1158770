"""Names in two editions: organisations, indicators, activities, goals, reports.

Words of columns and codes belong in `change_words`.
"""

from samlad.foundation import arrival_day, schema
from samlad.swedish import words
from samlad.warehouse.changes.change_list import Change
from samlad.warehouse.changes.changed_marks import MarkChange
from samlad.warehouse.changes.differences import Row
from samlad.warehouse.editions import Snapshot


class Names:
    """Names of objects in two editions, the newer edition's names first."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self._held: dict[str, dict[str, Row]] = {}
        for name in (
            "goals",
            "indicators",
            "activities",
            "organisations",
            "groups",
            "received_submissions",
            "context_measures",
        ):
            key = schema.TABLES[name].key[0]
            self._held[name] = {row[key]: row for edition in (old, new) for row in edition.table(name).to_pylist()}

    def row(self, table: str, identity: str | None) -> Row:
        """Return a catalogue row or receipt by its identity; empty when both editions lack it."""
        return self._held[table].get(identity or "", {})

    def organisation(self, identity: str | None) -> str:
        """Return the short name of an organisation; WHOLE_CITY for the city and None."""
        if identity in (None, schema.CITY):
            return words.WHOLE_CITY
        return str(self.row("organisations", identity).get("short_name", identity))

    def subject(self, change: Change) -> str:
        """Return the name of the object of a change; "" without an object."""
        match change.object_type:
            case "indicator":
                return str(self.row("indicators", change.object_id).get("short_name", change.object_id))
            case "activity":
                return f"”{self.row('activities', change.object_id).get('title', change.object_id)}”"
            case "goal":
                goal = self.row("goals", change.object_id)
                return f"mål {goal['number']} {goal['short_title']}" if goal else str(change.object_id)
            case "organisation":
                return self.organisation(change.object_id)
            case _:
                return ""

    def goal_number(self, change: Change) -> int | None:
        """Return the goal number of a change; None when it belongs to no goal."""
        tables = {"indicator": "indicators", "activity": "activities", "goal": "goals"}
        table = tables.get(change.object_type or "")
        goal_id = self.row(table, change.object_id).get("goal_id") if table else None
        found = self.row("goals", goal_id).get("number")
        return None if found is None else int(found)

    def mark(self, mark: MarkChange) -> str:
        """Return the organisation, indicator and year of a changed mark."""
        indicator = self.row("indicators", mark.indicator_id).get("short_name", mark.indicator_id)
        return f"{self.organisation(mark.organisation_id)}: {indicator}, {mark.year}"

    def report(self, submission_id: str) -> str:
        """Return the words for a report: its organisation, period and day of receipt."""
        receipt = self.row("received_submissions", submission_id)
        if not receipt:
            return "en rapport"
        whose = self.organisation(receipt["organisation_id"])
        came = arrival_day.words(receipt["received_on"], receipt.get("loaded_on"))
        return f"{whose}, {when(receipt)}, mottagen {came}"


def when(row: Row) -> str:
    """Return the period and year of a row in words."""
    return f"{words.PERIODS[row['period']]} {row['year']}"
