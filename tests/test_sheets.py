"""Sheets: what a file holds is read whole, or the file is refused in words of its own."""

import io
import re
import zipfile
from typing import Any

import pytest
import xlsxwriter

from samlad.submissions.intake import sheets
from samlad.submissions.intake.sheets import Sheet
from samlad.submissions.intake.workbook_parts import Unreadable
from tests.test_reader import SHEET, broken, workbook

TWO = [["a", "b"], [1, 2.5]]


def read(content: bytes) -> list[Sheet]:
    return sheets.read_sheets(content)


def changed(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """A small workbook with one word of its XML changed."""

    def change(xml: bytes) -> bytes:
        assert old in xml
        return xml.replace(old, new, 1)

    return broken(workbook(TWO), part, change)


def test_what_is_merged_and_hidden_is_known() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        first, second = book.add_worksheet("Svar"), book.add_worksheet("Mer")
        first.merge_range(1, 0, 3, 0, "namn")
        first.write(5, 2, 7)
        first.set_row(2, None, None, {"hidden": True})
        first.set_column(1, 2, None, None, {"hidden": True})
        second.write(0, 0, "x")
        second.hide()
    svar, mer = read(file.getvalue())
    assert svar.merged == ((1, 0, 3, 0),) and svar.hidden_rows == {2} and svar.hidden_columns == {1, 2}
    assert (svar.is_hidden, mer.is_hidden) == (False, True)
    assert svar.rows[1][0] == "namn" and svar.rows[5][2] == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<c ", b"<d "),
        (b"</sheetData>", b""),
        (b"<sheetData>", b"<sheetDatA>"),
        (b'r="B2"', b'r="A2"'),
        (b'<row r="2"', b'<row r="1"'),
        (b'<c r="B2">', b'<c r="B2">lost'),
        (b"?>", b'?><!DOCTYPE a [<!ENTITY x "1">]>'),
    ],
)
def test_a_sheet_whose_xml_is_not_whole_is_refused_and_never_half_read(old: bytes, new: bytes) -> None:
    with pytest.raises(Unreadable, match="ingen hel Excel-fil"):
        read(changed(old, new))


def test_a_part_that_is_not_what_its_checksum_says_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(TWO))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    content = file.getvalue()
    assert content.count(b"<v>2.5</v>") == 1
    with pytest.raises(Unreadable, match="ingen hel Excel-fil"):
        read(content.replace(b"<v>2.5</v>", b"<v>9.5</v>"))


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/externalLinks/externalLink1.xml", "hämtar värden ur andra filer.*Bryt länk"),
        ("xl/vbaProject.bin", "makron"),
    ],
)
def test_a_workbook_that_does_more_than_hold_values_is_refused(part: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(broken(workbook(TWO), part, lambda _: b"x"))


def test_a_formula_that_was_never_calculated_is_known_and_one_that_was_is_its_value() -> None:
    def formula(value: Any) -> Any:
        return lambda sheet, row, column: sheet.write_formula(row, column, "=1+1", None, value)

    ((fresh, done),) = read(workbook([[formula(""), formula(2)]]))[0].rows
    assert isinstance(fresh, sheets.Unread) and "inte är uträknad" in fresh.why
    assert done == 2


def test_a_sheet_with_edges_far_apart_is_refused_before_it_fills_the_memory() -> None:
    content = broken(workbook(TWO), SHEET, lambda xml: re.sub(rb'="([A-Z]*)2"', rb'="\g<1>1048576"', xml))
    with pytest.raises(Unreadable, match="1\u00a0048\u00a0576 rader"):
        read(content)


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_is_known_without_its_mark(order: str) -> None:
    (sheet,) = read("År;Antal\r\n2024;7\r\n".encode(f"utf-16-{order}"))
    assert sheet.rows == [["År", "Antal"], ["2024", "7"]]


def test_text_with_a_damaged_letter_is_refused_rather_than_read_as_other_letters() -> None:
    content = "År;Kommentar\r\n2024;Räknat på å\r\n".encode()
    with pytest.raises(Unreadable, match="å, ä och ö är skadade"):
        read(content.replace("ä".encode(), b"\xc3"))
