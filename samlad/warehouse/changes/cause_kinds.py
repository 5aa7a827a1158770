"""The causes a change may have, and what names one."""

from dataclasses import dataclass
from enum import StrEnum

from samlad.foundation import schema


class Kind(StrEnum):
    """The causes, in the order that decides where several meet."""

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
    """Why something differs: the kind, and what names it, such as submissions, a file, a date or a setting."""

    kind: Kind
    names: tuple[str, ...] = ()


THRESHOLD, METHODS_VERSION, PROTECTION, CALCULATION = "threshold", "methods_version", "protection", "calculation"
"""What names a change of method or protection: a setting, the version, what else had to be hidden, the computation."""


def file_of(table: str) -> str:
    """The file a catalogue table is read from."""
    is_context = table in {one.name for one in schema.CONTEXT}
    return f"context/{table}.parquet" if is_context else f"programme/{table}.csv"
