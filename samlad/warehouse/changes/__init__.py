"""Changes between two published editions: every difference, each with exactly one cause.

Finding, naming and listing changes belongs here; pages that show them belong in `views`.
"""

from samlad.warehouse.changes.cause_kinds import Kind
from samlad.warehouse.changes.change_list import Change, between
from samlad.warehouse.changes.change_summary import Difference, difference
from samlad.warehouse.changes.changed_marks import MarkChange, followed, followed_for

__all__ = ["Change", "Difference", "Kind", "MarkChange", "between", "difference", "followed", "followed_for"]
