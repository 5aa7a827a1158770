"""All that differs between two editions: in one sentence, counted by cause, as lines and as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samlad import formats, text
from samlad.as_of import left_out_sentence
from samlad.changes.kinds import Kind
from samlad.changes.listing import Change, between
from samlad.changes.marks import MarkChange, followed
from samlad.changes.names import Names
from samlad.changes.wording import mark_word, told
from samlad.changes.words import KINDS
from samlad.snapshots import Snapshot
from samlad.warehouse import Warehouse

_DONE = {Kind.NEW_REPORT: "kommit", Kind.CORRECTED_REPORT: "rättats", Kind.WITHDRAWN_REPORT: "återtagits"}


def counted(changes: Iterable[Change]) -> dict[Kind, int]:
    """How many changes there are of each cause, in the order of Kind; only those there are."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in Kind if found[kind]}


def sentence(changes: Sequence[Change], marks: int, old: Snapshot, new: Snapshot, *, is_latest: bool) -> str:
    """How many reports have come, been corrected or withdrawn since an edition, and how many marks have changed."""
    before, after = (formats.date_sv(one.published_on) for one in (old, new))
    span = f"sedan {before}" if is_latest else f"mellan {before} och {after}"
    if before == after:
        span = f"mellan de två publiceringarna {after}"
    left_out = left_out_sentence(new.left_out, new.as_of)
    if not changes:
        return f"Ingenting har ändrats {span}. {left_out}".strip()
    reports = Counter(change.kind for change in changes if change.table == "received_submissions")
    done = [(reports[kind], word) for kind, word in _DONE.items() if reports[kind]]
    parts = [f"{formats.number(number)} {word}" for number, word in done]
    if parts:
        first, word = done[0]
        parts[0] = f"{formats.number(first)} {text.counted('rapporter', first)} {word}"
        said = f"{span[0].upper()}{span[1:]} har {text.listed(parts)}"
    else:
        said = f"Inga rapporter har kommit {span}"
    number = formats.number(marks) if marks else "inget"
    return f"{said}; {number} tecken har ändrats. {left_out}".strip()


@dataclass(frozen=True)
class Difference:
    """All that differs between two editions: the changes, and the marks that follow."""

    old: Snapshot
    new: Snapshot
    changes: Sequence[Change]
    marks: Sequence[MarkChange]
    is_latest: bool

    def as_json(self) -> dict[str, Any]:
        """As JSON values: which editions, how many of each cause, the changes, the marks."""
        return {
            "old": _edition(self.old),
            "new": _edition(self.new),
            "counts": {kind.value: number for kind, number in counted(self.changes).items()},
            "changes": [change.as_json() for change in self.changes],
            "marks": [mark.as_json() for mark in self.marks],
        }

    def lines(self) -> list[str]:
        """As text: the sentence, then each cause with its changes, then the marks."""
        names = Names(self.old, self.new)
        lines = [sentence(self.changes, len(self.marks), self.old, self.new, is_latest=self.is_latest)]
        for kind, number in counted(self.changes).items():
            lines += ["", f"{KINDS[kind]} ({formats.number(number)})"]
            lines += [f"  {told(change, names).line()}" for change in self.changes if change.kind is kind]
        if self.marks:
            lines += ["", f"Tecken som har ändrats ({formats.number(len(self.marks))})"]
            lines += [f"  {names.mark(mark)}: {mark_word(mark.old)} → {mark_word(mark.new)}" for mark in self.marks]
        return lines


def difference(old: Warehouse, new: Warehouse, *, is_latest: bool = True) -> Difference:
    """All that differs between two editions, for everybody; is_latest when the newer one is the one that is shown."""
    found = between(old.snapshot, new.snapshot)
    return Difference(old.snapshot, new.snapshot, found, followed(old, new, found), is_latest)


def _edition(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot.snapshot_id,
        "published_at": snapshot.published_at.isoformat(),
        "as_of": snapshot.as_of.isoformat() if snapshot.as_of else None,
    }
