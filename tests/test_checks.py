"""Checks: each rule has a case that it finds and a near miss that it leaves alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from samlad.foundation import personal_data
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.submissions import organisation_report, submission_reader, submission_writer
from samlad.submissions.intake import checks
from samlad.submissions.organisation_report import OrganisationReport
from samlad.submissions.submission_writer import Delivery
from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import QueryError
from tests import rows

Cells = dict[str, Any]

EVERYTHING = "I:share I:persons I:rate I:count I:index I:yes I:ended I:new A:1 A:old"

PROGRAMME = rows.programme(
    organisations=rows.table(
        "organisations",
        {"organisation_id": "BR", "short_name": "Bromma"},
        {"organisation_id": "RK", "short_name": "Rinkeby-Kista", "valid_to": date(2023, 6, 30)},
        {"organisation_id": "JA", "short_name": "Järva", "valid_from": date(2023, 7, 1)},
        {"organisation_id": "X", "short_name": "Utan ansvar", "kind": "facknamnd"},
    ),
    indicators=rows.table(
        "indicators",
        {"indicator_id": "I:share", "short_name": "Andel rutiner"},
        {"indicator_id": "I:persons", "counts": "persons", "periods": "T1 T2 VB"},
        {"indicator_id": "I:rate", "measure": "rate", "per": 1000, "counts": "persons"},
        {"indicator_id": "I:count", "measure": "count"},
        {"indicator_id": "I:index", "measure": "index", "direction": "none"},
        {"indicator_id": "I:yes", "measure": "yes_no"},
        {"indicator_id": "I:ended", "valid_to": date(2023, 12, 31)},
        {"indicator_id": "I:new"},
    ),
    activities=rows.table(
        "activities",
        {"activity_id": "A:1", "title": "Utbilda chefer"},
        {"activity_id": "A:old", "title": "Avslutad", "valid_to": date(2023, 12, 31)},
    ),
    responsibilities=rows.table(
        "responsibilities",
        *(
            {
                "object_type": "indicator" if name.startswith("I") else "activity",
                "object_id": name,
                "group_id": "stadsdelsnamnder",
            }
            for name in EVERYTHING.split()
        ),
        {"object_type": "indicator", "object_id": "I:share", "organisation_id": "X", "status": "proposed"},
    ),
    activity_indicators=rows.table(
        "activity_indicators",
        {"activity_id": "A:1", "indicator_id": "I:yes"},
        {"activity_id": "A:1", "indicator_id": "I:share"},
    ),
    targets=rows.table(
        "targets",
        *(
            {"indicator_id": name, "organisation_id": "CITY", "year": year, "value": 0.9}
            for name in EVERYTHING.split()
            if name.startswith("I") and name != "I:new"
            for year in range(2021, 2026)
        ),
    ),
)


def report(
    *cells: Cells, organisation_id: str = "BR", year: int = 2024, period: str = "VB", **other: Any
) -> OrganisationReport:
    """A report of a few cells: rows with an indicator_id or an activity_id, numbered from row 5."""
    filled = [
        {"organisation_id": organisation_id, "year": year, "period": period, "source_row": number, "origin": "own"}
        | row
        for number, row in enumerate(cells, start=5)
    ]
    return OrganisationReport(
        organisation_id,
        year,
        period,
        organisation_report.indicator_rows({"sex": "total"} | row for row in filled if "indicator_id" in row),
        organisation_report.activity_rows(row for row in filled if "activity_id" in row),
        original_name="rapport.xlsx",
        **other,
    )


def share(numerator: int | None = 9, denominator: int | None = 12, **cells: Any) -> Cells:
    return {"indicator_id": "I:share", "numerator": numerator, "denominator": denominator} | cells


def value(indicator_id: str, figure: float | None, **cells: Any) -> Cells:
    return {"indicator_id": indicator_id, "value": figure} | cells


def status(word: str | None, **cells: Any) -> Cells:
    return {"activity_id": "A:1", "status": word} | cells


@dataclass(frozen=True)
class Case:
    """One rule, a report it finds (last of those given), and a near miss."""

    rule: str
    found: Sequence[OrganisationReport] | OrganisationReport
    missed: Sequence[OrganisationReport] | OrganisationReport
    field: str | None = None
    value: str | None = None
    says: str = ""


PARTS = {"sex": "women"}, {"sex": "men"}

CASES = [
    Case(
        "unknown_indicator",
        report(share(indicator_id="I:none")),
        report(share()),
        "Indikator-id",
        "I:none",
    ),
    Case(
        "unknown_activity",
        report(status("done", activity_id="A:none")),
        report(status("done")),
        "Aktivitets-id",
        "A:none",
    ),
    Case("unknown_organisation", report(share(organisation_id="??")), report(share()), "Organisation", "??"),
    Case("unknown_period", report(share(), year=2019), report(share(), year=2021), "Period", "VB", "VB 2019"),
    Case(
        "other_period",
        report(share(), share(indicator_id="I:persons", period="T2")),
        report(share(), share(indicator_id="I:persons")),
        "Period",
        "T2",
        "T2 2024, men rapporten gäller VB 2024",
    ),
    Case("empty_report", report(), report(status("done"))),
    Case(
        "organisation_not_there",
        report(share(), organisation_id="RK", year=2023),
        report(share(), organisation_id="JA", year=2023),
        "Organisation",
        "RK",
        "31\u00a0december 2023",
    ),
    Case(
        "period_not_asked",
        report(share(), period="T1"),
        report(share(indicator_id="I:persons"), period="T1"),
        "Period",
        "T1",
        "Andel rutiner",
    ),
    Case(
        "object_not_valid",
        report(status("done", activity_id="A:old")),
        report(status("done", activity_id="A:old"), year=2023),
        "Aktivitets-id",
        says="Avslutad gällde inte",
    ),
    Case("object_not_valid", report(share(indicator_id="I:ended")), report(share())),
    Case(
        "not_responsible",
        report(share(), share(sex="women"), organisation_id="X"),
        report(share(), share(sex="women")),
        "Indikator-id",
        says="Utan ansvar har inget beslutat ansvar",
    ),
    Case(
        "numerator_above_denominator",
        report(share(13, 12)),
        report(share(12, 12)),
        "Antal",
        "13",
        "antalet 13 är större än ”av totalt” 12",
    ),
    Case(
        "negative", report(value("I:count", None, numerator=-1)), report(value("I:count", None, numerator=0)), "Antal"
    ),
    Case("negative", report(share(forecast=-0.1)), report(value("I:index", -0.1)), "Prognos helår", "−0,1"),
    Case("share_outside", report(value("I:share", 101.0)), report(value("I:share", 1.0)), "Värde", "101"),
    Case("share_outside", report(value("I:share", 100.5)), report(value("I:share", 100.0)), "Värde", "100,5"),
    Case("unit_confusion", report(value("I:share", 85.0)), report(value("I:share", 0.85)), "Värde", "85", "85\u00a0%"),
    Case("unit_confusion", report(share(forecast=100.0)), report(value("I:index", 85.0)), "Prognos helår"),
    Case("value_unlike_counts", report(share(value=0.76)), report(share(value=0.755)), "Värde", "0,76", "0,75"),
    Case(
        "value_unlike_counts",
        report(value("I:rate", 19.1, numerator=18, denominator=958)),
        report(value("I:rate", 18.8, numerator=18, denominator=958)),
    ),
    Case("value_unlike_counts", report(value("I:count", 4.0, numerator=5)), report(value("I:count", 5.0, numerator=5))),
    Case("figure_in_wrong_column", report(value("I:count", 5.0)), report(value("I:index", 5.0)), "Värde"),
    Case(
        "figure_in_wrong_column",
        report({"indicator_id": "I:yes", "numerator": 1}),
        report(value("I:yes", 1.0)),
        "Antal",
    ),
    Case("yes_no_value", report(value("I:yes", 2.0)), report(value("I:yes", 0.0)), "Värde", "2"),
    Case("half_of_the_counts", report(share(9, None)), report(value("I:count", None, numerator=9)), "Av totalt"),
    Case("half_of_the_counts", report(share(None, 12)), report(share()), "Antal"),
    Case("nothing_to_share", report(share(0, 0)), report(share(0, 12)), "Av totalt", "0"),
    Case(
        "sexes_above_total",
        report(share(), share(5, 8, **PARTS[0]), share(5, 4, **PARTS[1])),
        report(share(), share(5, 8, **PARTS[0]), share(4, 4, **PARTS[1])),
        "Antal",
        "9",
        "tillsammans 10, fler än totalt 9",
    ),
    Case(
        "sexes_above_total",
        [report(share()), report(share(5, 6, **PARTS[0]), share(5, 6, **PARTS[1]))],
        [report(share()), report(share(5, 6, **PARTS[0]))],
        "Antal",
    ),
    Case(
        "sexes_below_total",
        report(share(), share(5, 8, **PARTS[0]), share(3, 4, **PARTS[1])),
        report(share(), share(5, 8, **PARTS[0]), share(4, 4, **PARTS[1])),
        "Antal",
        says="tillsammans 8, färre än totalt 9",
    ),
    Case(
        "total_missing",
        report(share(**PARTS[0]), share(**PARTS[1])),
        [report(share(20, 30)), report(share(**PARTS[0]))],
        "Kön",
    ),
    Case(
        "missing_without_reason",
        report(share(None, None, sex="men"), share()),
        report(share(None, None, missing_reason="-", sex="men"), share()),
        "Antal",
        says="(Män)",
    ),
    Case(
        "missing_without_reason", report(value("I:index", None, forecast=3.0)), report(value("I:index", 0.0)), "Värde"
    ),
    Case("value_and_reason", report(share(missing_reason="-")), report(share()), "Orsakskod", "-"),
    Case("value_and_reason", report(status("done", missing_reason=".")), report(status(None, missing_reason="."))),
    Case("status_missing", report(status(None)), report(status(None, missing_reason="..")), "Status"),
    Case("status_unknown", report(status("klart")), report(status("done")), "Status", "klart"),
    Case("unknown_code", report(share(None, None, missing_reason="x")), report(share(sex="total")), "Orsakskod", "x"),
    Case("unknown_code", report(share(sex="okänt")), report(share()), "Kön", "okänt"),
    Case("duplicate_rows", report(share(), share(8)), report(share(), share(8, sex="women")), says="rad 5"),
    Case(
        "duplicate_rows", report(status("done"), status("ongoing")), [report(status("ongoing")), report(status("done"))]
    ),
    Case(
        "target_missing",
        report(share(indicator_id="I:new")),
        report(share(None, None, indicator_id="I:new", missing_reason="-")),
        "Årsmål",
        says="inget årsmål för 2024",
    ),
    Case("target_missing", report(share(indicator_id="I:new")), report(value("I:index", 4.0))),
    Case(
        "status_backwards",
        [report(status("done"), year=2023), report(status("ongoing"), period="T1")],
        [report(status("ongoing"), year=2023), report(status("delayed"), period="T1")],
        "Status",
        "Pågår",
        "från ”Genomförd” till ”Pågår”",
    ),
    Case(
        "persons_without_counts",
        report(value("I:persons", 0.4)),
        report(value("I:share", 0.4)),
        "Värde",
        "0,4",
    ),
    Case(
        "hundred_times",
        [report(value("I:index", 0.85), year=2023), report(value("I:index", 84.0))],
        [report(value("I:index", 0.85), year=2023), report(value("I:index", 8.4))],
        "Värde",
        "84",
        "större än 0,85",
    ),
    Case(
        "jump",
        [report(share(20, 100), year=2023), report(share(80, 100))],
        [report(share(2, 10), year=2023), report(share(4, 10))],
        "Antal",
        "80 av 100",
        "(Alla): 80 av 100 mot 20 av 100 året före",
    ),
    Case(
        "jump",
        [report(value("I:count", None, numerator=100), year=2023), report(value("I:count", None, numerator=40))],
        [report(value("I:count", None, numerator=100), year=2023), report(value("I:count", None, numerator=70))],
        "Antal",
        "40",
        "40 mot 100",
    ),
    Case(
        "jump",
        [report(share(200, 1000), year=2023), report(share(310, 1000))],
        [report(share(200, 1000), year=2023), report(share(290, 1000))],
    ),
    Case(
        "jump",
        [report(value("I:count", None, numerator=1500), year=2023), report(value("I:count", None, numerator=1000))],
        [report(value("I:count", None, numerator=1400), year=2023), report(value("I:count", None, numerator=1000))],
    ),
    Case(
        "jump",
        [
            report(value("I:rate", None, numerator=50, denominator=1000), year=2023),
            report(value("I:rate", None, numerator=150, denominator=1000)),
        ],
        [
            report(value("I:rate", None, numerator=50, denominator=1000), year=2023),
            report(value("I:rate", None, numerator=150, denominator=3000)),
        ],
    ),
    Case(
        "activity_against_indicator",
        report(status("done"), value("I:yes", 0.0)),
        report(status("done"), value("I:yes", 1.0)),
        "Status",
        "Genomförd",
        "Utbilda chefer är ”Genomförd”, men I:yes säger nej.",
    ),
    Case(
        "activity_against_indicator",
        [report(share(12, 12)), report(status("not_started"))],
        [report(share(11, 12)), report(status("not_started"))],
        "Status",
        says="alla har det",
    ),
]


def listed(given: Sequence[OrganisationReport] | OrganisationReport) -> Sequence[OrganisationReport]:
    return [given] if isinstance(given, OrganisationReport) else given


def found(given: Sequence[OrganisationReport] | OrganisationReport, folder: Path, rule: str) -> list[Finding]:
    """Return a rule's findings on the last of some reports."""
    last = checks.check(listed(given), DataFolder(folder), PROGRAMME)[-1]
    return [finding for finding in last if finding.rule == rule]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_finds_its_fault_and_leaves_the_near_miss_alone(case: Case, tmp_path: Path) -> None:
    (finding,) = found(case.found, tmp_path, case.rule)
    assert finding.file == "rapport.xlsx"
    assert case.field is None or finding.column == case.field
    assert case.value is None or finding.value == case.value
    assert case.says in finding.message
    assert "{" not in finding.text() and finding.action.endswith(".")
    assert found(case.missed, tmp_path, case.rule) == []


def test_every_rule_has_a_case_and_is_named_for_its_file() -> None:
    rules = checks.rules(checks.RULES)
    assert {case.rule for case in CASES} == {rule.rule for rule in rules}
    assert all(rule.rule == rule.name for rule in rules)


def sources(sql: str) -> set[str]:
    """The tables and views a statement reads, its own steps left out."""
    code = sql_files.code(sql).lower()
    read = set(re.findall(r"\b(?:from|join)\s+([a-z_]+)", code))
    return read - set(re.findall(r"\b([a-z_]+)\s*(?:\([a-z_, ]+\)\s*)?as\s*\(", code))


def test_rules_and_the_views_under_them_are_what_their_headers_say() -> None:
    described = [*checks.rules(checks.RULES), *sql_files.all_queries(checks.RULES / "views").values()]
    connection = engine.connect()
    checks.load(connection, [report(share())], PROGRAMME, submission_reader.none_yet())
    for query in described:
        columns = connection.execute(f"describe {query.sql}").fetchall()
        assert [column[:2] for column in columns] == [
            (column.name, column.type) for column in query.columns.values()
        ], query.name
        assert set(query.grain) <= query.columns.keys(), query.name
        assert sources(query.sql) == set(query.source), query.name
        assert "order by" in query.sql, query.name


def test_a_report_as_it_should_be_has_no_findings(tmp_path: Path) -> None:
    whole = report(
        share(value=0.75, forecast=0.8),
        share(5, 8, sex="women"),
        share(4, 4, sex="men"),
        value("I:rate", None, numerator=18, denominator=958),
        value("I:count", None, numerator=48),
        value("I:index", 71.5),
        value("I:yes", 1.0),
        share(None, None, indicator_id="I:persons", missing_reason="-"),
        status("delayed", comment="Klar i mars 2025."),
    )
    assert checks.check([whole], DataFolder(tmp_path), PROGRAMME) == [()]


def test_each_report_gets_its_own_findings_with_row_and_the_heading_of_its_file(tmp_path: Path) -> None:
    sheet = "Blad1"
    faulty = report(
        share(), share(13, 12, indicator_id="I:persons", source_sheet=sheet), headings={(sheet, "numerator"): "Utfall"}
    )
    first, second = checks.check([report(share()), faulty], DataFolder(tmp_path), PROGRAMME)
    assert first == ()
    assert [(one.sheet, one.row, one.column, one.severity) for one in second] == [(sheet, 6, "Utfall", "error")]
    assert second[0].text().startswith("Fel i rapport.xlsx, blad Blad1, rad 6, kolumn Utfall (”13”): ")


def test_what_was_received_before_counts_as_known(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    submission_writer.append_many(
        [Delivery(report(status("done"), year=2023), "Kim", datetime(2024, 1, 10, tzinfo=UTC))], [()], folder
    )
    assert [finding.rule for finding in checks.check([report(status("ongoing"))], folder, PROGRAMME)[0]] == [
        "status_backwards"
    ]
    assert checks.check([report(status("ongoing"))], folder, PROGRAMME, submission_reader.none_yet()) == [()]


def test_a_corrected_period_is_held_against_its_latest_version(tmp_path: Path) -> None:
    given = [
        report(status("done"), year=2023),
        report(status("ongoing"), year=2023),
        report(status("ongoing"), period="T1"),
    ]
    assert found(given, tmp_path, "status_backwards") == []


def test_nothing_to_check_is_nothing_found(tmp_path: Path) -> None:
    assert checks.check([], DataFolder(tmp_path), PROGRAMME) == []


def test_a_new_rule_is_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = (checks.RULES / "negative.sql").read_text(encoding="utf-8")
    (tmp_path / "views").mkdir()
    (tmp_path / "odd.sql").write_text(
        rule.replace("rule      negative", "rule      odd").replace("figures.value < 0", "figures.value % 2 = 1"),
        encoding="utf-8",
    )
    monkeypatch.setattr(checks, "RULES", tmp_path)
    assert [finding.rule for finding in checks.check([report(share(9, 12))], DataFolder(tmp_path), PROGRAMME)[0]] == [
        "odd"
    ]


def test_a_file_in_checks_that_is_no_rule_is_refused(tmp_path: Path) -> None:
    rule = (checks.RULES / "negative.sql").read_text(encoding="utf-8")
    (tmp_path / "negative.sql").write_text(rule.replace("-- column    field ", "-- column    fields"), encoding="utf-8")
    with pytest.raises(QueryError, match="no column field"):
        checks.rules(tmp_path)


PERSONAL = [
    "811228-9874",
    "19811228-9874",
    "198112289874",
    "8112289874",
    "811228+9874",
    "811228 - 9874",
    "811228–9874",
    "Ring 811228-9874, tack",
    "811288-9871",
]
NOT_PERSONAL = [
    "811228-9875",
    "811328-9873",
    "1811228-9874",
    "811228-98741",
    "556036-0793",
    "dnr KS 2020/924",
    "3.1.1-449/2015",
    "13 377 av 13 464",
    "",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_a_personal_or_coordination_number_is_seen_however_it_is_written(text: str) -> None:
    assert personal_data.holds_personal_number(text)


def test_a_personal_number_in_a_comment_is_refused_and_never_repeated(tmp_path: Path) -> None:
    given = [report(share(comment="Ring 811228-9874")), report(status("done", comment="811228-9874"))]
    for findings in checks.check(given, DataFolder(tmp_path), PROGRAMME):
        assert [(one.rule, one.severity, one.column, one.row) for one in findings] == [
            ("personal_number", "error", "Kommentar", 5)
        ]
        assert "9874" not in repr(findings)


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_only_looks_like_a_personal_number_passes(text: str) -> None:
    assert not personal_data.holds_personal_number(text)


def test_a_personal_number_where_an_id_should_stand_is_not_repeated_either(tmp_path: Path) -> None:
    given = report(share(indicator_id="811228-9874"))
    (findings,) = checks.check([given], DataFolder(tmp_path), PROGRAMME)
    assert findings and "9874" not in repr(findings)


def test_a_comment_with_braces_is_told_as_it_stands(tmp_path: Path) -> None:
    (finding,) = found(report(status("{name} {0}")), tmp_path, "status_unknown")
    assert finding.value == "{name} {0}"


def test_a_finding_is_the_same_whatever_else_is_checked_beside_it(tmp_path: Path) -> None:
    faulty = [replace(report(share(13, 12)), original_name=f"{number}.xlsx") for number in range(3)]
    together = checks.check(faulty, DataFolder(tmp_path), PROGRAMME)
    apart = [checks.check([one], DataFolder(tmp_path), PROGRAMME)[0] for one in faulty]
    assert together == apart
