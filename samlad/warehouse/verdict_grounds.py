"""Changed grounds of a verdict: årsmål, definition, division, duty; each with old, new and day.

The catalogue's own dates come first (the query changed_grounds); catalogue rows replaced without a date come from
comparing with the edition before. Changed figures and marks belong in `changes`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from samlad.foundation import schema
from samlad.foundation.rows import ChangedGroundsRow
from samlad.judgement.judged_years import Judged
from samlad.swedish import numbers, words
from samlad.warehouse import editions
from samlad.warehouse.database import Warehouse
from samlad.warehouse.editions import Snapshot

EVERYBODY = "*"
"""Organisation of a change that concerns every organisation's verdicts."""

FIELDS = {
    "definition": "Definitionen",
    "measure": "Måttet",
    "unit": "Enheten",
    "per": "Talets bas",
    "direction": "Vilket håll som är bättre",
    "base_year": "Basåret",
}
"""Columns an indicator is judged by, besides årsmål and duties, with their Swedish names."""

CatalogueRow = Mapping[str, Any]
"""Row of a table of an edition."""


@dataclass(frozen=True)
class Ground:
    """Change in words, with its row of changed_grounds; None when editions were compared."""

    words: str
    row: ChangedGroundsRow | None


@dataclass(frozen=True)
class Replaced:
    """Change in words without a day; target_year is None except for an årsmål."""

    indicator_id: str
    organisation_id: str
    target_year: int | None
    words: str


@dataclass(frozen=True)
class Grounds:
    """Changes known to an edition: with a day, and from comparing with the edition before."""

    dated: Sequence[ChangedGroundsRow]
    replaced: Sequence[Replaced]

    def told(self, indicator_id: str, organisation_id: str | None, year: int, last_year: int | None) -> list[Ground]:
        """Return the changed grounds of the verdict of a year, oldest first.

        organisation_id None is the city; last_year is the year of the last årsmål, which the course rests on.
        """
        whose = organisation_id or schema.CITY
        mine = [one for one in self.dated if (one.indicator_id, one.organisation_id) == (indicator_id, whose)]
        rows = [one for one in mine if _concerns(one, year, last_year)]
        said = [Ground(_said(one), one) for one in rows if one.kind != "division"]
        said += _divisions([one for one in rows if one.kind == "division"])
        return [*said, *self._replaced(indicator_id, whose, year, last_year)]

    def _replaced(self, indicator_id: str, whose: str, year: int, last_year: int | None) -> Iterator[Ground]:
        for one in self.replaced:
            is_here = one.indicator_id == indicator_id and one.organisation_id in (whose, EVERYBODY)
            if is_here and one.target_year in (None, year, last_year):
                yield Ground(one.words, None)


def of(opened: Warehouse) -> Grounds:
    """Return the changed grounds known to an edition."""
    dated = opened.rows(ChangedGroundsRow)
    before = editions.before(opened.snapshot)
    return Grounds(dated, list(_between(before, opened.snapshot, dated)) if before else [])


def _concerns(row: ChangedGroundsRow, year: int, last_year: int | None) -> bool:
    happened = row.happened_on.year
    if row.kind != "target":
        return bool(happened == year)
    is_own = row.target_year == year and happened in (year - 1, year)
    return bool(is_own or (row.target_year == last_year and happened == year))


def _said(row: ChangedGroundsRow) -> str:
    day = numbers.date_sv(row.happened_on)
    match row.kind:
        case "target":
            return _aim(row, day)
        case "definition":
            note = row.subject or "Vad som ändrades är inte beskrivet."
            return f"Definitionen ändrades {row.happened_on.year}. {note} Före och efter jämförs inte."
        case "replaced":
            return f"Indikatorn ersatte {row.subject} den {day}."
        case _:
            return _duty(row, day)


def _aim(row: ChangedGroundsRow, day: str) -> str:
    year = row.target_year
    old, new = _figures(row.old_value, row.new_value, row.measure, row.unit)
    if new is None:
        return f"Årsmålet för {year}, {old}, togs bort {day}."
    if old is None:
        return f"Årsmålet för {year} sattes till {new} {day}; förut fanns inget."
    if (row.old_words, row.new_words) == ("kf", "namnd"):
        return f"Nämnden satte ett eget årsmål för {year}, {new}, den {day}; förut gällde KF:s, {old}."
    return f"Årsmålet för {year} ändrades {day} från {old} till {new}."


def _figures(old: float | None, new: float | None, measure: str, unit: str) -> list[str | None]:
    """Return the årsmål before and after, with decimals enough to tell them apart."""
    values = (old, new)
    said = [None if one is None else numbers.figure(one, measure, unit=unit) for one in values]
    if said[0] == said[1] and measure == "share":
        return [None if one is None else numbers.percent(one, 2) for one in values]
    return said


def _duty(row: ChangedGroundsRow, day: str) -> str:
    who, old, new = row.subject, row.old_words, row.new_words
    if old and new:
        return f"{who} gick från {words.ROLES[old]} till {words.ROLES[new]} {day}."
    if new:
        return f"{who} fick ansvaret {day} ({words.ROLES[new]})."
    last = numbers.date_sv(row.happened_on - timedelta(days=1))
    return f"{who} hade ansvaret till och med {last} ({words.ROLES[old or '']})."


def _divisions(rows: Sequence[ChangedGroundsRow]) -> Iterator[Ground]:
    """Yield a sentence for each day on which districts were made of others."""
    for day in sorted({row.happened_on for row in rows}):
        held = [row for row in rows if row.happened_on == day]
        made = [f"{one.subject} (av {words.listed((one.old_words or '').split(', '))})" for one in held]
        verb = f"bildades {words.listed(made)}"
        yield Ground(f"Den {numbers.date_sv(day)} {verb}; tidigare år är hopräknade.", held[0])


def _between(old: Snapshot, new: Snapshot, dated: Sequence[ChangedGroundsRow]) -> Iterator[Replaced]:
    """Yield the differences between two editions' catalogues that no row gives a day for."""
    published = numbers.date_sv(old.published_on)
    indicators = {row["indicator_id"]: row for row in new.table("indicators").to_pylist()}
    before = {row["indicator_id"]: row for row in old.table("indicators").to_pylist()}
    known = {(row.indicator_id, row.organisation_id, row.target_year) for row in dated}
    yield from (
        Replaced(key, EVERYBODY, None, words)
        for key, row in indicators.items()
        if key in before
        for words in _otherwise(before[key], row, published)
    )
    aims = _aims(old)
    for (key, whose, year), value in _aims(new).items():
        was = aims.get((key, whose, year))
        if was is None or was == value or (key, whose, year) in known:
            continue
        about = indicators[key]
        said = _figures(was, value, about["measure"], about["unit"])
        words = f"Årsmålet för {year} är {said[1] or 'borttaget'}; i publiceringen {published} var det {said[0]}."
        yield Replaced(key, whose, year, words)
    yield from _duties_between(old, new, dated, published)


def _otherwise(old: CatalogueRow, new: CatalogueRow, published: str) -> Iterator[str]:
    if old.get("break_year") != new.get("break_year"):
        return
    for name, noun in FIELDS.items():
        if old.get(name) != new.get(name):
            was = old.get(name)
            after = (
                f"; då stod ”{was}”." if was not in (None, "") and name in ("definition", "unit", "base_year") else "."
            )
            yield f"{noun} har ändrats sedan publiceringen {published}{after}"


def _aims(edition: Snapshot) -> dict[tuple[str, str, int], float | None]:
    rows = edition.table("yearly_targets").to_pylist()
    return {(row["indicator_id"], row["organisation_id"], row["year"]): row["value"] for row in rows}


def _duties_between(
    old: Snapshot, new: Snapshot, dated: Sequence[ChangedGroundsRow], published: str
) -> Iterator[Replaced]:
    known = {(row.indicator_id, row.subject) for row in dated if row.kind == "duty"}
    names = _holders(old) | _holders(new)
    held = [_answering(edition) for edition in (old, new)]
    for key, holder in sorted(held[0] ^ held[1]):
        if (key, names[holder]) in known:
            continue
        verb = "har ansvaret" if (key, holder) in held[1] else "har inte längre ansvaret"
        then = "hade det inte" if (key, holder) in held[1] else "hade det"
        words = f"{names[holder]} {verb}; i publiceringen {published} {then}."
        for whose in {schema.CITY, holder}:
            yield Replaced(key, whose, None, words)


def _answering(edition: Snapshot) -> set[tuple[str, str]]:
    """Return each indicator with each holder of a decided duty in the catalogue, whatever the dates."""
    return {
        (row["object_id"], row["organisation_id"] or row["group_id"])
        for row in edition.table("responsibilities").to_pylist()
        if row["object_type"] == "indicator" and row["status"] == "decided" and row["role"] != "berord"
    }


def _holders(edition: Snapshot) -> dict[str, str]:
    groups: Iterable[CatalogueRow] = edition.table("groups").to_pylist()
    named = {row["group_id"]: row["name"] for row in groups}
    organisations = edition.table("organisations").to_pylist()
    return named | {row["organisation_id"]: row["short_name"] for row in organisations}


def sentences(
    grounds: Grounds, judged: Judged, year: int, organisation_id: str | None, *, but: tuple[str, ...] = ()
) -> list[str]:
    """Return a sentence for each change that the verdict of a year rests on, without the kinds in `but`."""
    row = judged.rows.get(year)
    if row is None:
        return []
    changes = grounds.told(judged.about.indicator_id, organisation_id, year, row.last_target_year)
    return [change.words for change in changes if change.row is None or change.row.kind not in but]
