"""Methods that indicators are judged by, in words, each with source and example from the data.

Calculations belong in `judgement`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from samlad.judgement import attention_order
from samlad.judgement.judged_years import Judged
from samlad.judgement.statistics import Certainty
from samlad.judgement.verdicts import Mark, Verdict
from samlad.swedish import completeness, numbers, sentences, verdict_numbers
from samlad.views.common import judged_indicators

Pair = tuple[str, str]


@dataclass(frozen=True)
class MethodExample:
    """An example of a method: a test that picks fitting verdicts, and the example's words."""

    fits: Callable[[Verdict], bool]
    told: Callable[[Judged, Verdict], str]


def of_indicators() -> list[Pair]:
    """Return each method behind verdicts on the city, with an example where the data hold any."""
    found = judged_indicators.judged(None)
    return [(name, f"{said}{_example(found, shown) if shown else ''}") for name, said, shown in _methods()]


def _methods() -> Iterator[tuple[str, str, MethodExample | None]]:
    """Yield each method's name, its words, and its example on a verdict."""
    yield (
        "Nått eller inte",
        "Årets utfall mot samma års årsmål. Det är ett faktum och räknas aldrig ner. Basåret prövas inte, "
        "och inte heller det som saknar årsmål eller riktning.",
        MethodExample(
            lambda verdict: verdict.met is not None,
            lambda one, verdict: f"{one.name} {verdict.case.year}: {sentences.short(verdict)}.",
        ),
    )
    yield (
        "Utvecklingen",
        "Hur mycket av takten som krävs för det sista årsmålet som har hållits sedan basåret (R). Från 0,95"
        " är det i takt, från 0,60 för långsamt, från 0 långt efter och under 0 åt fel håll (Open SDG 2.4, "
        "Statistics Canada). Ryms inte osäkerheten för R i ett enda band sägs bara att det går åt rätt "
        "håll, och når den 0 sägs ingen säker förändring.",
        MethodExample(
            lambda verdict: verdict.pace_interval is not None and verdict.course is not None,
            _pace,
        ),
    )
    yield (
        "Säkert och möjligen",
        "Samma två nivåer överallt: utanför 99,8 % är en skillnad säker, utanför 95 % möjlig, annars sägs "
        "ingen säker skillnad. För andelar Newcombes intervall (Newcombe 1998), för antal och tal per "
        "invånare kvoten, givet summan (Przyborowski och Wilenski 1940).",
        MethodExample(
            lambda verdict: verdict.change is not None and verdict.change.certainty is Certainty.CERTAIN,
            lambda one, verdict: f"{one.name}: {sentences.change(verdict)} {sentences.figure_words(verdict)}".strip(),
        ),
    )
    yield (
        "Allt är räknat",
        "Enheter, svar ja eller nej, register över samma personer och planerade möten räknas helt. De har "
        "ingen osäkerhet. Talet har ändrats när minst en av det som räknas har gjort det; annars är det i "
        "stort sett oförändrat. Programmet säger för varje indikator vilket som gäller.",
        MethodExample(
            lambda verdict: (
                verdict.change is not None and verdict.change.certainty is None and verdict.change.has_changed
            ),
            lambda one, verdict: f"{one.name}: {sentences.change(verdict)}",
        ),
    )
    yield (
        "Vem som saknas",
        "Talet väntas från m, och n är med i summan. Den som inte har svarat, har skyddat sitt tal, inte "
        "berörs eller lämnat ett tal utan antal saknas i summan. Alla som saknas kan ha det som räknas, "
        "eller ingen: mellan de gränserna ligger stadens andel. Hur många de är tas från deras senaste "
        "kända tal. Ligger årsmålet mellan gränserna räcker svaren inte.",
        MethodExample(
            lambda verdict: (
                verdict.mark is Mark.INSUFFICIENT
                and verdict.case.measure == "share"
                and verdict.bounds is not None
                and verdict.bounds.is_known
            ),
            lambda one, verdict: f"{one.name}: {completeness.answers(verdict)} {sentences.fact(verdict)}",
        ),
    )
    yield (
        "Trend",
        "Fem år i rad utan avbrott (Armitage 1955): säker utanför 99,8 %, möjlig utanför 95 %, och bara när"
        " lutningen är densamma vilket år som än tas bort (så gör även Fingertips).",
        MethodExample(
            lambda verdict: verdict.trend is not None,
            lambda one, verdict: f"{one.name}: {sentences.trend(verdict)}",
        ),
    )
    yield (
        "Prognos",
        "Nämndens egen där den finns. Vår är den raka linjen från basåret genom årets utfall, med "
        "ändringens osäkerhet utdragen lika långt.",
        MethodExample(
            lambda verdict: bool(sentences.forecast(verdict)),
            lambda one, verdict: f"{one.name} {verdict.case.year}: {sentences.forecast(verdict)}",
        ),
    )
    yield (
        "Decimaler",
        "Så få som möjligt, högst två, men så många att ett tal och dess årsmål ser olika ut när de är "
        "olika. Ingen andel skrivs som 0 eller 100 % utan att vara det. Räcker inte två decimaler står det "
        "”knappt” eller ”drygt”.",
        MethodExample(
            lambda verdict: (
                verdict.aim_of_year is not None
                and verdict.value is not None
                and verdict.case.measure == "share"
                and "," in verdict_numbers.latest(verdict)
            ),
            lambda one, verdict: f"{one.name} {verdict.case.year}: {sentences.short(verdict)}.",
        ),
    )
    yield (
        "Ordning",
        "Det som går åt fel håll kommer först. Sedan det som har gått minst del av vägen från basåret till "
        "det sista årsmålet, inte det som har ändrats minst. Det som svaren inte avgör står för sig, med "
        "den först som minst antal svar kan avgöra.",
        MethodExample(
            lambda verdict: verdict.way is not None and 0 < verdict.way < 1,
            lambda one, verdict: (
                f"{one.name} {verdict.case.year} har gått {verdict_numbers.part(verdict.way or 0)} av vägen från "
                f"{verdict.case.base_year}."
            ),
        ),
    )
    yield (
        "Många på en gång",
        "Hur många i en lista som skulle se ut att ha ändrats av slump räknas exakt ut för var och en och "
        "läggs ihop. De minst "
        f"troliga nämns först (Benjamini och Hochberg 1995). {attention_order.DRIFT_BACK}",
        None,
    )
    yield (
        "Står det sig?",
        "Läget prövas en gång till, räknat från året efter basåret. Blir det detsamma står det sig; annars "
        "sägs vad det hänger på.",
        None,
    )
    yield (
        "Luckor i ansvaret",
        "Sexton regler läser programmet, rapporterna och vad andra har skrivit. Varje lucka visar sitt "
        "underlag, och en människa avgör vad den betyder.",
        None,
    )
    yield (
        "Vad som har ändrats",
        "Två ögonblicksbilder jämförs rad för rad. Varje skillnad har en orsak: ny, rättad eller återtagen "
        "rapport, ändrat program, ändrat ansvar, ändrad bedömning, tiden, eller metod och skydd.",
        None,
    )


def _pace(one: Judged, verdict: Verdict) -> str:
    around = verdict.pace_interval
    if around is None or verdict.pace is None or verdict.course is None:
        return ""
    low, high, middle = (numbers.decimal(value, 2) for value in (around.lower, around.upper, verdict.pace))
    return f"{one.name} {verdict.case.year}: R är {middle}, osäkerhet {low} till {high}, alltså {verdict.course.word}."


def _example(found: Sequence[Judged], shown: MethodExample) -> str:
    """Return the example, from the latest year and first indicator that fit."""
    held = [
        (year, at, one) for at, one in enumerate(found) for year in one.followed_years if shown.fits(one.verdicts[year])
    ]
    if not held:
        return ""
    year, _, one = max(held, key=lambda each: (each[0], -each[1]))
    said = shown.told(one, one.verdicts[year])
    return f" Exempel: {said}" if said else ""
