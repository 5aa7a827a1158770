"""The store: a damaged table is told by name, in words that help."""

import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from samlad.cli import commands, row_formats
from samlad.foundation import store
from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.store import DataFolder
from samlad.warehouse import editions


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not a table at all", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_a_damaged_table_is_told_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(content)
    with pytest.raises(SamladError, match=r"x\.parquet är skadad.*säkerhetskopian"):
        store.read_table(path)
    assert not store.is_table(path)


def test_a_table_comes_back_and_one_that_is_missing_is_not_called_damaged(tmp_path: Path) -> None:
    table = pa.table({"a": [1, 2]})
    store.write_table(tmp_path / "x.parquet", table)
    assert store.read_table(tmp_path / "x.parquet") == table and store.is_table(tmp_path / "x.parquet")
    with pytest.raises(FileNotFoundError):
        store.read_table(tmp_path / "y.parquet")


def test_a_query_on_a_damaged_snapshot_says_which_file(example_folder: DataFolder, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "copy")
    shutil.copytree(example_folder.snapshots, folder.snapshots)
    path = editions.read(folder).path / "goals.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    answer = CliRunner().invoke(commands.main, ["query", "goals", "--data", str(folder.path)])
    assert answer.exit_code == 2
    assert "goals.parquet har ändrats" in answer.output and "Traceback" not in answer.output


def test_what_a_spreadsheet_would_run_is_written_as_text_in_csv() -> None:
    rows = pa.table({"comment": ["=1+1", "-1", "+46", "@x", "-", "..", "bra", None], "number": [-1] * 8})
    assert row_formats.without_formulas(rows)["comment"].to_pylist() == [
        "'=1+1",
        "'-1",
        "'+46",
        "'@x",
        "-",
        "..",
        "bra",
        None,
    ]
    assert row_formats.without_formulas(rows)["number"].to_pylist() == [-1] * 8


def test_csv_on_standard_out_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    row_formats.write_rows(pa.table({"comment": ["=1+1", "bra"], "names": [["@a", "b"], []]}), "csv")
    assert capsys.readouterr().out.splitlines() == ['"comment","names"', '"\'=1+1","\'@a b"', '"bra",""']


@pytest.mark.parametrize("content", [{}, {"a": 1}, {"a": {}, "b": []}, {"seal": "x"}])
def test_what_is_written_with_a_seal_is_read_back_and_no_byte_of_it_can_go(
    tmp_path: Path, content: dict[str, object]
) -> None:
    path = tmp_path / "x.json"
    store.write_json(path, content)
    assert store.read_json(path, needs_seal=True) == content
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + whole[at + 1 :])
        with pytest.raises(Altered):
            store.read_json(path, needs_seal=True)
