"""Widths of a table's columns: shares of the page, never too narrow for a word."""

import re
from collections.abc import Sequence

_HEADING = 1.15
"""Ratio of a heading's letters to other letters: headings are bold."""

_PAUSES = str.maketrans("-\u2013/", "   ")


def widths(shares: Sequence[float], cells: Sequence[Sequence[str]], room: float) -> list[float]:
    """Return each column's width in characters, with some space after each.

    room is for all columns together; cells are the words row by row.

    Where the longest words do not fit in the room together, all columns are narrowed alike.

    >>> widths((3, 1, 1), [("Aktivitet", "2024", "2025"), ("Ny rutin", "Pågår", "Genomförd")], 40)
    [21.75, 7.25, 11]
    """
    needs = [2 + max([_HEADING * _longest(head), *map(_longest, held)]) for head, *held in zip(*cells, strict=True)]
    if sum(needs) >= room:
        return [room * need / sum(needs) for need in needs]
    held: dict[int, float] = {}
    while True:
        free = [at for at in range(len(shares)) if at not in held]
        left = room - sum(held.values())
        across = {at: left * shares[at] / sum(shares[other] for other in free) for at in free}
        narrow = {at: needs[at] for at in free if across[at] < needs[at]}
        if not narrow:
            return [held.get(at, across.get(at, 0.0)) for at in range(len(shares))]
        held |= narrow


def loose(words: str) -> str:
    """Allow a cell to break between a number and its noun, for columns too narrow for both.

    >>> loose("1\\xa0024\\xa0personer, 9\\xa0%")
    '1\\xa0024 personer, 9\\xa0%'
    """
    return re.sub("\u00a0(?=[a-zåäö]{3})", " ", words)


def _longest(words: str) -> float:
    """Return the length of the longest unbreakable part of some words. A no-break space holds together."""
    return max((len(part) for part in words.translate(_PAUSES).split(" ")), default=0)
