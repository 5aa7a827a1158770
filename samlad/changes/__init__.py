"""What has changed between two published snapshots, and why: every difference, each with exactly one cause."""

from samlad.changes.kinds import Kind
from samlad.changes.listing import Change, between
from samlad.changes.marks import MarkChange, followed, followed_for
from samlad.changes.summary import Difference, difference

__all__ = ["Change", "Difference", "Kind", "MarkChange", "between", "difference", "followed", "followed_for"]
