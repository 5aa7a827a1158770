"""Footnotes: a term explained where first used, a missing figure in every table.

Writing footnotes to a Word file belongs in `word_notes`.

Words are handed over in reading order, so that the first place of a term is the first that a reader comes to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samlad.report import column_widths
from samlad.report.document import Statement, Table, TableCell
from samlad.swedish import words
from samlad.swedish.numbers import SPACE


@dataclass(frozen=True)
class Piece:
    """Some words, with their note at the foot of the page, if any."""

    words: str
    note: str = ""


TERMS = (
    (
        r"\bi takt\b",
        f"I takt: förändringen sedan basåret är minst 95{SPACE}% av den som krävs för att nå det sista årsmålet. "
        f"För långsamt är minst 60{SPACE}%, långt efter mindre än så.",
    ),
    (
        r"\b[Kk]an (?:\w+ )?inte avgöras\b",
        "Kan inte avgöras: förändringen är för liten för att skiljas från slumpen, eller så saknas för många "
        "rapporter.",
    ),
    (
        r"\bbedöms inte\b",
        "Bedöms inte: det finns inget årsmål eller ingen riktning som är bättre, det är för tidigt, eller så visas "
        "inget utfall.",
    ),
    (
        r"\bosäkerhet\b",
        f"Osäkerheten är ett intervall på 95{SPACE}%: ett sådant rymmer det verkliga värdet i 95 fall av 100.",
    ),
    (
        r"\b[Ss]äker förändring\b",
        f"En förändring är säker när den med 95{SPACE}% säkerhet är större än vad slumpen ger.",
    ),
    (
        r"\b[Ss]varen räcker inte\b",
        "Svaren räcker inte: årsmålet kan vara nått eller inte, beroende på vad rapporterna som saknas skulle ha sagt.",
    ),
    (
        r"\bsäker skillnad\b",
        f"En skillnad är säker när osäkerheten runt den (99,8{SPACE}%) inte når noll, och möjlig när den inte gör det "
        f"på nivån 95{SPACE}%.",
    ),
    (words.NOT_ADDED_SHORT, words.NOT_ADDED),
)
"""Terms explained once each: the pattern that matches the term, and its explanation."""


class Footnotes:
    """The terms of a report that have been explained so far."""

    def __init__(self) -> None:
        self._left = dict(TERMS)

    def of(self, words: str) -> list[Piece]:
        """Return the words in pieces, with an explanation after each new term."""
        marks = []
        for term, explained in list(self._left.items()):
            if found := re.search(term, words):
                marks.append((found.end(), explained))
                del self._left[term]
        return _cut(words, marks)

    def statement(self, said: Statement) -> list[Piece]:
        """Return a statement's words in pieces, with its own note last."""
        pieces = self.of(said.words)
        return [*pieces, Piece("", said.note)] if said.note else pieces

    def cells(self, table: Table) -> tuple[list[list[list[Piece]]], list[str]]:
        """Return a table's cells, row by row, and the notes that are left to stand below.

        A note on why a figure is missing hangs on the first cell that says so, in every table.
        """
        left = list(table.notes)
        rows = []
        for row in table.rows:
            said = []
            for cell in row:
                note = _reason(cell, left)
                if note:
                    left.remove(note)
                words = column_widths.loose(cell.words)
                said.append([Piece(words, note)] if note else self.of(words))
            rows.append(said)
        return rows, left


def _reason(cell: TableCell, notes: Iterable[str]) -> str:
    """Return the note on why a cell has no figure. Empty if no note gives its reason."""
    for code, word in words.MISSING.items():
        note = words.MISSING_SENTENCES[code]
        if note in notes and cell.words.casefold().startswith(word.casefold()):
            return note
    return ""


def _cut(words: str, marks: list[tuple[int, str]]) -> list[Piece]:
    """Cut words after each mark, and give each piece its note.

    >>> [(piece.words, piece.note) for piece in _cut("Det är i takt.", [(13, "Så fort som krävs.")])]
    [('Det är i takt', 'Så fort som krävs.'), ('.', '')]
    """
    pieces, at = [], 0
    for end, note in sorted(marks):
        pieces.append(Piece(words[at:end], note))
        at = end
    return [*pieces, Piece(words[at:])] if at < len(words) or not pieces else pieces
