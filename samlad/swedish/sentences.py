"""Sentences on a verdict in plain Swedish: the reading line under a chart, its alt text, the report's sentence.

Written by rule from the verdict alone, so that words and marks cannot differ. Each function returns one sentence, or ""
where it does not apply; `reading` returns all of them in order, `short` the least. Judging belongs in `judgement`,
figures with units in `verdict_numbers`.
"""

from samlad.judgement.facts import Case
from samlad.judgement.figure_change import FigureChange
from samlad.judgement.statistics import TREND_POINTS, Certainty
from samlad.judgement.verdicts import Mark, Reason, Verdict, is_met
from samlad.swedish import numbers, verdict_numbers, words
from samlad.swedish.completeness import SUBJECTS, answers, capital, left_open, reporters, those_missing, undecided
from samlad.swedish.numbers import DASH

_SHORT = {
    Mark.NOT_REPORTED: words.MISSING["-"],
    Mark.PROTECTED: words.MISSING[".."],
    Mark.NOT_APPLICABLE: words.MISSING["."],
    Mark.NOT_ADDED: words.NOT_ADDED_SHORT,
    Mark.NO_OWNER: "Ingen ansvarig",
    Mark.ENDED: "Avslutad",
}
_NO_FIGURE = {
    Mark.NOT_REPORTED: words.MISSING_SENTENCES["-"],
    Mark.PROTECTED: words.MISSING_SENTENCES[".."],
    Mark.NOT_APPLICABLE: words.MISSING_SENTENCES["."],
    Mark.NOT_ADDED: words.NOT_ADDED,
    Mark.NO_OWNER: "Ingen ansvarig: ingen har ett beslutat ansvar för att rapportera indikatorn.",
    Mark.ENDED: "Avslutad: indikatorn följs inte längre.",
}
_UNCHANGED = {"share": "oförändrad", "rate": "oförändrad", "count": "oförändrat", "index": "oförändrat"}
_FEW_TIMES = 4
"""Largest multiple of the cases that a sentence names; no nämnd will ever have more."""

_TIMES = {2: "dubbelt", 3: "tre gånger", 4: "fyra gånger"}
_ONLY_ONE = {"namnder": "den enda", "bolag": "det enda", "both": "den enda"}


def reading(verdict: Verdict) -> str:
    """Return all sentences on a verdict, as one paragraph.

    >>> from samlad.judgement.figure_change import Figure
    >>> from samlad.judgement.verdicts import judge
    >>> said = reading(judge(Case("share", "increase", 2025, Figure(9, 12), "units", varies=False, target=0.7)))
    >>> said.replace(numbers.SPACE, " ")
    'Utfallet 2025 var 9 av 12 enheter, 75 %. Årsmålet, minst 70 %, nåddes.'
    """
    said = (part(verdict) for part in (outcome, answers, fact, change, course, trend, forecast))
    return " ".join(sentence for sentence in said if sentence)


def line(verdict: Verdict, name: str, who: str = "") -> str:
    """Return the reading below no heading: the indicator's name, the organisation, then the reading.

    >>> from samlad.judgement.figure_change import Figure
    >>> from samlad.judgement.verdicts import judge
    >>> line(judge(Case("yes_no", "increase", 2025, Figure(value=1), target=1)), "Rutin finns", "Järva")
    'Rutin finns, Järva. Svaret 2025 var ja. Årsmålet, att svaret är ja, nåddes.'
    """
    return f"{', '.join(part for part in (name, who) if part)}. {reading(verdict)}"


def short(verdict: Verdict) -> str:
    """Return one line for a list: the figure, the årsmål, and the mark in words.

    >>> from samlad.judgement.figure_change import Figure
    >>> from samlad.judgement.verdicts import judge
    >>> case = Case("share", "increase", 2025, Figure(9, 12), "units", varies=False, target=0.7)
    >>> short(judge(case)).replace(numbers.SPACE, " ")
    '75 % (årsmål minst 70 %): nått'
    """
    if verdict.value is None:
        return _SHORT[verdict.mark]
    case, aim = verdict.case, verdict.aim_of_year
    target = "" if aim is None else f" (årsmål {verdict_numbers.target(verdict, aim)})"
    x, n = case.latest.numerator or 0, case.latest.denominator or 0
    is_number = case.measure == "yes_no" and verdict_numbers.is_of_many(case)
    figure = numbers.of(x, n) if is_number else verdict_numbers.latest(verdict)
    return f"{figure}{target}: {verdict.mark.word}"


def outcome(verdict: Verdict) -> str:
    """Return the sentence on the year's figure, counts first; or the reason it is missing."""
    case, value = verdict.case, verdict.value
    if value is None:
        return _NO_FIGURE[verdict.mark]
    x, n = case.latest.numerator, case.latest.denominator
    if case.measure == "yes_no":
        if verdict_numbers.is_of_many(case):
            return f"År {case.year} svarade {numbers.of(x or 0, n or 0, reporters(case.reporters))} ja."
        return f"Svaret {case.year} var {verdict_numbers.latest(verdict)}."
    counts = ""
    if case.measure == "share" and x is not None and n:
        counts = f"{numbers.of(x, n, words.counted_noun(case.unit, case.counts))}, "
    return f"Utfallet {case.year} var {counts}{verdict_numbers.latest(verdict)}."


def fact(verdict: Verdict) -> str:
    """Return the sentence on the year's årsmål, met or not, and on the bounds of missing answers."""
    if verdict.value is None:
        return ""
    aim, bounds = verdict.aim_of_year, verdict.bounds
    if aim is None or verdict.case.is_too_early:
        return f"{left_open(verdict)}." if bounds and bounds.is_known else ""
    target = f"årsmålet, {verdict_numbers.target(verdict, aim)},"
    if verdict.met is None:
        return undecided(verdict, target)
    said = "nåddes" if verdict.met else "nåddes inte"
    whatever = f" {capital(those_missing(verdict.case))} kan inte ändra det." if bounds else ""
    return f"{capital(target)} {said}.{whatever}"


def change(verdict: Verdict) -> str:
    """Return the sentence on the change since the base and its certainty; or the reason for no change."""
    case, moved = verdict.case, verdict.change
    if verdict.value is None:
        return ""
    if moved is None:
        return _nothing_to_compare(case)
    new_terms = ""
    if case.break_year is not None and case.base_year is not None and case.break_year <= case.base_year:
        new_terms = f"Definitionen ändrades {case.break_year}, så utvecklingen räknas från {case.base_year}. "
    if case.measure == "yes_no":
        return f"{new_terms}{_answers_changed(case, moved)}"
    return f"{new_terms}{_moved(verdict, moved)}{_not_the_whole(verdict, moved)}"


def _moved(verdict: Verdict, moved: FigureChange) -> str:
    case = verdict.case
    since, whose, subject = f"sedan {case.base_year}", _both_years(case), SUBJECTS[case.measure]
    figures, way = verdict_numbers.from_to(verdict, moved), "ökat" if moved.difference > 0 else "minskat"
    if moved.certainty is Certainty.NONE:
        return f"Ingen säker förändring {since}: {subject} {_unsure(verdict, moved)}{whose}.{_settled_by(moved)}"
    if not moved.difference:
        return f"{capital(since)} är {subject} {_UNCHANGED[case.measure]}: {figures}{whose}."
    if not moved.has_changed:
        return f"{capital(since)} är {subject} i stort sett {_UNCHANGED[case.measure]}: {figures}{whose}."
    if moved.certainty is Certainty.POSSIBLE:
        return f"{capital(since)} har {subject} möjligen {way}, {figures}{whose}."
    sure = f", en säker {'ökning' if moved.difference > 0 else 'minskning'}" if moved.certainty else ""
    return f"{capital(since)} har {subject} {way} {figures}{sure}{whose}."


def _not_the_whole(verdict: Verdict, moved: FigureChange) -> str:
    """Return the caution that a count over both years' reporters is not the whole city's; else ""."""
    if verdict.case.measure != "count" or moved.latest == verdict.value:
        return ""
    return " Hela stadens antal båda åren går inte att jämföra: olika många har rapporterat."


def _answers_changed(case: Case, moved: FigureChange) -> str:
    """Return the sentence on yes or no answers changed since the base."""
    first, later = case.base, case.latest if case.compared is None else case.compared
    if not verdict_numbers.is_of_many(case):
        said = "ja" if moved.base else "nej"
        return f"Svaret {case.base_year} var {'också ' if not moved.difference else ''}{said}."
    before, after = (
        numbers.of(first.numerator or 0, first.denominator or 0),
        numbers.of(later.numerator or 0, later.denominator or 0),
    )
    if first.numerator is None or later.numerator is None:
        return ""
    whose = _both_years(case)
    if not moved.has_changed:
        return f"Sedan {case.base_year} är det i stort sett oförändrat hur många som svarar ja: {after}{whose}."
    way = "fler" if moved.difference > 0 else "färre"
    return f"Sedan {case.base_year} har det blivit {way} som svarar ja: från {before} till {after}{whose}."


def figure_words(verdict: Verdict) -> str:
    """Return the size of the change since the base, with its uncertainty in numbers; else ""."""
    moved = verdict.change
    said = "" if moved is None else verdict_numbers.size(verdict, moved)
    return f"Förändringen sedan {verdict.case.base_year}: {said}." if said else ""


def course(verdict: Verdict) -> str:
    """Return the sentence on the course towards the last årsmål; or the reason it is not judged."""
    aim = verdict.case.final_target
    if verdict.value is None:
        return ""
    if verdict.course is None:
        return _part_of_the_way(verdict) if Reason.TARGET_YEAR in verdict.reasons else _not_judged(verdict)
    if aim is None:
        return _not_judged(verdict)
    target = f"årsmålet för {aim[1]}, {verdict_numbers.target(verdict, aim[0])}"
    if Reason.MET_AT_BASE in verdict.reasons:
        return _from_met(verdict, target)
    pace = ""
    if Reason.FULL_COUNT in verdict.reasons and (verdict.pace or 0) > 0:
        pace = f": takten är {verdict_numbers.part(verdict.pace or 0)} av den som behövs"
    sayings = {
        Mark.ON_TRACK: f"Utvecklingen är i takt med {target}.",
        Mark.RIGHT_WAY: f"Det går åt rätt håll, men det är oklart om takten räcker till {target}.",
        Mark.TOO_SLOW: f"Det går åt rätt håll men för långsamt för {target}{pace}.",
        Mark.FAR_BEHIND: f"Utvecklingen ligger långt efter {target}{pace}.",
        Mark.WRONG_WAY: f"Det går åt fel håll, bort från {target}.",
        Mark.NO_CERTAIN_CHANGE: _within_reach(verdict, target, aim[0]),
    }
    return sayings[verdict.course]


def _within_reach(verdict: Verdict, target: str, aim: float) -> str:
    """Return the sentence on the last årsmål within or outside the latest figure's interval; else ""."""
    if verdict.interval is None or verdict.value is None or is_met(verdict.case, verdict.value, aim):
        return ""
    around = verdict_numbers.span(verdict, verdict.interval, aim)
    doubt = f"osäkerheten för {verdict.case.year}{f' ({around})' if around else ''}"
    return f"{capital(target)}, ligger {'inom' if verdict.interval.holds(aim) else 'utanför'} {doubt}."


def trend(verdict: Verdict) -> str:
    """Return the sentence on the trend, where five years can be compared; else ""."""
    if verdict.trend is None:
        return ""
    year = verdict.case.year
    years = f"över åren {year - TREND_POINTS + 1}{DASH}{year}"
    way = "uppåt" if verdict.trend.slope > 0 else "nedåt"
    if verdict.trend.certainty is Certainty.CERTAIN:
        return f"Säker trend {way} {years}."
    possibly = f", möjligen {way}" if verdict.trend.certainty is Certainty.POSSIBLE else ""
    return f"Ingen säker trend {years}{possibly}."


def forecast(verdict: Verdict) -> str:
    """Return the sentence on the organisation's own forecast, else on the line where there is a change."""
    case, ahead, moved = verdict.case, verdict.forecast, verdict.change
    if ahead is None:
        return ""
    figure = verdict_numbers.figure(verdict, ahead.value)
    if ahead.is_own:
        return f"Den egna prognosen för {ahead.year} är {figure}."
    if moved is None or not moved.difference or not moved.is_told:
        return ""
    around = verdict_numbers.span(verdict, ahead.interval)
    around = f" ({around})" if around else ""
    return f"Fortsätter det i samma takt blir {SUBJECTS[case.measure]} {ahead.year} omkring {figure}{around}."


def _from_met(verdict: Verdict, target: str) -> str:
    """Return the course sentence where the last årsmål was met at the base."""
    case = verdict.case
    if verdict.course is Mark.MET:
        return f"{capital(target)}, var nått redan {case.base_year} och är det fortfarande."
    wrong = " Det går åt fel håll." if verdict.course is Mark.WRONG_WAY else ""
    return f"{capital(target)}, var nått {case.base_year} men inte {case.year}.{wrong}"


def _nothing_to_compare(case: Case) -> str:
    if case.is_too_early:
        return ""
    if case.is_broken:
        return f"Definitionen ändrades {case.break_year}, så utfallet jämförs inte med {case.base_year}."
    if case.base_year is None:
        return ""
    return f"Det finns inget utfall för {case.base_year} som går att jämföra med."


def _not_judged(verdict: Verdict) -> str:
    case, aim = verdict.case, verdict.case.final_target
    everybody = f"{case.expected_both} {reporters(case.reporters)}"
    sayings = {
        Reason.NO_DIRECTION: "Utfallet prövas inte: ett högre tal är varken bra eller dåligt i sig.",
        Reason.TOO_EARLY: f"Utfallet prövas inte: {case.base_year} är basåret som utvecklingen räknas från.",
        Reason.YES_NO: "",
        Reason.NO_TARGET: "Utfallet prövas inte: inget årsmål är satt.",
        Reason.TARGET_PASSED: f"Utvecklingen bedöms inte: det sista årsmålet gällde {aim[1] if aim else ''}.",
        Reason.PART_OF_COUNT: f"Utvecklingen bedöms inte: årsmålet gäller alla {everybody}.",
        Reason.BREAK: "Utvecklingen bedöms därför inte.",
        Reason.NO_BASE: f"Utvecklingen bedöms {'inte: basår saknas' if case.base_year is None else 'därför inte'}.",
    }
    return next((said for reason, said in sayings.items() if reason in verdict.reasons), "")


def _part_of_the_way(verdict: Verdict) -> str:
    """Return the part of the way covered, in the last årsmål's year, where it was not met; else ""."""
    base_year, pace = verdict.case.base_year, verdict.pace
    if verdict.met is not False:
        return ""
    if Reason.MET_AT_BASE in verdict.reasons:
        return f"År {base_year} var det nått."
    if not pace or verdict.change is None or not verdict.change.is_told:
        return ""
    if pace < 0:
        return f"Utfallet ligger längre från årsmålet än {base_year}."
    return f"{verdict_numbers.part(pace)} av vägen från {base_year} till årsmålet är avklarad."


def _unsure(verdict: Verdict, moved: FigureChange) -> str:
    """Return the figures after the subject when the change may be chance."""
    figures = verdict_numbers.from_to(verdict, moved)
    if not moved.difference:
        return f"var {figures} båda åren"
    same = verdict_numbers.in_both(verdict, moved)
    return f"var omkring {same} båda åren" if same else f"har gått {figures}"


def _both_years(case: Case) -> str:
    """Return the organisations that a change counts, where some are missing; else ""."""
    both, whole = case.reported_both, case.expected_both
    if both is None or whole is None or both >= whole:
        return ""
    first = _ONLY_ONE[case.reporters] if both == 1 else f"de {both}"
    who = f"{first} av {whole} {reporters(case.reporters)}"
    return f", räknat på {who} som har rapporterat båda åren"


def _settled_by(moved: FigureChange) -> str:
    """Return the sentence on how many times as many cases would be needed, up to _FEW_TIMES; else on too few."""
    times = moved.times_needed
    if moved.interval is None and moved.difference:
        return " Antalen bakom saknas, så hur säker den är går inte att säga."
    if times is None:
        return ""
    if times > _FEW_TIMES:
        return " Underlaget är för litet för att säga mer."
    return f" Underlaget är för litet: det hade behövts {_TIMES[times]} så många fall."
