"""Choices on Stadsdelar: goal, division, comparison, picture, districts.

All stand in the address. Choices that other pages share belong in `common.choose`.
"""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from samlad.foundation.rows import DistrictDivisionsRow
from samlad.foundation.schema import AS_REPORTED
from samlad.swedish import numbers, words
from samlad.views.common import choose
from samlad.views.common.choose import Indicator
from samlad.views.common.shown_edition import load_rows
from samlad.views.districts.district_charts import CLICK
from samlad.warehouse.catalogue_choices import Organisation

CHOSEN = choose.DISTRICTS
SUBJECT, PICTURE, AGAINST, FROM = "visa", "bild", "mot", "fran"

REST, TARGET, EARLIER = "Resten av staden", "Årsmålet", "Tidigare år"
DOTS, TILES, YEARS, SLOPE, FUNNEL, SEXES, ALIKE, AROUND = (
    *("Jämförelse", "Karta", "Över åren", "Mellan två år"),
    *("Efter storlek", "Kvinnor och män", "Liknande stadsdelar", "Våld och folkmängd"),
)


def districts() -> tuple[str, ...]:
    """Let the user choose districts to follow; they stay chosen over pictures, pages and links."""
    held = choose.choices().organisations.values()
    names = sorted({one.name for one in held if one.kind == "stadsdelsnamnd"})
    return tuple(
        st.multiselect(
            "Valda stadsdelar",
            names,
            key=CHOSEN,
            bind="query-params",
            placeholder="Välj, eller klicka i bilden",
            help="De valda står i fetstil i varje bild och är märkta i tabellerna. Valet följer med i länken.",
        )
    )


def followed(organisation: Organisation) -> tuple[str, ...]:
    """Return the districts to mark: the chosen, and the district in the frame."""
    own = (organisation.name,) if organisation.kind == "stadsdelsnamnd" else ()
    return tuple(dict.fromkeys((*own, *st.session_state.get(CHOSEN, ()))))


def key(picture: str) -> str:
    """Return a picture's key: new for each choice of districts, so that each click counts."""
    return f"{picture}: {', '.join(st.session_state.get(CHOSEN, ()))}"


def click(picture: str) -> None:
    """Choose the district that was clicked, or drop a chosen district."""
    clicked = st.session_state[key(picture)].selection.get(CLICK, [])
    chosen = list(st.session_state.get(CHOSEN, ()))
    known = {one.name for one in choose.choices().organisations.values() if one.kind == "stadsdelsnamnd"}
    for name in {str(point["district"]) for point in clicked} & known:
        chosen = [one for one in chosen if one != name] if name in chosen else [*chosen, name]
    st.session_state[CHOSEN] = chosen


def is_goal() -> bool:
    """Let the user look at a whole goal instead of an indicator."""
    return choose.segment("Visa", {"": "En indikator", "goal": "Ett mål"}, SUBJECT) == "goal"


def division() -> str | None:
    """Let the user choose today's division, the division as reported (None), or the division of any date."""
    found = load_rows(DistrictDivisionsRow)
    older = {row.division: f"Från {numbers.date_sv(date.fromisoformat(row.division))}" for row in found}
    today = next((row.division for row in found if row.is_today), "")
    offered = {
        "": "Dagens",
        AS_REPORTED: "Som rapporterat",
        **{day: said for day, said in older.items() if day != today},
    }
    return choose.segment("Indelning", offered, choose.DIVISION) or None


def division_words(division: str | None) -> str:
    """Return a division's words for a title."""
    if division in (None, AS_REPORTED):
        return "som rapporterat" if division else "dagens indelning"
    return f"indelningen från {numbers.date_sv(date.fromisoformat(division))}"


def against(indicator: Indicator, year: int) -> str:
    """Let the user choose the comparison of each district."""
    offered = [REST, TARGET, *([EARLIER] if earlier_years(indicator, year) else [])]
    return choose.segment("Jämför med", {one: one for one in offered}, AGAINST)


def earlier_years(indicator: Indicator, year: int) -> list[int]:
    """Return earlier years that have a figure for some district, latest first."""
    return sorted((found for found in indicator.row.years if found < year), reverse=True)


def earlier(indicator: Indicator, year: int) -> int | None:
    """Let the user choose the earlier year to look from. The first is the default, None without any."""
    offered = earlier_years(indicator, year)
    if not offered:
        return None
    chosen: int = st.selectbox(
        "Från år", offered, index=len(offered) - 1, key=FROM, bind="query-params", filter_mode=None
    )
    return chosen


def picture(indicator: Indicator, year: int, *, has_funnel: bool, has_public: bool) -> str:
    """Let the user choose a picture among the pictures that the indicator has."""
    measure = indicator.row.measure
    offers: Mapping[str, bool] = {
        DOTS: True,
        TILES: True,
        YEARS: True,
        SLOPE: bool(earlier_years(indicator, year)),
        FUNNEL: has_funnel,
        SEXES: indicator.row.split_by_sex,
        ALIKE: measure in ("share", "rate"),
        AROUND: has_public,
    }
    return choose.segment("Bild", {one: one for one, is_there in offers.items() if is_there}, PICTURE)


def who(sex_now: str) -> str:
    """Return a title's words for the sex chosen; empty for all."""
    return f", {words.SEXES[sex_now].lower()}" if sex_now != "total" else ""
