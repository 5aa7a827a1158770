"""Words made from a gap: a paragraph for the samlad uppföljning, and a letter to the organisation.

Nothing is sent, and the gap's state is kept in the journal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samlad.foundation.rows import GapContactsRow, GapEvidenceOfRow, GapListRow
from samlad.swedish import numbers

ONLY_ASKS = frozenset({"G8"})
"""Rules that guess: their gaps become questions for a person to confirm, never facts."""

ASK = "Stämmer det? Berätta gärna hur ni ser på det, och vad ni planerar."
"""Question in a letter when the rule has none of its own."""


@dataclass(frozen=True)
class Letter:
    """A letter to copy: its addressee if the catalogue names any, its subject and its text. Nothing is sent."""

    address: str | None
    subject: str
    body: str


def paragraph(gap: GapListRow, evidence: Iterable[GapEvidenceOfRow], *, snapshot_id: str, as_of: date | None) -> str:
    """Return a paragraph on a gap: the fault, since when, why it matters, the proposal, its sources.

    gap and evidence are rows of gap_list and gap_evidence_of.
    """
    found = _ended(gap.title)
    if gap.rule in ONLY_ASKS:
        found = f"Det behöver bekräftas: {found[:1].lower()}{found[1:]}"
    since = f"Så har det varit sedan {numbers.date_sv(gap.since)}." if gap.since else ""
    proposed = f"Förslag: {gap.action[:1].lower()}{gap.action[1:]}"
    rests = "; ".join(row.told.rstrip(".") for row in evidence)
    source = f"(Underlag: {rests}. Regel {gap.rule}, ögonblicksbild {snapshot_id[:8]}{_day(as_of)}.)"
    example = "Exempel, påhittade uppgifter." if gap.origin == "example" else ""
    return " ".join(part for part in (example, found, since, gap.why, proposed, source) if part)


def letter(
    gap: GapListRow,
    evidence: Iterable[GapEvidenceOfRow],
    *,
    ask: str,
    organisation: GapContactsRow,
    contact: str | None,
    snapshot_id: str,
    as_of: date | None,
) -> Letter:
    """Return a letter on a gap, with its evidence, to an organisation that the gap concerns.

    ask is the rule's question to the organisation, organisation a row of gap_contacts, contact its address or None.
    """
    is_question = gap.rule in ONLY_ASKS
    opening = (
        "I uppföljningen av programmet mot våld har vi sett något som vi behöver er hjälp att bekräfta:"
        if is_question
        else "I uppföljningen av programmet mot våld har vi sett följande:"
    )
    body = [
        f"Hej {organisation.name}!",
        "",
        opening,
        "",
        _ended(gap.title),
        gap.why,
        "",
        "Det vi bygger det på:",
        *(f"• {row.told}" for row in evidence),
        "",
        ask or ASK,
        "",
        f"Uppgifterna kommer från Samlad, ögonblicksbild {snapshot_id[:8]}{_day(as_of)}, regel {gap.rule}.",
    ]
    if gap.origin == "example":
        body.insert(0, "EXEMPEL: uppgifterna nedan är påhittade.\n")
    subject = f"{'Fråga' if is_question else 'Lucka i ansvaret'}: {gap.title}"
    return Letter(contact, subject, "\n".join(body))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _day(as_of: date | None) -> str:
    return f", uppgifter till och med {numbers.date_sv(as_of)}" if as_of else ""
