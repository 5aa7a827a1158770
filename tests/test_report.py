"""The report: every number is a citation that its query bears out, and the same input gives the same bytes."""

import io
import re
from collections import Counter
from datetime import date
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner

from samlad.cli import commands
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import DistrictComparisonRow, IndicatorCasesRow
from samlad.foundation.store import DataFolder
from samlad.judgement import comparisons, statistics
from samlad.judgement.judged_years import Judged, in_year, judged
from samlad.judgement.marks import NOT_REACHED, Mark
from samlad.report import report_files, report_orders
from samlad.report.document import Chart, Report, Source, Statement, Table, Words
from samlad.report.draft import PARTS, RESTING_ON_REPORTS, SUMMARY_PARTS, Choice, draft
from samlad.report.report_files import Order
from samlad.swedish import numbers, row_words, sentences, words
from samlad.warehouse import database
from samlad.warehouse.database import Warehouse
from tests.printed import printed_numbers

YEAR = 2024


@pytest.fixture(scope="module")
def report(example: Warehouse) -> Report:
    """The whole report of one year."""
    return draft(example, Choice((YEAR,), dnr="SN 2025/17", author="Anna Ek"))


def rows_of(source: Source, example: Warehouse, asked: dict[Any, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rows that a source means, asked for again."""
    key = (source.query, source.parameters)
    if key not in asked:
        asked[key] = example.query(source.query, **source.asked()).to_pylist()
    return [row for row in asked[key] if source.picks(row)]


def says(number: str, rows: list[dict[str, Any]], rule: str) -> bool:
    """Return True if a column holds a number in some row: as it is, in per cent, added up or counted."""
    wanted = float(number.replace(",", ".").replace("\u2212", "-"))
    decimals = len(number.partition(",")[2])
    held = [value for row in rows for value in row.values() if isinstance(value, int | float)]
    if rule in ("summa", "antal", "antal aktiviteter"):
        columns = [[row[name] for row in rows if isinstance(row[name], int)] for name in rows[0]]
        sums = [sum(column) for column in columns] + list(range(len(rows) + 1))
        held += [*sums, *(one / other for one in sums for other in sums if other)]
    return any(abs(scale * value - wanted) <= 0.5000001 * 10**-decimals for value in held for scale in (1, 100))


def written(rows: list[dict[str, Any]]) -> str:
    """All the text of some rows, dates in Swedish."""
    said = [value for row in rows for value in row.values()]
    dates = [numbers.date_sv(value) for value in said if isinstance(value, date)]
    words = " ".join([*(value for value in said if isinstance(value, str)), *dates])
    return re.sub(r"(\d) (000)\b", "\\1\u00a0\\2", words)


def test_every_number_in_a_table_is_what_its_query_answers(report: Report, example: Warehouse) -> None:
    asked: dict[Any, list[dict[str, Any]]] = {}
    checked = 0
    for at, (wording, source) in report.citations().items():
        if not at.startswith("T"):
            continue
        rows = rows_of(source, example, asked)
        assert rows, f"{at} leads nowhere"
        text = written(rows)
        for number in printed_numbers(wording):
            held = [{name: row[name] for name in source.columns or row} for row in rows]
            asked_for = {str(value) for _, value in source.parameters}
            known = number in printed_numbers(text) or number in asked_for or says(number, held, source.rule)
            assert known, f"{at}: {wording} is not in {rows[0]}"
            checked += 1
    assert checked > 400


def test_every_reading_is_what_the_verdict_of_its_row_says(report: Report, example: Warehouse) -> None:
    found = {
        (one.about.indicator_id, year): verdict
        for one in judged(example.rows(IndicatorCasesRow))
        for year, verdict in one.verdicts.items()
    }
    read = [(words, dict(source.row)) for words, source in report.citations().values() if source.rule == "läsrad"]
    assert len(read) == 26
    for phrase, row in read:
        assert phrase == sentences.reading(found[row["indicator_id"], row["year"]])


def test_every_count_in_a_statement_is_what_its_query_answers(report: Report, example: Warehouse) -> None:
    asked: dict[Any, list[dict[str, Any]]] = {}
    said = {at: found for at, found in report.citations().items() if at.startswith("S")}
    verdicts = judged(example.rows(IndicatorCasesRow))
    checked = set()
    for at, (phrase, source) in said.items():
        if source.rule in ("läsrad", "läsrad, kort"):
            continue
        if source.rule == "väntat antal av slump":
            checked.add(source.rule)
            continue
        rows = rows_of(source, example, asked) if source.rule != "antal jämförelser" else compared(example)
        if source.rule == "ändrat underlag":
            assert all(
                says(one, rows, "") or one in printed_numbers(written(rows)) for one in printed_numbers(phrase)
            ), phrase
        elif source.rule:
            assert printed_numbers(phrase) == [str(one) for one in counted(source, rows, verdicts)], f"{at}: {phrase}"
        else:
            held = printed_numbers(
                " ".join(str(row[name]) for row in rows for name in source.columns)
            ) + printed_numbers(written(rows))
            assert set(printed_numbers(phrase)) <= set(held), f"{at}: {phrase}"
        checked.add(source.rule)
    assert checked == {
        *("", "summa", "antal", "antal aktiviteter", "antal jämförelser", "lägen räknade per indikator"),
        "väntat antal av slump",
        "ändrat underlag",
    }


def compared(example: Warehouse) -> list[DistrictComparisonRow]:
    """Every comparison of a district with the rest of the city."""
    indicators = example.query("district_indicators").to_pylist()
    offered = [
        one["indicator_id"] for one in indicators if one["measure"] in ("share", "rate") and YEAR in one["years"]
    ]
    answers = [example.rows(DistrictComparisonRow, indicator_id=one, year=YEAR) for one in offered]
    return [row for rows in answers for row in rows if row.comparison is not None]


def counted(source: Source, rows: list[Any], verdicts: list[Judged]) -> list[Any]:
    """The numbers that a statement is to say of its rows, in its order, counted here once more."""
    match source.query:
        case "indicator_cases":
            wanted = dict(source.row).get("goal_id")
            held = [one.verdicts[YEAR] for one in in_year(verdicts, YEAR) if wanted in (None, one.about.goal_id)]
            said: list[Any] = printed_numbers(row_words.standing(held, YEAR))
        case "goal_activities":
            valid = [row for row in rows if row["year"] == YEAR and row["is_valid"]]
            said = [sum(row["measured_by"] is None for row in valid), len(valid)]
        case "report_gaps":
            grades = Counter(row["severity"] for row in rows)
            said = [len(rows), *filter(None, (grades[one] for one in ("high", "medium", "low")))]
        case "district_goal":
            kinds = Counter(row.comparison for row in rows)
            expected = comparisons.by_chance(one for row in rows if (one := comparisons.of_row(row, 5)))
            certain, possible = kinds["higher"] + kinds["lower"], kinds["maybe_higher"] + kinds["maybe_lower"]
            said = [len(rows), YEAR, certain, possible, round(expected.possible)]
        case "report_changes":
            said = changed(rows)
        case _:
            expected, received = (sum(row[name] for row in rows) for name in ("expected", "received"))
            said = [received, expected, YEAR, round(100 * received / expected)]
    return said


def changed(rows: list[dict[str, Any]]) -> list[int]:
    """Return the numbers: changed, of how many, since when; and for the better, the worse and neither."""
    both = [row for row in rows if row["before_value"] is not None and row["after_value"] is not None]
    sure = [row for row in both if is_sure(row)]
    ways = Counter((row["direction"], row["after_value"] > row["before_value"]) for row in sure)
    better = ways["increase", True] + ways["decrease", False]
    worse = ways["increase", False] + ways["decrease", True]
    return [len(sure), len(both), YEAR - 1, *filter(None, (better, worse, len(sure) - better - worse))]


def is_sure(row: dict[str, Any]) -> bool:
    """Return True if a change is at least possible, or of a full count by the worth of one."""
    x1, n1, x2, n2 = (row[f"{side}_{name}"] for side in ("before", "after") for name in ("numerator", "denominator"))
    if row["measure"] == "count":
        n1 = n2 = 1
    if not row["varies"]:
        if row["measure"] == "index":
            return row["after_value"] != row["before_value"]
        n1, n2 = n1 or 1, n2 or 1
        step = 1 if row["measure"] == "count" else (row["per"] or 1) / min(n1, n2)
        return round(abs(row["after_value"] - row["before_value"]) / step, 9) >= 1
    if row["measure"] == "share":
        return not statistics.newcombe(x1, n1, x2, n2).holds(0)
    return x1 + x2 > 0 and not statistics.rate_ratio(x1, n1, x2, n2).holds(1)


def test_a_protected_figure_stands_in_no_drawing_and_no_cell(report: Report) -> None:
    drawn = [
        point
        for _, block in report.blocks()
        if isinstance(block, Chart)
        for panel in block.spec["concat"]
        for point in panel["data"]["values"]
    ]
    hidden = [point for point in drawn if point["missing"] == ".."]
    assert hidden and all(point[key] is None for point in hidden for key in ("value", "lower", "upper"))
    cells = [cell for _, block in report.blocks() if isinstance(block, Table) for row in block.rows for cell in row]
    assert all(cell.value is None for cell in cells if cell.words == "Skyddat")


def test_a_namnd_has_its_own_version_and_the_board_two_pages(example: Warehouse, example_folder: DataFolder) -> None:
    own = draft(example, Choice((YEAR,), "SDN-SH"))
    assert own.title.endswith(": Skärholmen") and own.whose == "Skärholmen"
    brief = report_files.make(example_folder, Order(Choice((YEAR,), parts=SUMMARY_PARTS)), "pdf")
    assert len(pypdf.PdfReader(io.BytesIO(brief)).pages) <= 2


def test_a_whole_programme_shows_every_year_and_judges_the_last(example: Warehouse) -> None:
    made = draft(example, Choice((2021, 2022, 2023, 2024, 2025), parts=("mal", "rapportering")))
    tables = [block for _, block in made.blocks() if isinstance(block, Table)]
    assert {"2021", "2022", "2023", "2024", "2025"} <= set(tables[0].columns)
    assert [row[0].words[:4] for row in tables[-2].rows] == ["2021", "2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--year", "1999"),
        ("--year", "2024", "--organisation", "X"),
        ("--from", "2024"),
        ("--year", "2024", "--snapshot", "00000000"),
        ("--year", "2024", "--template", __file__),
    ],
)
def test_what_cannot_be_made_exits_2_with_a_reason(shown: DataFolder, tmp_path: Any, asked: tuple[str, ...]) -> None:
    done = CliRunner().invoke(commands.main, ["report", *asked, "--out", str(tmp_path / "u.docx")])
    assert done.exit_code == 2 and done.stderr.strip() and not (tmp_path / "u.docx").exists()
    assert "Traceback" not in done.stderr


def test_another_kind_of_file_is_refused(example_folder: DataFolder) -> None:
    with pytest.raises(SamladError, match="docx"):
        report_files.make(example_folder, report_orders.order(example_folder, year=YEAR), "odt")


def test_chosen_parts_never_skip_a_level_of_heading(example: Warehouse) -> None:
    for part in PARTS:
        levels = [section.level for section in draft(example, Choice((YEAR,), parts=(part,))).sections]
        assert set(levels) == {1}, part


def test_a_report_without_reports_claims_nothing_complete_and_nothing_well(without_reports: DataFolder) -> None:
    made = draft(database.open_snapshot(without_reports), Choice((2024,)))
    said = " ".join(written_words(made))
    assert said.count(words.NONE_EXPECTED) == 2, "in the summary and where reporting is told of"
    assert "Ingen indikator kan bedömas för 2024 ännu." in said
    assert "väntades" not in said and "kan bedömas når" not in said
    resting = [one.missing for one in made.sections if one.id.startswith("mal-") or one.id in RESTING_ON_REPORTS]
    assert resting == [None] * 9


@pytest.mark.parametrize(
    ("organisation_id", "year", "said"),
    [
        ("FN-UTB", 2024, "De 2 indikatorer som kan bedömas når årsmålet eller är i takt. 2 kan inte bedömas."),
        ("FN-SER", 2022, "De 2 indikatorer som kan bedömas når årsmålet eller är i takt."),
        ("FN-MHN", 2024, "Den indikator som kan bedömas når årsmålet eller är i takt. 1 kan inte bedömas."),
    ],
)
def test_what_cannot_be_judged_is_counted_where_nothing_asks_for_attention(
    example: Warehouse, organisation_id: str, year: int, said: str
) -> None:
    assert written_words(draft(example, Choice((year,), organisation_id, ("synpunkter",)))) == [said]
    rows = example.rows(IndicatorCasesRow, organisation_id=organisation_id)
    marks = [one.verdicts[year].mark for one in in_year(judged(rows), year) if year in one.rows]
    sure = sum(mark in (Mark.MET, Mark.ON_TRACK) for mark in marks)
    assert sure == (1 if "Den indikator" in said else 2) and not any(mark in NOT_REACHED for mark in marks)


def written_words(report: Report) -> list[str]:
    """The words of each paragraph of a report."""
    return [
        block.words for section in report.sections for block in section.blocks if isinstance(block, (Statement, Words))
    ]
