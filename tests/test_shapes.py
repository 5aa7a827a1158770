"""Rows read from a file of any shape: the meant ones, or a finding that names the row."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samlad.catalogue.programme import Programme, read_programme
from samlad.foundation.store import repository_folder
from samlad.submissions.intake import reader
from samlad.submissions.intake.reader import Reading
from samlad.submissions.intake.vocabulary import Vocabulary
from tests import lengths, rows, shapes
from tests.shapes import Meant, Shape

COLUMNS = ("indicator_id", "sex", "numerator", "denominator", "value", "missing_reason", "comment")


@pytest.fixture(scope="module")
def known() -> tuple[Programme, Vocabulary]:
    """A catalogue with the repository's own vocabulary, and its words."""
    programme = rows.programme(
        vocabulary=read_programme(repository_folder().programme).tables["vocabulary"],
        organisations=rows.table(
            "organisations",
            {"organisation_id": "SDN-BR", "name": "Bromma stadsdelsnämnd", "short_name": "Bromma"},
        ),
        indicators=rows.table(
            "indicators",
            *({"indicator_id": one, "measure": measure, "per": 1000} for one, measure in shapes.INDICATORS.items()),
        ),
    )
    return programme, Vocabulary(programme)


def read(reading: Reading) -> dict[tuple[str | None, int], list[tuple[Any, ...]]]:
    """Return the rows of a reading, by sheet and row."""
    found: dict[tuple[str | None, int], list[tuple[Any, ...]]] = {}
    for report in reading.reports:
        assert (report.organisation_id, report.year, report.period) == ("SDN-BR", 2024, "VB")
        for row in report.indicators.to_pylist():
            place = (row["source_sheet"], row["source_row"])
            found.setdefault(place, []).append(tuple(row[name] for name in COLUMNS))
    return found


def same(read_row: tuple[Any, ...], meant: tuple[Any, ...]) -> bool:
    """Return True if a row says the meant values; of a share in per cent to the last digit of a float."""
    return all(
        one == other or (isinstance(one, float) and isinstance(other, float) and abs(one - other) < 1e-9)
        for one, other in zip(read_row, meant, strict=True)
    )


def doubtful(line: Meant) -> bool:
    """Return True if a line holds a number that could be two: 1.234 is a thousand and some, or one and some."""
    return line.separator == "." and line.way % 3 != 0 and line.value is not None


COMMAS = Meant("I1", "men", value=0.0, comment='Sagt: ”bra”, "bra"; och\nnytt', way=1)
MOSTLY_COMMAS = Shape(
    kind="utf-8",
    columns=("denominator", "comment", "missing_reason", "name", "numerator", "sex", "value"),
    headings=(0,) * len(shapes.HEADINGS),
    above=0,
    in_rows=False,
    whom="SDN-BR",
    when=(None, "VB 2024"),
    blanks=frozenset(),
    sums=frozenset(),
    hidden_rows=frozenset(),
    hides_column=False,
    sheets=1,
    merges=False,
)
"""Fewer rows are told apart by the semicolon than by the commas of the comments."""


@given(st.lists(shapes.lines(), min_size=1, max_size=6), shapes.shapes(), st.sampled_from([";", ",", "\t"]))
@example([COMMAS, COMMAS], MOSTLY_COMMAS, ";")
@pytest.mark.long
@settings(max_examples=lengths.of(500, 20_000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_value_read_is_the_value_meant_or_a_finding(
    known: tuple[Programme, Vocabulary], meant: list[Meant], shape: Shape, separator: str
) -> None:
    programme, words = known
    file = shapes.written(shape, meant, separator)
    reading = reader.read("r", file.content, programme, vocabulary=words)
    faults = {(one.sheet, one.row): one for one in reading.findings if one.severity == "error"}
    found = read(reading)
    assert set(found) | set(faults) == set(file.places), "nothing else is read, and nothing is passed over"
    for line, place in zip(meant, file.places, strict=True):
        if place in faults:
            assert place not in found and doubtful(line), faults[place].text()
        else:
            (row,) = found[place]
            assert same(row, line.read()), (row, line.read())
    told = {one.rule for one in reading.findings}
    hides = shape.kind == "xlsx" and (shape.hides_column or any(at < len(meant) for at in shape.hidden_rows))
    assert told <= {"hidden_cells", "not_understood"} and ("hidden_cells" in told) <= hides
