"""Receipts: the proof that a report has been received. A submission without a receipt does not exist.

A receipt holds no values. Writing it stands in submission_writer.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samlad.foundation import arrival_day, clock
from samlad.foundation.findings import Finding


@dataclass(frozen=True)
class Receipt:
    """A receipt: organisation, period, submitter, moment, and the hashes that show the files are unchanged.

    `files` gives the SHA-256 of each file in the submission. `form` is the random token of the form that it was sent
    from, if any: the same form sent twice is one submission. `received_at` is the moment the receipt was written, in
    Stockholm's time; `told_on` the day the report came, when it is loaded later than that. Lateness and as-of follow
    `received_on`.
    """

    submission_id: str
    sequence: int
    organisation_id: str
    year: int
    period: str
    by: str
    received_at: datetime
    rows: dict[str, int]
    files: dict[str, str]
    origin: str
    original_name: str | None
    warnings: tuple[dict[str, Any], ...]
    accepted_because: str | None
    form: str | None = None
    told_on: date | None = None

    @property
    def received_on(self) -> date:
        """Return the day that counts: the stated one, else that of the moment."""
        return self.told_on or clock.day(self.received_at)

    @property
    def came(self) -> str:
        """Return the day of receipt in Swedish, with the real day beside a stated one."""
        if self.told_on is not None:
            return arrival_day.words(self.told_on, clock.day(self.received_at))
        return clock.words(self.received_at)

    def as_json(self) -> dict[str, Any]:
        """Return the receipt as JSON values, as it is stored and printed."""
        return {
            **vars(self),
            "received_at": clock.stored(self.received_at),
            "told_on": self.told_on.isoformat() if self.told_on else None,
            "warnings": [*self.warnings],
        }


def from_json(stored: dict[str, Any]) -> Receipt:
    """Return the receipt that `as_json` wrote."""
    read = {
        "received_at": clock.read(stored["received_at"]),
        "told_on": date.fromisoformat(stored["told_on"]) if stored.get("told_on") else None,
        "warnings": tuple(stored["warnings"]),
    }
    return Receipt(**{**stored, **read})


def remembered(warning: Finding) -> dict[str, Any]:
    """Return the rule and place of a warning, never its value."""
    return {"rule": warning.rule, "sheet": warning.sheet, "row": warning.row, "column": warning.column}
