"""Choices of the user, in the frame and on the page. All stand in the address.

Choices of a single page belong in its folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st

from samlad.foundation.errors import DomainError
from samlad.foundation.rows import DistrictIndicatorsRow, GoalsRow, IndicatorCatalogueRow
from samlad.foundation.schema import PERIODS
from samlad.swedish import words
from samlad.views.common import show
from samlad.views.common.shown_edition import PIN, is_pinned, load_rows, seen, seen_id
from samlad.warehouse import catalogue_choices
from samlad.warehouse.catalogue_choices import Choices, Organisation

YEAR, ORGANISATION = "ar", "organisation"
GOAL, INDICATOR, SEX, DIVISION, ORDER = "mal", "indikator", "kon", "indelning", "ordning"
NAMED, DISTRICTS, PERIOD = "namn", "valda", "period"


def choices() -> Choices:
    """Return the snapshot's years, organisations and other choices."""
    return _choices(seen_id())


@lru_cache(maxsize=10)
def _choices(snapshot_id: str) -> Choices:
    del snapshot_id  # only a key of the kept answer
    return catalogue_choices.of(seen())


def in_frame(offered: Choices) -> None:
    """Draw the year and the organisation, the choices that every page shares."""
    st.selectbox(
        "År",
        offered.years,
        index=offered.years.index(offered.default_year),
        key=YEAR,
        bind="query-params",
        filter_mode=None,
    )
    st.selectbox(
        "Organisation",
        [words.WHOLE_CITY, *(held.name for held in offered.organisations.values())],
        key=ORGANISATION,
        bind="query-params",
        help="Hela staden, eller en nämnd eller ett bolag i taget. Skriv för att söka.",
    )


def year() -> int:
    """Return the year chosen in the frame."""
    chosen: int = st.session_state[YEAR]
    return chosen


def organisation() -> Organisation:
    """Return the organisation chosen in the frame."""
    chosen = st.session_state[ORGANISATION]
    if chosen == words.WHOLE_CITY:
        return Organisation(None, words.WHOLE_CITY)
    held = choices().organisations.values()
    return next((one for one in held if one.name == chosen), Organisation(None, words.WHOLE_CITY))


@dataclass(frozen=True)
class Indicator:
    """An indicator to compare the districts on; public statistics have no row in the programme."""

    name: str
    found: DistrictIndicatorsRow | None

    @property
    def row(self) -> DistrictIndicatorsRow:
        """Return the indicator's row. Raises DomainError for public statistics, which have none."""
        if self.found is None:
            raise DomainError(f"{self.name} is no indicator of the programme.")
        return self.found

    @property
    def indicator_id(self) -> str | None:
        """Return the identity in the programme, None for public statistics."""
        return self.found.indicator_id if self.found else None

    @property
    def is_public(self) -> bool:
        """Return True for public statistics beside the programme."""
        return self.indicator_id is None


def district_indicator() -> Indicator:
    """Let the user choose an indicator to compare the districts on: the programme's, then public statistics."""
    offered = [Indicator(row.indicator, row) for row in load_rows(DistrictIndicatorsRow)]
    offered.append(Indicator(words.REPORTED_VIOLENCE, None))
    first = min(range(len(offered)), key=lambda at: (_last_choice(offered[at]), at))
    names = [one.name for one in offered]
    chosen = st.selectbox("Indikator", names, index=first, key=INDICATOR, bind="query-params")
    place: int = names.index(chosen)
    return offered[place]


def _last_choice(indicator: Indicator) -> tuple[bool, bool, bool]:
    """Return a sorting key that puts unsuitable indicators last: without figures, not comparable, perhaps protected."""
    found = indicator.found
    return (
        found is not None and not found.years,
        found is not None and found.measure not in ("share", "rate"),
        found is None or found.counts == "persons",
    )


def indicator() -> IndicatorCatalogueRow:
    """Let the user choose an indicator of the programme. The answer is its row of the query indicator_catalogue."""
    offered = load_rows(IndicatorCatalogueRow)
    if not offered:
        _nothing("Indikator", "Programmet har inga indikatorer. Lägg till dem i indicators.csv och publicera igen.")
    names = [row.indicator for row in offered]
    chosen = st.selectbox(
        "Indikator", names, key=NAMED, bind="query-params", help="I programmets ordning. Skriv för att söka."
    )
    place: int = names.index(chosen)
    return offered[place]


def goal() -> GoalsRow:
    """Let the user choose a goal; the answer is its row of the query goals."""
    offered = load_rows(GoalsRow)
    if not offered:
        _nothing("Mål", "Programmet har inga mål. Lägg till dem i goals.csv och publicera igen.")
    names = [goal_name(row.number, row.short_title) for row in offered]
    chosen = st.selectbox("Mål", names, key=GOAL, bind="query-params", filter_mode=None)
    place: int = names.index(chosen)
    return offered[place]


def _nothing(title: str, why: str) -> NoReturn:
    """End a page that has nothing to choose from."""
    show.title(title)
    show.empty(why)
    st.stop()


def goal_name(number: int, short_title: str) -> str:
    """Return a goal's name in the choice and in the address."""
    return f"{number} {short_title}"


@dataclass(frozen=True)
class Followed:
    """Choices that follow a reader from page to page: the frame's, the pinned snapshot, the chosen districts."""

    year: int
    organisation: str
    pinned: str
    districts: tuple[str, ...]

    def address(self, page: str, **chosen: str) -> str:
        """Return the address of another page with these choices and the choices given for that page."""
        return _address(self, page, tuple(chosen.items()))


def followed() -> Followed:
    """Return the choices that follow from this run. Callers that write many links ask once."""
    at = organisation()
    return Followed(
        year(), "" if at.is_city else at.name, seen_id() if is_pinned() else "", tuple(districts_followed())
    )


def address(page: str, **chosen: str) -> str:
    """Return the address of another page, with the frame's choices, the pinned snapshot and the choices given."""
    return followed().address(page, **chosen)


@lru_cache(maxsize=20_000)
def _address(followed: Followed, page: str, chosen: tuple[tuple[str, str], ...]) -> str:
    frame: dict[str, Any] = {YEAR: followed.year, ORGANISATION: followed.organisation, PIN: followed.pinned}
    held = {**frame, DISTRICTS: followed.districts, **dict(chosen)}
    return f"{page}?{urlencode({key: value for key, value in held.items() if value}, doseq=True)}"


def districts_followed() -> list[str]:
    """Return the districts chosen to be followed, on this page or on an earlier page."""
    return list(st.session_state.get(DISTRICTS) or st.query_params.get_all(DISTRICTS))


def sex(indicator: Indicator) -> str:
    """Let the user choose women or men where the indicator is split, else both together."""
    if indicator.found is None or not indicator.found.split_by_sex:
        return "total"
    return segment("Kön", {"total": "Alla", "women": "Kvinnor", "men": "Män"}, SEX)


def is_by_value() -> bool:
    """Let the user ask for the districts by value; the order is fixed unless asked."""
    return bool(segment("Ordning", {"": "Bokstavsordning", "value": "Efter värde"}, ORDER))


def segment(label: str, options: Mapping[str, str], key: str) -> str:
    """Let the user choose among a few options, given as codes and words. The first is the default."""
    words = list(options.values())
    chosen = st.segmented_control(label, words, default=words[0], required=True, key=key, bind="query-params")
    return next((code for code, word in options.items() if word == chosen), next(iter(options)))


def period() -> str:
    """Let the user choose the period; in the address."""
    named = {period_name(one): one for one in reversed(PERIODS)}
    chosen = st.segmented_control(
        "Period", list(named), default=next(iter(named)), required=True, key=PERIOD, bind="query-params"
    )
    return named[chosen or next(iter(named))]


def period_name(code: str) -> str:
    """Return a period's name in the choice and in the address."""
    return f"{words.PERIODS[code].capitalize()} ({code})"
