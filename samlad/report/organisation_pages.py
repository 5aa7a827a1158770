"""An organisation and year on two pages: duties, indicators and gaps, set as a PDF.

Gathering these into words belongs in `organisation_summary`.

A Brief holds all words, as the page shows them; here the Brief becomes a PDF.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samlad.report import typesetting
from samlad.report.typesetting import Document
from samlad.swedish import arrears, numbers

PAGES = 2
_DENSITIES = ((9.5, 26), (9.0, 22), (8.5, 18), (8.0, 16), (7.5, 15), (7.5, 0))
"""Type in points and height of a chart's row in pixels, roomiest first. 0 is without the chart, whose table stays."""


@dataclass(frozen=True)
class Owed:
    """Reports of a period that have not come: their number, since or until when, and their subjects."""

    period: str
    state: str
    what: tuple[str, ...]
    is_late: bool
    year: int
    code: str
    number: int


@dataclass(frozen=True)
class DutyState:
    """An indicator or activity the organisation has a duty for, with its mark or status."""

    goal: int
    name: str
    role: str
    symbol: str
    state: str
    reported: str
    is_example: bool


@dataclass(frozen=True)
class Measured(DutyState):
    """An indicator with its figure, its two årsmål, and the rest of the city. Empty where missing.

    mark is the name of its mark, and reading all words of its verdict.
    """

    mark: str = ""
    figure: str = ""
    own_target: str = ""
    kf_target: str = ""
    rest: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Gap:
    """A fault in how responsibility is assigned, and the action against the fault."""

    title: str
    action: str
    is_example: bool


@dataclass(frozen=True)
class BriefChart:
    """A chart as a spec without data, its rows, and its words."""

    spec: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    title: str
    reading: str
    legend: str


@dataclass(frozen=True)
class Brief:
    """All words on an organisation in a year, and the snapshot they are read from."""

    name: str
    year: int
    programme: str
    kind: str
    lead: str
    story: tuple[str, ...]
    owed: tuple[Owed, ...]
    nothing_owed: str
    goals: Mapping[int, str]
    indicators: tuple[Measured, ...]
    activities: tuple[DutyState, ...]
    attention: tuple[Measured, ...]
    marks: str
    chart: BriefChart | None
    notes: tuple[str, ...]
    gaps: tuple[Gap, ...]
    snapshot_id: str
    published: date
    as_of: date | None
    is_example: bool
    left_out: str = ""

    @property
    def title(self) -> str:
        """Return the title, naming the selection."""
        return f"{self.kind.capitalize()}: {self.name} {self.year}"

    @property
    def mine(self) -> str:
        """Return the organisation's name for the people who work there."""
        return f"{'mitt' if self.kind == 'bolag' else 'min'} {self.kind}"

    @property
    def file_name(self) -> str:
        """Return the PDF's name: ASCII, with the organisation, the year and the snapshot."""
        plain = self.name.lower().translate(str.maketrans("åäöéü ", "aaoeu-"))
        known = "".join(one for one in plain if one.isascii() and (one.isalnum() or one == "-"))
        return f"{known}-{self.year}-{self.snapshot_id[:8]}.pdf"

    @property
    def received(self) -> str:
        """Return the period that the reports reach to, in words."""
        until = f"rapporter till och med {numbers.date_sv(self.as_of)}" if self.as_of else "inga rapporter"
        return f"{until}. {self.left_out.rstrip('.')}" if self.left_out else until

    @property
    def is_all_example(self) -> bool:
        """Return True if every row is made up. Then the mark stands once a page, not at each row."""
        return self.is_example and all(one.is_example for one in (*self.indicators, *self.activities))


def document(brief: Brief) -> Document:
    """Return the two pages, tagged and dated by the snapshot: the same bytes for the same brief."""
    return typesetting.fitted("organisation_pages.typ", _contents(brief), dated=brief.published, pages=PAGES)


def _contents(brief: Brief) -> Iterator[dict[str, Any]]:
    """Yield the content that the template takes, roomiest first."""
    published = f"Ögonblicksbild {brief.snapshot_id[:8]}, publicerad {numbers.date_sv(brief.published)}"
    words = {
        "title": brief.title,
        "programme": f"Samlad · {brief.programme}",
        "name": f"{brief.name} {brief.year}",
        "year": str(brief.year),
        "lead": brief.lead,
        "story": list(brief.story),
        "owed": [*_owed(brief)],
        "nothing_owed": "" if any(one.year == brief.year for one in brief.owed) else brief.nothing_owed,
        "marks": brief.marks,
        "measured": [vars(one) for one in brief.indicators],
        "activities": [vars(one) for one in brief.activities],
        "attention": [vars(one) for one in brief.attention],
        "notes": list(brief.notes),
        "gaps": [vars(one) for one in brief.gaps],
        "foot": f"{published}, {brief.received}",
        "sources": (
            f"Källa: nämndernas och bolagens rapporter och programmets katalog i Samlad. {published}, "
            f"{brief.received}. Ögonblicksbildens hela beteckning: {brief.snapshot_id}."
        ),
        "is_example": brief.is_example,
        "is_all_example": brief.is_all_example,
    }
    for size, row_height in _DENSITIES:
        yield {**words, "size": size, "chart": _drawn(brief.chart, row_height)}


def _owed(brief: Brief) -> Iterator[dict[str, Any]]:
    """Yield a row for each period of the year, and for other years' late reports."""
    for one in brief.owed:
        if one.year == brief.year or not one.is_late:
            yield {"period": one.period, "state": one.state, "is_late": one.is_late, "what": _some(one.what)}
    late = [one for one in brief.owed if one.year != brief.year and one.is_late]
    if late:
        number = arrears.reports(sum(one.number for one in late))
        what = tuple(f"{one.period} ({numbers.number(one.number)})" for one in late)
        yield {"period": "Andra år", "state": f"{number} saknas", "is_late": True, "what": "; ".join(what)}


def _some(what: Sequence[str], limit: int = 5) -> str:
    more = f" … och {len(what) - limit} till" if len(what) > limit else ""
    return f"{'; '.join(what[:limit])}{more}"


def _drawn(chart: BriefChart | None, row_height: int) -> dict[str, str] | None:
    if chart is None or not row_height:
        return None
    return {
        "svg": typesetting.drawing(chart.spec, chart.rows, width=460, row_height=row_height),
        "alt": f"{chart.title}. {chart.reading}",
        "reading": chart.reading,
        "legend": chart.legend,
    }
