"""Versions of one matter: two who write at once both stand, for every kind of record, until somebody chooses."""

import ast
import io
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pypdf
import pytest

from samlad.catalogue.programme import Programme
from samlad.cli.example.example_catalogue import write_programme
from samlad.foundation.rows import ChoicesRow, GoalAssessmentsRow, GoalsRow
from samlad.foundation.store import DataFolder
from samlad.journal import assessments, gap_states, record_versions, records, reminders
from samlad.journal.gap_states import State
from samlad.journal.records import Record
from samlad.report import assessment_conflicts, own_texts, pdf, word_document
from samlad.report.draft import with_texts
from samlad.submissions.intake import vocabulary
from samlad.submissions.intake.vocabulary import Vocabulary
from tests import rows
from tests.printed import word_text
from tests.rows import filled
from tests.test_gap_states import GAP
from tests.test_reminders import PROGRAMME
from tests.test_report_text import CHOICE, report
from tests.test_words import programme

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2025, 1, 20, 9, tzinfo=UTC)

Replaced = tuple[str, ...] | None
Writer = Callable[[DataFolder, str, int, Replaced], Record]
"""Writes as somebody one of two different things, having seen some records."""


def text(folder: DataFolder, by: str, which: int, replaces: Replaced) -> Record:
    words_ = ("Ett.", "Två.")[which]
    return own_texts.save(folder, report(("a", "75 %")), CHOICE, "mal-1", words_, by=by, at=AT, replaces=replaces)


def assessment(folder: DataFolder, by: str, which: int, replaces: Replaced) -> Record:
    return assessments.write(
        folder,
        organisation_id="BR",
        goal_id="M1",
        year=2024,
        fulfilled=("fully", "not")[which],
        text="Så är det.",
        by=by,
        at=AT,
        replaces=replaces,
    )


def gap_state(folder: DataFolder, by: str, which: int, replaces: Replaced) -> Record:
    state = (State.REVIEWED, State.DONE)[which]
    return gap_states.set_state(folder, GAP, state=state, by=by, at=AT, replaces=replaces)


def ready(folder: DataFolder, by: str, which: int, replaces: Replaced) -> Record:
    return reminders.mark_ready(
        folder,
        PROGRAMME,
        organisation_id="BR",
        year=2024,
        period="VB",
        by=by,
        at=AT,
        ready=not which,
        replaces=replaces,
    )


def lesson(folder: DataFolder, by: str, which: int, replaces: Replaced) -> Record:
    canonical = ("done", "ongoing")[which]
    return vocabulary.teach(
        folder, programme(), field="status", raw="fixat", canonical=canonical, by=by, at=AT, replaces=replaces
    )


WRITERS: dict[str, Writer] = {
    own_texts.KIND: text,
    assessments.KIND: assessment,
    gap_states.KIND: gap_state,
    reminders.READY: ready,
    vocabulary.TAUGHT: lesson,
}


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A folder with a catalogue and an empty journal."""
    goals = rows.table("goals", {"goal_id": "M1"})
    write_programme(tmp_path / "programme", Programme({**PROGRAMME.tables, "goals": goals}))
    found = DataFolder(tmp_path)
    found.journal.mkdir()
    return found


def test_every_kind_that_replaces_has_a_writer_here() -> None:
    assert set(WRITERS) == set(record_versions.SAYS)


@pytest.mark.parametrize("kind", record_versions.SAYS)
def test_two_who_write_at_once_both_stand_until_somebody_has_seen_both(folder: DataFolder, kind: str) -> None:
    write = WRITERS[kind]
    begun = write(folder, "Ada", 0, ())
    opened = record_versions.seen(records.read(folder), [begun.record_id])
    anna = write(folder, "Anna", 0, opened)
    bo = write(folder, "Bo", 1, opened)
    entries = records.read(folder, kind)
    assert entries == [begun, anna, bo], "all are on disk, as they were written"
    assert record_versions.rivals(entries) == (anna, bo)
    said = record_versions.conflict(entries, "texter")
    assert said.startswith("Två texter står") and "Den senaste används: Bo" in said and "Den andra: Anna" in said
    late = write(folder, "Cia", 0, record_versions.seen(entries, [bo.record_id]))
    assert record_versions.unreplaced(records.read(folder, kind)) == (anna, late), "who saw one replaces one"
    entries = records.read(folder, kind)
    chosen = write(
        folder, "Dan", 1, record_versions.seen(entries, [one.record_id for one in record_versions.unreplaced(entries)])
    )
    assert record_versions.rivals(records.read(folder, kind)) == (chosen,)
    assert record_versions.conflict(records.read(folder, kind), "texter") == ""


@pytest.mark.parametrize("kind", record_versions.SAYS)
def test_two_who_write_the_same_do_not_have_to_choose(folder: DataFolder, kind: str) -> None:
    for by in ("Anna", "Bo"):
        WRITERS[kind](folder, by, 0, ())
    (used,) = record_versions.rivals(records.read(folder, kind))
    assert used.by == "Bo"


@pytest.mark.parametrize("kind", record_versions.SAYS)
def test_who_had_seen_nothing_replaces_nothing(folder: DataFolder, kind: str) -> None:
    written = tuple(WRITERS[kind](folder, by, which, ()) for which, by in enumerate(("Anna", "Bo")))
    assert record_versions.unreplaced(records.read(folder, kind)) == written


@pytest.mark.parametrize("kind", record_versions.SAYS)
def test_a_record_from_before_versions_replaces_all_that_came_before_it(folder: DataFolder, kind: str) -> None:
    for which in (0, 1):
        WRITERS[kind](folder, "Anna", which, None)
    (used,) = record_versions.rivals(records.read(folder, kind))
    assert used.content == records.read(folder)[-1].content


def test_what_is_purged_in_the_middle_does_not_bring_back_what_it_replaced(folder: DataFolder) -> None:
    written: list[Record] = []
    for which in (0, 1, 0):
        standing = [one.record_id for one in record_versions.unreplaced(written)]
        written.append(text(folder, "Anna", which, record_versions.seen(written, standing)))
    kept = [written[0], written[2]]
    assert record_versions.rivals(kept) == (written[2],)


def test_a_log_keeps_both_entries(folder: DataFolder) -> None:
    for by in ("Anna", "Bo"):
        reminders.log_asked(folder, PROGRAMME, organisation_id="BR", what="VB saknas.", by=by, at=AT)
    assert [one.by for one in reminders.asked(folder)] == ["Bo", "Anna"]


def test_every_reader_says_that_two_stand(folder: DataFolder) -> None:
    for write in WRITERS.values():
        write(folder, "Anna", 0, ())
        write(folder, "Bo", 1, ())
    found = own_texts.resolved(own_texts.texts(folder, CHOICE), report(("a", "75 %")))
    assert found["mal-1"].paragraphs == ("Två.",) and "Den senaste används: Bo" in found["mal-1"].conflict
    assert with_texts(report(("a", "75 %")), found).sections[0].blocks[0] == found["mal-1"]
    judged = assessments.of_goal(records.read(folder, assessments.KIND), "M1", 2024)["BR"]
    assert "Ingen av dem är publicerad: Anna" in assessments.conflict(judged, None)
    anna = filled(GoalAssessmentsRow, fulfilled="fully", text="Så är det.", author="Anna", at=AT.date())
    assert "Publicerad är den av Anna" in assessments.conflict(judged, anna)
    assert assessments.versions(judged, None).earlier == ()
    standing = gap_states.standings(records.read(folder, gap_states.KIND), [GAP], None)["abc"]
    assert "åtgärdad" in standing.said and "granskad (Anna" in standing.said
    assert {one.by for one in record_versions.rivals(reminders.marks(folder, 2024, "VB")["BR"])} == {"Anna", "Bo"}
    taught = vocabulary.taught(folder)
    assert Vocabulary(programme(), taught).meaning("status", "fixat") is None
    assert Vocabulary(programme(), taught[:1]).meaning("status", "fixat") == "done"


def test_an_emptied_text_beside_another_is_told(folder: DataFolder) -> None:
    for words_ in ("Ett.", ""):
        own_texts.save(folder, report(("a", "75 %")), CHOICE, "mal-1", words_, by="Anna", at=AT, replaces=())
    assert "Två texter står" in own_texts.texts(folder, CHOICE)["mal-1"].conflict


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


FACE = sorted([path for part in ("samlad/views", "samlad/server", "pages") for path in (ROOT / part).rglob("*.py")])
NOTHING_KEPT = {"samlad/views/responsibility/duty_matrix.py": 1}
"""Fields that only choose what is shown: the part of a name that the list is narrowed by."""
FIELDS = ("text_area", "text_input", "data_editor", "chat_input")


@pytest.mark.parametrize("path", FACE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_writes_but_in_a_form_that_knows_versions_and_keeps_drafts(path: Path) -> None:
    if path.name == "writing_form.py":
        return
    bare = [call for call in calls(path) if called(call) in FIELDS or ast.unparse(call.func) == "st.form"]
    assert len(bare) == NOTHING_KEPT.get(str(path.relative_to(ROOT)), 0), [ast.unparse(call) for call in bare]


def test_every_kind_that_is_appended_is_known_as_versions_or_a_log() -> None:
    modules = {own_texts, assessments, gap_states, reminders, vocabulary}
    known = {"KIND", "READY", "ASKED", "TAUGHT", "ANSWERED", "'assessment'"}
    for path in (ROOT / "samlad").rglob("*.py"):
        for call in calls(path):
            if ast.unparse(call.func) == "records.append":
                kind = next(word.value for word in call.keywords if word.arg == "kind")
                assert ast.unparse(kind) in known, (
                    f"{path}: give its kind to record_versions.SAYS or record_versions.LOGS"
                )
                if path.name in {f"{module.__name__.split('.')[-1]}.py" for module in modules}:
                    takes = {word.arg for word in call.keywords}
                    assert "replaces" in takes or ast.unparse(kind) == "ASKED", f"{path} does not say what it replaces"


def test_documents_say_that_two_texts_stand_and_which_is_used(folder: DataFolder) -> None:
    for by, which in (("Anna", 0), ("Bo", 1)):
        text(folder, by, which, ())
    made = report(("a", "75 %"))
    made = replace(made, sections=tuple(replace(section, level=1) for section in made.sections))
    made = with_texts(made, own_texts.resolved(own_texts.texts(folder, CHOICE), made))
    in_pdf = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.write(made))).pages)
    for words_ in (word_text(word_document.write(made)), in_pdf):
        said = " ".join(words_.replace("\u00a0", " ").split())
        assert "Två texter står" in said and "Den senaste används: Bo," in said and "Den andra: Anna," in said


def test_the_goals_of_a_report_say_whose_judgements_stand_beside_one_another(folder: DataFolder) -> None:
    def ask(name: str, **_chosen: Any) -> pa.Table:
        kind, *found = {
            "goals": (GoalsRow, filled(GoalsRow, goal_id="M1", number=1)),
            "choices": (ChoicesRow, filled(ChoicesRow, kind="organisation", id="BR", name="Bromma")),
            "goal_assessments": (GoalAssessmentsRow,),
        }[name]
        return pa.table({field.name: [getattr(row, field.name) for row in found] for field in fields(kind)})

    assessment(folder, "Anna", 0, ())
    assert assessment_conflicts.of_goals(folder, CHOICE, ask) == {}
    first = records.read(folder)[-1].sequence
    assessment(folder, "Bo", 1, ())
    (said,) = assessment_conflicts.of_goals(folder, CHOICE, ask)["mal-1"]
    assert said.startswith("Bromma: Två bedömningar står") and "Anna" in said and "Bo" in said
    assert assessment_conflicts.of_goals(folder, replace(CHOICE, organisation_id="FA"), ask) == {}
    assert assessment_conflicts.of_goals(folder, replace(CHOICE, organisation_id="BR"), ask) == {"mal-1": [said]}
    assert assessment_conflicts.of_goals(folder, CHOICE, ask, until=first) == {}, (
        "a delivered report is made again as it was"
    )
