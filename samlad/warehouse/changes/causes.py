"""Causes of rows that differ between two editions: one cause for each, traced through the rows that feed it.

An edition follows from four things: reports, catalogue, the as-of date, and how Samlad counts and protects. A row that
differs is traced to the rows that feed it. Where several causes meet, the first of Kind stands. When reports, catalogue
and date are the same, only the method or the protection can have changed: the remaining cause is no guess. Comparing
rows belongs in `differences`, words in `change_sentences`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from samlad.foundation import schema
from samlad.warehouse.changes.cause_kinds import (
    CALCULATION,
    METHODS_VERSION,
    PROTECTION,
    THRESHOLD,
    Cause,
    Kind,
    file_of,
)
from samlad.warehouse.changes.differences import FIGURE, HIDDEN, Compared, Pair, Row
from samlad.warehouse.changes.touched_rows import Touched

_MEASURED = ("measure", "counts", "per", "base_year", "break_year", "part_of")
"""Columns of an indicator that decide how its figures are counted."""


class Causes:
    """The causes of the differences between two editions."""

    def __init__(self, compared: Compared) -> None:
        self._compared = compared
        self._old_receipts, self._new_receipts = (_by_id(rows) for rows in compared.rows("received_submissions"))
        self._as_of_old, self._as_of_new = (one.looks_from for one in (compared.old, compared.new))
        self._indicators = {pair.key[0]: pair for pair in compared.differing("indicators")}
        self._fed: dict[str, list[tuple[Pair, Cause]]] | None = None
        self._asked: dict[str, list[tuple[Pair, Cause]]] | None = None

    def of(self, table: str, pair: Pair, column: str) -> Cause:
        """Return the cause of a differing column; with no column, of a row in one edition only."""
        found: Cause
        match table:
            case "responsibilities" | "groups":
                found = Cause(Kind.DUTY, (file_of(table),))
            case "assessments":
                found = self._judged(pair)
            case "received_submissions":
                found = self._received(pair)
            case "divisions" | "division_members":
                found = self._divided()
            case "indicator_values" | "activity_values":
                found = self._reported(table, pair, column)
            case "value_versions":
                found = self._versioned(pair)
            case "expected_reports":
                found = self._expected(pair, column)
            case "yearly_targets":
                found = self._aimed(pair)
            case "division_values" | "city_values" | "city_changes":
                found = self._derived(table, pair)
            case "gaps" | "earlier_gaps":
                found = self._touched.gap(pair)
            case "gap_evidence" | "earlier_gap_evidence" | "gap_rules":
                found = self._gaps(table, pair)
            case _:
                found = Cause(Kind.CATALOGUE, (file_of(table),))
        return found

    @cached_property
    def _touched(self) -> Touched:
        return Touched(self._compared, self.of)

    def _gaps(self, table: str, pair: Pair) -> Cause:
        """Return the cause of differing gap evidence or rule results: that of its gaps, else of any change."""
        rule = pair.any["rule"] if table == "gap_rules" else None
        gaps = "earlier_gaps" if table == "earlier_gap_evidence" else "gaps"
        found = [
            self._touched.gap(one)
            for one in self._compared.differing(gaps)
            if (one.any["rule"] == rule if rule else one.key == pair.key[:-1])
        ]
        return first(found) or self._touched.anything()

    def _stands(self, receipts: dict[str, Row], submission_id: str | None) -> bool:
        return submission_id in receipts and not receipts[submission_id]["withdrawn"]

    def _is_fresh(self, submission_id: str | None) -> bool:
        is_now = self._stands(self._new_receipts, submission_id)
        return is_now and not self._stands(self._old_receipts, submission_id)

    def _is_gone(self, submission_id: str | None) -> bool:
        is_now = self._stands(self._new_receipts, submission_id)
        return not is_now and self._stands(self._old_receipts, submission_id)

    def _came(self, submission_id: str, before: Row | None) -> Cause:
        """Return the cause of a newly valid submission: receipt, or an as-of moved back before its withdrawal."""
        if submission_id in self._old_receipts:
            return self._time()
        was_received = before is not None and before["missing_reason"] != "-"
        return Cause(Kind.CORRECTED_REPORT if was_received else Kind.NEW_REPORT, (submission_id,))

    def _went(self, submission_id: str) -> Cause:
        """Return the cause of a submission no longer valid: withdrawal, or an as-of before its receipt."""
        came = self._old_receipts[submission_id]["received_on"]
        if submission_id not in self._new_receipts and self._as_of_new is not None and came > self._as_of_new:
            return self._time()
        return Cause(Kind.WITHDRAWN_REPORT, (submission_id,))

    def _time(self, day: date | None = None) -> Cause:
        """Return the cause for another as-of: later, named by the due day that has passed, or earlier."""
        if self._compared.new.is_earlier_than(self._compared.old):
            return Cause(Kind.EARLIER_DAY, (str(self._as_of_new),))
        told = day or self._as_of_new
        return Cause(Kind.TIME, (told.isoformat(),) if told else ())

    def _received(self, pair: Pair) -> Cause:
        submission_id = pair.key[0]
        if pair.new is None:
            return self._went(submission_id)
        if pair.new["withdrawn"]:
            return Cause(Kind.WITHDRAWN_REPORT, (submission_id,))
        if pair.old is not None:
            return self._time()
        where = [pair.new[one] for one in ("organisation_id", "year", "period")]
        had = any(
            not row["withdrawn"] and [row[one] for one in ("organisation_id", "year", "period")] == where
            for row in self._old_receipts.values()
        )
        return Cause(Kind.CORRECTED_REPORT if had else Kind.NEW_REPORT, (submission_id,))

    def _judged(self, pair: Pair) -> Cause:
        is_later = pair.old is not None and self._as_of_new is not None and pair.old["at"] > self._as_of_new
        return self._time() if is_later else Cause(Kind.JUDGEMENT, (pair.any["at"].isoformat(),))

    def _divided(self) -> Cause:
        for name in ("organisations", "periods"):
            if self._compared.differing(name):
                return Cause(Kind.CATALOGUE, (file_of(name),))
        return self._time()

    def _reported(self, table: str, pair: Pair, column: str) -> Cause:
        if column == "origin":
            return self._objects(table)
        if pair.any.get("sex") == "other":
            found = [self._by_report(one) for one in self._siblings(pair)]
            return first(cause for cause in found if cause) or self._same_report(table, pair)
        return self._by_report(pair) or self._same_report(table, pair)

    def _by_report(self, pair: Pair) -> Cause | None:
        """Return the cause from the report of a figure or status; None when both editions rest on the same report."""
        old, new = ((row or {}).get("submission_id") for row in (pair.old, pair.new))
        if self._is_fresh(new):
            return self._came(str(new), pair.old)
        return self._went(str(old)) if self._is_gone(old) else None

    def _siblings(self, pair: Pair) -> list[Pair]:
        """Return the differing rows of the whole and the parts that a remainder is computed from."""
        held = self._compared.differing_at("indicator_values", pair.key[:-1])
        return [one for one in held if one.key != pair.key]

    def _same_report(self, table: str, pair: Pair) -> Cause:
        """Return the cause of another row from the same report: its indicator or activity, or method."""
        if table == "activity_values":
            return self._objects(table)
        return self._measured(pair) or self._method(pair)

    def _objects(self, table: str) -> Cause:
        return Cause(Kind.CATALOGUE, (file_of("activities" if table == "activity_values" else "indicators"),))

    def _measured(self, pair: Pair) -> Cause | None:
        """Return CATALOGUE if the indicator differs in a column that decides its counting; else None."""
        indicator = self._indicators.get(pair.any["indicator_id"])
        is_changed = indicator is not None and indicator.differs(*_MEASURED)
        return Cause(Kind.CATALOGUE, (file_of("indicators"),)) if is_changed else None

    def _method(self, pair: Pair) -> Cause:
        old, new = (one.manifest for one in (self._compared.old, self._compared.new))
        is_hidden = [row is not None and row.get("missing_reason") == HIDDEN for row in (pair.old, pair.new)]
        if any(is_hidden):
            return Cause(Kind.METHOD, (THRESHOLD if old["threshold"] != new["threshold"] else PROTECTION,))
        is_other = old["methods_version"] != new["methods_version"]
        return Cause(Kind.METHOD, (METHODS_VERSION if is_other else CALCULATION,))

    def _versioned(self, pair: Pair) -> Cause:
        """Return the cause of a differing figure version: the report of the figure, else how it is counted."""
        place = pair.key[:-1]
        found = [self._by_report(one) for one in self._compared.differing_at("indicator_values", place)]
        cause = first(cause for cause in found if cause)
        if cause:
            return cause
        for one in self._compared.differing_at("value_versions", place):
            if self._is_gone(one.any["submission_id"]):
                return self._went(one.any["submission_id"])
        return self._measured(pair) or self._method(pair)

    def _expected(self, pair: Pair, column: str) -> Cause:
        old, new = pair.old, pair.new
        if old is None or new is None:
            return self._asked_for(pair)
        if column == "origin":
            return self._duty(pair) or Cause(Kind.CATALOGUE, (file_of(_table_of(pair)),))
        if column == "due" or (column == "late" and old["received"] == new["received"] and old["due"] != new["due"]):
            return Cause(Kind.CATALOGUE, (file_of("periods"),))
        if column == "late" and old["received"] == new["received"]:
            return self._time(new["due"])
        name = "indicator_values" if new["object_type"] == "indicator" else "activity_values"
        found = [self._by_report(one) for one in self._compared.differing_at(name, pair.key[1:5])]
        return first(cause for cause in found if cause) or Cause(Kind.METHOD, (CALCULATION,))

    def _asked_for(self, pair: Pair) -> Cause:
        """Return the cause of a report expected in one edition only."""
        if (self._compared.old.reports_until is None) != (self._compared.new.reports_until is None):
            fresh = tuple(sorted(one for one in self._new_receipts if self._is_fresh(one)))
            return Cause(Kind.NEW_REPORT, fresh[:1]) if fresh else self._time()
        row = pair.any
        for one in self._compared.differing_at(_table_of(pair), (row["object_id"],)):
            if one.differs(*_span(one)):
                return Cause(Kind.CATALOGUE, (file_of(_table_of(pair)),))
        duty = self._duty(pair)
        if duty:
            return duty
        for name in ("organisations", "periods"):
            if self._compared.differing(name):
                return Cause(Kind.CATALOGUE, (file_of(name),))
        return Cause(Kind.METHOD, (CALCULATION,))

    def _duty(self, pair: Pair) -> Cause | None:
        row = pair.any
        for one in self._compared.differing("responsibilities"):
            if (one.any["object_type"], one.any["object_id"]) == (row["object_type"], row["object_id"]):
                return Cause(Kind.DUTY, (file_of("responsibilities"),))
        return Cause(Kind.DUTY, (file_of("groups"),)) if self._compared.differing("groups") else None

    def _aimed(self, pair: Pair) -> Cause:
        """Return the cause of another årsmål: årsmål, indicator, organisation, duty, report or date."""
        row = pair.any
        whose = (row["organisation_id"], schema.CITY)
        for one in self._compared.differing("targets"):
            target = one.any
            is_same = (target["indicator_id"], target["year"]) == (row["indicator_id"], row["year"])
            if is_same and target["organisation_id"] in whose:
                return Cause(Kind.CATALOGUE, (file_of("targets"),))
        if row["indicator_id"] in self._indicators:
            return Cause(Kind.CATALOGUE, (file_of("indicators"),))
        if row["organisation_id"] in {one.key[0] for one in self._compared.differing("organisations")}:
            return Cause(Kind.CATALOGUE, (file_of("organisations"),))
        asked = {"object_type": "indicator", "object_id": row["indicator_id"]}
        duty = self._duty(Pair((), asked, asked))
        if duty:
            return duty
        came = [
            self._by_report(one)
            for one in self._compared.differing_at("indicator_values", pair.key[:2])
            if one.old is None or one.new is None
        ]
        return first(cause for cause in came if cause) or self._time()

    def _derived(self, table: str, pair: Pair) -> Cause:
        """Return the cause of a differing sum: indicator, figures, expected reports, division, protection."""
        measured = self._measured(pair)
        if measured:
            return measured
        row = pair.any
        is_all = table != "division_values"
        years = {row[one] for one in ("year", "year_from", "year_to") if one in row}

        def is_kin(one: Pair) -> bool:
            family = self._compared.family
            return family(one.any["organisation_id"]) == family(row["organisation_id"])

        feeding = [(one, cause) for one, cause in self._feeders().get(row["indicator_id"], []) if is_all or is_kin(one)]
        asking = [
            cause
            for one, cause in self._expectations().get(row["indicator_id"], [])
            if one.any["year"] in years and (is_all or is_kin(one))
        ]
        near = [(one, cause) for one, cause in feeding if one.any["year"] in years]
        own = [cause for one, cause in near if not is_all and one.any["organisation_id"] == row["organisation_id"]]
        tiers = (
            own,
            [cause for one, cause in near if one.any["sex"] == row["sex"]],
            [cause for _, cause in near],
            asking,
            self._moved_districts(table),
            [cause for _, cause in feeding] if table == "city_changes" else [],
        )
        return next((found for found in map(first, tiers) if found), None) or self._method(pair)

    def _moved_districts(self, table: str) -> list[Cause]:
        names = ("successions", "organisations", "divisions", "division_members")
        moved = [name for name in names if self._compared.differing(name)]
        if not moved:
            return []
        return [self._divided() if moved[0].startswith("division") else Cause(Kind.CATALOGUE, (file_of(moved[0]),))]

    def _feeders(self) -> dict[str, list[tuple[Pair, Cause]]]:
        """Return each indicator's changed whole-year figures with causes; a hidden figure's report has no name."""
        if self._fed is None:
            self._fed = defaultdict(list)
            for pair in self._compared.differing("indicator_values"):
                if pair.any["period"] == "VB" and _has_moved(pair):
                    cause = self._reported("indicator_values", pair, "value")
                    told = Cause(cause.kind) if pair.is_hidden() else cause
                    self._fed[pair.any["indicator_id"]].append((pair, told))
        return self._fed

    def _expectations(self) -> dict[str, list[tuple[Pair, Cause]]]:
        """Return each indicator's whole-year reports expected or received in one edition only, with causes."""
        if self._asked is None:
            self._asked = defaultdict(list)
            for pair in self._compared.differing("expected_reports"):
                row = pair.any
                if row["object_type"] == "indicator" and row["period"] == "VB" and pair.differs("received"):
                    self._asked[row["object_id"]].append((pair, self._expected(pair, "received")))
        return self._asked


def first(causes: Iterable[Cause]) -> Cause | None:
    """Return the first cause by Kind, with all its names; None without causes."""
    held = list(causes)
    if not held:
        return None
    kind = min((cause.kind for cause in held), key=list(Kind).index)
    return Cause(kind, tuple(sorted({name for cause in held if cause.kind is kind for name in cause.names})))


def _has_moved(pair: Pair) -> bool:
    """Return True if a figure differs in published columns, or is hidden and of another report."""
    is_hidden = any(row is not None and row["missing_reason"] == HIDDEN for row in (pair.old, pair.new))
    return pair.differs(*FIGURE) or (is_hidden and pair.differs("submission_id"))


def _span(pair: Pair) -> list[str]:
    return [one for one in ("periods", "valid_from", "valid_to") if one in pair.any]


def _table_of(pair: Pair) -> str:
    return "indicators" if pair.any["object_type"] == "indicator" else "activities"


def _by_id(rows: dict[tuple[Any, ...], Row]) -> dict[str, Row]:
    return {key[0]: row for key, row in rows.items()}
