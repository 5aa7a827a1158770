"""Findings of checks: rule, place in a file, message and action. The rules stand in queries/checks."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """An unknown word: its field, the word, and the known words most like it, nearest first.

    `field` is that of vocabulary.Vocabulary: column, status, missing, sex, period, yes_no, organisation, indicator or
    activity. The answer is given once, with vocabulary.teach.
    """

    field: str
    word: str
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One remark on one place in one file. An error stops its file; a warning needs a reason to pass.

    `row` counts from 1 as a spreadsheet does; file, sheet, row, column and value are None where the remark has no such
    place. message and action are Swedish, for the person who filled in the file. `question` is set where the
    remark goes away once somebody has said what a word means.
    """

    rule: str
    severity: str
    file: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str
    action: str
    question: Question | None = None

    @property
    def place(self) -> str:
        """Return the known parts of the place, in Swedish.

        >>> Finding("r", "error", "a.xlsx", "Indikatorer", 7, "Antal", "12", "…", "…").place
        'a.xlsx, blad Indikatorer, rad 7, kolumn Antal'
        """
        parts = (
            self.file,
            self.sheet and f"blad {self.sheet}",
            self.row and f"rad {self.row}",
            self.column and f"kolumn {self.column}",
        )
        return ", ".join(str(part) for part in parts if part)

    def text(self) -> str:
        """Return the remark on one line: severity, place, value, message and action."""
        severity = "Fel" if self.severity == "error" else "Varning"
        place = f" i {self.place}" if self.place else ""
        value = f" (”{self.value}”)" if self.value else ""
        return f"{severity}{place}{value}: {self.message} {self.action}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return the remark as JSON values."""
        return asdict(self)
