"""A receipt: the proof that a report has been received. It is written last; what has none does not exist."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samlad.findings import Finding


@dataclass(frozen=True)
class Receipt:
    """What was received, from whom and when, and the fingerprints that show it is unchanged. It holds no values.

    `files` gives the SHA-256 of each file in the submission, `content` one of what the report says and the file it came
    in, which recognises the same file handed in again; then `repeated` is true and the receipt is the earlier one.
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
    content: str
    origin: str
    original_name: str | None
    warnings: tuple[dict[str, Any], ...]
    accepted_because: str | None
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        """The receipt as it is stored and printed: JSON values only."""
        stored = {name: value for name, value in vars(self).items() if name != "repeated"}
        return {**stored, "received_at": self.received_at.isoformat(timespec="seconds"), "warnings": [*self.warnings]}


def from_json(stored: dict[str, Any], *, repeated: bool = False) -> Receipt:
    """The receipt that `as_json` wrote."""
    return Receipt(
        **{
            **stored,
            "received_at": datetime.fromisoformat(stored["received_at"]),
            "warnings": tuple(stored["warnings"]),
            "repeated": repeated,
        }
    )


def remembered(warning: Finding) -> dict[str, Any]:
    """What a receipt keeps of a warning: the rule and the place, never the value."""
    return {"rule": warning.rule, "sheet": warning.sheet, "row": warning.row, "column": warning.column}
