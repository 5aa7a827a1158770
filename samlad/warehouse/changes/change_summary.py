"""Summary of two editions' differences: one sentence, counts by cause, lines of text, and JSON.

Single changes belong in `change_list` and `change_sentences`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samlad.swedish import numbers, words
from samlad.warehouse.as_of import left_out_sentence
from samlad.warehouse.changes.cause_kinds import Kind
from samlad.warehouse.changes.change_list import Change, between
from samlad.warehouse.changes.change_sentences import mark_word, told
from samlad.warehouse.changes.change_words import KINDS
from samlad.warehouse.changes.changed_marks import MarkChange, followed
from samlad.warehouse.changes.edition_names import Names
from samlad.warehouse.database import Warehouse
from samlad.warehouse.editions import Snapshot

_DONE = {Kind.NEW_REPORT: "kommit", Kind.CORRECTED_REPORT: "rättats", Kind.WITHDRAWN_REPORT: "återtagits"}


def counted(changes: Iterable[Change]) -> dict[Kind, int]:
    """Return the number of changes of each kind of cause, in the order of Kind, without zeros."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in Kind if found[kind]}


def sentence(changes: Sequence[Change], marks: int, old: Snapshot, new: Snapshot, *, is_latest: bool) -> str:
    """Return the sentence on new, corrected and withdrawn reports, and on changed marks.

    marks is the number of changed marks; is_latest is True when new is the edition on show.
    """
    before, after = (numbers.date_sv(one.published_on) for one in (old, new))
    span = f"sedan {before}" if is_latest else f"mellan {before} och {after}"
    if before == after:
        span = f"mellan de två publiceringarna {after}"
    left_out = left_out_sentence(new.left_out, new.as_of)
    if not changes:
        return f"Ingenting har ändrats {span}. {left_out}".strip()
    reports = Counter(change.kind for change in changes if change.table == "received_submissions")
    done = [(reports[kind], word) for kind, word in _DONE.items() if reports[kind]]
    parts = [f"{numbers.number(number)} {word}" for number, word in done]
    if parts:
        first, word = done[0]
        parts[0] = f"{numbers.number(first)} {words.counted('rapporter', first)} {word}"
        said = f"{span[0].upper()}{span[1:]} har {words.listed(parts)}"
    else:
        said = f"Inga rapporter har kommit {span}"
    number = numbers.number(marks) if marks else "inget"
    return f"{said}; {number} tecken har ändrats. {left_out}".strip()


@dataclass(frozen=True)
class Difference:
    """Difference between two editions: the changes, and the changed marks that follow."""

    old: Snapshot
    new: Snapshot
    changes: Sequence[Change]
    marks: Sequence[MarkChange]
    is_latest: bool

    def as_json(self) -> dict[str, Any]:
        """Return JSON values: the editions, the number of each cause, the changes, the marks."""
        return {
            "old": _edition(self.old),
            "new": _edition(self.new),
            "counts": {kind.value: number for kind, number in counted(self.changes).items()},
            "changes": [change.as_json() for change in self.changes],
            "marks": [mark.as_json() for mark in self.marks],
        }

    def lines(self) -> list[str]:
        """Return lines of text: the sentence, each cause with its changes, then the marks."""
        names = Names(self.old, self.new)
        lines = [sentence(self.changes, len(self.marks), self.old, self.new, is_latest=self.is_latest)]
        for kind, number in counted(self.changes).items():
            lines += ["", f"{KINDS[kind]} ({numbers.number(number)})"]
            lines += [f"  {told(change, names).line()}" for change in self.changes if change.kind is kind]
        if self.marks:
            lines += ["", f"Tecken som har ändrats ({numbers.number(len(self.marks))})"]
            lines += [f"  {names.mark(mark)}: {mark_word(mark.old)} → {mark_word(mark.new)}" for mark in self.marks]
        return lines


def difference(old: Warehouse, new: Warehouse, *, is_latest: bool = True) -> Difference:
    """Return the difference between two editions, for all organisations and the city.

    is_latest is True when the newer edition is the edition on show.
    Source: docs/methods.md, "What has changed".
    """
    found = between(old.snapshot, new.snapshot)
    return Difference(old.snapshot, new.snapshot, found, followed(old, new, found), is_latest)


def _edition(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot.snapshot_id,
        "published_at": snapshot.published_at.isoformat(),
        "as_of": snapshot.as_of.isoformat() if snapshot.as_of else None,
    }
