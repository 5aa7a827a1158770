"""Marks of an indicator with their signs and words, and reasons beside a mark.

Choosing a mark belongs in `verdicts`, longer sentences in `swedish`.
"""

from enum import StrEnum


class Mark(StrEnum):
    """Mark of an indicator, in the order marks are listed."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on_track"
    RIGHT_WAY = "right_way"
    TOO_SLOW = "too_slow"
    FAR_BEHIND = "far_behind"
    WRONG_WAY = "wrong_way"
    NO_CERTAIN_CHANGE = "no_certain_change"
    INSUFFICIENT = "insufficient"
    NOT_JUDGED = "not_judged"
    NOT_REPORTED = "not_reported"
    PROTECTED = "protected"
    NOT_APPLICABLE = "not_applicable"
    NOT_ADDED = "not_added"
    NO_OWNER = "no_owner"
    ENDED = "ended"

    @property
    def symbol(self) -> str:
        return _SHOWN[self][0]

    @property
    def word(self) -> str:
        """Swedish words beside the symbol."""
        return _SHOWN[self][1]


_SHOWN = {
    Mark.MET: ("✓", "nått"),
    Mark.MISSED: ("▽", "nåddes inte"),
    Mark.ON_TRACK: ("●", "i takt"),
    Mark.RIGHT_WAY: ("◑", "rätt väg, oklart om takten räcker"),
    Mark.TOO_SLOW: ("◐", "för långsamt"),
    Mark.FAR_BEHIND: ("◔", "långt efter"),
    Mark.WRONG_WAY: ("✕", "åt fel håll"),
    Mark.NO_CERTAIN_CHANGE: ("○", "ingen säker förändring"),
    Mark.INSUFFICIENT: ("≈", "svaren räcker inte"),
    Mark.NOT_JUDGED: ("·", "prövas inte"),
    Mark.NOT_REPORTED: ("–", "ej rapporterat"),
    Mark.PROTECTED: ("..", "skyddat"),
    Mark.NOT_APPLICABLE: (".", "ej aktuellt"),
    Mark.NOT_ADDED: ("–", "läggs inte ihop"),
    Mark.NO_OWNER: ("–", "ingen ansvarig"),
    Mark.ENDED: ("–", "avslutad"),
}

NOT_REACHED = frozenset(
    {
        Mark.MISSED,
        Mark.RIGHT_WAY,
        Mark.TOO_SLOW,
        Mark.FAR_BEHIND,
        Mark.WRONG_WAY,
        Mark.NO_CERTAIN_CHANGE,
    }
)
"""Marks that ask for attention: the årsmål is not met, or the course is not on track."""
IN_WORDS = frozenset(
    {
        Mark.NOT_JUDGED,
        Mark.NOT_REPORTED,
        Mark.PROTECTED,
        Mark.NOT_APPLICABLE,
        Mark.NOT_ADDED,
        Mark.NO_OWNER,
        Mark.ENDED,
    }
)
"""Marks without a verdict, whose symbol adds nothing to their word."""


class Reason(StrEnum):
    """Reason for no course, or ground of a course, beyond the mark."""

    NO_DIRECTION = "no_direction"
    TOO_EARLY = "too_early"
    YES_NO = "yes_no"
    NO_TARGET = "no_target"
    TARGET_PASSED = "target_passed"
    TARGET_YEAR = "target_year"
    BREAK = "break"
    NO_BASE = "no_base"
    PART_OF_COUNT = "part_of_count"
    MET_AT_BASE = "met_at_base"
    FULL_COUNT = "full_count"
