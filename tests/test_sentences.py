"""Sentences: one for every combination, held against a file that has been read by eye, and rules of good Swedish."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samlad import sentences, text
from samlad.cases import Case, Figure
from samlad.formats import SPACE
from samlad.verdicts import Mark, Verdict, judge

GOLDEN = Path(__file__).parent / "golden" / "sentences.txt"

# Each kind of indicator: what the catalogue says of it, its figure at the base and how far it is to the last årsmål, in
# the numerator, and the denominator. A quality of 0 is the base and 1 the last årsmål, whichever way is good.
KINDS = {
    "share of persons": (Case("share", "increase", 2024, Figure(), "persons", unit="procent"), 400, 200, 1000),
    "share of few persons": (Case("share", "increase", 2024, Figure(), "persons", unit="procent"), 20, 10, 50),
    "share of units": (Case("share", "increase", 2024, Figure(), "units", unit="procent av enheterna"), 16, 12, 40),
    "rate": (Case("rate", "increase", 2024, Figure(), "persons", 1000, "per 1 000 invånare"), 1400, 500, 100_000),
    "count of events": (Case("count", "increase", 2024, Figure(), "events", unit="möten"), 300, 200, None),
    "count of units": (Case("count", "increase", 2024, Figure(), "units", unit="enheter"), 10, 10, None),
    "index": (Case("index", "increase", 2024, Figure(), "none", unit="index 0–10"), 60, 20, None),
}


def figure(case: Case, numerator: float, denominator: int | None) -> Figure:
    """The figure of a kind of indicator: counts, or for an index a tenth of the number."""
    if case.measure == "index":
        return Figure(value=numerator / 10)
    return Figure(round(numerator), denominator) if denominator else Figure(value=float(round(numerator)))


def placed(kind: str, quality: float, direction: str, year: int = 2024, latest: Figure | None = None) -> Case:
    """A case of a kind whose latest figure has come so far from the base towards the last årsmål."""
    case, base, distance, denominator = KINDS[kind]
    sign = -1 if direction == "decrease" else 1
    base = base + distance if direction == "decrease" else base

    def value(at: float) -> float:
        found = case.value(figure(case, base + sign * distance * at, denominator))
        assert found is not None
        return found

    return replace(
        case,
        direction=direction,
        year=year,
        latest=latest or figure(case, base + sign * distance * quality, denominator),
        base_year=2021,
        base=figure(case, base, denominator),
        target=value((year - 2021) / 4),
        last_target=value(1),
        last_target_year=2025,
    )


def movements() -> Iterator[tuple[str, Case]]:
    """Every kind and direction at every stage of the way: the fact, the bands, the target year, met at the base."""
    stages = {
        "reached the year's": 0.8,
        "almost in pace": 0.74,
        "too slow": 0.55,
        "far behind": 0.25,
        "a little": 0.1,
        "unchanged": 0.0,
        "wrong way": -0.3,
    }
    for kind in KINDS:
        for direction in ("increase", "decrease"):
            for stage, quality in stages.items():
                yield f"{kind}, {direction}, {stage}", placed(kind, quality, direction)
            for stage, quality in {"reached": 1.0, "on the way": 0.75, "unchanged": 0.0, "wrong way": -0.3}.items():
                yield f"{kind}, {direction}, target year, {stage}", placed(kind, quality, direction, 2025)
            base = placed(kind, 1.25, direction).latest
            for stage, quality in {"kept": 1.1, "lost": 0.95, "lost by far": 0.2}.items():
                yield (
                    f"{kind}, {direction}, met at the base, {stage}",
                    replace(placed(kind, quality, direction), base=base),
                )
            later = replace(placed(kind, 0.95, direction, 2025), base=base)
            yield f"{kind}, {direction}, target year, met at the base, lost", later


def unjudged() -> Iterator[tuple[str, Case]]:
    """Every kind where there is no course to judge."""
    for kind in KINDS:
        case = placed(kind, 0.5, "increase")
        without = replace(case, target=None, last_target=None, last_target_year=None)
        yield f"{kind}, no direction", replace(without, direction="none")
        yield f"{kind}, no direction, unchanged", replace(without, direction="none", base=case.latest)
        yield f"{kind}, no direction, no base", replace(without, direction="none", base=Figure())
        yield f"{kind}, no årsmål", without
        yield f"{kind}, last årsmål passed", replace(case, target=None, last_target_year=2023)
        yield f"{kind}, the base year itself", replace(case, base_year=2024)
        yield f"{kind}, before the base year", replace(case, base_year=2025, last_target_year=2026)
        yield f"{kind}, base not reported", replace(case, base=Figure(missing_reason="-"))
        yield f"{kind}, base protected", replace(case, base=Figure(missing_reason=".."))
        yield f"{kind}, no base year", replace(case, base_year=None)
        yield f"{kind}, break since the base", replace(case, break_year=2023)
        yield f"{kind}, base after a break", replace(case, base_year=2022, break_year=2022)
        for code in ("-", "..", "."):
            yield f"{kind}, {code}", replace(case, latest=Figure(missing_reason=code))


def incomplete() -> Iterator[tuple[str, Case]]:
    """Every kind and direction where reports are missing."""
    for kind in KINDS:
        for direction in ("increase", "decrease"):
            case = replace(placed(kind, 0.7, direction), reported=9, expected=11)
            much, little = ((60, 40), (1, 1)) if kind != "rate" else ((20_000, 30_000), (10, 10))
            yield f"{kind}, {direction}, all have reported", replace(case, reported=11)
            yield f"{kind}, {direction}, two missing", replace(case, unanswered=much)
            yield f"{kind}, {direction}, two small missing", replace(case, unanswered=little)
            yield f"{kind}, {direction}, one missing of unknown size", replace(case, unanswered=(None,), reported=10)
            yield f"{kind}, {direction}, two missing, one of unknown size", replace(case, unanswered=(40, None))
            far = replace(case, target=case.meets(1, 0) and 0.01 or 1e6, unanswered=(1,), reported=10)
            yield f"{kind}, {direction}, one missing that changes nothing", far
            yield (
                f"{kind}, {direction}, missing and no årsmål",
                replace(case, target=None, last_target=None, last_target_year=None, unanswered=much),
            )
        both = replace(placed(kind, 0.55, "increase"), reported_both=8, expected_both=11)
        yield f"{kind}, eight reported both years", both
        yield f"{kind}, one reported both years", replace(both, reported_both=1)
        yield f"{kind}, eight reported both years, unchanged", replace(both, compared=both.base)


def yes_or_no() -> Iterator[tuple[str, Case]]:
    """Yes and no: of one nämnd and of many."""
    one = Case("yes_no", "increase", 2024, Figure(value=1), "none", unit="ja eller nej", base_year=2021, target=1)
    one = replace(one, last_target=1, last_target_year=2025, base=Figure(value=0))
    many = replace(one, latest=Figure(9, 11), base=Figure(5, 11), reported=11, expected=11)
    for direction, good in (("increase", 1.0), ("decrease", 0.0)):
        aimed = replace(one, direction=direction, target=good, last_target=good)
        yield f"yes/no, {direction}, good", replace(aimed, latest=Figure(value=good))
        yield f"yes/no, {direction}, bad", replace(aimed, latest=Figure(value=1 - good))
        aimed = replace(many, direction=direction, target=good, last_target=good)
        yield f"yes/no of many, {direction}, all good", replace(aimed, latest=Figure(round(11 * good), 11))
        yield f"yes/no of many, {direction}, some", aimed
        some = replace(aimed, latest=Figure(7, 9), unanswered=(1, 1), reported=9)
        yield f"yes/no of many, {direction}, two missing", some
        yield f"yes/no of many, {direction}, two missing, part is enough", replace(some, target=0.8)
        yield (
            f"yes/no of many, {direction}, one missing, none can be",
            replace(some, unanswered=(1,), reported=10, latest=Figure(10 - round(9 * good), 10)),
        )
    yield "yes/no, no direction", replace(one, direction="none")
    yield "yes/no, no årsmål", replace(one, target=None, last_target=None, last_target_year=None)
    yield "yes/no, forecast", replace(one, own_forecast=1)
    for code in ("-", "..", "."):
        yield f"yes/no, {code}", replace(one, latest=Figure(missing_reason=code))


def trends() -> Iterator[tuple[str, Case]]:
    """Five years of one share, with and without a trend, and forecasts."""

    def over(xs: tuple[int, ...], n: int, target: float, **changed: object) -> Case:
        series = {2021 + at: Figure(x, n) for at, x in enumerate(xs)}
        case = Case("share", "increase", 2025, series[2025], unit="procent", base_year=2021, base=series[2021])
        return replace(case, series=series, target=target, **changed)  # type: ignore[arg-type]

    yield "certain trend up", over((40, 44, 50, 55, 61), 100, 0.6)
    yield "certain trend down", over((61, 55, 50, 44, 40), 100, 0.6)
    yield "certain change without certain trend", over((10, 12, 14, 16, 18), 20, 0.95)
    yield "trend carried by one year", over((50, 50, 50, 50, 90), 100, 0.95)
    yield (
        "no trend before the last årsmål",
        over((50, 52, 49, 51, 50), 100, 0.6, last_target=0.7, last_target_year=2026),
    )
    case = placed("share of persons", 0.55, "increase")
    yield "own forecast", replace(case, own_forecast=0.55)
    yield "own forecast of a rate", replace(placed("rate", 0.55, "increase"), own_forecast=17.5)


def rounded() -> Iterator[tuple[str, Case]]:
    """Figures that whole per cent would make look like what they are not, and numbers of one."""
    case = replace(placed("share of persons", 0.55, "increase"), target=0.75, last_target=0.8)
    yield "just below the årsmål", replace(case, latest=Figure(746, 1000))
    yield "hardly below the årsmål", replace(case, latest=Figure(749_996, 1_000_000))
    yield "just above the årsmål", replace(case, latest=Figure(754, 1000))
    yield "exactly the årsmål", replace(case, latest=Figure(750, 1000))
    yield "not quite all", replace(case, latest=Figure(996, 1000), target=1.0, last_target=1.0)
    yield "a change of less than a point", replace(case, base=Figure(600_000, 10**6), latest=Figure(603_900, 10**6))
    yield "a change too small to be shown", replace(case, base=Figure(600_000, 10**9), latest=Figure(600_001, 10**9))
    yield "a change of one point", replace(case, base=Figure(600_000, 10**6), latest=Figure(610_000, 10**6))
    yield "just below the band", replace(case, base=Figure(4000, 10**4), latest=Figure(5796, 10**4))
    yield "just below pace", replace(case, base=Figure(4000, 10**4), latest=Figure(6849, 10**4))
    yield (
        "interval just below the årsmål",
        replace(case, base=Figure(50, 100), latest=Figure(52, 100), last_target=0.616),
    )
    meeting = placed("count of events", 0, "increase")
    yield "one meeting", replace(meeting, latest=Figure(value=1.0), base=Figure(value=0.0), target=1.0, last_target=2.0)
    yield "from none to seven", replace(meeting, latest=Figure(value=7.0), base=Figure(value=0.0), target=8.0)
    yield "from twelve to none", replace(meeting, latest=Figure(value=0.0), base=Figure(value=12.0), target=8.0)
    yield "none either year", replace(meeting, latest=Figure(value=0.0), base=Figure(value=0.0), target=8.0)
    yield "one unit of one", replace(placed("share of units", 0, "increase"), latest=Figure(1, 1))
    yield "many persons", replace(case, latest=Figure(13_377, 99_557), base=Figure(12_000, 98_000))
    yield "share without counts", replace(case, latest=Figure(value=0.52), base=Figure(value=0.4))
    yield "share whose base has no counts", replace(case, base=Figure(value=0.4))


def cases() -> dict[str, Case]:
    """Every combination by name."""
    found: dict[str, Case] = {}
    for source in (movements, unjudged, incomplete, yes_or_no, trends, rounded):
        for name, case in source():
            assert name not in found, f"{name} stands twice"
            found[name] = case
    return found


VERDICTS = {name: judge(case) for name, case in cases().items()}


def written() -> str:
    """What the golden file should hold: each case, its mark and all that is said."""
    told = (
        f"# {name}\n{verdict.mark.symbol} {sentences.short(verdict)}\n{sentences.reading(verdict)}\n"
        for name, verdict in VERDICTS.items()
    )
    return "\n".join(told).replace(SPACE, "_")


def test_every_combination_reads_as_it_did_when_it_was_last_read_by_eye() -> None:
    assert GOLDEN.read_text(encoding="utf-8") == written(), (
        "read the new sentences, then: python -m tests.test_sentences"
    )


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(written(), encoding="utf-8")
