"""Faults in a catalogue that publish cannot live with: each rule with rows that break it, and near misses."""

import ast
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from samlad.catalogue import consistency
from samlad.catalogue.programme import check_programme
from samlad.foundation import personal_data
from tests.rows import programme, table

ORGANISATIONS = table("organisations", {"organisation_id": "A"}, {"organisation_id": "B"})
DUTY = {"object_type": "indicator", "object_id": "I", "organisation_id": "A"}
MERGER = {"predecessor_id": "A", "successor_id": "B", "date": date(2023, 7, 1)}


@dataclass(frozen=True)
class Case:
    """A rule, the rows that break it, the cell it points at, and rows as near as can be that do not break it."""

    rule: str
    breaks: dict[str, pa.Table]
    cell: tuple[str, str]
    near: dict[str, pa.Table]
    severity: str = "error"
    bases: dict[str, float] = field(default_factory=dict)


def indicators(*given: dict[str, Any]) -> dict[str, pa.Table]:
    """A catalogue of these indicators, called I, J, K."""
    return {"indicators": table("indicators", *({"indicator_id": "IJK"[at], **row} for at, row in enumerate(given)))}


def organisation(name: str) -> dict[str, pa.Table]:
    """One organisation of this id."""
    return {"organisations": table("organisations", {"organisation_id": name})}


def duty(**cells: Any) -> dict[str, pa.Table]:
    """One duty for the indicator I, held by the organisation A, but for the cells given."""
    return {
        **indicators({}),
        "organisations": ORGANISATIONS,
        "responsibilities": table("responsibilities", DUTY | cells),
    }


def target(*given: dict[str, Any], measure: str = "share", direction: str = "increase") -> dict[str, pa.Table]:
    """Årsmål of the city for the indicator I in 2025, but for the cells given."""
    plainest = {"indicator_id": "I", "organisation_id": "CITY", "year": 2025, "value": 0.8}
    return {
        **indicators({"measure": measure, "direction": direction, "per": 1000}),
        "organisations": ORGANISATIONS,
        "targets": table("targets", *(plainest | row for row in given)),
    }


def merger(
    after: dict[str, Any] | None = None, before: dict[str, Any] | None = None, **cells: Any
) -> dict[str, pa.Table]:
    """A goes up in B on 2023-07-01, but for the cells given."""
    return {
        "organisations": table(
            "organisations",
            {"organisation_id": "A", "valid_to": date(2023, 6, 30)} | (before or {}),
            {"organisation_id": "B", "valid_from": date(2023, 7, 1)} | (after or {}),
        ),
        "successions": table("successions", MERGER | cells),
    }


def circle(*pairs: tuple[str, str]) -> dict[str, pa.Table]:
    """Organisations that follow one another, all of them valid on the right days for the first pair only."""
    names = sorted({name for pair in pairs for name in pair})
    return {
        "organisations": table("organisations", *({"organisation_id": name} for name in names)),
        "successions": table(
            "successions",
            *({"predecessor_id": before, "successor_id": after, "date": date(2023, 7, 1)} for before, after in pairs),
        ),
    }


def observation(**cells: Any) -> dict[str, pa.Table]:
    """One observation on the indicator I, but for the cells given."""
    plainest = {"observation_id": "O", "object_type": "indicator", "object_id": "I"}
    return {**indicators({}), "observations": table("observations", plainest | cells)}


def members(*given: dict[str, Any]) -> dict[str, pa.Table]:
    """The rows of one group."""
    filled = ({"group_id": "g", "name": "G"} | row for row in given)
    return {"organisations": ORGANISATIONS, "groups": table("groups", *filled)}


def word(field_name: str, raw: str, canonical: str) -> dict[str, pa.Table]:
    """One word."""
    return {"vocabulary": table("vocabulary", {"field": field_name, "raw": raw, "canonical": canonical})}


def period(**cells: Any) -> dict[str, pa.Table]:
    """VB of 2021, but for the cells given."""
    plainest = {"year": 2021, "starts_on": date(2021, 1, 1), "ends_on": date(2021, 12, 31), "due": date(2022, 1, 31)}
    return {"periods": table("periods", plainest | cells)}


CASES = (
    Case(
        "duplicate_key",
        indicators({}, {"indicator_id": "I", "short_name": "X"}),
        ("indicators", "indicator_id"),
        indicators({}, {}),
    ),
    Case(
        "duplicate_key",
        target({}, {"value": 0.9}),
        ("targets", "indicator_id"),
        target({}, {"value": 0.9, "valid_from": date(2023, 1, 1)}),
    ),
    Case(
        "duplicate_name",
        indicators({"short_name": "Rutiner"}, {"short_name": "RUTINER"}),
        ("indicators", "short_name"),
        indicators({"short_name": "Rutiner"}, {"short_name": "Rutin"}),
    ),
    Case("organisation_id", organisation("../A"), ("organisations", "organisation_id"), organisation("A-1_b")),
    Case("organisation_id", organisation("CITY"), ("organisations", "organisation_id"), organisation("City")),
    Case("required", target({"year": None}), ("targets", "year"), target({"value": None})),
    Case(
        "unknown_value", indicators({"measure": "andel"}), ("indicators", "measure"), indicators({"measure": "share"})
    ),
    Case(
        "unknown_value",
        indicators({"violence_types": "heder våld"}),
        ("indicators", "violence_types"),
        indicators({"violence_types": "heder sexuellt_vald"}),
    ),
    Case(
        "unknown_value", indicators({"periods": "T1,T2"}), ("indicators", "periods"), indicators({"periods": "T1 T2"})
    ),
    Case("unknown_value", observation(object_type="mål"), ("observations", "object_type"), observation()),
    Case("unknown_value", word("kön", "kvinnor", "women"), ("vocabulary", "field"), word("sex", "kvinnor", "women")),
    Case(
        "rate_without_per",
        indicators({"measure": "rate"}),
        ("indicators", "per"),
        indicators({"measure": "rate", "per": 1}),
    ),
    Case(
        "rate_without_per",
        indicators({"measure": "rate", "per": 0}),
        ("indicators", "per"),
        indicators({"measure": "count"}),
    ),
    Case("unknown_reference", indicators({"goal_id": "M2"}), ("indicators", "goal_id"), indicators({"goal_id": "M1"})),
    Case(
        "unknown_reference", indicators({"part_of": "J"}), ("indicators", "part_of"), indicators({"part_of": "J"}, {})
    ),
    Case(
        "unknown_reference",
        target({"organisation_id": "STAD"}),
        ("targets", "organisation_id"),
        target({"organisation_id": "B"}),
    ),
    Case("unknown_reference", target({"indicator_id": "CITY"}), ("targets", "indicator_id"), target({})),
    Case(
        "unknown_reference",
        duty(organisation_id=None, group_id="alla"),
        ("responsibilities", "group_id"),
        duty(organisation_id=None, group_id="stadsdelsnamnder"),
    ),
    Case("duty_without_object", duty(object_id="J"), ("responsibilities", "object_id"), duty()),
    Case(
        "duty_without_object", duty(object_type="activity"), ("responsibilities", "object_id"), duty(role="delansvarig")
    ),
    Case("observation_without_object", observation(object_id="J"), ("observations", "object_id"), observation()),
    Case(
        "observation_without_object",
        observation(object_type="goal"),
        ("observations", "object_id"),
        observation(object_type="goal", object_id="M1"),
    ),
    Case(
        "reversed_dates",
        duty(valid_from=date(2022, 1, 2), valid_to=date(2022, 1, 1)),
        ("responsibilities", "valid_to"),
        duty(valid_from=date(2022, 1, 1), valid_to=date(2022, 1, 1)),
    ),
    Case(
        "reversed_dates",
        period(starts_on=date(2022, 1, 1)),
        ("periods", "ends_on"),
        period(starts_on=date(2021, 12, 31)),
    ),
    Case("due_before_end", period(due=date(2021, 12, 30)), ("periods", "due"), period(due=date(2021, 12, 31))),
    Case("duty_holder", duty(organisation_id=None), ("responsibilities", "organisation_id"), duty()),
    Case(
        "duty_holder",
        duty(group_id="stadsdelsnamnder"),
        ("responsibilities", "organisation_id"),
        duty(organisation_id=None, group_id="stadsdelsnamnder"),
    ),
    Case("group_member", members({}), ("groups", "kind"), members({"kind": "facknamnd"}, {"organisation_id": "A"})),
    Case(
        "group_member",
        members({"kind": "facknamnd", "organisation_id": "A"}),
        ("groups", "kind"),
        members({"organisation_id": "A"}),
    ),
    Case(
        "group_name",
        members({"kind": "facknamnd"}, {"kind": "moderbolag", "name": "H"}),
        ("groups", "name"),
        members({"kind": "facknamnd"}, {"kind": "moderbolag"}, {"kind": "moderbolag", "group_id": "h", "name": "H"}),
    ),
    Case("succession_dates", merger(after={"valid_from": date(2023, 7, 2)}), ("successions", "date"), merger()),
    Case(
        "succession_dates",
        merger(after={"valid_from": None, "valid_to": date(2023, 6, 30)}),
        ("successions", "date"),
        merger(after={"valid_from": None, "valid_to": date(2023, 7, 1)}),
    ),
    Case("succession_dates", merger(before={"valid_to": None}), ("successions", "date"), merger()),
    Case("succession_dates", merger(before={"valid_to": date(2023, 7, 1)}), ("successions", "date"), merger()),
    Case("succession_dates", merger(before={"valid_to": date(2023, 6, 29)}), ("successions", "date"), merger()),
    Case(
        "indicator_circle",
        indicators({"part_of": "J"}, {"part_of": "I"}),
        ("indicators", "part_of"),
        indicators({"part_of": "J"}, {}),
    ),
    Case(
        "indicator_circle",
        indicators({"replaced_by": "I"}),
        ("indicators", "replaced_by"),
        indicators({"replaced_by": "J"}, {"part_of": "I"}),
    ),
    Case(
        "unknown_meaning", word("status", "klar", "färdig"), ("vocabulary", "canonical"), word("status", "klar", "done")
    ),
    Case(
        "unknown_meaning", word("sex", "annat", "other"), ("vocabulary", "canonical"), word("column", "annat", "other")
    ),
    Case("raw_word", word("status", "Klar", "done"), ("vocabulary", "raw"), word("status", "klar", "done")),
    Case("target_outside", target({"value": 85.0}), ("targets", "value"), target({"value": 1.0})),
    Case("target_outside", target({"value": -0.1}), ("targets", "value"), target({"value": 85.0}, measure="rate")),
    *(
        Case(
            rule,
            {
                "observations": table(
                    "observations", {"observation_id": "O", "object_type": "programme", "object_id": "P", "text": said}
                )
            },
            ("observations", "text"),
            {
                "observations": table(
                    "observations", {"observation_id": "O", "object_type": "programme", "object_id": "P", "text": near}
                )
            },
        )
        for rule, said, near in (
            ("personal_number", "ring 811228-9874", "dnr 811228-9875"),
            ("phone_number", "ring 070-123 45 67", "dnr 2024/1234"),
            ("private_address", "kim@gmail.com", "registrator@stockholm.se"),
        )
    ),
    Case(
        "outlives_goal",
        {**indicators({"goal_id": "G"}), "goals": table("goals", {"goal_id": "G", "valid_to": date(2022, 12, 31)})},
        ("indicators", "valid_to"),
        {
            **indicators({"goal_id": "G", "valid_to": date(2022, 12, 31)}),
            "goals": table("goals", {"goal_id": "G", "valid_to": date(2022, 12, 31)}),
        },
        "warning",
    ),
    Case(
        "target_wrong_side", target({"value": 0.4}), ("targets", "value"), target({"value": 0.5}), "warning", {"I": 0.5}
    ),
    Case(
        "target_wrong_side",
        target({"value": 0.6}, direction="decrease"),
        ("targets", "value"),
        target({"value": 0.6}, direction="none"),
        "warning",
        {"I": 0.5},
    ),
    Case(
        "target_wrong_side",
        target({"value": 0.4}),
        ("targets", "value"),
        target({"value": 0.4, "organisation_id": "A"}),
        "warning",
        {"I": 0.5},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.cell[1]}")
def test_a_rule_finds_what_breaks_it_and_where(case: Case) -> None:
    (found,) = check_programme(programme(**case.breaks), case.bases)
    assert (found.rule, found.severity) == (case.rule, case.severity)
    assert (found.file, found.column) == (f"{case.cell[0]}.csv", case.cell[1])
    assert found.message.endswith(".") and found.action.endswith((".", "?"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.cell[1]}")
def test_a_rule_leaves_alone_what_nearly_breaks_it(case: Case) -> None:
    assert check_programme(programme(**case.near), case.bases) == []


def test_mergers_in_a_circle_are_found_and_those_in_a_row_are_not() -> None:
    def circles(*pairs: tuple[str, str]) -> list[str | None]:
        found = check_programme(programme(**circle(*pairs)))
        return [finding.value for finding in found if finding.rule == "succession_circle"]

    assert circles(("A", "B"), ("B", "C"), ("C", "A")) == ["A"]
    assert circles(("A", "A")) == ["A"]
    assert circles(("A", "B"), ("B", "C"), ("A", "C")) == []


def test_every_rule_has_a_case() -> None:
    tree = ast.parse(Path(consistency.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Fault"]
    named = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    named |= {"duty_without_object", "observation_without_object", *personal_data.FORBIDDEN}
    assert named == {case.rule for case in CASES} | {"succession_circle"}


def test_a_reference_that_is_nearly_right_gets_a_guess() -> None:
    (found,) = check_programme(programme(**duty(organisation_id="AA")))
    assert (found.message, found.action) == ("Finns inte i organisations.csv.", "Menas A?")
    (found,) = check_programme(programme(**duty(organisation_id="ÖÖÖÖ")))
    assert found.action == "Lägg till den där eller rätta här."
