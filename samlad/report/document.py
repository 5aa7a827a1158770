"""The samlad uppföljning as values: sections of statements, tables and charts, each with a citation.

Writing them to a file belongs in `word_document`, `pdf` and `excel_appendix`.

Ids are given in reading order: statements S1, S2 …, tables T1 …, charts D1 …; a cell is T4:r3:c2, its row and column
counted from 1, headings not counted. A citation can be asked for again: query, parameters, row and columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Source:
    """A citation's source: a query of queries/, its parameters, the rows meant, and their columns.

    row is a single row's key; an empty key means all rows. rule says how words follow from the columns, when they are
    not the columns' own.
    """

    query: str
    parameters: tuple[tuple[str, Any], ...] = ()
    row: tuple[tuple[str, Any], ...] = ()
    columns: tuple[str, ...] = ()
    rule: str = ""

    def asked(self) -> dict[str, Any]:
        """Return the parameters as the warehouse takes them."""
        return dict(self.parameters)

    def picks(self, row: Mapping[str, Any]) -> bool:
        """Return True if a row of the answer is meant."""
        return all(row[name] == value for name, value in self.row)


@dataclass(frozen=True)
class TableCell:
    """A cell: its words, and any number in the measure's own unit (a share 0 to 1)."""

    words: str
    source: Source | None = None
    value: float | None = None
    measure: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first column names the row.

    widths are shares of the page, a number for each column.
    """

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    widths: tuple[float, ...]
    notes: tuple[str, ...] = ()
    is_example: bool = False


@dataclass(frozen=True)
class Statement:
    """A paragraph of derived text, with bold words before and a footnote."""

    id: str
    words: str
    source: Source
    lead: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing: a Vega-Lite spec with rows, size in pixels, caption, and words for screen readers."""

    id: str
    caption: str
    alt: str
    spec: Mapping[str, Any]
    source: Source
    is_example: bool = False


@dataclass(frozen=True)
class Words:
    """A paragraph of fixed text, without a figure of ours."""

    words: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Listing:
    items: tuple[Statement, ...]


@dataclass(frozen=True)
class ChangedField:
    """A field of somebody's text with a changed figure: sentence, earlier and present words."""

    sentence: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class OwnText:
    """A person's text for a section: paragraphs with figures filled in, and points to check.

    untracked are the numbers that were typed rather than inserted. figures are the fields with their citations' ids.
    conflict is the sentence on other texts that stand beside this text, if any.
    """

    paragraphs: tuple[str, ...]
    author: str
    written: date
    version: int
    touched: tuple[ChangedField, ...] = ()
    untracked: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    conflict: str = ""


Block = Statement | Table | Chart | Words | Listing | OwnText


@dataclass(frozen=True)
class Section:
    """A part of the document under a heading; level 1 to 3. state says in words the work that remains, if any.

    missing is how many reports the section lacks; None when the section rests on reports and none is expected.
    """

    id: str
    title: str
    level: int
    blocks: tuple[Block, ...]
    missing: int | None = 0

    def own(self) -> OwnText | None:
        """Return the text that somebody has written for the section, if any."""
        return next((block for block in self.blocks if isinstance(block, OwnText)), None)


@dataclass(frozen=True)
class Report:
    """A whole document about a snapshot: its name, its organisation, and its sections in order."""

    title: str
    programme: str
    whose: str
    years: tuple[int, ...]
    dnr: str
    author: str
    snapshot_id: str
    published: date
    as_of: date | None
    threshold: int
    is_example: bool
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    left_out: str = ""
    """Words on how many reports are left out and as of when. Empty when none are."""

    @property
    def file_name(self) -> str:
        """Return the name of its files without the ending: ASCII, with the selection and the snapshot."""
        plain = f"samlad-uppfoljning-{self.whose}-{years_words(self.years)}-{self.snapshot_id[:8]}".lower()
        known = plain.translate(str.maketrans("åäöéü –", "aaoeu--"))
        return "".join(one for one in known if one.isascii() and (one.isalnum() or one == "-"))

    @property
    def is_brief(self) -> bool:
        """Return True if the report leaves out the goals, and so needs no contents."""
        return not any(section.id.startswith("mal-") for section in self.sections)

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Yield every block in reading order with its section; lists are opened."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Listing):
                    yield from ((section, item) for item in block.items)
                else:
                    yield section, block

    def citations(self) -> dict[str, tuple[str, Source]]:
        """Return every citation by its id: its words, and its source."""
        found: dict[str, tuple[str, Source]] = {}
        for _, block in self.blocks():
            if isinstance(block, Statement):
                found[block.id] = (block.words, block.source)
            elif isinstance(block, Chart):
                found[block.id] = (block.caption, block.source)
            elif isinstance(block, Table):
                for at, cell in cells(block):
                    if cell.source:
                        found[at] = (cell.words, cell.source)
        return found


def cells(table: Table) -> Iterator[tuple[str, TableCell]]:
    """Yield every cell of a table with its id.

    >>> [at for at, _ in cells(Table("T4", "", ("A", "B"), ((TableCell("x"), TableCell("y")),), (1, 1)))]
    ['T4:r1:c1', 'T4:r1:c2']
    """
    for down, row in enumerate(table.rows, start=1):
        for across, cell in enumerate(row, start=1):
            yield f"{table.id}:r{down}:c{across}", cell


def years_words(years: tuple[int, ...]) -> str:
    """Return the years of a report in words: a year, or from and to.

    >>> years_words((2024,)), years_words((2021, 2022, 2023))
    ('2024', '2021–2023')
    """
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
