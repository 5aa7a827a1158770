"""What things are called in two editions: organisations, indicators, activities, goals, reports."""

from samlad.foundation import arrival_day, schema
from samlad.swedish import words
from samlad.warehouse.changes.change_list import Change
from samlad.warehouse.changes.changed_marks import MarkChange
from samlad.warehouse.changes.differences import Row
from samlad.warehouse.editions import Snapshot


class Names:
    """What things are called in two editions: the newer one's names first."""

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
        """A row of the catalogue or a receipt by its identity; empty when neither edition has it."""
        return self._held[table].get(identity or "", {})

    def organisation(self, identity: str | None) -> str:
        """An organisation's name in lists; the city's own words."""
        if identity in (None, schema.CITY):
            return words.WHOLE_CITY
        return str(self.row("organisations", identity).get("short_name", identity))

    def subject(self, change: Change) -> str:
        """What a change is about, in a few words."""
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
        """The number of the goal it belongs to; None when it belongs to none."""
        tables = {"indicator": "indicators", "activity": "activities", "goal": "goals"}
        table = tables.get(change.object_type or "")
        goal_id = self.row(table, change.object_id).get("goal_id") if table else None
        found = self.row("goals", goal_id).get("number")
        return None if found is None else int(found)

    def mark(self, mark: MarkChange) -> str:
        """What a mark stands at: whose, of what, which year."""
        indicator = self.row("indicators", mark.indicator_id).get("short_name", mark.indicator_id)
        return f"{self.organisation(mark.organisation_id)}: {indicator}, {mark.year}"

    def report(self, submission_id: str) -> str:
        """A report by whose it is, what it is for and when it came."""
        receipt = self.row("received_submissions", submission_id)
        if not receipt:
            return "en rapport"
        whose = self.organisation(receipt["organisation_id"])
        came = arrival_day.words(receipt["received_on"], receipt.get("loaded_on"))
        return f"{whose}, {when(receipt)}, mottagen {came}"


def when(row: Row) -> str:
    """A period and its year."""
    return f"{words.PERIODS[row['period']]} {row['year']}"
