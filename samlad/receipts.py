"""A receipt: the proof that a report has been received. It is written last; what has none does not exist."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samlad.findings import Finding


@dataclass(frozen=True)
class Receipt:
    """What was received, from whom and when, and the fingerprints that show it is unchanged. It holds no values.

    `files` gives the SHA-256 of each file in the submission. `form` is the random token of the form that it was sent
    from, if any: the same form sent twice is one submission.
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

    def as_json(self) -> dict[str, Any]:
        """The receipt as it is stored and printed: JSON values only."""
        return {
            **vars(self),
            "received_at": self.received_at.isoformat(timespec="seconds"),
            "warnings": [*self.warnings],
        }


def from_json(stored: dict[str, Any]) -> Receipt:
    """The receipt that `as_json` wrote."""
    read = {"received_at": datetime.fromisoformat(stored["received_at"]), "warnings": tuple(stored["warnings"])}
    return Receipt(**{**stored, **read})


def remembered(warning: Finding) -> dict[str, Any]:
    """What a receipt keeps of a warning: the rule and the place, never the value."""
    return {"rule": warning.rule, "sheet": warning.sheet, "row": warning.row, "column": warning.column}
