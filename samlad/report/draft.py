"""The draft of a report: its sections in the order of a tjänsteutlåtande, derived from a snapshot.

The sections' contents are in the chapters.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from samlad.foundation.errors import SamladError
from samlad.foundation.rows import ChoicesRow
from samlad.journal.records import Record
from samlad.report import chapters, district_chapter, goal_chapter, responsibility_chapter
from samlad.report.document import Block, Listing, OwnText, Report, Section, Words, years_words
from samlad.report.report_material import Ask, Folio
from samlad.swedish import row_words, words
from samlad.warehouse.as_of import left_out_sentence
from samlad.warehouse.database import Warehouse

Progress = Callable[[float, str], None]

PARTS = {
    "beslut": "Förslag till beslut",
    "sammanfattning": "Sammanfattning",
    "bakgrund": "Bakgrund",
    "arendet": "Ärendet",
    "mal": "Målen",
    "stadsdelar": "Skillnader mellan stadsdelar",
    "luckor": "Luckor i ansvaret",
    "forandring": "Vad som har ändrats sedan förra året",
    "rapportering": "Rapporteringen och vad som saknas",
    "metod": "Så har vi räknat",
    "beredning": "Ärendets beredning",
    "synpunkter": "Förvaltningens synpunkter och förslag",
    "kallor": "Bilaga: källor",
}
"""Parts that a report can hold, in its order."""

RESTING_ON_REPORTS = ("sammanfattning", "rapportering")
"""The parts, beside the goals, that are as complete as the reports are."""

SUMMARY_PARTS = ("beslut", "sammanfattning", "forandring", "rapportering")
"""Parts of the board's two pages."""


@dataclass(frozen=True)
class Choice:
    """A choice of report: its years, its organisation (None is the whole city), its parts, its head."""

    years: tuple[int, ...]
    organisation_id: str | None = None
    parts: tuple[str, ...] = tuple(PARTS)
    dnr: str = ""
    author: str = ""

    @property
    def is_summary(self) -> bool:
        """Return True if the report is the two pages for the board."""
        return self.parts == SUMMARY_PARTS


@dataclass(frozen=True)
class Selection:
    """A choice resolved in a snapshot: names instead of ids."""

    programme: str
    whose: str
    years: tuple[int, ...] = field(default_factory=tuple)


def offered(opened: Warehouse) -> tuple[list[int], dict[str, str]]:
    """Return the years a report can be about, oldest first, and the organisations by id."""
    return _offered(opened.rows(ChoicesRow))


def _offered(rows: Sequence[ChoicesRow]) -> tuple[list[int], dict[str, str]]:
    years = sorted(int(row.id) for row in rows if row.kind == "year")
    return years, {row.id: row.name for row in rows if row.kind == "organisation"}


def selection(folio: Folio, choice: Choice) -> Selection:
    """Return the names behind a choice. Raises SamladError when the snapshot has no such year, organisation or part."""
    rows = folio.ask(ChoicesRow).rows
    years, organisations = _offered(rows)
    strange = [year for year in choice.years if year not in years]
    if strange or not choice.years:
        raise SamladError(
            f"Programmet har inga uppgifter för {strange[0] if strange else 'de åren'}. "
            f"Välj bland {years_words(tuple(years))}."
        )
    if choice.organisation_id is not None and choice.organisation_id not in organisations:
        raise SamladError(
            f"Det finns ingen organisation ”{choice.organisation_id}”. Skriv dess id, till exempel "
            f"{next(iter(organisations))}."
        )
    unknown = [part for part in choice.parts if part not in PARTS]
    if unknown:
        raise SamladError(f"Det finns ingen del ”{unknown[0]}”. Delarna är: {', '.join(PARTS)}.")
    programme = next(row.name for row in rows if row.kind == "programme")
    whose = words.WHOLE_CITY if choice.organisation_id is None else organisations[choice.organisation_id]
    return Selection(programme, whose, choice.years)


def draft(
    opened: Warehouse,
    choice: Choice,
    progress: Progress = lambda _share, _doing: None,
    *,
    decided: Sequence[Record] = (),
    ask: Ask | None = None,
) -> Report:
    """Return the report with all that is derived, and without texts that people have written.

    decided are the journal's records on gaps. ask puts the questions, see Folio. Raises SamladError when the choice
    does not fit the snapshot.
    """
    folio = Folio(opened, choice.years, choice.organisation_id, ask)
    named = selection(folio, choice)
    made: list[Section] = []
    for done, part in enumerate(PARTS):
        if part in choice.parts:
            progress(done / len(PARTS), PARTS[part])
            made += _sections(part, folio, named, decided)
    if "arendet" not in choice.parts:
        made = [replace(section, level=1) for section in made]
    kind = "Samlad uppföljning" if not choice.is_summary else "Samlad uppföljning i korthet"
    whose = "" if folio.is_city else f": {named.whose}"
    return Report(
        title=f"{kind} {years_words(choice.years)}{whose}",
        programme=named.programme,
        whose=named.whose,
        years=choice.years,
        dnr=choice.dnr,
        author=choice.author,
        snapshot_id=opened.snapshot_id,
        published=opened.published_on,
        as_of=opened.snapshot.reports_until,
        left_out=left_out_sentence(opened.snapshot.left_out, opened.snapshot.as_of),
        threshold=opened.manifest["threshold"],
        is_example=_is_example(folio),
        sections=tuple(made),
    )


def with_texts(report: Report, texts: Mapping[str, OwnText]) -> Report:
    """Return the report with people's texts: first in the section, instead of mere suggestions."""
    return replace(report, sections=tuple(_with_text(section, texts.get(section.id)) for section in report.sections))


def with_notes(report: Report, notes: Mapping[str, Sequence[str]]) -> Report:
    """Return the report with notes on judgements first in their sections."""
    sections = [
        replace(section, blocks=(*(Words(said) for said in notes.get(section.id, ())), *section.blocks))
        for section in report.sections
    ]
    return replace(report, sections=tuple(sections))


def _with_text(section: Section, own: OwnText | None) -> Section:
    if own is None:
        return section
    kept = () if section.id in ("beslut", "beredning") else section.blocks
    return replace(section, blocks=(own, *kept))


def _is_example(folio: Folio) -> bool:
    return any(row.is_example for row in folio.ask(ChoicesRow).rows if row.kind == "programme")


def _sections(part: str, folio: Folio, named: Selection, decided: Sequence[Record]) -> Iterator[Section]:
    """Yield the sections of a part: for goals a section each, else a single section."""
    if part == "mal":
        yield from goal_chapter.sections(folio)
        return
    missing = goal_chapter.missing_number(folio) if part in RESTING_ON_REPORTS else 0
    blocks = tuple(_blocks(part, folio, named, decided))
    yield Section(part, PARTS[part], 2 if part in _WITHIN else 1, blocks, missing)


_WITHIN = ("stadsdelar", "luckor", "forandring", "rapportering", "metod")
"""Parts that stand within Ärendet."""


def _blocks(part: str, folio: Folio, named: Selection, decided: Sequence[Record]) -> Iterable[Block]:
    made: dict[str, Callable[[], Iterable[Block]]] = {
        "beslut": lambda: _decision(folio, named),
        "sammanfattning": lambda: chapters.summary(folio),
        "bakgrund": lambda: chapters.background(folio, named.programme),
        "arendet": lambda: [Words(_matter(folio, named))],
        "stadsdelar": lambda: district_chapter.all_of_them(folio) if folio.is_city else district_chapter.one(folio),
        "luckor": lambda: responsibility_chapter.gaps(folio, decided),
        "forandring": lambda: chapters.changes(folio),
        "rapportering": lambda: chapters.reporting(folio),
        "metod": lambda: chapters.methods(folio.opened.manifest["threshold"]),
        "beredning": lambda: [Words(_prepared(folio))],
        "synpunkter": lambda: _views(folio),
        "kallor": lambda: [Words(SOURCES)],
    }
    return made[part]()


SOURCES = (
    "Varje tabell, diagram och mening som är framräknad har en beteckning: tabell 4 är T4 och dess celler T4:r1:c2 med "
    "rad och kolumn, diagram 2 är D2, en mening S7. Beteckningen leder till frågan som ställdes, dess val och "
    "ögonblicksbilden. I Excelfilen står varje cell för sig, och vilka inlämningar talen kom med."
)


def _decision(folio: Folio, named: Selection) -> Iterator[Block]:
    years = years_words(folio.years)
    if folio.is_city:
        yield Words(f"Socialnämnden godkänner den samlade uppföljningen {years} av {named.programme}.")
        yield Words("Socialnämnden överlämnar uppföljningen till kommunstyrelsen.")
    else:
        yield Words(f"{named.whose} godkänner uppföljningen {years} av {named.programme}.")


def _prepared(folio: Folio) -> str:
    who = "socialförvaltningen" if folio.is_city else "förvaltningen"
    return f"Ärendet har beretts inom {who} utifrån vad nämnder och bolag har rapporterat."


def _matter(folio: Folio, named: Selection) -> str:
    whose = "hela staden" if folio.is_city else named.whose
    return (
        f"Här redovisas {whose} {years_words(folio.years)}, mål för mål: hur indikatorerna står mot årsmålen, hur "
        "långt aktiviteterna har kommit och vad som inte mäts. Därefter följer vad som har ändrats, hur rapporteringen "
        "har gått och hur det är räknat."
    )


def _views(folio: Folio) -> Iterator[Block]:
    """Yield the views that the figures suggest, for the office to take a stand on."""
    found = goal_chapter.followed(folio)
    listed = list(chapters.attention(folio, found))
    if listed:
        yield Words(
            "Underlaget pekar på de här indikatorerna, de som avviker mest först. Åtgärder och ansvar föreslås av "
            "förvaltningen."
        )
        yield Listing(tuple(listed))
        return
    yield Words(row_words.no_attention([one.verdicts[folio.year] for one in found], folio.year))
