"""Contents of Stadsdelar for an indicator: its rows, the page's answer, and the chosen picture.

Each picture's rows and words are made in its own module.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from samlad.foundation.rows import (
    DistrictChangesRow,
    DistrictComparisonRow,
    DistrictFunnelRow,
    DistrictSexesRow,
    DistrictYearsRow,
)
from samlad.swedish import words
from samlad.views.common import choose
from samlad.views.common.choose import Indicator
from samlad.views.common.shown_edition import load_rows, seen_id, threshold
from samlad.views.districts import (
    district_alike,
    district_charts,
    district_choices,
    district_comparison,
    district_context,
    district_funnel,
    district_rows,
    district_sexes,
    district_tiles,
    district_years,
    equity,
)
from samlad.views.districts.district_picture import Picture
from samlad.views.districts.district_rows import ComparedDistrict


@dataclass(frozen=True)
class Look:
    """A look at the districts: the page's choices, with rows of comparison and years."""

    indicator: Indicator
    year: int
    division: str | None
    chosen: tuple[str, ...]
    picture: str
    sex: str
    rows: list[ComparedDistrict]
    over_time: list[DistrictYearsRow]
    by_value: bool = False
    against: str = district_choices.REST
    earlier: int | None = None
    spread: list[equity.Year] = field(default_factory=list)
    shown_from: int = 0

    @property
    def measure(self) -> str:
        """Return the indicator's measure."""
        return self.indicator.row.measure

    @property
    def choices(self) -> tuple[object, ...]:
        """Return every choice: with the snapshot, they decide the drawing."""
        return (
            *(self.indicator.indicator_id, self.year, self.division, self.chosen, self.picture, self.sex),
            *(self.by_value, self.against, self.earlier),
        )

    @property
    def beside(self) -> str:
        """Return the meaning of the tick beside each district."""
        return f"{self.earlier}" if self.against == district_choices.EARLIER else "resten av staden"

    def asked(self, **more: object) -> dict[str, object]:
        """Return the parameters of a query about this look."""
        return {"indicator_id": self.indicator.indicator_id, "year": self.year, "division": self.division, **more}

    def title(self, said: str = "") -> str:
        """Return a picture's title, naming every choice."""
        return district_comparison.chart_title(
            self.indicator, self.year, self.sex, self.division, self.by_value and not said, said
        )


def look(indicator: Indicator, year: int, division: str | None, chosen: tuple[str, ...]) -> Look | None:
    """Let the user choose the picture and its settings, and load its rows. None without rows to show."""
    asked = {"indicator_id": indicator.indicator_id, "year": year, "division": division}
    pictures = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = choose.sex(indicator)
        rows = load_rows(DistrictComparisonRow, **asked, sex=sex)
        if not district_comparison.has_figures(rows):
            return None
        has_funnel = district_comparison.sizes_differ(rows)
        with pictures:
            picture = district_choices.picture(
                indicator, year, has_funnel=has_funnel, has_public=district_context.is_published()
            )
        is_compared = picture in (district_choices.DOTS, district_choices.TILES)
        against = district_choices.against(indicator, year) if is_compared else district_choices.REST
        needs_earlier = picture == district_choices.SLOPE or against == district_choices.EARLIER
        earlier = district_choices.earlier(indicator, year) if needs_earlier else None
        by_value = choose.is_by_value() if picture in (district_choices.DOTS, district_choices.AROUND) else False
    changes = load_rows(DistrictChangesRow, **asked, sex=sex, earlier=earlier) if earlier else []
    over_time = load_rows(DistrictYearsRow, indicator_id=indicator.indicator_id, sex=sex, division=division)
    compared = district_comparison.with_outcome(district_rows.compared(rows, changes), year, over_time)
    return Look(
        *(indicator, year, division, chosen, picture, sex, district_comparison.ordered(compared, by_value), over_time),
        by_value=by_value,
        against=against,
        earlier=earlier,
        spread=_spread(seen_id(), indicator.indicator_id, sex, division),
        shown_from=threshold(),
    )


def answer(look: Look) -> str:
    """Return the page's answer: districts that differ from the rest, and the spread's course."""
    return " ".join(filter(None, (district_comparison.differences(look.rows), equity.clause(look.spread, look.year))))


@st.cache_resource(max_entries=200, show_spinner=False)
def _spread(snapshot_id: str, indicator_id: str | None, sex: str, division: str | None) -> list[equity.Year]:
    return equity.years(load_rows(DistrictYearsRow, indicator_id=indicator_id, sex=sex, division=division))


def drawn_from(look: Look) -> list[DistrictYearsRow]:
    """Return the rows of the years that the picture shows."""
    if look.picture == district_choices.AROUND:
        return []
    rows = look.over_time
    if look.picture == district_choices.YEARS:
        return rows
    return [row for row in rows if row.year in (look.year, look.earlier)]


def picture(look: Look) -> Picture:
    """Return the chosen picture; made once per snapshot and choices."""
    return _picture(seen_id(), look.choices, look)


@st.cache_resource(max_entries=200, show_spinner=False)
def _picture(snapshot_id: str, choices: tuple[object, ...], _look: Look) -> Picture:
    return {
        district_choices.DOTS: dots,
        district_choices.TILES: tiles,
        district_choices.YEARS: over_years,
        district_choices.SLOPE: between_years,
        district_choices.FUNNEL: funnel,
        district_choices.SEXES: women_and_men,
        district_choices.ALIKE: alike,
        district_choices.AROUND: around,
    }[_look.picture](_look)


def _notes(look: Look, shown: Sequence[ComparedDistrict]) -> list[str]:
    """Return notes below dots and tiles: flags by chance alone, and that extremes drift back."""
    return [
        *(_chance(look, shown) if look.against != district_choices.TARGET else []),
        *([words.EXTREMES] if look.by_value else []),
    ]


def _chance(look: Look, shown: Sequence[ComparedDistrict]) -> list[str]:
    if look.against == district_choices.EARLIER:
        return [*equity.chance_of_changes(shown, look.shown_from), *_base_note(look)]
    return equity.chance(shown, look.shown_from)


def _base_note(look: Look) -> list[str]:
    found = look.indicator.row
    return [found.base_note] if found.base_note and look.earlier == found.base_year else []


def _held(look: Look) -> str:
    return "" if look.against == district_choices.REST else f"mot {look.earlier or 'årsmålet'}"


def dots(look: Look) -> Picture:
    """Return a dot with interval for each district, and the city as tiles beside."""
    shown = district_comparison.held_against(look.rows, look.against, look.earlier)
    title = look.title(_held(look))
    return Picture(
        spec=district_comparison.spec(look.rows, look.chosen),
        rows=district_comparison.drawn(shown, look.against, look.beside),
        title=title,
        reading=district_comparison.reading(shown, look.against, look.earlier),
        legend=district_comparison.legend(shown, look.against, look.beside),
        table=district_comparison.table(look.rows, title, chosen=look.chosen, earlier=look.earlier),
        notes=_notes(look, shown),
        is_example=district_comparison.is_example(look.rows),
        beside=district_tiles.small(district_tiles.drawn(shown, look.against, look.beside, look.chosen)),
    )


def tiles(look: Look) -> Picture:
    """Return the city as tiles, with the classes of the dots."""
    shown = district_comparison.held_against(look.rows, look.against, look.earlier)
    title = look.title(_held(look))
    return Picture(
        spec=district_charts.tiles(district_tiles.height(look.rows)),
        rows=district_tiles.drawn(shown, look.against, look.beside, look.chosen),
        title=title,
        reading=district_comparison.reading(shown, look.against, look.earlier),
        table=district_comparison.table(look.rows, title, chosen=look.chosen, earlier=look.earlier),
        notes=(
            "En ruta är en stadsdel, ungefär där den ligger på kartan. Rutans storlek betyder inget.",
            *_notes(look, shown),
        ),
        is_example=district_comparison.is_example(look.rows),
    )


def over_years(look: Look) -> Picture:
    """Return a panel for each district over the years, on the same scale."""
    rows = look.over_time
    title = look.title("år för år")
    return Picture(
        spec=district_charts.small_years(district_years.COLUMNS, district_years.panel_rows(rows)),
        rows=district_years.panels(rows, look.chosen),
        title=title,
        reading=f"{district_years.scale_words(rows)}.",
        table=district_years.table(rows, title, look.chosen),
        notes=district_years.break_words(rows, look.indicator.row.break_note),
        is_example=district_comparison.is_example(rows),
    )


def between_years(look: Look) -> Picture:
    """Return a line for each district from an earlier year to the year."""
    earlier = look.earlier or look.year
    title = look.title(f"från {earlier}")
    return Picture(
        spec=district_charts.slope(look.measure, district_comparison.axis_title(look.measure, look.indicator.row.unit)),
        rows=district_years.slope(look.rows, earlier, look.year, look.chosen),
        title=title,
        reading=district_years.slope_sentence(look.rows, earlier, look.year),
        table=district_comparison.table(look.rows, title, chosen=look.chosen, earlier=earlier),
        notes=[
            *equity.chance_of_changes([district_comparison.beside_earlier(row) for row in look.rows], look.shown_from),
            *_base_note(look),
        ],
        is_example=district_comparison.is_example(look.rows),
    )


def funnel(look: Look) -> Picture:
    """Return districts by size, between the limits of chance."""
    rows = load_rows(DistrictFunnelRow, **look.asked(sex=look.sex))
    title = look.title("efter storlek")
    return Picture(
        spec=district_funnel.spec(look.rows, look.chosen),
        rows=district_funnel.drawn(rows, look.rows),
        title=title,
        reading=district_funnel.sentence(rows, len(look.rows)),
        legend=district_funnel.legend(look.rows),
        table=district_funnel.table(rows, look.rows, title, look.chosen),
        notes=[district_funnel.TWO_TESTS, *equity.chance(look.rows, look.shown_from)],
        is_example=district_comparison.is_example(look.rows),
    )


def women_and_men(look: Look) -> Picture:
    """Return women and men beside each other in every district."""
    women, men = district_sexes.apart(load_rows(DistrictSexesRow, **look.asked()))
    title = district_comparison.chart_title(look.indicator, look.year, "total", look.division, held="kvinnor och män")
    found = look.indicator.row
    return Picture(
        spec=district_charts.sexes(look.measure, district_comparison.axis_title(look.measure, found.unit), look.chosen),
        rows=district_sexes.drawn(women, men),
        title=title,
        reading=district_sexes.sentence(women, men),
        legend=district_sexes.legend(women),
        table=district_sexes.table(women, men, title, look.chosen),
        notes=equity.chance_of_sexes(district_sexes.beside_men(women, men), look.shown_from),
        is_example=district_comparison.is_example(women) or district_comparison.is_example(men),
    )


def alike(look: Look) -> Picture:
    """Return a district beside the districts most alike."""
    context = district_context.reported_violence(look.year)
    return district_alike.picture(look.rows, context, look.title(), look.chosen)


def around(look: Look) -> Picture:
    """Return the public figures beside the indicator."""
    return district_context.picture(look.year, look.by_value, look.chosen)
