"""The report's part on districts: differences from the rest of the city, and their limits.

Goals are in `goal_chapter`.
"""

from collections.abc import Iterator
from itertools import groupby

from samlad.foundation.rows import DistrictGoalRow, DistrictIndicatorsRow, OrganisationIndicatorsRow
from samlad.judgement import comparisons
from samlad.report import goal_chapter
from samlad.report.document import Block, Words
from samlad.report.report_material import Folio
from samlad.swedish import numbers, row_words

CERTAIN, POSSIBLE = ("higher", "lower"), ("maybe_higher", "maybe_lower")


def all_of_them(folio: Folio) -> Iterator[Block]:
    """Yield the districts' differences from the rest, and their possible and impossible meanings."""
    tested, differing = [], []
    answer = folio.ask(DistrictGoalRow, year=folio.year)
    by_indicator = {key: list(rows) for key, rows in groupby(answer.rows, key=lambda row: row.indicator_id)}
    offered = folio.ask(DistrictIndicatorsRow)
    for indicator in offered.rows:
        if indicator.measure not in ("share", "rate") or folio.year not in indicator.years:
            continue
        held = [row for row in by_indicator.get(indicator.indicator_id, ()) if row.comparison is not None]
        tested += held
        differing += [(indicator, row) for row in held if row.comparison in (*CERTAIN, *POSSIBLE)]
    if not tested:
        yield Words(f"Stadsdelarna kan inte jämföras {folio.year}: det finns för få uppgifter.")
        return
    example = any(row.origin == "example" for row in tested)
    certain = [one for one in differing if one[1].comparison in CERTAIN]
    possible = len(differing) - len(certain)
    threshold = folio.opened.manifest["threshold"]
    expected = comparisons.by_chance(one for row in tested if (one := comparisons.of_row(row, threshold)))
    yield folio.statement(
        f"Av {numbers.number(len(tested))} jämförelser mellan en stadsdel och resten av staden {folio.year} visar "
        f"{numbers.number(len(certain))} en säker skillnad och {numbers.number(possible)} en möjlig. Även om alla "
        f"stadsdelar vore lika skulle omkring {numbers.number(expected.possible)} sticka ut av en slump, om fallen är "
        "oberoende av varandra.",
        answer.source("comparison", rule="antal jämförelser"),
    )
    if certain:
        rows = [
            [
                offered.cell(indicator.indicator, indicator, "indicator"),
                answer.cell(row.district, row, "district"),
                answer.cell(
                    row_words.figure(row),
                    row,
                    *("numerator", "denominator", "value", "missing_reason"),
                    value=row.value,
                    measure=row.measure,
                ),
                answer.cell(row_words.rest(row), row, "rest_value", value=row.rest_value, measure=row.measure),
                answer.cell(row_words.comparison(row), row, "comparison"),
            ]
            for indicator, row in certain
        ]
        columns = ("Indikator", "Stadsdel", "Utfall", "Resten av staden", "Skillnad")
        widths = (2.2, 1.5, 1.9, 1.2, 1.2)
        caption = f"Stadsdelar som säkert skiljer sig från resten av staden {folio.year}"
        yield folio.table(caption, columns, rows, widths, is_example=example)
    yield Words(
        f"En skillnad är säker vid 99,8{numbers.SPACE}% och möjlig vid 95{numbers.SPACE}%. "
        "Där allt är räknat, som enheter, finns ingen slump att pröva mot, och de indikatorerna är inte med här. "
        "En skillnad säger inte varför: stadsdelarna har olika invånare, olika många som söker stöd och olika sätt att "
        "registrera. Fler anmälda eller kända fall kan betyda mer våld, eller att fler vågar berätta."
    )


def one(folio: Folio) -> Iterator[Block]:
    """Yield an organisation's indicators beside the rest of the city."""
    answer = folio.ask(OrganisationIndicatorsRow, organisation_id=folio.organisation_id, year=folio.year)
    names = {one.about.indicator_id: one.rows[folio.year] for one in goal_chapter.followed(folio)}
    held = [row for row in answer.rows if row.rest_value is not None and row.indicator_id in names]
    if not held:
        yield Words(f"Det finns inget utfall {folio.year} som kan jämföras med resten av staden.")
        return
    rows = [
        [
            goal_chapter.cases(folio).cell(names[row.indicator_id].indicator, names[row.indicator_id], "indicator"),
            answer.cell(
                numbers.figure(row.value, row.measure, unit=row.unit, missing_reason=".."),
                row,
                "value",
                value=row.value,
                measure=row.measure,
            ),
            answer.cell(row_words.rest(row), row, "rest_value", value=row.rest_value, measure=row.measure),
            answer.cell(row_words.comparison(row) or "jämförs inte", row, "comparison"),
        ]
        for row in held
    ]
    columns = ("Indikator", "Utfall", "Resten av staden", "Skillnad")
    is_example = any(row.origin == "example" for row in held)
    yield folio.table(
        f"Jämfört med resten av staden {folio.year}", columns, rows, (2.4, 1.2, 1.2, 1.4), is_example=is_example
    )
