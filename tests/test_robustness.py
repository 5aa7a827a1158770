"""Does it stand: the same verdict from the year after the base, or what it hangs on."""

from dataclasses import replace
from typing import Any

import pytest

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement import judged_years, robustness
from samlad.judgement.judged_years import Judged
from samlad.warehouse.database import Warehouse
from tests.test_judged import row


def followed(*shares: int, **cells: Any) -> Judged:
    """A district's share of 12 units from 2021 on, towards all of them in 2025."""
    first = shares[0]
    about = {"indicator_id": "I", "indicator": "I", "origin": "own", "base_numerator": first, **cells}
    rows = [row(2021 + at, units, **about) for at, units in enumerate(shares)]
    rows[0] = replace(rows[0], base_numerator=None, base_denominator=None, base_missing="-")
    (one,) = judged_years.judged(rows)
    return one


def test_a_steady_way_stands() -> None:
    assert (
        robustness.told(followed(2, 4, 6, 8, target=0.9), 2024) == "Läget står sig: det är detsamma räknat från 2022."
    )


def test_a_leap_in_the_first_year_makes_it_hang_on_the_base() -> None:
    assert robustness.told(followed(2, 8, 8, 8, target=0.9), 2024) == (
        "Läget hänger på basåret: räknat från 2022 blir utvecklingen ”långt efter”."
    )


@pytest.mark.parametrize(("year", "shares"), [(2021, (2, 4, 6)), (2022, (2, 4, 6)), (2023, (2, 0, 6))])
def test_nothing_is_said_where_there_is_no_year_in_between(year: int, shares: tuple[int, ...]) -> None:
    assert robustness.told(followed(*shares, value=None) if year == 2023 else followed(*shares), year) == ""


def test_what_the_answers_do_not_settle_hangs_on_them(example: Warehouse) -> None:
    found = judged_years.judged(example.rows(IndicatorCasesRow))
    said = {one.name: robustness.told(one, 2025) for one in judged_years.in_year(found, 2025)}
    open_ones = {one.name for one in judged_years.in_year(found, 2025) if one.verdicts[2025].mark == "insufficient"}
    assert open_ones and all(said[name] == "Läget hänger på svaren som saknas." for name in open_ones)
