"""Versions of records: those that stand when several people wrote about one matter at once, and the one in use."""

from collections.abc import Iterable, Mapping, Sequence

from samlad.foundation import clock
from samlad.journal.records import Record

SAYS: Mapping[str, tuple[str, ...]] = {
    "report_text": ("text",),
    "assessment": ("fulfilled", "text"),
    "gap_state": ("state", "reason"),
    "ready": ("ready", "comment"),
    "taught_word": ("canonical",),
}
"""Kinds whose records replace one another, with the part of the content that writers can differ on."""

LOGS = frozenset({"asked", "person_answer", "report_delivered"})
"""Kinds whose records stand one by one: a second writer adds an entry and replaces nothing."""

_NUMBERS = {2: "Två", 3: "Tre", 4: "Fyra"}


def unreplaced(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records of one matter that no other replaces, oldest first.

    A record without `replaces` was written before versions were told apart: it replaces all that came before it.
    """
    ordered = sorted(records, key=lambda record: record.sequence)
    gone = {record_id for record in ordered for record_id in _replaced(record, ordered)}
    return tuple(record for record in ordered if record.record_id not in gone)


def rivals(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the standing records with different content, oldest first: the last is in use, two are a conflict."""
    by_content = {_said(record): record for record in unreplaced(records)}
    return tuple(sorted(by_content.values(), key=lambda record: record.sequence))


def seen(records: Iterable[Record], opened_on: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the records a writer saw on opening a form, and of all that those replaced."""
    ordered = sorted(records, key=lambda record: record.sequence)
    asked = set(opened_on)
    seen_records = [record for record in ordered if record.record_id in asked]
    return tuple(
        sorted(
            {record.record_id for record in seen_records}
            | {record_id for seen_record in seen_records for record_id in _replaced(seen_record, ordered)}
        )
    )


def conflict(records: Iterable[Record], plural: str) -> str:
    """Return a sentence that several versions stand, with authors and the one in use; empty for a single one.

    plural names the versions: texter, bedömningar.
    """
    standing = rivals(records)
    if len(standing) < 2:
        return ""
    *others, used = standing
    rest = "Den andra" if len(others) == 1 else "De andra"
    return f"{several(standing, plural)} Den senaste används: {signed(used)}. {rest}: {'; '.join(map(signed, others))}."


def several(standing: Sequence[Record], plural: str) -> str:
    """Return a sentence that several versions stand and nobody has chosen."""
    number = _NUMBERS.get(len(standing), str(len(standing)))
    return f"{number} {plural} står, skrivna var för sig, och ingen har valt mellan dem än."


def signed(record: Record) -> str:
    """Return the author and day of a record, in Swedish."""
    return f"{record.by}, {clock.words(record.at)}"


def _replaced(record: Record, ordered: Sequence[Record]) -> tuple[str, ...]:
    if record.replaces is not None:
        return record.replaces
    return tuple(other.record_id for other in ordered if other.sequence < record.sequence)


def _said(record: Record) -> tuple[str, ...]:
    return tuple(str(record.content.get(column) or "") for column in SAYS[record.kind])
