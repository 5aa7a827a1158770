"""Nämnd: what one organisation answers for and owes, beside the rest; remembered on the device; two pages on paper."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from samlad.catalogue import programme
from samlad.cli import commands
from samlad.foundation import store
from samlad.foundation.rows import OrganisationReportsRow
from samlad.foundation.store import DataFolder
from samlad.publish import publishing
from samlad.report import organisation_pages as paper
from samlad.report import organisation_summary
from samlad.report.organisation_pages import Brief
from samlad.swedish import arrears, numbers, words
from samlad.views.common import remembered
from samlad.views.organisation import organisation_duties
from samlad.warehouse import editions
from samlad.warehouse.catalogue_choices import Organisation
from samlad.warehouse.database import Warehouse
from tests import walk
from tests.test_pages import before_charts, forgotten, run, seen

__all__ = ["forgotten"]

SOME = ("Järva", "Södermalm", "Socialnämnden", "Kommunstyrelsen", "SISAB")
YEAR = 2024


def plain(words: str) -> str:
    """Text with every space a plain one, as it is read."""
    return re.sub(r"\s+", " ", words.replace("\xa0", " "))


def page(organisation: str, year: int = YEAR) -> tuple[AppTest, str]:
    """The page of an organisation, and its text."""
    app = run("organisation", ar=str(year), organisation=organisation)
    assert not app.exception and not app.error
    return app, plain(seen(app))


def told_of(monkeypatch: pytest.MonkeyPatch, name: str, year: int = YEAR) -> Brief:
    """Return the brief that the page of an organisation gathers."""
    made: list[Brief] = []
    gather = organisation_duties.gather
    monkeypatch.setattr(
        "samlad.views.organisation.organisation_duties.gather",
        lambda organisation, at: made.append(gather(organisation, at)) or made[-1],
    )
    page(name, year)
    return made[-1]


@pytest.mark.parametrize("name", SOME)
def test_every_kind_of_organisation_sees_its_duties_and_every_chart_has_its_words(shown: DataFolder, name: str) -> None:
    app, told = page(name)
    assert app.title[0].value == f"{'Bolag' if name == 'SISAB' else 'Nämnd'}: {name} {YEAR}"
    assert re.search(rf"{name} svarar för .+ {YEAR}; .+\.", told)
    assert all(re.search(r"<h2>.+<p>[^<]{20,}</p>", before, re.DOTALL) for before in before_charts(app))
    assert not re.search(r"\d\.\d+ ?%|\bNone\b|\bnan\b|\bnull\b|\b1 (rapporter|indikatorer|aktiviteter)\b", told)


def test_the_sentence_counts_what_is_expected_and_what_is_missing(shown: DataFolder, example: Warehouse) -> None:
    held = [
        row
        for row in example.query("organisation_duties", organisation_id="SDN-SN").to_pylist()
        if row["year"] == 2022 and row["duty_status"] == "decided" and row["role"] != "berord"
    ]
    missing = example.query("missing_reports", year=2022, organisation_id="SDN-SN").num_rows
    indicators = sum(row["object_type"] == "indicator" for row in held)
    assert missing == 41, "Skarpnäck is silent in 2022"
    _, told = page("Skarpnäck", 2022)
    assert (
        f"Skarpnäck svarar för {indicators} indikatorer och {len(held) - indicators} aktiviteter 2022; "
        f"57 rapporter saknas: 7 för tertial 1, 9 för tertial 2 och {missing} för helåret. Dessutom saknas" in told
    )


def test_what_is_owed_is_dated_by_the_snapshot_and_the_latest_come_first(shown: DataFolder, example: Warehouse) -> None:
    as_of = date.fromisoformat(example.manifest["as_of"])
    reports = example.rows(OrganisationReportsRow, organisation_id="SDN-JA")
    assert reports and [row.due for row in reports] == sorted(row.due for row in reports)
    late = [row for row in reports if row.state == "late" and row.year == YEAR]
    assert late
    _, told = page("Järva")
    for _, code, due, rows in arrears.by_period(late):
        words = f"{arrears.reports(len(rows))} saknas {arrears.since(due, as_of)}"
        assert re.search(rf"{organisation_summary.period_name(code, YEAR)} ?: ! ?{re.escape(plain(words))}", told), (
            words
        )


@pytest.mark.long
def test_each_district_stands_beside_the_rest_of_the_city_as_on_stadsdelar(example: Warehouse) -> None:
    columns = ("value", "lower_95", "upper_95", "rest_value", "comparison")
    indicators = [row["indicator_id"] for row in example.query("district_indicators").to_pylist()]
    there = {
        (row["organisation_id"], indicator_id): tuple(row[name] for name in columns)
        for indicator_id in indicators
        for row in example.query("district_comparison", indicator_id=indicator_id, year=YEAR).to_pylist()
    }
    here = {
        (organisation_id, row["indicator_id"]): tuple(row[name] for name in columns)
        for organisation_id in sorted({organisation_id for organisation_id, _ in there})
        for row in example.query("organisation_indicators", organisation_id=organisation_id, year=YEAR).to_pylist()
    }
    assert {key: here[key] for key in there} == there
    assert {said[-1] for said in there.values()} == {*words.COMPARISONS, None}, "every comparison is met with"


def test_a_protected_figure_has_no_rest_no_interval_and_no_number_in_the_chart(
    shown: DataFolder, example: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [
        row
        for row in example.query("indicator_cases", organisation_id="SDN-JA").to_pylist()
        if row["year"] == YEAR and row["missing_reason"] == ".."
    ]
    assert hidden
    beside = example.query("organisation_indicators", organisation_id="SDN-JA", year=YEAR).to_pylist()
    told = told_of(monkeypatch, "Järva")
    for row in hidden:
        (held,) = (one for one in beside if one["indicator_id"] == row["indicator_id"])
        assert {held[name] for name in ("value", "lower_95", "upper_95", "rest_value", "comparison")} == {None}
        (line,) = (one for one in told.indicators if one.name == row["indicator"])
        assert (line.figure, line.rest, line.state) == ("Skyddat", "", "skyddat")
        assert told.chart and row["indicator"] not in [point["district"] for point in told.chart.rows]
    assert words.PROTECTED in told.notes


def test_the_own_arsmal_and_kf_s_stand_apart_each_with_whether_it_is_met(
    shown: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = told_of(monkeypatch, "Södermalm")
    (asked,) = (one for one in told.indicators if one.name == "Tillfrågade om våld")
    assert plain(asked.own_target) == "50 %: inte nått"
    assert plain(asked.kf_target) == "60 %: inte nått"
    assert any(plain(one.kf_target).endswith(": nått") for one in told.indicators)


def test_others_than_districts_are_told_that_they_are_compared_with_nobody(shown: DataFolder) -> None:
    _, told = page("Socialnämnden")
    assert "Socialnämnden jämförs inte med andra" in told
    assert "resten av staden" not in told.lower()


def test_a_successor_says_what_it_came_from_and_a_predecessor_what_followed(shown: DataFolder) -> None:
    _, told = page("Järva")
    assert "Järva bildades 1 juli 2023 av Rinkeby-Kista och Spånga-Tensta." in told
    _, told = page("Rinkeby-Kista", 2023)
    assert "Rinkeby-Kista upphörde 30 juni 2023; Järva tog över." in told
    assert "Helåret 2023 rapporteras av den som tog över." in told
    assert re.search(r"Rinkeby-Kista svarade för \d+ indikatorer och \d+ aktiviteter 2023;", told)
    assert "tertial 1 rapporterad" in told


@pytest.mark.parametrize(("name", "year"), [("Järva", 2021), ("Rinkeby-Kista", 2025)])
def test_a_year_when_the_organisation_was_not_there_is_told_in_words(shown: DataFolder, name: str, year: int) -> None:
    app, told = page(name, year)
    assert f"{name} fanns inte {year}." in told
    assert not app.get("vega_lite_chart")


def test_an_organisation_without_duties_says_so(without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    _, told = page("Valnämnden")
    assert f"Ni har inget beslutat ansvar i programmet {YEAR}." in told
    assert f"Inga rapporter är begärda för {YEAR}." in told


def test_nothing_is_owed_or_late_without_a_single_report(
    without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    _, told = page("Järva")
    assert "försenad" not in told and "Exempel" not in told
    assert "Indikatorerna:" not in told, "where nothing is judged there is nothing to count"


def test_a_folder_that_is_not_published_says_what_to_do(
    unpublished: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(unpublished.path))
    assert "publish" in run("organisation").info[0].value


def test_the_indicators_of_a_silent_organisation_are_not_reported_and_owed(shown: DataFolder) -> None:
    app, told = page("Skarpnäck", 2022)
    assert "– ej rapporterat" in told and "saknas sedan 31 januari 2023" in told
    assert not app.get("vega_lite_chart")


def test_the_gaps_that_concern_an_organisation_stand_with_what_to_do_and_no_others(
    shown: DataFolder, example: Warehouse
) -> None:
    held = example.query("gaps_of_organisation", organisation_id="SDN-JA", year=YEAR).to_pylist()
    assert "Rinkeby-Kista" in str([row["title"] for row in held])
    others = example.query("gaps_of_organisation", organisation_id="FN-UTB", year=YEAR).to_pylist()
    _, told = page("Järva")
    assert held and all(plain(row["title"]).rstrip(".") in told and plain(row["action"]) in told for row in held)
    assert others and not any(plain(row["title"]).rstrip(".") in told for row in others)
    _, told = page("Valnämnden", 2025)
    assert "Ingen brist har hittats som rör Valnämnden." in told


def test_with_no_organisation_there_is_a_choice_of_links(shown: DataFolder) -> None:
    app = run("organisation", ar="2023")
    assert app.title[0].value == "Nämnd 2023: välj vilken"
    links = re.findall(r'href="(namnd\?[^"]+)"', " ".join(one.value for one in app.html))
    assert len(links) == len(app.selectbox(key="organisation").options) - 1
    assert all("ar=2023" in link for link in links)


# --- remembered on the device -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "<script>",
        "SDN-JA; Path=/",
        "SDN-JÄ",
        "A" * 41,
        "SDN-JA.xyz",
        "SDN-JA.0123",
        "SDN-JA." + "0" * 64,
        "A.B.C.D",
    ],
)
def test_a_cookie_of_another_making_is_ignored(cookie: str) -> None:
    assert remembered.read(cookie) is None


def test_a_cookie_says_the_organisation_and_two_snapshots_and_reads_as_it_was_written() -> None:
    first = remembered.Remembered("SDN-JA").having_seen("a" * 64)
    second = first.having_seen("b" * 64).having_seen("b" * 64)
    assert second == remembered.Remembered("SDN-JA", "b" * 16, "a" * 16)
    assert remembered.read(second.cookie) == second
    assert second.cookie.isascii()


def arriving(held: str, **address: str) -> AppTest:
    """The page as it meets a device that remembers something."""
    app = run(**address)
    app.session_state["_remembered"] = held
    app.switch_page("../../pages/organisation.py").run()
    assert not app.exception
    return app


def test_the_page_opens_on_the_remembered_one_and_the_address_says_so(shown: DataFolder) -> None:
    app = arriving("SDN-JA", ar="2024")
    assert app.title[0].value == "Nämnd: Järva 2024"
    assert app.selectbox(key="organisation").value == "Järva"
    app.selectbox(key="organisation").set_value(words.WHOLE_CITY).run()
    assert app.title[0].value == "Nämnd 2024: välj vilken", "on the page, the whole city is a choice like any other"


def test_an_organisation_in_the_address_goes_before_the_remembered_one(shown: DataFolder) -> None:
    assert arriving("SDN-JA", organisation="Farsta").title[0].value.startswith("Nämnd: Farsta")


def test_a_remembered_organisation_that_is_not_there_is_ignored(shown: DataFolder) -> None:
    assert "välj vilken" in arriving("SDN-ATLANTIS").title[0].value


def written(app: AppTest) -> list[str]:
    """Return the texts that the page tells the device to remember."""
    return re.findall(r'data-samlad-remember="([^"]*)"', " ".join(one.value for one in app.html))


def test_a_button_remembers_and_another_forgets_and_the_page_says_what(shown: DataFolder) -> None:
    current = editions.current_id(shown)
    app = run("organisation", organisation="Järva")
    assert written(app) == []
    button = app.button(key="min")
    assert "skickas" in button.help and button.label == "Det här är min nämnd"
    button.click().run()
    assert current and written(app) == [f"SDN-JA.{current[:16]}"]
    app.button(key="glom").click().run()
    assert written(app) == [""]


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, str, str]:
    """A folder published twice, Valnämnden made answerable for an indicator in between; the two editions."""
    folder = DataFolder(tmp_path_factory.mktemp("moved") / "data")
    programme.init_folder(folder.path, store.repository_folder().path)
    before = publishing.publish(folder)
    duties = folder.programme / "responsibilities.csv"
    columns = duties.read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {
        "object_type": "indicator",
        "object_id": "STH-M3-I1",
        "organisation_id": "FN-VAL",
        "role": "huvudansvarig",
        "status": "decided",
        "origin": "own",
        "confidence": "verified",
    }
    with duties.open("a", encoding="utf-8") as added:
        added.write(",".join(row.get(column, "") for column in columns) + "\n")
    return folder, before, publishing.publish(folder)


@pytest.mark.long
def test_one_s_own_page_says_what_has_changed_since_the_publication_one_last_saw(
    moved: tuple[DataFolder, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, before, after = moved
    monkeypatch.setenv("SAMLAD_DATA", str(folder.path))
    app = arriving(f"FN-VAL.{before[:16]}")
    told = plain(seen(app))
    assert "Ansvar för Rutinfrågor om våld: Valnämnden, huvudansvarig" in told
    assert "fanns inte → finns (ändrat ansvar: filen programme/responsibilities.csv)" in told
    assert written(app) == [f"FN-VAL.{after[:16]}.{before[:16]}"]
    app.run()
    assert written(app) == [f"FN-VAL.{after[:16]}.{before[:16]}"], "what one saw before stands until the next edition"
    assert "Ingenting som gäller er har ändrats" in plain(seen(arriving(f"FN-AMN.{before[:16]}")))


def test_a_publication_that_is_out_of_use_is_not_compared_with(
    moved: tuple[DataFolder, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(moved[0].path))
    app = arriving(f"FN-VAL.{'0' * 16}")
    assert "är tagen ur bruk" in seen(app)


def test_a_pinned_snapshot_is_not_noted_as_seen(shown: DataFolder) -> None:
    current = editions.current_id(shown) or ""
    app = arriving("SDN-JA", snapshot=current[:8])
    assert written(app) == ["SDN-JA"]


# --- on paper -----------------------------------------------------------------------------------------------------


def read(pdf: bytes) -> tuple[pypdf.PdfReader, str]:
    """A PDF and all its text, spaces plain."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return reader, plain(" ".join(one.extract_text() for one in reader.pages))


@pytest.fixture(scope="module")
def heaviest(example_folder: DataFolder, example: Warehouse) -> Brief:
    """Return the brief of the nämnd and year with most duties and most to hand in."""
    organisations = example.query("choices").to_pylist()
    counted = {
        (row["name"], year): len(duties)
        for row in organisations
        if row["kind"] == "organisation"
        for rows in [example.query("organisation_duties", organisation_id=row["id"]).to_pylist()]
        for year in {one["year"] for one in rows}
        for duties in [[one for one in rows if one["year"] == year]]
    }
    name, year = max(counted, key=lambda key: (counted[key], key))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMLAD_DATA", str(example_folder.path))
        return told_of(patch, name, year)


def test_the_one_with_most_duties_fits_two_pages_and_nothing_is_cut_off(heaviest: Brief) -> None:
    made = paper.document(heaviest)
    reader, told = read(made.pdf)
    assert len(reader.pages) == made.pages == 2
    squeezed = told.replace(" ", "")
    for phrase in (
        heaviest.lead,
        *heaviest.story,
        *heaviest.notes,
        *(said for one in heaviest.owed if one.year == heaviest.year for said in (one.period, one.state)),
        *(said for one in heaviest.indicators for said in (one.name, one.figure, one.kf_target, one.rest, one.state)),
        *(said for one in heaviest.gaps for said in (one.title, one.action)),
        *(one.reading for one in heaviest.attention),
        *(said for one in heaviest.activities for said in (one.name, one.role, one.state, one.reported)),
        *(str(point["district"]) for point in (heaviest.chart.rows if heaviest.chart else ())),
    ):
        assert plain(phrase).replace(" ", "") in squeezed, phrase
    assert "…" not in told.replace("… och", "")


def test_twice_the_duties_still_fit_two_pages(heaviest: Brief) -> None:
    doubled = replace(heaviest, indicators=heaviest.indicators * 2, activities=heaviest.activities * 2)
    assert paper.document(doubled).pages == 2


def test_the_paper_says_its_snapshot_its_date_its_pages_its_source_and_that_it_is_made_up(
    heaviest: Brief, example: Warehouse
) -> None:
    reader, told = read(paper.document(heaviest).pdf)
    published = plain(numbers.date_sv(example.published_at.date()))
    assert told.count(f"Ögonblicksbild {example.snapshot_id[:8]}, publicerad {published}") == 3
    assert example.snapshot_id in told and "Källa:" in told
    assert all(f"Sida {number} av 2" in told for number in (1, 2))
    assert all("Exempel" in one.extract_text() for one in reader.pages)
    assert reader.metadata and reader.metadata.title == heaviest.title
    assert f"D:{example.published_at:%Y%m%d}" in str(reader.metadata["/CreationDate"])
    assert not re.search(r"\d\.\d+ ?%|\bNone\b|\bnan\b|\bnull\b|\bPage\b", told)


def test_the_paper_is_tagged_swedish_and_its_chart_is_read_out(heaviest: Brief) -> None:
    made = paper.document(heaviest).pdf
    reader, _ = read(made)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE" and root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    kinds: list[str] = []
    alts: list[str] = []
    nodes = [root["/StructTreeRoot"]]
    while nodes:
        node = nodes.pop().get_object()
        if not isinstance(node, pypdf.generic.DictionaryObject):
            continue
        kinds.append(str(node.get("/S")))
        alts += [str(node["/Alt"])] if "/Alt" in node else []
        below = node.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        nodes += below if isinstance(below, list) else [below]
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= set(kinds)
    assert heaviest.chart and f"{heaviest.chart.title}. {heaviest.chart.reading}" in alts


def test_the_same_brief_gives_the_same_bytes(heaviest: Brief) -> None:
    assert paper.document(heaviest).pdf == paper.document(heaviest).pdf


def test_the_page_offers_the_paper_and_makes_it_only_when_asked(shown: DataFolder) -> None:
    with walk.downloads() as offered:
        app, _ = page("Järva", 2025)
    (button,) = app.get("download_button")
    assert "PDF" in button.proto.label
    (pdf,) = offered
    assert "Järva svarar för" in read(pdf)[1]
    walked = plain("\n".join(walk.texts_of_bytes(pdf)))
    assert "Järva svarar för" in walked and "Andelar mot årsmål och resten av staden, Järva 2025. " in walked


def test_a_name_becomes_a_file_name_of_plain_letters(heaviest: Brief) -> None:
    named = replace(heaviest, name="Hägersten-Älvsjö & Östra", year=2025, snapshot_id="0123456789")
    assert named.file_name == "hagersten-alvsjo--ostra-2025-01234567.pdf"


def test_an_organisation_to_come_has_a_story_of_its_own(shown: DataFolder) -> None:
    unfollowed = Organisation("X", "Gamla nämnden", "facknamnd", valid_to=date(2022, 6, 30))
    (said,) = organisation_summary.story(unfollowed, 2023, 2021)
    assert said == "Gamla nämnden upphörde 30\xa0juni 2022; ingen har tagit över i katalogen."


def test_the_command_line_makes_the_two_pages_that_the_page_offers(shown: DataFolder, tmp_path: Path) -> None:
    with walk.downloads() as offered:
        page("Järva", 2025)
    out = tmp_path / "jarva.pdf"
    asked = ["report", "--data", str(shown.path), "--summary", "--out", str(out)]
    made = CliRunner().invoke(commands.main, [*asked, "--year", "2025", "--organisation", "SDN-JA"])
    assert made.exit_code == 0 and [out.read_bytes()] == offered
    for organisation, year, fault in (("SDN-XX", "2025", "Det finns ingen"), ("SDN-JA", "1999", "År 1999")):
        refused = CliRunner().invoke(commands.main, [*asked, "--year", year, "--organisation", organisation])
        assert refused.exit_code == 2 and fault in refused.output
