"""Own text in the report: fields follow their figures, what changes is marked, what is typed is untracked."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from samlad.cli.example.example_catalogue import write_programme
from samlad.foundation import schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import purges
from samlad.report import delivered_reports, own_texts, report_files
from samlad.report.document import Report, Section, Source, Statement, Table, TableCell
from samlad.report.draft import Choice, draft, with_texts
from samlad.report.report_files import Order
from samlad.warehouse import database, editions
from tests import rows
from tests.editions import reported, units

AT = datetime(2025, 1, 20, 9, tzinfo=UTC)
CHOICE = Choice((2024,))


def figure(indicator: str) -> Source:
    """Return the source of an indicator's figure."""
    return Source("indicator_cases", (("goal_id", "M1"),), (("indicator_id", indicator), ("year", 2024)), ("value",))


def report(*figures: tuple[str, str], before: int = 0) -> Report:
    """A report whose one table has a row for each indicator, after so many other tables."""
    rows = tuple((TableCell(name), TableCell(said, figure(name))) for name, said in figures)
    others = tuple(Table(f"T{at + 1}", "Annan", ("A",), ((TableCell("x"),),), (1.0,)) for at in range(before))
    table = Table(f"T{before + 1}", "Utfall", ("Indikator", "2024"), rows, (1.0, 1.0))
    said = Statement("S1", "Det går bra.", Source("goals"))
    section = Section("mal-1", "Mål 1", 2, (*others, table, said))
    return Report(
        "Samlad uppföljning", "P", "Hela staden", (2024,), "", "", "ab" * 32, AT.date(), None, 5, False, (section,)
    )


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with a catalogue and nothing else."""
    write_programme(tmp_path / "programme", rows.programme())
    return DataFolder(tmp_path)


def saved(folder: DataFolder, made: Report, words: str) -> None:
    own_texts.save(folder, made, CHOICE, "mal-1", words, by="Anna Ek", at=AT)


def test_a_field_says_what_its_figure_says(folder: DataFolder) -> None:
    made = report(("a", "75 %"))
    saved(folder, made, "Andelen är {T1:r1:c2} i år.")
    found = own_texts.resolved(own_texts.texts(folder, CHOICE), made)["mal-1"]
    assert found.paragraphs == ("Andelen är 75 % i år.",) and not found.touched and not found.untracked
    assert with_texts(made, {"mal-1": found}).sections[0].blocks[0] == found


def test_exactly_the_sentences_that_a_changed_figure_stands_in_are_marked(folder: DataFolder) -> None:
    saved(
        folder,
        report(("a", "75 %"), ("b", "9 av 12")),
        "Först {T1:r1:c2}. Sedan {T1:r2:c2}. Åter {T1:r1:c2}! Sist inget.",
    )
    found = own_texts.resolved(own_texts.texts(folder, CHOICE), report(("a", "71 %"), ("b", "9 av 12")))["mal-1"]
    assert [(one.sentence, one.before, one.after) for one in found.touched] == [
        ("Först 71 %.", "75 %", "71 %"),
        ("Åter 71 %!", "75 %", "71 %"),
    ]


def test_a_field_follows_its_figure_when_the_tables_are_numbered_anew(folder: DataFolder) -> None:
    saved(folder, report(("a", "75 %"), ("b", "9 av 12")), "Andelen är {T1:r2:c2}.")
    found = own_texts.resolved(own_texts.texts(folder, CHOICE), report(("b", "9 av 12"), before=3))["mal-1"]
    assert found.paragraphs == ("Andelen är 9 av 12.",) and not found.touched


def test_a_figure_that_is_gone_is_marked(folder: DataFolder) -> None:
    saved(folder, report(("a", "75 %")), "Andelen är {T1:r1:c2}.")
    found = own_texts.resolved(own_texts.texts(folder, CHOICE), report(("b", "9 av 12")))["mal-1"]
    assert [(one.before, one.after) for one in found.touched] == [("75 %", own_texts.GONE)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("År 2024 kom {T1:r1:c2}.", ()),
        ("Hela 75 % av 1 442 svarade.", ("75", "1 442")),
        ("Det är −3,5 procentenheter.", ("−3,5",)),
        ("Insats S7 och T4:r3:c2.", ("3",)),
    ],
)
def test_a_typed_number_is_untracked_but_a_year_is_no_figure(words: str, numbers: tuple[str, ...]) -> None:
    found = own_texts.untracked(words.replace("1 442", "1\u00a0442"))
    assert tuple(one.replace("\u00a0", " ") for one in found) == (numbers if "r3" not in words else ())


def test_each_save_is_a_version_and_another_year_has_its_own(folder: DataFolder) -> None:
    made = report(("a", "75 %"))
    for words in ("Ett.", "Två."):
        saved(folder, made, words)
    assert [one.words for one in own_texts.versions(folder, CHOICE, "mal-1")] == ["Ett.", "Två."]
    assert own_texts.texts(folder, CHOICE)["mal-1"].number == 2
    assert not own_texts.texts(folder, replace(CHOICE, years=(2023,)))
    assert not own_texts.texts(folder, replace(CHOICE, organisation_id="SDN-JA"))
    assert own_texts.texts(folder, CHOICE, until=1)["mal-1"].words == "Ett."


def test_an_emptied_text_is_no_text(folder: DataFolder) -> None:
    for words in ("Ett.", " "):
        saved(folder, report(("a", "75 %")), words)
    assert not own_texts.texts(folder, CHOICE)


@pytest.mark.parametrize("words", ["Se {T9:r1:c1}.", "Se {hela}.", "Född 19121212-1212."])
def test_what_is_no_citation_or_names_a_person_is_refused(folder: DataFolder, words: str) -> None:
    with pytest.raises(SamladError):
        saved(folder, report(("a", "75 %")), words)
    assert not records.read(folder)


def test_a_text_needs_a_name_and_a_section(folder: DataFolder) -> None:
    made = report(("a", "75 %"))
    for section, by in (("mal-1", " "), ("mal-9", "Anna Ek")):
        with pytest.raises(SamladError):
            own_texts.save(folder, made, CHOICE, section, "Text.", by=by, at=AT)


@pytest.fixture
def writable(example_folder: DataFolder, tmp_path: Path) -> Iterator[DataFolder]:
    """The example without its submissions and with an empty journal."""
    target = tmp_path / "data"
    shutil.copytree(example_folder.snapshots, target / "snapshots")
    shutil.copytree(example_folder.programme, target / "programme")
    yield DataFolder(target)


def test_a_delivered_report_is_made_again_byte_for_byte_although_the_text_has_moved_on(writable: DataFolder) -> None:
    choice = Choice((2024,), parts=("beslut", "sammanfattning"), dnr="SN 2025/17", author="Anna Ek")
    made = report_files.gathered(writable, Order(choice), lambda _share, _doing: None)
    own_texts.save(writable, made, choice, "beslut", "Nämnden godkänner att {S1}", by="Anna Ek", at=AT)
    order = Order(choice, made.snapshot_id, delivered_reports.last_record(writable))
    content = report_files.make(writable, order, "docx")
    record = delivered_reports.keep(writable, order, "docx", content, by="Anna Ek", at=AT)
    own_texts.save(writable, made, choice, "beslut", "Nämnden återremitterar.", by="Anna Ek", at=AT)
    assert report_files.make(writable, replace(order, until=None), "docx") != content
    found = delivered_reports.again(writable, record.record_id)
    assert found.is_same and found.content == content
    records.bury(
        writable, record.record_id, {"at": AT.isoformat(), "by": "Anna Ek", "decision": "SN 1", "purged": True}
    )
    assert not list((writable.journal / "reports").iterdir())
    with pytest.raises(SamladError, match="levererad"):
        delivered_reports.again(writable, record.record_id)


@pytest.mark.parametrize("does", ["retired", "removed"])
def test_a_delivered_report_whose_edition_stands_no_more_says_where_its_file_lies(tmp_path: Path, does: str) -> None:
    made = reported(tmp_path / "data")
    order = Order(Choice((2024,)), made.publish().snapshot_id)
    kept = delivered_reports.keep(made.folder, order, "docx", b"a document", by="Anna Ek", at=AT)
    made.hand_in("FA", 2025, units(7))
    made.publish()
    editions.retire(made.folder, order.snapshot_id or "")
    if does == "removed":
        purges.remove_edition(made.folder, order.snapshot_id or "", decision="SN 1", by="Bo", at=AT)
    path = made.folder.journal / "reports" / f"{kept.record_id}.docx"
    with pytest.raises(SamladError, match="tagits bort") as told:
        delivered_reports.again(made.folder, kept.record_id)
    assert str(path) in str(told.value) and path.read_bytes() == b"a document"
    assert "gallrad" not in str(told.value) and "Utelämna" not in str(told.value)


def changed(folder: DataFolder, to: Path, indicator: str) -> DataFolder:
    """The published example with one more counted in one figure of the city in 2024."""
    shutil.copytree(folder.snapshots, to / "snapshots")
    later = DataFolder(to)
    old = editions.read(later)
    path, manifest = old.path / "city_values.parquet", old.path / "manifest.json"
    was = store.sha256(path.read_bytes())
    rows = store.read_table(path).to_pylist()
    for row in rows:
        if (row["indicator_id"], row["year"], row["sex"]) == (indicator, 2024, "total"):
            row["numerator"] += 1
            row["value"] = row["numerator"] / row["denominator"]
    store.write_table(path, pa.Table.from_pylist(rows, schema.TABLES["city_values"].arrow))
    now = store.sha256(path.read_bytes())
    manifest.write_bytes(manifest.read_bytes().replace(was.encode(), now.encode()))
    snapshot_id = store.sha256(manifest.read_bytes())
    old.path.rename(old.path.with_name(snapshot_id))
    listed = later.snapshots / "EDITIONS"
    listed.write_bytes(listed.read_bytes().replace(old.snapshot_id.encode(), snapshot_id.encode()))
    editions.make_current(later, snapshot_id)
    return later


def test_one_changed_row_of_a_snapshot_marks_the_sentences_on_it_and_no_others(
    writable: DataFolder, tmp_path: Path
) -> None:
    choice = Choice((2024,), parts=("mal",))
    before = draft(database.open_snapshot(writable), choice)
    figures = {
        dict(source.row)["indicator_id"]: at
        for at, (_, source) in before.citations().items()
        if source.columns[:1] == ("numerator",) and dict(source.row).get("year") == 2024
    }
    touched, other = figures["EX-M1-I1"], figures["EX-M7-I4"]
    words = f"Skolorna: {{{touched}}}. Utförarna: {{{other}}}. Ingenting mer."
    own_texts.save(writable, before, choice, "mal-1", words, by="Anna Ek", at=AT)
    after = draft(database.open_snapshot(changed(writable, tmp_path / "later", "EX-M1-I1")), choice)
    found = own_texts.resolved(own_texts.texts(writable, choice), after)["mal-1"]
    assert [one.field for one in found.touched] == [touched]
    assert found.touched[0].sentence.startswith("Skolorna: 118 av 172") and found.touched[0].before.startswith("117 av")
    now = after.citations()
    moved = [source for at, (said, source) in before.citations().items() if now[at][0] != said]
    assert {dict(source.row).get("indicator_id") for source in moved} == {"EX-M1-I1"}
