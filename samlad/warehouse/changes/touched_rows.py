"""Objects touched by changed duties, catalogue, reports or time, for tables that depend on all of them.

Tables with one source belong in `causes`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from samlad.warehouse.changes.cause_kinds import CALCULATION, Cause, Kind, file_of
from samlad.warehouse.changes.differences import Compared, Pair

Place = tuple[Any, ...]
"""Touched place: kind of object, identity, maybe an organisation; the empty tuple is everything."""

_MEANT_FIRST = (Kind.DUTY, Kind.CATALOGUE)
"""Kinds that come before a report: a gap in responsibility concerns duties before reports."""


class Touched:
    """Causes of differences by touched place, to find the cause of a new or closed gap."""

    def __init__(self, compared: Compared, of: Callable[[str, Pair, str], Cause]) -> None:
        self._held: dict[Place, list[Cause]] = defaultdict(list)
        self._catalogue(compared)
        for name, kind in (("indicator_values", "indicator"), ("activity_values", "activity")):
            for pair in compared.differing(name):
                cause = of(name, pair, "value")
                told = Cause(cause.kind) if pair.is_hidden() else cause
                self._touch(told, (kind, pair.key[0], pair.key[1]), (kind, pair.key[0]), ("organisation", pair.key[1]))
        for pair in compared.differing("expected_reports"):
            kind, one, organisation_id = pair.key[:3]
            column = next((name for name in ("received", "due", "late") if pair.differs(name)), "origin")
            cause = of("expected_reports", pair, column)
            self._touch(cause, (kind, one, organisation_id), (kind, one), ("organisation", organisation_id))
        if compared.new.looks_from not in (None, compared.old.looks_from):
            kind = Kind.EARLIER_DAY if compared.new.is_earlier_than(compared.old) else Kind.TIME
            self._touch(Cause(kind, (str(compared.new.looks_from),)), ())

    def _touch(self, cause: Cause, *places: Place) -> None:
        for place in {*places, ()}:
            self._held[place].append(cause)

    def _catalogue(self, compared: Compared) -> None:
        for pair in compared.differing("responsibilities"):
            row = pair.any
            whose = row["organisation_id"]
            place = (row["object_type"], row["object_id"])
            self._touch(
                Cause(Kind.DUTY, (file_of("responsibilities"),)), (*place, whose), place, ("organisation", whose)
            )
        for pair in compared.differing("groups"):
            self._touch(Cause(Kind.DUTY, (file_of("groups"),)), ("group", pair.key[0]))
        for name, kinds in (
            ("goals", ("goal",)),
            ("indicators", ("indicator", "goal")),
            ("activities", ("activity", "goal")),
            ("activity_indicators", ("activity", "indicator")),
            ("organisations", ("organisation",)),
            ("successions", ("predecessor", "successor")),
            ("periods", ()),
            ("vocabulary", ()),
        ):
            for pair in compared.differing(name):
                held = [("organisation" if "cessor" in kind else kind, pair.any[f"{kind}_id"]) for kind in kinds]
                self._touch(Cause(Kind.CATALOGUE, (file_of(name),)), *held)
        for pair in compared.differing("observations"):
            row = pair.any
            places = ((row["object_type"], row["object_id"]), ("organisation", row["organisation_id"]))
            self._touch(Cause(Kind.CATALOGUE, (file_of("observations"),)), *places)

    def gap(self, pair: Pair) -> Cause:
        """Return the cause of a gap that is new, closed, or on other evidence."""
        row = pair.any
        whose = row["organisations"].split()
        subject = (row["object_type"], row["object_id"])
        tiers: tuple[Iterable[Place], ...] = (
            [(*subject, one) for one in whose],
            [subject],
            [("organisation", one) for one in whose],
            [("goal", row["goal_id"])],
            [()],
        )
        return next((cause for cause in map(self._first, tiers) if cause), Cause(Kind.METHOD, (CALCULATION,)))

    def anything(self) -> Cause:
        """Return the first of all causes; METHOD without causes."""
        return self._first([()]) or Cause(Kind.METHOD, (CALCULATION,))

    def _first(self, places: Iterable[Place]) -> Cause | None:
        held = [cause for place in places for cause in self._held.get(place, ())]
        if not held:
            return None
        kinds = [cause.kind for cause in held]
        kind = next((one for one in _MEANT_FIRST if one in kinds), min(kinds, key=list(Kind).index))
        return Cause(kind, tuple(sorted({name for cause in held if cause.kind is kind for name in cause.names})))
