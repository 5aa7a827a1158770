"""Words ready to use: they cite what a gap rests on, never claim what is only a question, and mark what is made up."""

from dataclasses import replace
from datetime import date
from typing import Any

from samlad.foundation.rows import GapContactsRow, GapEvidenceOfRow, GapListRow
from samlad.report import proposals
from samlad.warehouse import gap_rule_files
from tests.rows import filled

GAP = filled(
    GapListRow,
    rule="G4",
    title="Bromma har aldrig rapporterat ”Rutinfrågor”",
    why="Ansvaret är beslutat, men ingen rapport har kommit.",
    action="Fråga nämnden efter rapporten.",
    since=date(2022, 1, 31),
    origin="own",
)
EVIDENCE = [filled(GapEvidenceOfRow, told="Ingen av de 3 rapporter som har begärts har kommit.")]
BROMMA = filled(GapContactsRow, name="Bromma stadsdelsnämnd")


def paragraph(**changed: Any) -> str:
    """The paragraph on the gap."""
    return proposals.paragraph(
        replace(GAP, **changed), EVIDENCE, snapshot_id="0123456789abcdef", as_of=date(2025, 2, 1)
    )


def letter(ask: str = "Skicka rapporten.", **changed: Any) -> proposals.Letter:
    """The letter on the gap."""
    return proposals.letter(
        replace(GAP, **changed),
        EVIDENCE,
        ask=ask,
        organisation=BROMMA,
        contact="bromma@example.org",
        snapshot_id="0123456789abcdef",
        as_of=date(2025, 2, 1),
    )


def test_a_paragraph_says_what_since_when_why_what_to_do_and_on_what_it_rests() -> None:
    assert paragraph().replace("\u00a0", " ") == (
        "Bromma har aldrig rapporterat ”Rutinfrågor”. Så har det varit sedan 31 januari 2022. Ansvaret är beslutat, "
        "men ingen rapport har kommit. Förslag: fråga nämnden efter rapporten. (Underlag: Ingen av de 3 rapporter "
        "som har begärts har kommit. Regel G4, ögonblicksbild 01234567, uppgifter till och med 1 februari 2025.)"
    )


def test_what_is_only_a_question_is_put_as_one() -> None:
    assert paragraph(rule="G8").startswith("Det behöver bekräftas: ")
    asked = letter(gap_rule_files.asks()["G8"], rule="G8")
    assert asked.subject.startswith("Fråga: ")
    assert "Är det så?" in asked.body
    assert GAP.action not in asked.body
    assert "behöver er hjälp att bekräfta" in asked.body


def test_a_letter_greets_cites_and_asks() -> None:
    written = letter()
    assert written.address == "bromma@example.org"
    assert written.body.startswith("Hej Bromma stadsdelsnämnd!")
    assert "• Ingen av de 3 rapporter" in written.body
    assert "\n\nSkicka rapporten.\n\n" in written.body
    assert GAP.action not in written.body, "that is said to whoever follows up, not to whom the letter is for"
    assert "01234567" in written.body


def test_what_is_made_up_says_so() -> None:
    assert paragraph(origin="example").startswith("Exempel, påhittade uppgifter.")
    assert letter(origin="example").body.startswith("EXEMPEL")
    assert "EXEMPEL" not in letter().body


def test_every_rule_asks_something_of_whom_a_letter_is_for_and_a_rule_that_does_not_is_asked_for() -> None:
    rules = {rule.query.rule for rule in gap_rule_files.read_rules() if rule.query}
    assert gap_rule_files.asks().keys() == rules and len(rules) == 16
    assert all(said[0].isupper() and said.endswith(("?", ".")) for said in gap_rule_files.asks().values())
    assert proposals.ASK in letter(ask="").body
