"""Charts: specs built once, Swedish numbers, nothing in them that should not be seen, colours for both backgrounds."""

import json
from typing import Any

import pytest

from samlad.foundation.rows import DistrictComparisonRow, ReportedViolenceRow
from samlad.report import charts
from samlad.swedish import words
from samlad.views.common import choose
from samlad.views.districts import district_comparison, district_context, district_rows
from samlad.views.districts.district_rows import ComparedDistrict
from samlad.warehouse.database import Warehouse
from tests.rows import filled

LIGHT, DARK = ("#ffffff", "#f2f5f8"), ("#0f1419", "#1a222b")
MEASURES = ("share", "rate", "count", "index", "yes_no")


def luminance(colour: str) -> float:
    """Relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [charts.BLUE, charts.TEAL, charts.OCHRE, charts.GREY, charts.VERMILION])
@pytest.mark.parametrize("background", [*LIGHT, *DARK])
def test_every_hue_reaches_3_to_1_on_light_and_dark(colour: str, background: str) -> None:
    assert contrast(colour, background) >= 3


def test_a_spec_is_built_once_and_given_out_again() -> None:
    assert charts.districts("share", "Andel") is charts.districts("share", "Andel")
    assert charts.districts("share", "Andel") is not charts.districts("share", "Andel", "Järva")


@pytest.mark.parametrize("measure", MEASURES)
def test_a_spec_is_swedish_carries_no_data_and_leaves_its_words_to_the_page(measure: str) -> None:
    spec = charts.districts(measure, "Andel")
    written = json.dumps(spec, ensure_ascii=False)
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["config"]["locale"]["number"]["percent"] == "\u00a0%"
    assert spec["config"]["aria"] is False
    assert '"data"' not in written and '"values": [{' not in written and "http" not in written


def test_shape_says_what_colour_says() -> None:
    assert set(charts.SHAPES) == set(words.COMPARISONS)
    assert charts.SHAPES["higher"] != charts.SHAPES["lower"] != charts.SHAPES["none"]


def test_a_share_is_drawn_on_the_whole_scale_and_a_rate_from_zero() -> None:
    assert encodings(charts.districts("share", "Andel"), "value")["scale"]["domain"] == [0, 1]
    assert encodings(charts.districts("rate", "Per 1 000"), "value")["scale"]["zero"] is True


def compared(example: Warehouse, indicator_id: str, year: int) -> list[ComparedDistrict]:
    """The comparison of one indicator."""
    return district_rows.compared(example.rows(DistrictComparisonRow, indicator_id=indicator_id, year=year), [])


def encodings(spec: dict[str, Any], field: str) -> dict[str, Any]:
    """Return the encoding of one field along the axis."""
    found: dict[str, Any] = next(
        layer["encoding"]["x"] for layer in spec["layer"] if layer["encoding"].get("x", {}).get("field") == field
    )
    return found


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_drawn_has_every_field_the_spec_asks_for(example: Warehouse, measure: str) -> None:
    chosen = next(row for row in example.query("district_indicators").to_pylist() if row["measure"] == measure)
    rows = compared(example, chosen["indicator_id"], max(chosen["years"]))
    drawn = district_comparison.drawn(rows)
    asked = set(fields(district_comparison.spec(rows)))
    assert asked <= set(drawn.column_names)
    assert drawn.num_rows == len(rows) >= 8


def fields(spec: Any) -> list[str]:
    """Every field a spec reads."""
    if isinstance(spec, dict):
        own = [spec["field"]] if isinstance(spec.get("field"), str) else []
        return own + [name for part in spec.values() for name in fields(part)]
    return [name for part in spec for name in fields(part)] if isinstance(spec, list) else []


@pytest.mark.long
def test_a_protected_district_is_drawn_with_its_sentence_and_without_any_number(example: Warehouse) -> None:
    hidden = 0
    for chosen in example.query("district_indicators").to_pylist():
        for year in chosen["years"]:
            rows = compared(example, chosen["indicator_id"], year)
            for row, drawn in zip(rows, district_comparison.drawn(rows).to_pylist(), strict=True):
                if row.missing_reason == "..":
                    hidden += 1
                    assert drawn["told"] == f"{row.district}. {words.PROTECTED}"
                    assert {drawn[name] for name in ("value", "lower", "upper", "rest")} == {None}
                    assert drawn["missing"] == "Skyddat"
    assert hidden


def test_a_rebuilt_yes_no_says_how_many_of_its_parts_said_yes() -> None:
    figure = {"numerator": 1, "denominator": 2, "value": 0.5, "measure": "yes_no", "unit": "ja eller nej"}
    row = filled(ComparedDistrict, district="Järva", **figure)
    assert district_comparison.told(row) == "Järva: 1 av 2 svarade ja"


def test_the_public_figures_are_drawn_in_one_neutral_tone_without_a_verdict(example: Warehouse) -> None:
    rows = example.rows(ReportedViolenceRow, year=2024)
    drawn = district_context.violence_drawn(rows, by_value=False).to_pylist()
    assert {row["tone"] for row in drawn} == {"neutral"}
    assert {row["shape"] for row in drawn} == {"none"}
    assert not [row for row in drawn if row["word_after"] or row["word_before"] or row["target"] is not None]
    assert [row["district"] for row in drawn][:3] == ["Bromma", "Enskede-Årsta-Vantör", "Farsta"]


def test_the_order_is_fixed_unless_the_user_asks_for_values(example: Warehouse) -> None:
    rows = compared(example, "STH-M3-I1", 2024)
    assert district_comparison.ordered(rows, by_value=False) == rows
    values = [row.value for row in district_comparison.ordered(rows, by_value=True)]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True) and values[len(known) :] == [None] * (len(rows) - len(known))
    assert choose.ORDER.isascii()
