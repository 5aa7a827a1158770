"""Sentences: one for every combination, held against a file that has been read by eye, and rules of good Swedish."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from samlad.judgement.facts import Case, MissingAnswer
from samlad.judgement.figure_change import Figure
from samlad.judgement.marks import IN_WORDS
from samlad.judgement.statistics import Certainty
from samlad.judgement.verdicts import Mark, Verdict, judge
from samlad.swedish import sentences, words
from samlad.swedish.numbers import SPACE

GOLDEN = Path(__file__).parent / "golden" / "sentences.txt"

# Each kind of indicator: what the catalogue says of it, its figure at the base and how far it is to the last årsmål, in
# the numerator, and the denominator. A quality of 0 is the base and 1 the last årsmål, whichever way is good.
KINDS = {
    "share of persons": (Case("share", "increase", 2024, Figure(), "persons", unit="procent"), 400, 200, 1000),
    "share of few persons": (Case("share", "increase", 2024, Figure(), "persons", unit="procent"), 20, 10, 50),
    "share of units": (
        Case("share", "increase", 2024, Figure(), "units", varies=False, unit="procent av enheterna"),
        16,
        12,
        40,
    ),
    "rate": (
        Case("rate", "increase", 2024, Figure(), "persons", per=1000, unit="per 1 000 invånare"),
        1400,
        500,
        100_000,
    ),
    "count of events": (Case("count", "increase", 2024, Figure(), "events", unit="möten"), 300, 200, None),
    "count of units": (Case("count", "increase", 2024, Figure(), "units", varies=False, unit="enheter"), 10, 10, None),
    "index": (Case("index", "increase", 2024, Figure(), "none", varies=False, unit="index 0–10"), 60, 20, None),
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


def missing(*sizes: int | None, reasons: str = "-") -> tuple[MissingAnswer, ...]:
    """Somebody missing from the sum for each size, for the reasons given in turn."""
    codes = reasons.split()
    return tuple(
        MissingAnswer(f"Nämnd {number + 1}", codes[number % len(codes)], size) for number, size in enumerate(sizes)
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
        yield f"{kind}, ended", replace(case, is_ended=True)
        yield f"{kind}, no owner", replace(case, latest=Figure(missing_reason="-"), has_owner=False, reported=0)
        silent = replace(case, latest=Figure(missing_reason="-"))
        yield f"{kind}, - with its own forecast", replace(silent, own_forecast=case.last_target)


def incomplete() -> Iterator[tuple[str, Case]]:
    """Every kind and direction where reports are missing."""
    for kind in KINDS:
        for direction in ("increase", "decrease"):
            case = replace(placed(kind, 0.7, direction), reported=9, expected=11)
            much, little = ((60, 40), (1, 1)) if kind != "rate" else ((20_000, 30_000), (10, 10))
            yield f"{kind}, {direction}, all have reported", replace(case, reported=11)
            yield f"{kind}, {direction}, both have reported", replace(case, reported=2, expected=2)
            yield f"{kind}, {direction}, two missing", replace(case, missing=missing(*much))
            yield f"{kind}, {direction}, two small missing", replace(case, missing=missing(*little))
            yield f"{kind}, {direction}, one missing of unknown size", replace(case, missing=missing(None), reported=10)
            yield f"{kind}, {direction}, two missing, one of unknown size", replace(case, missing=missing(40, None))
            easy = 0.01 if direction == "increase" else 0.999 if case.measure == "share" else 1000.0
            far = replace(case, target=easy, missing=missing(1), reported=10)
            yield f"{kind}, {direction}, one missing that changes nothing", far
            mixed = missing(10, 20, 5, 5, reasons="- .. . no_counts")
            yield f"{kind}, {direction}, four missing for four reasons", replace(case, reported=7, missing=mixed)
            yield f"{kind}, {direction}, one protected", replace(case, reported=10, missing=missing(60, reasons=".."))
            yield (
                f"{kind}, {direction}, missing and no årsmål",
                replace(case, target=None, last_target=None, last_target_year=None, missing=missing(*much)),
            )
        both = replace(placed(kind, 0.55, "increase"), reported_both=8, expected_both=11)
        yield f"{kind}, eight reported both years", both
        yield f"{kind}, one reported both years", replace(both, reported_both=1)
        for reporters in ("bolag", "both") if kind == "share of persons" else ():
            yield f"{kind}, eight reported both years, {reporters}", replace(both, reporters=reporters)
            yield f"{kind}, one reported both years, {reporters}", replace(both, reported_both=1, reporters=reporters)
            two = replace(both, reported=2, expected=2, reported_both=None, expected_both=None, reporters=reporters)
            yield f"{kind}, both have reported, {reporters}", two
            yield f"{kind}, one of two has reported, {reporters}", replace(two, reported=1, missing=missing(4))
        yield f"{kind}, eight reported both years, unchanged", replace(both, compared=both.base)


def yes_or_no() -> Iterator[tuple[str, Case]]:
    """Yes and no: of one nämnd and of many."""
    one = Case(
        "yes_no", "increase", 2024, Figure(value=1), "none", False, unit="ja eller nej", base_year=2021, target=1
    )
    one = replace(one, last_target=1, last_target_year=2025, base=Figure(value=0))
    many = replace(one, latest=Figure(9, 11), base=Figure(5, 11), reported=11, expected=11)
    for direction, good in (("increase", 1.0), ("decrease", 0.0)):
        aimed = replace(one, direction=direction, target=good, last_target=good)
        yield f"yes/no, {direction}, good", replace(aimed, latest=Figure(value=good))
        yield f"yes/no, {direction}, bad", replace(aimed, latest=Figure(value=1 - good))
        aimed = replace(many, direction=direction, target=good, last_target=good)
        yield f"yes/no of many, {direction}, all good", replace(aimed, latest=Figure(round(11 * good), 11))
        yield f"yes/no of many, {direction}, some", aimed
        some = replace(aimed, latest=Figure(7, 9), missing=missing(1, 1), reported=9)
        yield f"yes/no of many, {direction}, two missing", some
        yield f"yes/no of many, {direction}, two missing, part is enough", replace(some, target=0.8)
        yield (
            f"yes/no of many, {direction}, one missing, none can be",
            replace(some, missing=missing(1), reported=10, latest=Figure(10 - round(9 * good), 10)),
        )
    yield "yes/no, no direction", replace(one, direction="none")
    yield "yes/no, no årsmål", replace(one, target=None, last_target=None, last_target_year=None)
    yield "yes/no, forecast", replace(one, own_forecast=1)
    of_both = replace(many, latest=Figure(7, 9), missing=missing(1, 1), reported=9, reporters="both")
    yield "yes/no of many, nämnder and bolag", of_both
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
    yield "a difference that rounds the other way", replace(case, base=Figure(634, 1000), latest=Figure(538, 1000))
    yield "a change of one point", replace(case, base=Figure(600_000, 10**6), latest=Figure(610_000, 10**6))
    many = replace(case, base=Figure(40_000, 10**5), last_target=0.6)
    yield "so many that the band is certain", replace(many, latest=Figure(52_000, 10**5))
    yield "so many that it is in pace", replace(many, latest=Figure(58_000, 10**5))
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
    few = {"base": Figure(value=100.0), "target": 108.0, "last_target": 110.0}
    yield "few meetings", replace(meeting, latest=Figure(value=105.0), **few)  # type: ignore[arg-type]
    few_persons = replace(placed("rate", 0, "increase"), base=Figure(7, 1000), target=9.5, last_target=10.0)
    yield "rate of few", replace(few_persons, latest=Figure(9, 1000))
    yield "units in pace and short of a hard year", replace(placed("count of units", 0.8, "increase"), target=19.0)
    yield "share of units in pace", replace(placed("share of units", 0.8, "increase"), target=0.69)
    yield (
        "index of the city",
        replace(placed("index", 0, "increase"), latest=Figure(missing_reason="."), is_sum=True, reported=9),
    )
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
    """Return the text the golden file should hold: each case, its mark and all that is said."""
    told = (
        f"# {name}\n{verdict.mark.symbol} {sentences.short(verdict)}\n{sentences.reading(verdict)}\n"
        for name, verdict in VERDICTS.items()
    )
    return "\n".join(told).replace(SPACE, "_")


def test_every_combination_reads_as_it_did_when_it_was_last_read_by_eye() -> None:
    assert GOLDEN.read_text(encoding="utf-8") == written(), (
        "read the new sentences, then: python -m tests.test_sentences"
    )


ENGLISH = re.compile(
    r"\b(the|is|not|and|of|met|missed|share|rate|count|target|none|true|false|nan|inf)\b", re.IGNORECASE
)
HEDGES = re.compile(r"\b(kanske|troligen|sannolikt|eventuellt|tyder på|verkar|torde)\b", re.IGNORECASE)
GAPS = re.compile(r"  | [.,:;)]|\( |,,|\.\.$|\(\)|: \.|None")
WRONG_NUMBERS = re.compile(r"-\d|\d\.\d|\d %|\d \d{3}\b")


def broken(rule: Callable[[Verdict, str], bool]) -> dict[str, str]:
    """The readings that a rule does not hold for, by name."""
    read = {name: sentences.reading(verdict) for name, verdict in VERDICTS.items()}
    return {name: said for name, said in read.items() if not rule(VERDICTS[name], said)}


def test_it_is_swedish_without_hedges() -> None:
    assert not broken(lambda _, said: not ENGLISH.search(said) and not HEDGES.search(said))


def test_every_reading_is_whole_sentences_with_swedish_numbers() -> None:
    assert not broken(lambda _, said: not GAPS.search(said) and not WRONG_NUMBERS.search(said))
    assert not broken(lambda _, said: said.endswith(".") and said[0].isupper())
    assert not broken(lambda verdict, _: not GAPS.search(sentences.short(verdict).replace("..", "")))


def test_one_is_singular_and_many_are_plural() -> None:
    nouns = {(form, words.counted(form, 1)) for form in ("enheter", "möten", "personer", "nämnder", "rapporter")}
    assert all(plural != singular for plural, singular in nouns)
    for plural, singular in nouns:
        one_of_many = re.compile(rf"(?<![\d,{SPACE}])1[ {SPACE}]{plural}\b")
        many_of_one = re.compile(rf"(?<!av )\b(0|[2-9]|\d\d+)[ {SPACE}]{singular}\b")
        assert not broken(
            lambda verdict, said, one=one_of_many, many=many_of_one: (  # type: ignore[misc]
                not one.search(said + sentences.short(verdict)) and not many.search(said + sentences.short(verdict))
            )
        )


def test_up_and_down_are_words_with_the_figures_after_them() -> None:
    def holds(verdict: Verdict, said: str) -> bool:
        moved = re.search(
            r"har \w+ (?:möjligen )?(ökat|minskat),? från (?:knappt |drygt )?([\d,]+)%? till ([\d,]+)",
            said.replace(SPACE, ""),
        )
        if moved is None or verdict.change is None:
            return not re.search(r"\b(ökat|minskat)\b", said)
        return (moved[1] == "ökat") == (verdict.change.difference > 0) and moved[2] != moved[3]

    assert not broken(holds)
    assert not broken(lambda _, said: not re.search(r"(ökat|minskat) med", said))
    assert not broken(
        lambda verdict, said: (
            not re.search(r"är \w+ oförändra[dt]", said)
            or (verdict.change is not None and not verdict.change.difference)
        )
    )


def test_the_fact_is_said_as_it_is_and_once() -> None:
    def holds(verdict: Verdict, said: str) -> bool:
        missed = said.count("nåddes inte")
        open_question = len(re.findall(r"(säga|vet vi) om årsmålet, [^.]+, nåddes", said))
        met = said.count("nåddes") - missed - open_question
        is_open = verdict.mark is Mark.INSUFFICIENT
        return (met, missed, open_question) == (verdict.met is True, verdict.met is False, is_open)

    assert not broken(holds)


def test_certainty_is_said_as_it_is() -> None:
    def certainty(verdict: Verdict) -> Certainty | None:
        return verdict.change.certainty if verdict.change else None

    assert not broken(
        lambda verdict, said: (
            bool(re.search("en säker (ökning|minskning)", said)) == (certainty(verdict) is Certainty.CERTAIN)
        )
    )
    assert not broken(
        lambda verdict, said: bool(re.search("har \\w+ möjligen", said)) == (certainty(verdict) is Certainty.POSSIBLE)
    )
    assert not broken(
        lambda verdict, said: ("Ingen säker förändring" in said) == (certainty(verdict) is Certainty.NONE)
    )
    assert not broken(
        lambda verdict, said: (
            "i stort sett" not in said
            or (certainty(verdict) is None and not (verdict.change and verdict.change.has_changed))
        )
    )
    assert not broken(lambda verdict, said: ("rend" in said) == (verdict.trend is not None))
    assert not broken(
        lambda _, said: not re.search(r"99,8|95\S?%", said.replace("95\u00a0% (", "")) or "årsmål" in said
    )


def test_the_factor_is_told_only_where_it_is_one_to_hope_for() -> None:
    def holds(verdict: Verdict, said: str) -> bool:
        times = verdict.change.times_needed if verdict.change else None
        return ("så många fall" in said) == (times is not None and times <= 4)

    assert not broken(holds)


COURSES = {
    Mark.ON_TRACK: "Utvecklingen är i takt med årsmålet",
    Mark.RIGHT_WAY: "oklart om takten räcker till årsmålet",
    Mark.TOO_SLOW: "för långsamt för årsmålet",
    Mark.FAR_BEHIND: "Utvecklingen ligger långt efter årsmålet",
    Mark.WRONG_WAY: "Det går åt fel håll",
    Mark.MET: "och är det fortfarande",
}


def test_the_course_is_said_in_its_own_words_and_in_no_other() -> None:
    def holds(verdict: Verdict, _: str) -> bool:
        said = sentences.course(verdict)
        words = {course for course, words in COURSES.items() if words in said}
        if verdict.course in (None, Mark.MISSED, Mark.NO_CERTAIN_CHANGE):
            return not words
        return words == {verdict.course}

    assert not broken(holds)
    assert not broken(lambda verdict, _: sentences.short(verdict).lower().endswith(verdict.mark.word))


def test_figures_on_either_side_of_an_aarsmaal_never_look_the_same() -> None:
    def holds(verdict: Verdict, _: str) -> bool:
        shown = re.fullmatch(r"(.+?) \(årsmål (?:minst|högst) (.+)\): .+", sentences.short(verdict))
        return shown is None or verdict.value == verdict.case.year_target or shown[1] != shown[2]

    assert not broken(holds)


def test_the_numbers_of_a_change_stand_apart_from_its_sentence() -> None:
    verdict = VERDICTS["a difference that rounds the other way"]
    said = sentences.change(verdict).replace(SPACE, " ")
    assert said == "Sedan 2021 har andelen minskat från 63 % till 54 %, en säker minskning."
    told = sentences.figure_words(verdict).replace(SPACE, " ")
    assert told.startswith("Förändringen sedan 2021: −10 procentenheter, osäkerhet −")
    assert not sentences.figure_words(VERDICTS["share of units, increase, too slow"])


def test_every_mark_of_every_measure_is_read() -> None:
    read = {(verdict.case.measure, verdict.case.counts, verdict.mark) for verdict in VERDICTS.values()}
    of_all = {Mark.MET, Mark.MISSED, Mark.INSUFFICIENT, *IN_WORDS} - {Mark.NOT_ADDED}
    full = {Mark.ON_TRACK, Mark.TOO_SLOW, Mark.FAR_BEHIND, Mark.WRONG_WAY}
    sampled = {Mark.RIGHT_WAY, Mark.FAR_BEHIND, Mark.WRONG_WAY, Mark.NO_CERTAIN_CHANGE}
    expected = {
        ("share", "persons"): of_all | sampled | {Mark.ON_TRACK, Mark.TOO_SLOW},
        ("rate", "persons"): of_all | sampled - {Mark.FAR_BEHIND},
        ("count", "events"): of_all | sampled,
        ("share", "units"): of_all | full,
        ("count", "units"): of_all | full,
        ("index", "none"): of_all | full | {Mark.NOT_ADDED},
        ("yes_no", "none"): of_all - {Mark.ENDED, Mark.NO_OWNER},
    }
    for (measure, counts), marks in expected.items():
        assert {mark for *kind, mark in read if tuple(kind) == (measure, counts)} == marks


def test_what_is_protected_has_one_sentence_and_not_a_figure() -> None:
    found = {sentences.reading(verdict) for verdict in VERDICTS.values() if verdict.mark is Mark.PROTECTED}
    assert found == {words.PROTECTED}
    assert not re.search(r"\d", words.PROTECTED)


def test_an_index_of_the_city_says_that_it_is_not_added() -> None:
    assert sentences.reading(VERDICTS["index of the city"]) == words.NOT_ADDED
    assert sentences.short(VERDICTS["index of the city"]) == words.NOT_ADDED_SHORT
    assert words.NOT_ADDED in GOLDEN.read_text(encoding="utf-8")


def test_the_forecast_of_a_year_that_is_not_reported_is_told() -> None:
    said = sentences.reading(VERDICTS["share of persons, - with its own forecast"]).replace(SPACE, " ")
    assert said.startswith("Ej rapporterat: ingen uppgift") and said.endswith("Den egna prognosen för 2024 är 60 %.")
    for code in ("..", "."):
        hidden = replace(cases()["share of persons, -"], latest=Figure(missing_reason=code), own_forecast=0.5)
        assert judge(hidden).forecast is None


def test_who_has_reported_is_named_by_what_they_are() -> None:
    def both_years(of: str) -> str:
        return sentences.reading(VERDICTS[f"share of persons, {of}"]).replace(SPACE, " ")

    assert "räknat på de 8 av 11 nämnder som" in both_years("eight reported both years")
    assert "räknat på de 8 av 11 nämnder och bolag som" in both_years("eight reported both years, both")
    assert "räknat på det enda av 11 bolag som" in both_years("one reported both years, bolag")
    assert "bygger på både nämnden och bolaget." in both_years("both have reported, both")
    assert "bygger på 1 av 2 bolag: 1 saknas." in both_years("one of two has reported, bolag")


def test_no_part_of_the_way_is_claimed_where_the_change_may_be_chance() -> None:
    assert not broken(
        lambda verdict, said: not ("Ingen säker förändring" in said and re.search(r"av vägen|längre från", said))
    )


def test_a_protected_base_reads_like_a_missing_one() -> None:
    missing, protected = VERDICTS["rate, base not reported"], VERDICTS["rate, base protected"]
    assert sentences.reading(missing) == sentences.reading(protected)


def test_an_uncertain_trend_and_a_certain_change_are_both_in_words() -> None:
    said = sentences.reading(VERDICTS["certain change without certain trend"]).replace(SPACE, " ")
    assert "från 50 % till 90 %" in said
    assert "Ingen säker trend över åren 2021–2025, möjligen uppåt." in said


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(written(), encoding="utf-8")
