"""The gate: all doors by which words come in, and all kinds of words, alike."""

import ast
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from samlad.catalogue import programme
from samlad.catalogue.programme import read_programme
from samlad.cli import commands, invocation
from samlad.foundation import characters, personal_data, store
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.rows import GapListRow
from samlad.foundation.store import REPOSITORY
from samlad.journal import assessments, gap_states, records, reminders, text_gate
from samlad.journal.gap_states import State
from samlad.publish import purges
from samlad.report import delivered_reports, own_texts, report_files, report_orders
from samlad.report.draft import Choice, draft
from samlad.report.report_files import Order
from samlad.submissions import submission_writer, withdrawals
from samlad.submissions.intake import batch, vocabulary
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.warehouse.database import open_snapshot
from tests.editions import Made, units
from tests.rows import filled

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
NAME = "Anna Andersson"
REFUSED = {
    "number": "Gäller 811228-9874.",
    "number in disguise": "Gäller ８１１２２８ – 98\u200b74.",
    "coordination number": "Gäller 701063 2391.",
    "phone": "Ring 070-123 45 67.",
    "switchboard": "Ring 08-508 25 000.",
    "private address": "Skriv till kim.ek@gmail.com.",
    "private address in disguise": "Skriv till kim (at) hotmail.com.",
    "name": f"{NAME} har slutat.",
    "name in disguise": "Anna\u200b Andersson har slutat.",
}
LET_IN = ("Enligt plan, dnr 811228-9875.", "Skriv till registrator@stockholm.se.", "12 av 29 enheter.", "漢字 😀")
DIRTY, CLEAN = "\uf0b7 Ett\r\ntvå\x07\u202e tre\ud83d", "• Ett\ntvå tre\ufffd"


@pytest.fixture
def made(city: Made) -> Made:
    return city


def write_assessment(made: Made, said: str) -> Any:
    given: dict[str, Any] = {"organisation_id": "BR", "goal_id": "M1", "year": 2024, "fulfilled": "partly"}
    return assessments.write(made.folder, **given, text=said, by="Kim Ek", at=AT).content["text"]


def set_state(made: Made, said: str) -> Any:
    gap = filled(GapListRow, gap_id="g", rule="G1", title="Ett", evidence_sha="e")
    return gap_states.set_state(made.folder, gap, state=State.ACCEPTED, by="Kim", at=AT, reason=said).content["reason"]


def save_own_text(made: Made, said: str) -> Any:
    choice = Choice((2024,))
    report = draft(open_snapshot(made.folder), choice)
    return own_texts.save(made.folder, report, choice, "mal-1", said, by="Kim", at=AT).content["text"]


def mark_ready(made: Made, said: str) -> Any:
    known = read_programme(made.folder.programme)
    when: dict[str, Any] = {"organisation_id": "BR", "year": 2024, "period": "VB"}
    return reminders.mark_ready(made.folder, known, **when, by="Kim", at=AT, comment=said).content["comment"]


def log_asked(made: Made, said: str) -> Any:
    known = read_programme(made.folder.programme)
    return reminders.log_asked(made.folder, known, organisation_id="BR", what=said, by="Kim", at=AT).content["text"]


def teach(made: Made, said: str) -> Any:
    known = read_programme(made.folder.programme)
    given = {"field": "status", "raw": said, "canonical": "done"}
    return vocabulary.teach(made.folder, known, **given, by="Kim", at=AT).content["raw"]


def withdraw(made: Made, said: str) -> Any:
    receipt = made.hand_in("BR", 2025, units(5))
    withdrawals.withdraw(made.folder, receipt.submission_id, by="Kim", reason=said, at=AT)
    held = made.folder.submissions / "withdrawn" / f"{receipt.submission_id}.json"
    return json.loads(held.read_bytes())["reason"]


def give_reason(made: Made, said: str) -> Any:
    warning = Finding("r", "warning", None, None, None, None, None, "Fel?", "Se efter.")
    report = _report(said="")
    receipt = submission_writer.submit(
        report, by="Kim", at=AT, folder=made.folder, findings=[warning], accept_warnings=said
    )
    return receipt.accepted_because


def write_comment(made: Made, said: str) -> Any:
    """A file's comment: what stops it is a finding, told as an error here to be like the others."""
    quoted = said.replace('"', "")
    content = f'Organisation;År;Period;Indikator-id;Antal;Av totalt;Kommentar\nBR;2025;VB;I;5;10;"{quoted}"\n'
    data = content.encode("utf-8", "surrogatepass" if "\ud83d" not in said else "replace")
    (read,) = batch.examine([("r.csv", data)], made.folder, read_programme(made.folder.programme))
    if read.unreadable or read.errors:
        raise SamladError(read.unreadable or read.errors[0].text())
    return read.reports[0].indicators["comment"].to_pylist()[0]


def _report(said: str) -> OrganisationReport:
    row = {"organisation_id": "BR", "year": 2025, "period": "VB", "sex": "total", "origin": "own", **units(5)}
    return OrganisationReport("BR", 2025, "VB", indicator_rows([{**row, "comment": said}]), activity_rows())


DOORS: dict[str, Callable[[Made, str], Any]] = {
    "assessment": write_assessment,
    "gap state": set_state,
    "own text": save_own_text,
    "ready": mark_ready,
    "asked": log_asked,
    "word": teach,
    "withdrawal": withdraw,
    "reason": give_reason,
    "file": write_comment,
}


@pytest.mark.parametrize("said", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_what_may_not_be_written_and_never_repeats_a_number(
    made: Made, door: str, said: str
) -> None:
    before = len(records.read(made.folder))
    with pytest.raises(SamladError) as fault:
        DOORS[door](made, said)
    assert len(records.read(made.folder)) == before
    told = str(fault.value)
    assert "9874" not in told and "45 67" not in told and "gmail" not in told
    assert ("person" in told) or ("telefonnummer" in told) or ("e-post" in told)


@pytest.mark.parametrize("said", LET_IN)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_lets_in_what_may_be_written(made: Made, door: str, said: str) -> None:
    assert DOORS[door](made, said) == said


@pytest.mark.parametrize("door", DOORS)
def test_every_door_cleans_what_it_lets_in(made: Made, door: str) -> None:
    kept = DOORS[door](made, DIRTY)
    assert kept == CLEAN if door != "file" else kept.replace("?", "\ufffd") == CLEAN
    assert json.dumps(kept, ensure_ascii=False).encode()


@pytest.mark.parametrize("door", DOORS)
def test_every_door_asks_about_a_name_until_somebody_has_said_that_it_is_none(made: Made, door: str) -> None:
    with pytest.raises(SamladError, match=personal_data.QUESTION[:-1]):
        DOORS[door](made, f"{NAME} är en modell.")
    text_gate.answer(made.folder, [NAME], is_person=False, by="Kim", at=AT)
    assert DOORS[door](made, f"{NAME} är en modell.") == f"{NAME} är en modell."


def test_that_it_is_a_person_is_kept_without_the_name(made: Made) -> None:
    record = text_gate.answer(made.folder, [NAME], is_person=True, by="Kim", at=AT)
    assert record.content == {"is_person": True}
    with pytest.raises(text_gate.PersonAsked):
        write_assessment(made, NAME)


@pytest.mark.parametrize(
    "wrong", [{"organisation_id": "XX"}, {"goal_id": "M9"}, {"year": 1999}, {"fulfilled": "mostly"}]
)
def test_a_judgement_of_what_the_programme_does_not_have_is_refused(made: Made, wrong: dict[str, Any]) -> None:
    given = {"organisation_id": "BR", "goal_id": "M1", "year": 2024, "fulfilled": "partly", **wrong}
    with pytest.raises(SamladError):
        assessments.write(made.folder, **given, text="Bra.", by="Kim", at=AT)
    assert not records.read(made.folder, assessments.KIND)


def test_a_reminder_to_nobody_and_a_text_on_no_year_are_refused(made: Made) -> None:
    known = read_programme(made.folder.programme)
    whom: dict[str, Any] = {"by": "Kim", "at": AT}
    with pytest.raises(SamladError):
        reminders.log_asked(made.folder, known, organisation_id="XX", what="Svara.", **whom)
    with pytest.raises(SamladError):
        reminders.log_asked(made.folder, known, organisation_id="BR", what="Svara.", year=1999, period="VB", **whom)
    with pytest.raises(SamladError):
        reminders.mark_ready(made.folder, known, organisation_id="BR", year=2024, period="T9", **whom)


@pytest.mark.parametrize("by", ["", "Kim 811228-9874", "Kim, 070-123 45 67", "x" * 101])
def test_the_name_of_whoever_writes_is_a_name_at_every_door(made: Made, by: str) -> None:
    with pytest.raises(SamladError):
        text_gate.writer(by)
    with pytest.raises(SamladError):
        submission_writer.submit(_report(""), by=by, at=AT, folder=made.folder, findings=[])
    with pytest.raises(SamladError):
        purges.remove_edition(made.folder, made.standing().snapshot_id, decision="SN 1", by=by, at=AT)
    order = Order(Choice((2024,)), made.standing().snapshot_id, 0)
    with pytest.raises(SamladError):
        delivered_reports.keep(made.folder, order, "docx", b"", by=by, at=AT)


def test_a_report_is_not_ordered_with_a_number_in_its_head(made: Made) -> None:
    for head in ({"dnr": "811228-9874"}, {"author": "Kim 070-123 45 67"}):
        with pytest.raises(SamladError):
            report_orders.order(made.folder, year=2024, **head)
    order = report_orders.order(made.folder, year=2024, dnr="SN\x07 2025/17", author="Kim Ek")
    assert order.choice.dnr == "SN 2025/17"
    assert report_files.make(made.folder, order, "docx")


def test_the_name_of_a_file_is_looked_at_too(made: Made) -> None:
    known = read_programme(made.folder.programme)
    content = b"Organisation;\xc3\x85r;Period;Indikator-id;Antal;Av totalt\nBR;2025;VB;I;5;10\n"
    for name, stopped in (("Anna_Andersson.csv", True), ("811228-9874.csv", True), ("VB 2025 Bromma.csv", False)):
        (read,) = batch.examine([(name, content)], made.folder, known)
        assert bool(read.errors or read.unreadable) is stopped, name


def test_the_command_line_asks_by_a_flag_and_remembers(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    heading = "Organisation;År;Period;Indikator-id;Antal;Av totalt;Kommentar"
    file.write_text(f"{heading}\nBR;2025;VB;I;5;10;{NAME}\n", "utf-8")
    data = ["--data", str(made.folder.path)]

    def run(*asked: str) -> int:
        return CliRunner().invoke(commands.main, [*asked, str(file), *data]).exit_code

    assert run("check") == invocation.REFUSED and run("check", "--not-person", NAME) == invocation.OK
    assert run("check") == invocation.REFUSED, "a check keeps nothing"
    assert run("submit", "--by", "Kim") == invocation.REFUSED
    assert run("submit", "--by", "Kim", "--not-person", NAME, "--accept-warnings", "Stämmer.") == invocation.OK
    assert run("check") == invocation.OK


def test_what_is_written_into_the_journal_by_hand_is_cleaned_when_it_is_read(made: Made) -> None:
    record = records.append(made.folder, kind="x", by="Kim", at=AT, content={"text": "a"})
    (path,) = made.folder.journal.glob(f"*-{record.record_id}.json")
    said = store.read_json(path)
    path.write_text(json.dumps({**said, "content": {"text": DIRTY}}), "ascii")
    (read,) = records.read(made.folder, "x")
    assert read.content == {"text": CLEAN}


def test_the_catalogue_is_cleaned_and_what_may_not_stand_in_it_stops_publishing(made: Made) -> None:
    made.catalogue_cell("indicators", "definition", "\uf0b7 Räknas\x07", indicator_id="I")
    assert "• Räknas" in read_programme(made.folder.programme).tables["indicators"]["definition"].to_pylist()
    made.catalogue_cell("indicators", "definition", "Fråga 811228-9874", indicator_id="I")
    found = programme.check_programme(read_programme(made.folder.programme))
    assert [(one.rule, one.severity, one.value) for one in found] == [("personal_number", "error", None)]


GATED = {
    "samlad/journal/records.py": "writes what doors have let in",
    "samlad/cli/example/example_maker.py": "writes made-up words of its own",
    "samlad/journal/text_gate.py": "is the gate",
    "samlad/publish/publishing.py": "writes a hash",
    "samlad/submissions/published_ids.py": "writes ids that it has drawn",
    "samlad/cli/example_start.py": "writes how far the example has come",
    "samlad/warehouse/edition_notes.py": "writes what a purge has let in",
}
"""The modules that write records and do not call the gate, and why."""


def test_every_module_that_writes_a_record_calls_the_gate() -> None:
    writes = {"records.append", "store.write_json"}
    for path in sorted((REPOSITORY / "samlad").rglob("*.py")):
        name = path.relative_to(REPOSITORY).as_posix()
        called = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        }
        if called & writes and name not in GATED:
            assert any(one.startswith(("text_gate.", "passing.")) for one in called), f"{name} has no gate"


@given(st.text())
def test_cleaning_is_done_once_and_leaves_only_signs(said: str) -> None:
    clean = characters.clean(said)
    assert characters.clean(clean) == clean and clean.encode().decode() == clean
    assert all(one in "\n\t" or (one >= " " and not "\x7f" <= one < "\xa0") for one in clean)


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(1, 999),
    st.sampled_from(["", "-", " ", ".", "/", " – "]),
    st.booleans(),
    st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"]),
    st.booleans(),
)
def test_an_identity_number_is_found_in_any_spelling(
    day: Any, number: int, between: str, has_century: bool, digits: str, is_coordination: bool
) -> None:
    six = f"{day:%y%m}{day.day + 60 * is_coordination:02}"
    nine = f"{six}{number:03}"
    doubled = [int(one) * (2 - at % 2) for at, one in enumerate(nine)]
    check = -sum(one // 10 + one % 10 for one in doubled) % 10
    century = f"{day:%Y}"[:2] if has_century else ""
    said = f"{century}{six}{between}{number:03}{check}".translate(str.maketrans("0123456789", digits))
    assert personal_data.holds_personal_number(f"Om {said}.") and personal_data.kinds(f"Om {said}.")
    wrong = f"{century}{six}{between}{number:03}{(check + 1) % 10}"
    assert not personal_data.holds_personal_number(f"Om {wrong}.")
