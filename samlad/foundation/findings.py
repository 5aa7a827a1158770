"""What a check found: which rule, where in which file, what is wrong and what to do about it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """A word that was not known: where it was met, the word, and the known words most like it, nearest first.

    `field` is what words.Words calls it: column, status, missing, sex, period, yes_no, organisation, indicator or
    activity. The answer is given once, with words.teach.
    """

    field: str
    word: str
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One remark on one place in one file. An error stops its file; a warning needs a reason to be passed.

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
        """Where it is, as far as that is known.

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
        """The whole remark on one line: severity, place, value, what is wrong, what to do."""
        severity = "Fel" if self.severity == "error" else "Varning"
        place = f" i {self.place}" if self.place else ""
        value = f" (”{self.value}”)" if self.value else ""
        return f"{severity}{place}{value}: {self.message} {self.action}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """The remark as JSON values, for a machine."""
        return asdict(self)
