"""Kinds of cause that a change may have, and the names of a cause.

Finding the cause of a row belongs in `causes`, its Swedish words in `change_words`.
"""

from dataclasses import dataclass
from enum import StrEnum

from samlad.foundation import schema


class Kind(StrEnum):
    """Kind of cause; where several meet, the first in this order decides."""

    NEW_REPORT = "new_report"
    CORRECTED_REPORT = "corrected_report"
    WITHDRAWN_REPORT = "withdrawn_report"
    CATALOGUE = "changed_catalogue"
    DUTY = "changed_duty"
    JUDGEMENT = "changed_judgement"
    TIME = "time_passed"
    EARLIER_DAY = "earlier_day"
    METHOD = "changed_method_or_protection"


@dataclass(frozen=True)
class Cause:
    """Cause of a difference: its kind, and names such as submissions, a file, a date or a setting."""

    kind: Kind
    names: tuple[str, ...] = ()


THRESHOLD, METHODS_VERSION, PROTECTION, CALCULATION = "threshold", "methods_version", "protection", "calculation"
"""Names of a METHOD cause: a setting, the version, secondary suppression, the computation."""


def file_of(table: str) -> str:
    """Return the path, in the data folder, of the file that a catalogue table is read from."""
    is_context = table in {one.name for one in schema.CONTEXT}
    return f"context/{table}.parquet" if is_context else f"programme/{table}.csv"
