"""Whether it matters where one lives: what chance alone would flag, and whether the districts come closer over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa

from samlad import formats, spread
from samlad.spread import Spread
from samlad.statistics import Z95, Z998
from samlad.views.show import Row, Shown

Found = Mapping[str, Any]


@dataclass(frozen=True)
class Year:
    """How the districts differ in one year: how many are counted, the lowest, the highest, and τ if it can be told."""

    year: int
    counted: int
    districts: int
    lowest: float
    highest: float
    spread: Spread | None
    is_after_break: bool = False


def chance(rows: pa.Table) -> list[str]:
    """What stands in the margin of the comparison: the flags that chance alone would give, and φ. From counts only."""
    found = _counted(rows.to_pylist())
    expected = _expected(found)
    if expected is None:
        return []
    xs, ns = [row["numerator"] for row in found], [row["denominator"] for row in found]
    is_share = found[0]["measure"] == "share"
    phi = spread.overdispersion(xs, ns) if is_share else spread.count_overdispersion(xs, ns)
    at95, at998 = (formats.decimal(number, 2) for number in expected)
    said = [
        f"Om alla {len(found)} hade samma verkliga nivå skulle slumpen ändå peka ut {at95} av dem som möjligen högre "
        f"eller lägre (95{formats.SPACE}%) och {at998} som högre eller lägre (99,8{formats.SPACE}%)."
    ]
    if phi is not None:
        more = "Mer än slumpen" if phi > 1 else "Inte mer än slumpen"
        said.append(f"{more}: stadsdelarnas spridning, φ, är {formats.decimal(phi, 1)}; slumpen ensam ger ungefär 1.")
    return said


def chance_over(rows: pa.Table) -> list[str]:
    """The same for a table of several indicators: what chance alone would flag in all of it."""
    found = sorted(_counted(rows.to_pylist()), key=lambda row: str(row["indicator_id"]))
    held = [[*of_one] for _, of_one in groupby(found, key=lambda row: row["indicator_id"])]
    expected = [flags for flags in map(_expected, held) if flags is not None]
    if not expected:
        return []
    at95, at998 = (formats.decimal(sum(flags), 1) for flags in zip(*expected, strict=True))
    return [
        f"Om stadsdelarna hade samma verkliga nivå på varje indikator skulle slumpen ändå peka ut {at95} av "
        f"{formats.number(sum(map(len, held)))} jämförelser som möjligen högre eller lägre (95{formats.SPACE}%), och "
        f"{at998} som högre eller lägre (99,8{formats.SPACE}%)."
    ]


def _counted(rows: Sequence[Found]) -> list[Found]:
    return [row for row in rows if row["numerator"] is not None and row["comparison"] is not None]


def _expected(found: Sequence[Found]) -> tuple[float, float] | None:
    """How many districts chance alone would flag at 95 and at 99.8 per cent; None where there is no rest."""
    if len(found) < 2:
        return None
    xs, ns = [row["numerator"] for row in found], [row["denominator"] for row in found]
    if found[0]["measure"] == "share":
        share = spread.pooled_share(xs, ns)
        return spread.false_flags(ns, share, Z95), spread.false_flags(ns, share, Z998)
    return spread.false_rate_flags(ns, sum(xs), Z95), spread.false_rate_flags(ns, sum(xs), Z998)


def years(rows: pa.Table) -> list[Year]:
    """How the districts differ, year by year; only years where at least two have a figure."""
    ordered = sorted(rows.to_pylist(), key=lambda row: row["year"])
    return [found for year, held in groupby(ordered, key=lambda row: row["year"]) if (found := _year(year, [*held]))]


def _year(year: int, rows: Sequence[Found]) -> Year | None:
    counted = [row for row in rows if row["value"] is not None and row["measure"] in ("share", "rate")]
    if len(counted) < 2:
        return None
    xs, ns = [row["numerator"] for row in counted], [row["denominator"] for row in counted]
    is_share = counted[0]["measure"] == "share" and None not in xs and None not in ns
    values = [row["value"] for row in counted]
    found = spread.spread(xs, ns) if is_share else None
    is_after = any(row.get("is_after_break") for row in rows)
    return Year(year, len(counted), len(rows), min(values), max(values), found, is_after)


def _comparable(found: Sequence[Year]) -> list[Year]:
    """The years with a spread that are told by the definition of the latest of them."""
    told = [one for one in found if one.spread]
    return [one for one in told if one.is_after_break == told[-1].is_after_break]


def sentence(found: Sequence[Year]) -> str:
    """Whether the city is becoming more equal: in words, and never more certain than the intervals allow."""
    told = _comparable(found)
    if not found:
        return ""
    if not told:
        return "Om stadsdelarna närmar sig varandra kan inte sägas: för små tal, eller för få stadsdelar med tal."
    first, last = told[0], told[-1]
    before, after = first.spread, last.spread
    if before is None or after is None or first is last:
        is_certain = after is not None and after.is_certain
        return (
            f"Skillnaderna {last.year} är {'mer än slumpen' if is_certain else 'inte större än slumpen kan ge'}; "
            "ett enda år säger inte om de ökar eller minskar."
        )
    return _compared(before, after, f"{first.year}", f"{last.year}")


def clause(found: Sequence[Year], year: int) -> str:
    """The same up to a year, as the end of the page's answer; nothing when there is nothing to say of it."""
    told = _comparable([one for one in found if one.year <= year])
    if len(told) < 2:
        return ""
    first, last = told[0], told[-1]
    before, after = first.spread, last.spread
    if before is None or after is None:
        return ""
    if not before.is_certain and not after.is_certain:
        return f"Skillnaderna kan vara slump, både {first.year} och {last.year}."
    if after.upper < before.lower:
        return f"Skillnaderna har minskat sedan {first.year}."
    if after.lower > before.upper:
        return f"Skillnaderna har ökat sedan {first.year}."
    return f"Om skillnaderna har minskat sedan {first.year} kan inte sägas."


def _compared(before: Spread, after: Spread, first: str, last: str) -> str:
    if not before.is_certain and not after.is_certain:
        return f"Skillnaderna mellan stadsdelarna kan vara slump, både {first} och {last}."
    if after.upper < before.lower:
        return f"Staden har blivit mer jämlik: skillnaderna är säkert mindre {last} än {first}."
    if after.lower > before.upper:
        return f"Staden har blivit mindre jämlik: skillnaderna är säkert större {last} än {first}."
    return f"Det kan inte sägas om skillnaderna har ökat eller minskat mellan {first} och {last}."


def table(found: Sequence[Year], measure: str) -> Shown:
    """The years beside each other: lowest, highest, the distance between them, τ with its interval."""
    return Shown(
        caption="Skillnader mellan stadsdelarna, år för år",
        columns=("År", "Med tal", "Lägst", "Högst", "Avstånd", "Spridning τ"),
        rows=[
            Row(
                (
                    str(one.year),
                    formats.of(one.counted, one.districts),
                    formats.figure(one.lowest, measure),
                    formats.figure(one.highest, measure),
                    _distance(one, measure),
                    _tau(one),
                )
            )
            for one in found
        ],
        numbers=frozenset({2, 3, 4}),
        notes=(
            "Spridningen τ är hur mycket stadsdelarna skiljer sig när slumpen är borträknad (på logit-skalan); 0 är "
            "ingen skillnad. Når osäkerheten 0 kan skillnaderna vara slump. Den räknas när minst "
            f"{spread.FEWEST_UNITS} stadsdelar har tal och var och en kan väntas ha minst {spread.FEWEST_EXPECTED} "
            "fall av det som räknas och lika många utan.",
        ),
    )


def _distance(one: Year, measure: str) -> str:
    distance = one.highest - one.lowest
    if measure == "share":
        return f"{formats.decimal(100 * distance, 0)}{formats.SPACE}procentenheter"
    return formats.figure(distance, measure)


def _tau(one: Year) -> str:
    if one.spread is None:
        return "för små tal"
    low, high = (formats.decimal(number, 2) for number in (one.spread.lower, one.spread.upper))
    chance_said = "" if one.spread.is_certain else ", kan vara slump"
    return f"{formats.decimal(one.spread.tau, 2)} ({low}{formats.DASH}{high}){chance_said}"
