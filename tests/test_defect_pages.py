"""Pages over a folder that is partly broken say so, and readers of an edition that is purged move off it."""

from pathlib import Path

import pytest

from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import purges
from samlad.warehouse import database, editions
from tests.editions import START, Made
from tests.test_pages import forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]


@pytest.fixture(scope="module")
def judged(published_city: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A small folder with a judgement that has been published."""
    made = published_city.copied(tmp_path_factory.mktemp("judged") / "data")
    made.judge("BR", "fully", "Hemliga ordet bor kvar")
    made.publish()
    return made


@pytest.fixture
def made(judged: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The same as the data folder in use, to be damaged."""
    made = judged.copied(tmp_path / "data")
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    return made


def broken_record(folder: DataFolder) -> str:
    (path,) = folder.journal.glob("*.json")
    store.write_bytes_atomically(path, path.read_bytes().replace(b"fully", b"fullt"))
    return f"journal/{path.name}"


def test_a_broken_file_is_told_on_every_page_and_named_on_the_state(made: Made) -> None:
    assert "går inte att läsa" not in seen(run("about"))
    name = broken_record(made.folder)
    for page in ("about", "reporting_state"):
        app = run(page)
        assert not app.exception and "datamappen går inte att läsa" in seen(app)
    told = seen(run("reporting_state"))
    assert name in told and "säkerhetskopian" in told


def test_a_lost_pointer_shows_the_last_edition_and_says_so(made: Made) -> None:
    (made.folder.snapshots / "CURRENT").unlink()
    told = seen(run("reporting_state"))
    assert "snapshots/CURRENT" in told and "visas i stället" in told


def test_what_was_purged_is_gone_from_a_page_that_stood_open_and_a_public_note_is_told(made: Made) -> None:
    app = run("goal")
    (record,) = records.read(made.folder, "assessment")
    old = database.open_snapshot(made.folder)
    assert "Hemliga ordet" in seen(app)
    purges.purge(made.folder, record.record_id, decision="SOC 2025/17", by="Bo", reason="Namn", at=START)
    app.run()
    assert not app.exception and "Hemliga ordet" not in seen(app)
    assert old.snapshot.path not in database._loaded and old.snapshot_id != editions.current_id(made.folder)
    about = seen(run("about"))
    assert "SOC 2025/17" in about and "efter gallring" in about and "Bo" not in about.partition("SOC")[2][:40]
