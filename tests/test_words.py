"""Words: what is not known is asked about once, and what has been taught is known from then on."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from samlad.catalogue.programme import Programme
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.submissions.intake import batch, vocabulary
from samlad.submissions.intake.vocabulary import Vocabulary
from tests import rows
from tests.test_reader import workbook

NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def programme() -> Programme:
    """Two that merged, one that changed its name, one whose name another had before."""
    return rows.programme(
        organisations=rows.table(
            "organisations",
            {"organisation_id": "SDN-BR", "name": "Bromma stadsdelsnämnd", "short_name": "Bromma"},
            {"organisation_id": "RK", "short_name": "Rinkeby", "valid_to": date(2023, 6, 30)},
            {"organisation_id": "ST", "short_name": "Spånga", "valid_to": date(2023, 6, 30)},
            {"organisation_id": "JA", "short_name": "Järva", "valid_from": date(2023, 7, 1)},
            {"organisation_id": "OLD", "short_name": "Handikappnämnden", "valid_to": date(2022, 12, 31)},
            {"organisation_id": "NEW", "short_name": "Funktionsrättsnämnden", "valid_from": date(2023, 1, 1)},
            {"organisation_id": "P1", "short_name": "Parknämnden", "valid_to": date(2022, 12, 31)},
            {"organisation_id": "P2", "short_name": "Parknämnden", "valid_from": date(2024, 1, 1)},
        ),
        successions=rows.table(
            "successions",
            *(
                {"predecessor_id": before, "successor_id": after, "date": day}
                for before, after, day in (
                    ("RK", "JA", date(2023, 7, 1)),
                    ("ST", "JA", date(2023, 7, 1)),
                    ("OLD", "NEW", date(2023, 1, 1)),
                )
            ),
        ),
        indicators=rows.table("indicators", {"indicator_id": "I2", "measure": "count", "short_name": "Samtal"}),
        activities=rows.table("activities", {"activity_id": "A1", "title": "Utbilda chefer"}),
    )


@pytest.mark.parametrize(
    ("word", "year", "period", "meant"),
    [
        ("Handikappnämnden", 2022, "VB", "OLD"),
        ("handikappnämnden", 2024, "VB", "NEW"),
        ("OLD", 2024, "VB", "OLD"),
        ("Rinkeby", 2022, "VB", "RK"),
        ("Rinkeby", 2024, "VB", "RK"),
        ("Parknämnden", 2022, "VB", "P1"),
        ("Parknämnden", 2024, "VB", "P2"),
        ("Parknämnden", 2023, "VB", None),
        ("Parknämnden", 2019, "VB", None),
        ("Bromma", 2019, "VB", "SDN-BR"),
        ("Okänd", 2024, "VB", None),
    ],
)
def test_a_name_stands_for_the_one_that_had_it_then(word: str, year: int, period: str, meant: str | None) -> None:
    assert Vocabulary(programme()).organisation(word, year, period) == meant


def teach(folder: DataFolder, field: str, raw: str, canonical: str, by: str = "Kim") -> records.Record:
    return vocabulary.teach(folder, programme(), field=field, raw=raw, canonical=canonical, by=by, at=NOON)


def report(heading: str = "Antal", whom: str = "Bromma", status: str = "Pågår") -> bytes:
    above: list[list[Any]] = [["Organisation", whom], ["År", 2024], ["Period", "VB"]]
    return workbook([*above, ["Namn", heading], ["Samtal", 4]], [*above, ["Namn", "Status"], ["A1", status]])


def asked(folder: DataFolder, content: bytes) -> list[tuple[str, str, tuple[str, ...]]]:
    (examined,) = batch.examine([("r.xlsx", content)], folder, programme())
    return [
        (one.question.field, one.question.word, one.question.guesses)
        for one in examined.findings
        if one.question is not None
    ]


@pytest.mark.parametrize(
    ("content", "field", "word", "meaning", "guess"),
    [
        (report(whom="Bromna"), "organisation", "Bromna", "SDN-BR", "bromma"),
        (report(status="Pågårr"), "status", "Pågårr", "ongoing", "pågår"),
        (workbook([["Organisation", "Bromma"], ["Period", "VB 2024"], ["Namn", "Antl", "Antal"], ["Samtal", 1, 4]]),
         "column", "Antl", "goal", "antal"),
        (workbook([["Organisation", "Bromma"], ["Period", "VB 2024"], ["Namn", "Antal"], ["Samtall", 4]]),
         "indicator", "Samtall", "I2", "samtal"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_asked_about_until_it_has_been_taught(
    folder: DataFolder, content: bytes, field: str, word: str, meaning: str, guess: str
) -> None:
    (question,) = set(asked(folder, content))
    assert question[:2] == (field, word) and question[2][0] == guess
    record = teach(folder, field, word, meaning)
    assert (record.kind, record.by, record.at) == ("taught_word", "Kim", NOON)
    assert asked(folder, content) == []
    records.bury(folder, record.record_id, {"at": NOON.isoformat(), "by": "Lo", "decision": "dnr 1", "purged": True})
    assert set(asked(folder, content)) == {question}


def test_of_two_lessons_on_one_word_the_later_holds_and_what_is_known_is_never_changed(folder: DataFolder) -> None:
    teach(folder, "status", "rullar på", "ongoing")
    teach(folder, "status", "Rullar  på", "done")
    known = Vocabulary(programme(), vocabulary.taught(folder))
    assert known.meaning("status", "rullar på") == "done"
    with pytest.raises(SamladError, match="redan känt"):
        teach(folder, "status", "pågår", "done")


@pytest.mark.parametrize(
    ("field", "raw", "canonical", "by"),
    [
        ("status", "x", "done", " "),
        ("status", " ", "done", "Kim"),
        ("status", "x" * 201, "done", "Kim"),
        ("status", "klart", "klart", "Kim"),
        ("färg", "röd", "done", "Kim"),
        ("status", "811228-9874", "done", "Kim"),
    ],
)
def test_a_word_cannot_be_taught_to_mean_nothing(
    folder: DataFolder, field: str, raw: str, canonical: str, by: str
) -> None:
    with pytest.raises(SamladError):
        teach(folder, field, raw, canonical, by)
    assert vocabulary.taught(folder) == []


def test_what_a_word_may_be_taught_to_mean_can_be_listed() -> None:
    known = Vocabulary(programme())
    assert known.choices("status") == ["cancelled", "delayed", "done", "not_started", "ongoing"]
    assert {"numerator", "goal", "comment"} <= set(known.choices("column"))
    assert known.choices("indicator") == ["I2"]
