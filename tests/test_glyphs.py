"""Any sign in any text: every kind of document is made, and each sign is shown or replaced and told of."""

import io
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
import python_calamine
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.cli import commands
from samlad.journal import assessments
from samlad.report import fonts, glyphs, own_texts, pdf, report_files, word_document
from samlad.report.document import Chart, Listing, OwnText, Report, Section, Source, Statement, Table, TableCell, Words
from samlad.report.draft import Choice, draft
from samlad.report.own_texts import Version
from samlad.report.report_files import Order
from samlad.warehouse.database import open_snapshot
from tests.editions import Made, reported

pytestmark = pytest.mark.long

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
SHOWN = "😀 漢字 한국어 ひらがな ✓ ☐ ➢ → œ ĳ é"
"""Signs that the fonts have."""

JOINED = "👨‍👩‍👧 🇸🇪 ❤️ עברית عربي ไทย Ελλάδα Русский ∑ ≤"
"""Signs that the fonts have, some of them joined of several: those can be set, but not drawn beside all others."""

UNSHOWN = {"\ue000": "U+E000", "\U000f0000": "U+F0000", "\U00012000": "U+12000", "\U00020000": "U+20000"}
"""Signs that they do not have, or that mean nothing by themselves."""

MARKUP = r"#let x = [*] $x^2$ `a` @b <c> </w:t> &amp; ]]> \u{1} // /* {T1:r1:c1} _a_ 'b' \"c\""
CATEGORIES = sorted({unicodedata.category(chr(one)) for one in range(0x110000)})


def report(said: str) -> Report:
    """A small report with a text at every place that has one."""
    source = Source("goals", (), (("goal_id", said),), ("title",))
    cell = TableCell(said or "–", source)
    own_text = OwnText((said, said), said, date(2025, 1, 1), 1, untracked=(said,))
    values = [{"x": said, "y": 1}]
    panel = {
        "title": {"text": [said]},
        "data": {"values": values},
        "mark": "bar",
        "width": 60,
        "height": 40,
        "encoding": {
            "x": {"field": "x", "type": "nominal", "axis": {"labelLimit": 0}},
            "y": {"field": "y", "type": "quantitative"},
        },
    }
    chart = Chart("D1", said, said, {"concat": [panel], "config": {}}, source)
    blocks = (
        own_text,
        Words(said),
        Statement("S1", said, source, said, said),
        Listing((Statement("S2", said, source),)),
        Table("T1", said, ("A", said), ((cell, cell),), (1.0, 1.0), (said,)),
        chart,
    )
    section = Section("mal-1", f"Mål {said}", 1, blocks)
    day = date(2025, 1, 1)
    return Report(
        f"Titel {said}", said, said, (2024,), said, said, "ab" * 32, day, day, 5, False, (section,), ((said, said),)
    )


def documents(said: str) -> tuple[str, str, tuple[glyphs.Unshown, ...]]:
    """The text of the Word file and of the PDF, and what could not be shown."""
    made, unshown = glyphs.of_report(report(said))
    as_word = docx.Document(io.BytesIO(word_document.write(made)))
    as_pdf = pypdf.PdfReader(io.BytesIO(pdf.write(made)))
    return (
        "\n".join(one.text for one in as_word.paragraphs),
        "\n".join(page.extract_text() for page in as_pdf.pages),
        unshown,
    )


def test_signs_that_the_fonts_have_are_shown_as_they_are() -> None:
    as_word, as_pdf, unshown = documents(SHOWN)
    assert not unshown and SHOWN in as_word
    for one in ("漢字", "😀", "한국어", "➢"):
        assert one in as_pdf


def test_signs_joined_of_several_are_shown_in_the_text_and_replaced_and_told_in_a_chart() -> None:
    as_word, as_pdf, unshown = documents(JOINED)
    assert JOINED in as_word and "∑" in as_pdf
    assert glyphs.shown(JOINED) == (JOINED, ()) and unshown
    drawn, codes = glyphs.shown("Русский ❤️", drawn=True)
    assert drawn.startswith("Русский") and "U+2764" in codes


def test_a_title_longer_than_a_property_of_a_file_may_be_is_written_whole_in_the_text() -> None:
    as_word, _, _ = documents("Lång " * 100)
    assert "Lång " * 100 in as_word


@pytest.mark.parametrize(("sign", "code"), UNSHOWN.items())
def test_a_sign_that_cannot_be_shown_is_replaced_by_its_code_and_told_with_its_section(sign: str, code: str) -> None:
    as_word, as_pdf, unshown = documents(f"Ett{sign} två")
    assert f"Ett[tecken {code}] två" in as_word and f"[tecken {code}]" in as_pdf.replace("\n", " ")
    assert all(one.codes == (code,) for one in unshown)
    places = {one.place for one in unshown}
    assert places == {"Huvudet", f"Mål Ett[tecken {code}] två"}
    assert "Huvudet" in unshown[0].text() and code in unshown[0].text() and sign not in unshown[0].text()


@pytest.mark.parametrize(
    "said", [MARKUP, "\x00a\x07\x0b\x1f\x7f\x9f", "\ud83d halv \udc00", "\ufffe\uffff\ufdd0", "a\r\nb\u2028c"]
)
def test_markup_controls_and_halves_of_pairs_stop_no_document(said: str) -> None:
    as_word, as_pdf, unshown = documents(f"Först {said} sist")
    assert as_word.count("sist") >= 3 and "sist" in as_pdf
    assert bool(unshown) is (said is not MARKUP)
    if said is MARKUP:
        assert MARKUP in as_word


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_of_signs_is_written(category: str) -> None:
    of_category = [chr(one) for one in range(0x110000) if unicodedata.category(chr(one)) == category]
    some = [*of_category[:3], *of_category[:: max(1, len(of_category) // 12)]]
    as_word, as_pdf, _ = documents("Början " + " ".join(some) + " slut")
    assert "slut" in as_word and "Början" in as_pdf


@given(st.text(st.characters(), max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_becomes_a_document_and_is_whole_but_for_what_is_told(said: str) -> None:
    made, codes = glyphs.shown(said)
    assert made.encode().decode() == made and glyphs.shown(made)[0] == made
    if not codes:
        assert made == said
    assert word_document.write(glyphs.of_report(report(said))[0]) and pdf.write(glyphs.of_report(report(said))[0])


def test_signs_planted_in_every_kind_of_text_come_through(tmp_path: Path) -> None:
    made = planted(tmp_path)
    told: list[glyphs.Unshown] = []
    for kind in ("docx", "pdf", "xlsx"):
        content = report_files.make(made.folder, Order(Choice((2024,), author="Kim \ue000")), kind, tell=told.extend)
        assert content
        if kind == "xlsx":
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            cells = [
                str(cell)
                for name in book.sheet_names
                for row in book.get_sheet_by_name(name).to_python()
                for cell in row
            ]
            assert any("😀" in cell for cell in cells) and not any("\ue000" in cell for cell in cells)
        assert report_files.make(made.folder, Order(Choice((2024,), "BR")), kind)
    places = {one.place for one in told}
    assert {"Huvudet", "Mål 1: Målet 漢字 [tecken U+E000]"} <= places


def planted(path: Path) -> Made:
    """A city with odd signs in names, titles, comments, judgements and own text, published."""
    made = reported(path / "data")
    odd = "漢字 \ue000"
    made.catalogue_cell("goals", "short_title", f"Målet {odd}", goal_id="M1")
    made.catalogue_cell("indicators", "short_name", "Rutin 😀", indicator_id="I")
    made.catalogue_cell("activities", "title", f"Utbilda {odd}", activity_id="A")
    made.catalogue_cell("organisations", "short_name", f"Bromma {odd}", organisation_id="BR")
    assessments.write(
        made.folder,
        organisation_id="CITY",
        goal_id="M1",
        year=2024,
        fulfilled="partly",
        text=f"Delvis {odd}.",
        by="Kim",
        at=AT,
    )
    made.publish()
    choice = Choice((2024,))
    own_texts.save(
        made.folder, draft(open_snapshot(made.folder), choice), choice, "mal-1", f"Eget {odd}", by="Kim", at=AT
    )
    return made


def test_the_command_line_says_which_signs_and_where(tmp_path: Path) -> None:
    made = planted(tmp_path)
    out = str(tmp_path / "u.docx")
    done = CliRunner().invoke(
        commands.main, ["report", "--year", "2024", "--out", out, "--data", str(made.folder.path)]
    )
    assert done.exit_code == 0 and "U+E000" in done.stderr and "Mål 1" in done.stderr


def test_fonts_come_with_the_packages_and_are_few() -> None:
    assert len(fonts.folders()) == len(fonts.PACKAGES)
    sizes = [one.stat().st_size for folder in fonts.folders() for one in folder.glob("*.tt*")]
    assert len(sizes) > 10 and sum(sizes) < 60e6


def test_an_old_text_in_the_journal_is_replaced_too() -> None:
    version = Version("Gammal \x07\ue000", "Kim", AT, 1, {})
    text = own_texts.resolved({"mal-1": version}, report("x"))["mal-1"]
    section: Any = replace(report("x").sections[0], blocks=(text,))
    made, unshown = glyphs.of_report(replace(report("x"), sections=(section,)))
    assert made.sections[0].own() is not None and [one.codes for one in unshown] == [("U+0007", "U+E000")]
