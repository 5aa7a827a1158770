"""Every way out reads the protected layer: recognisable secrets are planted, and no walk finds one in any spelling."""

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from samlad.cli import example
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.judgement import statistics
from samlad.publish import protection, publishing
from samlad.publish.cells import LEDGER
from samlad.publish.edition_tables import RawTables
from samlad.publish.protection import Protected
from samlad.submissions import submission_writer
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.submission_writer import Delivery
from samlad.warehouse import editions
from tests import lengths, walk
from tests.walk import Net, Seen

pytestmark = pytest.mark.long

THRESHOLD = 10_000
MARKER = "hemlighetsmarkör"
WITNESS = "vittnesmarkör"
HANDED_IN = datetime(2023, 9, 1, 12, tzinfo=UTC)
"""After the merger of 1 July 2023, so that today's division adds the counts of Rinkeby-Kista and Spånga-Tensta."""

RECOGNISABLE = 2100
"""Counts above this are no year and no number of rows."""

COUNTED = "PLANTED"
"""An indicator that is a mere count of persons; the example has none as small as it is made here."""


@dataclass(frozen=True)
class Planted:
    """One figure that was handed in."""

    indicator_id: str
    organisation_id: str
    numerator: int | None = None
    denominator: int | None = None
    sex: str = "total"
    period: str = "VB"
    year: int = 2022
    value: float | None = None
    forecast: float | None = None
    missing_reason: str | None = None
    comment: str = f"Det var {MARKER} som det gällde."


SECRETS = (
    Planted("EX-M2-I1", "SDN-FA", 7919, 11783, forecast=0.517913),
    Planted("EX-M2-I1", "SDN-FA", 4013, 5987, "women"),
    Planted("EX-M2-I1", "SDN-FA", 3889, 5779, "men"),
    Planted("EX-M2-I1", "SDN-FA", 7877, 9749, year=2021),
    Planted("EX-M2-I1", "SDN-KU", 12919, 28837, period="T2", forecast=0.447973),
    Planted("EX-M3-I1", "SDN-RK", 7907, 9631),
    Planted("EX-M3-I1", "SDN-ST", 7901, 9403),
    Planted("EX-M3-I1", "SDN-SN", missing_reason=".."),
    Planted("EX-M3-I2", "SDN-SO", 7883, 131071),
    Planted("EX-M5-I1", "SDN-HA", value=0.690719),
    Planted(COUNTED, "SDN-BR", 7853),
)
LARGE_ENOUGH = {11783, 131071}
"""Denominators of the secrets that are shown: no small count, and inhabitants."""

WITNESSES = (
    Planted("STH-M3-I1", "SDN-FA", 6427, 8461, comment=f"Enheter är inga personer: {WITNESS}."),
    Planted("EX-M2-I2", "SDN-FA", value=1.0, comment=WITNESS),
)
VISIBLE = Net([6427, 8461, 11783, 131071, 13464], [6427 / 8461], [WITNESS])
"""Units, a denominator that is large enough, the population and public statistics: they hide nobody and stay."""


def published_figures() -> set[float]:
    """The shares, rates, bounds and forecasts that follow from each planted figure alone."""
    found: set[float] = set()
    for one in SECRETS:
        found |= {figure for figure in (one.value, one.forecast) if figure is not None}
        if one.indicator_id == "EX-M3-I2" and one.numerator and one.denominator:
            found.add(1000 * one.numerator / one.denominator)
        elif one.numerator and one.denominator:
            found.add(one.numerator / one.denominator)
    return found


def worked_out(folder: DataFolder) -> tuple[set[int], set[float]]:
    """Return figures of hidden cells nobody may learn, by the ledger: large counts and rests, shares and their bounds.

    Small counts and round shares are not recognisable: they stand in many texts for other reasons.
    """
    counts: set[int] = set()
    figures: set[float] = set()
    for path in (folder.submissions / "ledgers").glob("*.parquet"):
        for row in store.read_table(path).to_pylist():
            x, n = row["numerator"], row["denominator"]
            if not row["numerator_shown"]:
                counts |= {x} if n is None else {x, n - x}
                if n and min(x, n - x) > RECOGNISABLE:
                    bounds = statistics.wilson(x, n)
                    figures |= {x / n, (n - x) / n, bounds.lower, bounds.upper}
            if n is not None and not row["denominator_shown"]:
                counts.add(n)
    return {count for count in counts if count > RECOGNISABLE}, figures


def planted_counts() -> set[int]:
    """The counts that were handed in and must not come out."""
    return {count for one in SECRETS for count in (one.numerator, one.denominator) if count} - LARGE_ENOUGH


def hand_in(folder: DataFolder, given: Iterable[Planted]) -> None:
    """Hand figures in past the checks, as one report each: the later one stands."""
    deliveries = [
        Delivery(
            OrganisationReport(
                one.organisation_id,
                one.year,
                one.period,
                indicator_rows([{**vars(one), "origin": "own"}]),
                activity_rows(),
                original_name=f"{MARKER}.csv",
                original=f"{one}".encode(),
            ),
            by=MARKER,
            at=HANDED_IN,
        )
        for one in given
    ]
    submission_writer.append_many(deliveries, [()] * len(deliveries), folder, durable=False)


def add_indicator(folder: DataFolder) -> None:
    """Put a count of persons in the catalogue, that all districts answer for."""
    for name, cells in (
        (
            "indicators.csv",
            {
                "indicator_id": COUNTED,
                "name": "Räknade personer",
                "short_name": "Räknade",
                "measure": "count",
                "per": "",
            },
        ),
        ("responsibilities.csv", {"object_id": COUNTED}),
    ):
        path = folder.programme / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        copied = next(row for row in rows if "EX-M3-I2" in (row.get("indicator_id"), row.get("object_id")))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(copied))
            writer.writeheader()
            writer.writerows([*rows, {**copied, **cells}])


def keep_years(folder: DataFolder, *years: str) -> None:
    """Ask for fewer years, so that there is less to walk."""
    path = folder.programme / "periods.csv"
    first, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([first, *(line for line in lines if line.startswith(years))]), encoding="utf-8")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example with the secrets handed in, not published."""
    folder = DataFolder(tmp_path_factory.mktemp("planted") / "data")
    example.make_example(folder.path, store.repository_folder().path, organisations=20, indicators=12, years=2)
    keep_years(folder, "2021", "2022")
    add_indicator(folder)
    hand_in(folder, [*SECRETS, *WITNESSES])
    return folder


def copied(folder: DataFolder, to: Path, *without: str) -> DataFolder:
    """A copy of a data folder, without some of what lies in it."""
    shutil.copytree(folder.path, to, ignore=shutil.ignore_patterns(*without))
    return DataFolder(to)


@pytest.fixture(scope="module")
def protected(planted: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The folder published twice with a threshold above all the secrets, the second time with a figure corrected."""
    folder = copied(planted, tmp_path_factory.mktemp("protected") / "data")
    with patch.dict(os.environ, {"SAMLAD_THRESHOLD": str(THRESHOLD)}):
        publishing.publish(folder)
        hand_in(folder, [Planted("EX-M3-I2", "SDN-SO", 7867, 131071)])
        publishing.publish(folder)
    return folder


@pytest.fixture(scope="module")
def only_read(protected: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Return the folder of an app that only reads: no submissions and no journal."""
    return copied(protected, tmp_path_factory.mktemp("read") / "data", "submissions", "journal")


def nothing_hidden(raw: RawTables, _threshold: int, _standing: object = (), _progress: object = None) -> Protected:
    """Return the protection of reports as it would be if it hid nothing."""
    names = ("indicator_values", "division_values", "city_values", "city_changes")
    tables = {name: publishing.conform(name, getattr(raw, name)) for name in names}
    return Protected(tables, LEDGER.empty_table(), [])


@pytest.fixture(scope="module")
def unprotected(planted: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The same reports published with the protection broken on purpose."""
    folder = copied(planted, tmp_path_factory.mktemp("unprotected") / "data")
    with patch.object(protection, "protect", nothing_hidden):
        publishing.publish(folder)
    return folder


@pytest.fixture(scope="module")
def net(protected: DataFolder) -> Net:
    """Return the net to look with: every planted figure, and its consequences for districts, sexes and city."""
    counts, figures = worked_out(protected)
    assert {one.numerator for one in SECRETS if one.period == "VB" and one.numerator} <= counts
    assert {7867, 7907 + 7901} <= counts, "what was corrected, and Järva as it is today"
    return Net(counts | planted_counts(), published_figures(), [MARKER], bounds=figures)


WAYS = {
    "pages": walk.pages,
    "questions": walk.questions,
    "query": lambda folder, one_in=1: walk.asked(folder, [vars(one) for one in (*SECRETS, *WITNESSES)], one_in),
    "files": walk.files,
    "reports": walk.reports,
}


ONE_IN = lengths.of(4, 1)
"""Of a folder without its raw side, one in so many choices is walked: the same pages and questions are walked whole."""


@cache
def walked(way: str, folder: DataFolder, one_in: int = 1) -> tuple[Seen, ...]:
    """One way out of one folder, walked once."""
    return tuple(WAYS[way](folder, one_in))


def caught_until(way: str, folder: DataFolder, net: Net, sought: set[str]) -> set[str]:
    """Return the figures caught on one way out until all sought are, or the way has no more."""
    caught: set[str] = set()
    for seen in WAYS[way](folder):
        caught |= net.caught(seen.text)
        if sought <= caught:
            break
    return caught


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_is_found_on_any_way_out(protected: DataFolder, net: Net, way: str) -> None:
    assert net.catch(walked(way, protected)) == {}
    assert set(VISIBLE.catch(walked(way, protected))) >= SEEN_BY[way], (
        "what may be shown is shown, so the walk has eyes"
    )


SEEN_BY = {
    "pages": {"13464", f"{6427 / 8461:.6g}"},
    "questions": {"6427", "8461", "11783", "131071", "13464", f"{6427 / 8461:.6g}"},
    "query": {"6427", "8461", "11783", "131071", "13464", f"{6427 / 8461:.6g}"},
    "files": {"6427", "8461", "11783", "131071", "13464", WITNESS},
    "reports": {"6427", "8461", f"{6427 / 8461:.6g}"},
}


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_is_found_where_the_submissions_and_the_journal_are_absent(
    only_read: DataFolder, net: Net, way: str
) -> None:
    assert net.catch(walked(way, only_read, ONE_IN)) == {}
    seen = set(VISIBLE.catch(walked(way, only_read, ONE_IN)))
    assert seen & SEEN_BY[way] if ONE_IN > 1 else seen >= SEEN_BY[way]


OPEN_ON = {
    "pages": {"7853", f"{7919 / 11783:.6g}", f"{7907 / 9631:.6g}"},
    "questions": {"7919", "7907", "7901", "7883", "7853", "15808"},
    "query": {"7919", "7907", "7901", "7883", "7853"},
    "files": {str(one) for one in planted_counts()} | {f"{one:.6g}" for one in published_figures()} | {MARKER},
    "reports": {"7919"},
}
"""Figures that each way out must give away where nothing is protected, or the walk is blind."""


@pytest.mark.parametrize("way", WAYS)
def test_the_same_walk_finds_the_secrets_where_protection_is_broken(
    unprotected: DataFolder, net: Net, way: str
) -> None:
    assert caught_until(way, unprotected, net, OPEN_ON[way]) >= OPEN_ON[way]


SAYS_NOTHING = {
    *("organisation_id", "organisation", "kind", "reporters"),
    *("object_type", "object_id", "object", "role", "duty_status", "expected", "received"),
    *("district", "indicator_id", "indicator", "name", "goal_number", "goal_id", "year", "period"),
    *("measure", "counts", "unit", "per", "direction", "violence_types", "break_year", "origin", "sex", "division"),
    "is_after_break",
    *("missing_reason", "denominator", "parts", "parts_reported", "rebuilt", "submission_id"),
    *("target", "target_set_by", "last_target", "last_target_year"),
    *("organisations_reported", "organisations_expected", "organisations_both", "organisations_expected_both"),
    *("base_year", "base_missing", "base_numerator", "base_denominator", "base_value"),
    *("compared_numerator", "compared_denominator", "varies", "cluster", "base_note", "is_ended", "has_owner"),
    *("missing_organisations", "missing_reasons", "missing_denominators"),
}
"""Columns that may hold something beside a protected figure: what it is about, its årsmål, n where that is large, and
the figures of other years and of those compared, each protected for itself."""


def told_beside_hidden(rows: pa.Table) -> set[str]:
    """The columns that hold something in a row whose figure is protected, and that say more than what it is about."""
    hidden = [row for row in rows.to_pylist() if row.get("missing_reason") == ".."]
    return {name for row in hidden for name, value in row.items() if value is not None} - SAYS_NOTHING


def test_nothing_that_follows_from_a_hidden_figure_stands_beside_it(protected: DataFolder) -> None:
    answers = [seen for seen in walked("questions", protected) if seen.rows is not None]
    with_hidden = [seen for seen in answers if ".." in seen.rows.to_pydict().get("missing_reason", [])]
    assert len(with_hidden) > 30
    for seen in with_hidden:
        rows = seen.rows.to_pylist()
        assert {row["outcome"] for row in rows if row["missing_reason"] == ".." and "outcome" in row} <= {
            None,
            "protected",
        }, seen.place
        assert told_beside_hidden(seen.rows) - {"outcome"} == set(), seen.place


def test_hidden_districts_come_in_no_order_and_are_drawn_with_nothing(protected: DataFolder) -> None:
    drawn = [
        (seen.place, seen.rows.to_pylist())
        for seen in walked("pages", protected)
        if seen.rows is not None and {"district", "missing"} <= set(seen.rows.column_names)
    ]
    hidden = [(place, [row for row in rows if row["missing"] == "Skyddat"]) for place, rows in drawn]
    assert sum(map(bool, (rows for _, rows in hidden))) >= 5, "the walk meets too few hidden districts to tell"
    for place, rows in hidden:
        assert {(row["value"], row["lower"], row["upper"], row["rest"], row["shape"]) for row in rows} <= {
            (None, None, None, None, "none")
        }, place
        names = [row["district"] for row in rows]
        assert names == sorted(names), f"{place}: the order tells what is hidden"


@dataclass(frozen=True)
class Running:
    """A dashboard that is running: where, what folder it shows, and what it has written to its log."""

    port: int
    shown: Path
    log: Path

    def show(self, folder: DataFolder) -> None:
        """Let it show another data folder from now on."""
        self.shown.unlink(missing_ok=True)
        self.shown.symlink_to(folder.path)


@pytest.fixture(scope="module")
def running(protected: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A dashboard of its own, saying all it can in its log."""
    place = tmp_path_factory.mktemp("running")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dashboard = Running(port, place / "data", place / "log")
    dashboard.show(protected)
    settings = [f"--server.port={port}", "--server.headless=true", "--logger.level=debug"]
    with dashboard.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *settings],
            cwd=store.REPOSITORY,
            env={**os.environ, "SAMLAD_DATA": str(dashboard.shown)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield dashboard
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the address answers."""
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            assert process.poll() is None
            time.sleep(0.25)
    raise AssertionError(f"{address} does not answer.")


LINKS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("", {"ar": "2022", "organisation": "Farsta"}),
    ("", {"ar": "1999", "organisation": "Atlantis"}),
    ("", {"snapshot": "00000000"}),
    ("namnd", {"ar": "2022", "organisation": "Farsta"}),
    ("stadsdelar", {"ar": "2022", "indikator": "Räknade"}),
    ("stadsdelar", {"ar": "2022", "indikator": "Våldsutövare i insats", "kon": "Kvinnor", "ordning": "Efter värde"}),
    ("stadsdelar", {"ar": "2022", "indikator": "Tillfrågade om våld", "indelning": "Som rapporterat"}),
    ("stadsdelar", {"ar": "2022", "indikator": "Rutinfrågor om våld"}),
    ("stadsdelar", {"indikator": "Anmälda våldsbrott (Brå)"}),
    ("andringar", {}),
    ("om", {}),
    ("okand", {}),
)


def visited(running: Running) -> list[Seen]:
    """Return all the running dashboard sends: over HTTP, and over the websocket for links of all kinds."""
    opened = [seen for page, address in LINKS for seen in walk.loaded(running.port, page, **address)]
    return [*walk.fetched(running.port), *opened]


def test_the_running_dashboard_sends_and_logs_no_secret(
    running: Running, protected: DataFolder, unprotected: DataFolder, net: Net
) -> None:
    sent = visited(running)
    assert net.catch(sent) == {}
    assert {f"{6427 / 8461:.6g}", "13464"} <= set(VISIBLE.catch(sent))
    logged = Seen("log", running.log.read_text(encoding="utf-8"))
    assert net.catch([logged]) == {}
    assert "NO_SESSIONS_CONNECTED" in logged.text, "the log says all it can"
    running.show(unprotected)
    assert {"7853", f"{4013 / 5987:.6g}"} <= set(net.catch(visited(running)))


def complaints(folder: DataFolder, place: Path) -> Iterator[Seen]:
    """Yield the command line's words when it is asked for things it cannot or will not do."""
    yield from (walk.command_line(folder, *words.split()) for words in WRONG)
    with patch.dict(os.environ, {"SAMLAD_THRESHOLD": "noll"}):
        yield walk.command_line(folder, "publish")
    current = editions.current_id(folder)
    yield walk.command_line(folder, "retire", str(current))
    damaged = copied(folder, place / "damaged")
    with (damaged.programme / "goals.csv").open("a", encoding="utf-8") as goals:
        goals.write(goals_line(damaged))
    yield walk.command_line(damaged, "check-programme")
    yield walk.command_line(damaged, "publish")
    unproved = copied(folder, place / "unproved", "snapshots", "ledgers")
    with (
        patch.object(protection, "hide_further", lambda _one, _safe: set()),
        patch.object(protection, "WORTH_WORKERS", float("inf")),
        patch.dict(os.environ, {"SAMLAD_THRESHOLD": str(THRESHOLD)}),
    ):
        yield walk.command_line(unproved, "publish")
    file = place / "igen.csv"
    file.write_text(
        "Indikator-id;Organisation;År;Period;Kön;Antal;Av totalt;Kommentar\n"
        + "EX-M2-I1;SDN-FA;2022;VB;Totalt;11;12;\n" * 2,
        encoding="utf-8",
    )
    yield walk.command_line(folder, "check", str(file))
    yield walk.command_line(folder, "submit", str(file), "--by", "Kim")


WRONG = (
    "query finns_inte",
    "query programme_overview year=abc",
    "query programme_overview finns=inte",
    "query programme_overview year",
    "query programme_overview organisation_id=' year=2022",
    "query district_comparison indicator_id=EX-M2-I1 year=2022.5",
    "query programme_overview --snapshot 00000000",
    "publish --as-of igår",
    "retire 00000000",
    "withdraw 0000000000000000 --by Kim --reason fel",
    "purge 0000000000000000 --by Kim --reason fel --decision 1",
    "template FINNS-INTE --year 2022 --period VB --out /dev/null",
    "check README.md",
    "report --year 2022 --out rapport.odt",
    "diff 00000000 00000000",
)
"""Commands that end in a message."""


def goals_line(folder: DataFolder) -> str:
    """The last line of the goals, to be there twice."""
    return (folder.programme / "goals.csv").read_text(encoding="utf-8").splitlines(keepends=True)[-1]


def test_no_message_of_the_command_line_quotes_a_secret(
    protected: DataFolder, net: Net, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.REPOSITORY)
    said = list(complaints(protected, tmp_path))
    assert all(seen.text.strip() for seen in said)
    assert any("Skyddet håller inte" in seen.text for seen in said), "publish was refused by its own gate"
    assert any("Samma sak står redan på rad 2" in seen.text for seen in said)
    assert net.catch(said) == {}


def test_the_contract_of_the_command_line_holds_in_a_process_of_its_own(protected: DataFolder, net: Net) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "samlad", "query", "indicator_cases", "organisation_id=SDN-FA"],
        cwd=store.REPOSITORY,
        env={**os.environ, "SAMLAD_DATA": str(protected.path)},
        capture_output=True,
        check=True,
    )
    text = told.stdout.decode() + told.stderr.decode()
    assert net.caught(text) == frozenset()
    assert "6427" in VISIBLE.caught(text)


@pytest.mark.parametrize(
    "written",
    (
        *("7919", "7 919", "7\u00a0919", "7\u202f919", "7,919", "7.919", "7'919", "7919.0", "7919,00", "7.919e+03"),
        *(
            "7&nbsp;919",
            "7&#160;919",
            "<b>7</b>\u00a0919",
            '{"a": "7\\u00a0919"}',
            "x=7919;",
            "(7919)",
            "−7919",
            "1–7919",
        ),
    ),
)
def test_the_net_catches_a_count_in_every_spelling(written: str) -> None:
    assert Net([7919]).caught(f"Det var {written} personer") == {"7919"}


@pytest.mark.parametrize("written", ("17919", "79190", "17 919", "a7919f", "7 9190", "7.9191", "79.19"))
def test_the_net_lets_other_numbers_through(written: str) -> None:
    assert Net([7919]).caught(written) == frozenset()


@pytest.mark.parametrize(
    "written",
    (
        *("0.672070", "0,67207", "0.6721", "0.6720", "67,21 %", "67.21", "67,2 %", "67.2%", "67,2 procent"),
        *("67,20699", "0.6720699312568956", "width:67.2%"),
    ),
)
def test_the_net_catches_a_share_in_every_spelling(written: str) -> None:
    assert Net(figures=[7919 / 11783]).caught(written) == {"0.67207"}


@pytest.mark.parametrize("written", ("67 %", "0.67", "0.6730", "67,3 %", "167,21", "67,2", "0.06720"))
def test_the_net_lets_other_shares_through(written: str) -> None:
    assert Net(figures=[7919 / 11783]).caught(written) == frozenset()


def test_the_time_of_a_line_in_a_log_is_no_share_and_what_follows_it_is_looked_at() -> None:
    share = Net(figures=[0.448001])
    assert not share.caught("2026-11-26 17:41:44,800 Script run finished")
    assert share.caught("2026-11-26 17:41:44,801 of 44,80 %") and share.caught("17:41 44,800")


def every_kind_of_element() -> None:
    """A page with the number in every kind of element, a different one in each."""
    import pandas as pd
    import streamlit as st

    st.set_page_config(page_title="x")
    st.title("5003")
    st.markdown("text", help="5009")
    st.html("<span title='5011'>x</span>")
    st.metric("x", "5021", "5023")
    st.dataframe(pd.DataFrame({"a": [5039]}, index=["5051"]))
    st.table(pd.DataFrame({"a": [5059]}))
    st.vega_lite_chart(pd.DataFrame({"a": [5077]}), {"mark": {"type": "bar", "tooltip": "5081"}}, alt="5087")
    st.selectbox("x", ["a", "5099"])
    st.download_button("x", "n;5101", file_name="5107.csv")
    st.toast("5113")
    st.json({"a": 5119})
    with st.expander("5147"):
        st.caption("5153")
    st.tabs(["5167"])
    st.sidebar.progress(0.5, "5171")
    st.popover("5179").error("5189")
    st.link_button("x", "https://exempel.se/?a=5197")
    st.code("5209")


def test_the_walk_sees_every_kind_of_element() -> None:
    with walk.downloads() as offered:
        app = AppTest.from_function(every_kind_of_element).run()
        seen = [*walk.shown(app, "page"), *(Seen("file", one.decode()) for one in offered)]
    planted = {
        *(5003, 5009, 5011, 5021, 5023, 5039, 5051, 5059, 5077, 5081, 5087, 5099, 5101),
        *(5113, 5119, 5147, 5153, 5167, 5171, 5179, 5189, 5197, 5209),
    }
    assert set(Net(planted).catch(seen)) == {str(one) for one in planted}
