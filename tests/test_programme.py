"""The catalogue: what ships with Samlad holds the facts, and what is wrong with one is found and located."""

import csv
import io
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samlad.catalogue.programme import Programme, check_programme, init_folder, read_programme
from samlad.foundation import characters, schema
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import repository_folder
from samlad.submissions.intake.vocabulary import plain

SHIPPED = repository_folder()
REMISS = "Arbetsmarknadsnämndens remissyttrande, dnr KS 2020/924"


@pytest.fixture(scope="module")
def shipped() -> Programme:
    """The catalogue that ships with Samlad."""
    return read_programme(SHIPPED.programme)


def rows(of: Programme, name: str) -> list[dict[str, Any]]:
    """The rows of one table."""
    read: list[dict[str, Any]] = of.tables[name].to_pylist()
    return read


# What ships


def test_the_shipped_catalogue_has_nothing_to_remark_on(shipped: Programme) -> None:
    assert check_programme(shipped) == []


@pytest.mark.parametrize("described", schema.CATALOGUE, ids=lambda described: described.name)
def test_the_shipped_tables_have_the_columns_and_unique_keys_of_the_schema(
    described: schema.TableSchema, shipped: Programme
) -> None:
    read = shipped.tables[described.name]
    assert read.schema.equals(described.arrow)
    keys = [tuple(row[name] for name in described.key) for row in read.to_pylist()]
    assert len(keys) == len(set(keys))
    assert read.equals(read.sort_by([(name, "ascending") for name in described.key]))


def test_nothing_shipped_is_made_up_and_every_row_says_how_sure_it_is(shipped: Programme) -> None:
    for name, read in shipped.tables.items():
        assert set(read["origin"].to_pylist()) <= {"remiss", "public"}, name
        assert all(read["confidence"].to_pylist()), name
        if "source" in read.column_names:
            assert all(read["source"].to_pylist()), name
    for empty in ("targets", "contacts", "activity_indicators"):
        assert shipped.tables[empty].num_rows == 0, f"{empty}: none are known"


def test_the_programme_has_its_seven_goals_and_their_regional_twins(shipped: Programme) -> None:
    assert [
        (row["goal_id"], row["title"], row["regional_number"], row["regional_mapping"])
        for row in rows(shipped, "goals")
    ] == [
        ("STH-M1", "Stadens verksamheter arbetar våldsförebyggande", 1, "verified"),
        ("STH-M2", "Våldsutövare har tillgång till återfallsförebyggande insatser utifrån sina behov", 2, "verified"),
        (
            "STH-M3",
            "Stadens verksamheter arbetar aktivt för att upptäcka våldsutsatta vuxna och barn samt våldsutövare",
            3,
            "verified",
        ),
        ("STH-M4", "Våldsutsatta vuxna och barn har tillgång till insatser utifrån sina behov", 4, "verified"),
        ("STH-M5", "Våldsutsatta vuxna och barn medverkar i brottsutredningar", 6, "inferred"),
        ("STH-M6", "Stadens verksamheter arbetar med systematisk kunskapsutveckling", 7, "inferred"),
        (
            "STH-M7",
            "Stadens verksamheter använder metoder och insatser som vilar på evidens och/eller på beprövad erfarenhet",
            8,
            "verified",
        ),
    ]
    for row in (*rows(shipped, "programmes"), *rows(shipped, "goals")):
        assert (row["programme_id"], row["valid_from"], row["valid_to"], row["origin"]) == (
            "stockholm-vald-2021-2025",
            date(2021, 1, 1),
            date(2025, 12, 31),
            "remiss",
        )


def test_the_two_known_indicators_say_what_of_them_is_assumed(shipped: Programme) -> None:
    known = {row["indicator_id"]: row for row in rows(shipped, "indicators")}
    assert {name: (row["goal_id"], row["measure"], row["counts"], row["level"]) for name, row in known.items()} == {
        "STH-M1-I1": ("STH-M1", "share", "persons", "namnd"),
        "STH-M3-I1": ("STH-M3", "share", "units", "stadsdelsnamnd"),
    }
    for row in known.values():
        assert row["source"] == REMISS
        assert row["confidence"].startswith("verified (remissversion)")
        for assumed in ("mätperiod", "basår", "riktning"):
            assert assumed in row["confidence"].partition("antagande, ej kontrollerat")[2]


def test_the_one_known_activity_has_no_first_day_of_ours(shipped: Programme) -> None:
    (activity,) = rows(shipped, "activities")
    assert (activity["activity_id"], activity["goal_id"], activity["origin"]) == ("STH-2024-1", "STH-M4", "public")
    assert (activity["starts_on"], activity["ends_on"]) == (None, None)
    assert "goal 4 inferred" in activity["confidence"]


def test_only_duties_for_something_in_the_catalogue_are_loaded(shipped: Programme) -> None:
    first, last = date(2021, 1, 1), date(2025, 12, 31)
    assert [
        (row["object_id"], row["organisation_id"], row["group_id"], row["status"], row["valid_from"], row["valid_to"])
        for row in rows(shipped, "responsibilities")
    ] == [
        ("STH-2024-1", "FN-SOC", None, "decided", date(2024, 1, 1), None),
        ("STH-2024-1", None, "stadsdelsnamnder", "decided", date(2024, 1, 1), None),
        ("STH-M1-I1", "FN-AMN", None, "decided", first, last),
        ("STH-M3-I1", "FN-AMN", None, "proposed", None, None),
        ("STH-M3-I1", None, "stadsdelsnamnder", "decided", first, last),
    ]
    assert {row["role"] for row in rows(shipped, "responsibilities")} == {"ansvarig"}
    for row in rows(shipped, "responsibilities"):
        if row["object_type"] == "activity":
            assert "antagande, ej kontrollerat: första dagen" in row["confidence"]


def test_the_five_observations_speak_of_what_is_in_the_catalogue(shipped: Programme) -> None:
    assert [
        (row["observation_id"], row["kind"], row["object_type"], row["object_id"], row["organisation_id"])
        for row in rows(shipped, "observations")
    ] == [
        ("OBS-1", "narrow_indicator", "indicator", "STH-M1-I1", "FN-AMN"),
        ("OBS-2", "few_indicators", "goal", "STH-M1", "FN-AMN"),
        ("OBS-3", "offers_responsibility", "indicator", "STH-M3-I1", "FN-AMN"),
        ("OBS-4", "external_provider", "organisation", "FN-AMN", "FN-AMN"),
        ("OBS-5", "employer_duty", "programme", "stockholm-vald-2021-2025", None),
    ]


def test_all_organisations_are_there_with_names_one_can_tell_apart(shipped: Programme) -> None:
    organisations = rows(shipped, "organisations")
    assert Counter(row["kind"] for row in organisations) == {
        "stadsdelsnamnd": 17,
        "facknamnd": 16,
        "dotterbolag": 16,
        "kommunstyrelse": 1,
        "kommunfullmaktige": 1,
        "moderbolag": 1,
    }
    names = {row["organisation_id"]: row["short_name"] for row in organisations}
    assert len(set(names.values())) == len(names) == 52
    assert (names["SDN-JA"], names["SDN-RK"], names["FN-AMN"]) == ("Järva", "Rinkeby-Kista", "Arbetsmarknadsnämnden")
    assert not [name for name in names.values() if name.endswith("stadsdelsnämnd")]


def test_what_is_not_verified_about_an_organisation_says_so(shipped: Programme) -> None:
    counted = Counter((row["kind"], row["confidence"].partition(" ")[0]) for row in rows(shipped, "organisations"))
    sure = Counter({kind: count for (kind, word), count in counted.items() if word == "verified"})
    assert sure["stadsdelsnamnd"] == 17
    confidence = {row["organisation_id"]: row["confidence"] for row in rows(shipped, "organisations")}
    assert [name for name, said in confidence.items() if said == "verified" and name.startswith("FN-")] == [
        *("FN-ALD", "FN-AMN", "FN-SOC", "FN-UTB"),
    ]
    assert confidence["FN-AVF"] == "general knowledge, unverified"
    assert confidence["BOL-SB"] == "verified for the year of the source only; 2020-2026 not checked"


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2020, 6, 30), 14),
        (date(2020, 7, 1), 13),
        (date(2021, 1, 1), 13),
        (date(2023, 6, 30), 13),
        (date(2023, 7, 1), 11),
    ],
    ids=str,
)
def test_there_are_as_many_districts_on_a_day_as_there_were(day: date, count: int, shipped: Programme) -> None:
    valid = [
        row
        for row in rows(shipped, "organisations")
        if row["kind"] == "stadsdelsnamnd"
        and (row["valid_from"] is None or row["valid_from"] <= day)
        and (row["valid_to"] is None or day <= row["valid_to"])
    ]
    assert len(valid) == count


def test_six_districts_have_gone_up_in_three(shipped: Programme) -> None:
    assert [(row["predecessor_id"], row["successor_id"], row["date"]) for row in rows(shipped, "successions")] == [
        ("SDN-AL", "SDN-HA", date(2020, 7, 1)),
        ("SDN-HL", "SDN-HA", date(2020, 7, 1)),
        ("SDN-NO", "SDN-NI", date(2023, 7, 1)),
        ("SDN-OS", "SDN-NI", date(2023, 7, 1)),
        ("SDN-RK", "SDN-JA", date(2023, 7, 1)),
        ("SDN-ST", "SDN-JA", date(2023, 7, 1)),
    ]


def test_the_groups_are_those_the_programme_speaks_of(shipped: Programme) -> None:
    kinds: dict[str, set[str]] = {}
    for row in rows(shipped, "groups"):
        kinds.setdefault(row["group_id"], set()).add(row["kind"])
    boards = {"stadsdelsnamnd", "facknamnd", "kommunstyrelse"}
    companies = {"moderbolag", "dotterbolag"}
    assert kinds == {
        "stadsdelsnamnder": {"stadsdelsnamnd"},
        "namnder": boards,
        "bolag": companies,
        "alla": boards | companies,
    }


def test_periods_start_with_the_year_and_their_due_dates_are_marked_as_assumed(shipped: Programme) -> None:
    periods = rows(shipped, "periods")
    assert [(row["year"], row["period"]) for row in periods] == [
        (year, period) for year in range(2021, 2026) for period in ("T1", "T2", "VB")
    ]
    assert {(row["period"], f"{row['ends_on']:%m-%d}") for row in periods} == {
        ("T1", "04-30"),
        ("T2", "08-31"),
        ("VB", "12-31"),
    }
    assert all(row["starts_on"] == date(row["year"], 1, 1) for row in periods)
    assert all("antagande, ej kontrollerat: sista dag att rapportera" in row["confidence"] for row in periods)


def test_no_word_of_the_vocabulary_means_two_things_however_it_is_written(shipped: Programme) -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in rows(shipped, "vocabulary"):
        meanings.setdefault((row["field"], plain(row["raw"])), set()).add(row["canonical"])
    assert {word: said for word, said in meanings.items() if len(said) > 1} == {}
    assert {field for field, _ in meanings} == {"column", "status", "yes_no", "missing", "sex", "period"}


def test_words_mean_what_they_say(shipped: Programme) -> None:
    meant: dict[tuple[str, str], set[str]] = {}
    for row in rows(shipped, "vocabulary"):
        meant.setdefault((row["field"], row["canonical"]), set()).add(row["raw"])
    assert meant["sex", "women"] == {"female", "flicka", "flickor", "girls", "k", "kvinna", "kvinnor", "women"}
    assert meant["sex", "men"] == {"boys", "m", "male", "man", "men", "män", "pojkar", "pojke"}
    assert meant["yes_no", "1"] == {"1", "j", "ja", "sant", "true", "x", "y", "yes"}
    assert meant["yes_no", "0"] == {"0", "falskt", "false", "n", "nej", "no"}
    assert meant["missing", ".."] >= {"..", "sekretess", "för få, redovisas inte"}
    assert meant["status", "not_started"] >= {"ej påbörjad", "planerad"}
    assert meant["status", "ongoing"] >= {"pågår", "enligt plan"}
    assert meant["status", "done"] >= {"genomförd", "avslutad", "i huvudsak genomfört"}
    assert meant["status", "delayed"] >= {"avviker", "försenad"}
    assert meant["status", "cancelled"] >= {"utgår", "inställd"}
    assert meant["period", "T2"] >= {"tertial 2", "jan-aug"}
    assert meant["column", "value_women"] == {"kvinnor", "utfall kvinnor"}
    assert meant["column", "value_men"] == {"män", "utfall män"}


def test_a_heading_that_may_be_the_sum_or_the_whole_is_asked_about_and_not_guessed(shipped: Programme) -> None:
    known = {(row["field"], row["raw"]): row["canonical"] for row in rows(shipped, "vocabulary")}
    assert ("column", "totalt") not in known
    assert known["column", "totalt antal"] == known["column", "av totalt"] == "denominator"
    assert known["column", "utfall totalt"] == "value"


# Reading


def copied(folder: Path) -> Path:
    """A copy of the shipped catalogue."""
    if not (folder / "goals.csv").exists():
        shutil.copytree(SHIPPED.programme, folder, dirs_exist_ok=True)
    return folder


def changed(folder: Path, name: str, change: Callable[[str], str]) -> Path:
    """A copy of the shipped catalogue with one file changed, which the change must do."""
    path = copied(folder) / f"{name}.csv"
    before = path.read_bytes().decode()
    after = change(before)
    assert after != before
    path.write_bytes(after.encode())
    return folder


def refused(folder: Path) -> str:
    """Return the message with which read_programme refuses a folder."""
    with pytest.raises(SamladError) as told:
        read_programme(folder)
    return str(told.value)


def test_findings_come_in_the_order_of_the_files_and_name_the_line(tmp_path: Path) -> None:
    changed(tmp_path, "organisations", lambda text: text.replace(",Bromma,", ",,").replace(",Farsta,", ",,"))
    changed(tmp_path, "goals", lambda text: text.replace(",remiss,", ",gissning,", 1))
    found = check_programme(read_programme(tmp_path))
    lines = (SHIPPED.programme / "organisations.csv").read_text(encoding="utf-8").splitlines()
    places = [(finding.file, finding.row, finding.column, finding.rule) for finding in found]
    assert places == [
        ("goals.csv", 2, "origin", "unknown_value"),
        *(
            ("organisations.csv", number, "short_name", "required")
            for number, line in enumerate(lines, 1)
            if ",Bromma," in line or ",Farsta," in line
        ),
    ]
    assert found[0].text() == (
        "Fel i goals.csv, rad 2, kolumn origin (”gissning”): Värdet är okänt. Välj bland own, remiss, public, example."
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("goals", "2025,1,", "2025,ett,", "goals.csv, rad 2, kolumn number: ”ett” ska vara ett heltal."),
        ("goals", "2025,1,", "2025,1_0,", "goals.csv, rad 2, kolumn number: ”1_0” ska vara ett heltal."),
        ("goals", "2025,1,", "2025,١,", "goals.csv, rad 2, kolumn number: ”١” ska vara ett heltal."),
        (
            "goals",
            "2025,2,",
            f"2025,{'9' * 25},",
            f"goals.csv, rad 3, kolumn number: ”{'9' * 25}” ska vara ett heltal.",
        ),
        (
            "goals",
            ",2021-01-01,",
            ",20210101,",
            "goals.csv, rad 2, kolumn valid_from: ”20210101” ska vara ett datum, som 2024-12-31.",
        ),
        (
            "goals",
            ",2021-01-01,",
            ",2021-02-30,",
            "goals.csv, rad 2, kolumn valid_from: ”2021-02-30” ska vara ett datum, som 2024-12-31.",
        ),
        ("periods", "2021,T1", "21,T1", "periods.csv, rad 2, kolumn year: ”21” ska vara ett årtal, som 2024."),
        (
            "activities",
            ",false,",
            ",kanske,",
            "activities.csv, rad 2, kolumn employer_duty: ”kanske” ska vara true eller false.",
        ),
        ("goals", "goal_id,", "goal_di,", "goals.csv, rad 1: kolumnen ”goal_di” är okänd. Menas goal_id?"),
        ("goals", "goal_id,", "", "goals.csv, rad 1: kolumnen goal_id saknas."),
        ("goals", "goal_id,", ",", "goals.csv, rad 1: en kolumn saknar rubrik."),
        (
            "goals",
            "goal_id,",
            "goal_id,goal_id,",
            "goals.csv, rad 1: kolumnen goal_id finns två gånger. Ta bort den ena.",
        ),
        ("goals", "STH-M3,", "STH-M3,,", "goals.csv, rad 4: 15 fält, men rubriken har 14. Kontrollera citattecknen."),
        ("goals", "STH-M7,", '"STH-M7,', "goals.csv, rad 8: raden går inte att dela i fält. Kontrollera citattecknen."),
        ("goals", "STH-M7,", f'STH-M7,"{"x" * 200_000}",', "goals.csv, rad 8: raden går inte att dela i fält."),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 and "\0" not in value else "",
)
def test_a_value_that_cannot_be_read_is_named_by_file_line_and_column(
    name: str, old: str, new: str, says: str, tmp_path: Path
) -> None:
    assert refused(changed(tmp_path, name, lambda text: text.replace(old, new, 1))).startswith(says)


@pytest.mark.parametrize("number", ["nan", "inf", "1e999", "0,85", "1_0", "85 %", "0x1"])
def test_a_number_is_a_number_with_a_decimal_point_and_nothing_else(number: str, tmp_path: Path) -> None:
    changed(tmp_path, "targets", lambda text: text + f'STH-M1-I1,CITY,2025,"{number}",kf,,own,antagande\n')
    assert refused(tmp_path) == (
        f"targets.csv, rad 2, kolumn value: ”{number}” ska vara ett tal med decimalpunkt, som 0.85."
    )


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest_of_the_file(tmp_path: Path) -> None:
    changed(tmp_path, "groups", lambda text: text.replace(",inferred\n", ',"inferred\n', 1))
    assert refused(tmp_path) == "groups.csv, rad 7: raden går inte att dela i fält. Kontrollera citattecknen."


def test_a_long_cell_is_told_in_part(tmp_path: Path) -> None:
    changed(tmp_path, "goals", lambda text: text.replace("2025,1,", f"2025,{'1' * 90_000},", 1))
    assert len(refused(tmp_path)) < 200


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    changed(tmp_path, "goals", lambda text: text.replace("2025,1,", "2025,ett,").replace("2025,2,", "2025,två,"))
    changed(tmp_path, "periods", lambda text: text.replace("2021-04-30", "30/4"))
    (tmp_path / "contacts.csv").unlink()
    told = refused(tmp_path).splitlines()
    assert [line.partition(":")[0] for line in told[:3]] == [
        "goals.csv, rad 2, kolumn number",
        "goals.csv, rad 3, kolumn number",
        "periods.csv, rad 2, kolumn ends_on",
    ]
    assert told[3] == (
        f"contacts.csv saknas i {tmp_path}. Skapa den med rubrikraden organisation_id,role,address,origin,confidence"
    )


def test_a_line_after_a_cell_of_several_lines_keeps_its_number(tmp_path: Path) -> None:
    changed(
        tmp_path,
        "goals",
        lambda text: text.replace("Upptäcka våld", '"Upptäcka\nvåld\n"').replace("2025,5,", "2025,V,"),
    )
    assert refused(tmp_path).startswith("goals.csv, rad 8, kolumn number")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "goals.csv, rad 1: kolumnen goal_id saknas."),
        (b"\n\n", "goals.csv, rad 1: kolumnen goal_id saknas."),
        (b"PK\x03\x04\x00\x00", "goals.csv, rad 1: kolumnen "),
        (
            "goal_id,title\nM1,Mål\n".encode("latin-1"),
            "goals.csv är inte sparad som UTF-8. Spara om den som CSV UTF-8.",
        ),
        ("goal_id,title\n".encode("utf-16"), "goals.csv är inte sparad som UTF-8."),
    ],
    ids=["empty", "blank lines", "a workbook", "latin-1", "utf-16"],
)
def test_what_is_no_catalogue_file_is_told(content: bytes, says: str, tmp_path: Path) -> None:
    (copied(tmp_path) / "goals.csv").write_bytes(content)
    assert refused(tmp_path).startswith(says)


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    path = copied(tmp_path) / "goals.csv"
    path.unlink()
    path.mkdir()
    assert refused(tmp_path) == f"{path} går inte att läsa. Kontrollera att den är en fil och får läsas."


def as_excel(text: str) -> str:
    """The same file as a Swedish Excel saves it: byte order mark, semicolons, CRLF, FALSKT, a line of nothing."""
    out = io.StringIO(newline="")
    heading, *lines = csv.reader(io.StringIO(text, newline=""))
    said = {("employer_duty", "false"): "FALSKT", ("split_by_sex", "false"): "FALSKT"}
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    for line in lines:
        writer.writerow(said.get(cell, cell[1]) for cell in zip(heading, line, strict=True))
    return "\ufeff" + out.getvalue() + ";;\r\n"


@pytest.mark.parametrize("described", schema.CATALOGUE, ids=lambda described: described.name)
def test_a_file_saved_by_a_swedish_excel_says_the_same(
    described: schema.TableSchema, shipped: Programme, tmp_path: Path
) -> None:
    changed(tmp_path, described.name, as_excel)
    assert read_programme(tmp_path).tables[described.name].equals(shipped.tables[described.name])


def test_columns_may_stand_in_any_order(shipped: Programme, tmp_path: Path) -> None:
    def turned(text: str) -> str:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(row[::-1] for row in csv.reader(io.StringIO(text, newline="")))
        return out.getvalue()

    changed(tmp_path, "organisations", turned)
    assert read_programme(tmp_path).tables["organisations"].equals(shipped.tables["organisations"])


def test_rows_are_sorted_by_key_with_what_is_empty_last_and_keep_their_lines(tmp_path: Path) -> None:
    heading, *lines = (SHIPPED.programme / "responsibilities.csv").read_text(encoding="utf-8").splitlines()
    changed(tmp_path, "responsibilities", lambda _: "\n".join([heading, *lines[::-1]]) + "\n")
    read = read_programme(tmp_path)
    duties = read.tables["responsibilities"]
    key = [(name, "ascending") for name in schema.TABLES["responsibilities"].key]
    assert duties.equals(duties.sort_by(key))
    assert [row["organisation_id"] for row in duties.to_pylist()] == ["FN-SOC", None, "FN-AMN", "FN-AMN", None]
    assert [read.line("responsibilities", number) for number in range(5)] == [6, 5, 4, 3, 2]


# Whatever the bytes

BYTES = {path.stem: path.read_bytes() for path in sorted(SHIPPED.programme.glob("*.csv"))}
TOKENS = st.sampled_from(
    [
        *(b'"', b'""', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\0", b"\x1c", b"\xff", b"\xc2\x85", b""),
        *(b"9" * 30, b"-1", b"1e400", b"nan", b"9999-12-31", b"0001-01-01", b"CITY", b"x" * 140_000),
        *(letter.encode() for letter in ("\ufeff", "\u2028", "å")),
    ]
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all the mangled catalogues, one after the other."""
    return copied(tmp_path_factory.mktemp("mangled"))


@pytest.mark.long
@settings(max_examples=250, deadline=None)
@given(
    name=st.sampled_from(sorted(BYTES)),
    cuts=st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(0, 40), TOKENS | st.binary(max_size=8)), min_size=1, max_size=4
    ),
)
def test_mangled_bytes_give_a_catalogue_or_a_fault_that_can_be_told(
    name: str, cuts: list[tuple[int, int, bytes]], scratch: Path
) -> None:
    content = BYTES[name]
    for at, length, put in cuts:
        start = at % (len(content) + 1)
        content = content[:start] + put + content[start + length :]
    path = scratch / f"{name}.csv"
    path.write_bytes(content)
    try:
        read = read_programme(scratch)
    except SamladError as told:
        assert str(told).startswith((f"{name}.csv", str(path)))
    else:
        for described in schema.CATALOGUE:
            assert read.tables[described.name].schema.equals(described.arrow)
        assert all(
            isinstance(finding, Finding) and finding.text() for finding in check_programme(read, {"STH-M1-I1": 0.5})
        )
    finally:
        path.write_bytes(BYTES[name])


@settings(max_examples=100, deadline=None)
@given(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_a_cell_can_hold_comes_back_as_it_was_but_for_space_around_it(title: str, scratch: Path) -> None:
    heading, first, *rest = csv.reader(io.StringIO(BYTES["goals"].decode(), newline=""))
    first[heading.index("title")] = title
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heading, first, *rest])
    (scratch / "goals.csv").write_bytes(out.getvalue().encode())
    try:
        cleaned = characters.clean(title)
        assert read_programme(scratch).tables["goals"]["title"][0].as_py() == (cleaned.strip() or None)
    finally:
        (scratch / "goals.csv").write_bytes(BYTES["goals"])


# An empty folder for a real programme


def test_init_makes_a_whole_folder_of_the_verified_catalogue_and_nothing_else(
    shipped: Programme, tmp_path: Path
) -> None:
    target_folder = tmp_path / "a" / "b"
    init_folder(target_folder, SHIPPED.path)
    assert sorted(path.name for path in target_folder.iterdir()) == [
        *("context", "journal", "programme", "snapshots", "submissions")
    ]
    assert [list((target_folder / name).iterdir()) for name in ("submissions", "snapshots", "journal")] == [[], [], []]
    read = read_programme(target_folder / "programme")
    assert all(read.tables[name].equals(of_shipped) for name, of_shipped in shipped.tables.items())


@pytest.mark.parametrize("there", ["a file in it", "a file in its place"])
def test_init_touches_nothing_that_is_there(there: str, tmp_path: Path) -> None:
    target_folder = tmp_path / "data"
    kept = target_folder / "mine.txt" if there == "a file in it" else target_folder
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(SamladError, match=r"är inte tom\. Välj en mapp som inte finns, eller en tom\."):
        init_folder(target_folder, SHIPPED.path)
    assert kept.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]
