"""How wide a table's columns are: by their shares of the page, but never so narrow that a word must be cut."""

import re
from collections.abc import Sequence

_HEADING = 1.15
"""How much wider a heading's letters are: they are bold."""

_PAUSES = str.maketrans("-\u2013/", "   ")


def widths(shares: Sequence[float], cells: Sequence[Sequence[str]], room: float) -> list[float]:
    """The width of each column in characters, room in all, some space after each. cells are the words row by row.

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
    """Words of a cell that may be broken between a number and its noun, which a narrow column has no room for.

    >>> loose("1\\xa0024\\xa0personer, 9\\xa0%")
    '1\\xa0024 personer, 9\\xa0%'
    """
    return re.sub("\u00a0(?=[a-zåäö]{3})", " ", words)


def _longest(words: str) -> float:
    """The longest part of some words that is not broken over two lines; a no-break space holds together."""
    return max((len(part) for part in words.translate(_PAUSES).split(" ")), default=0)
