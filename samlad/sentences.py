"""What a verdict says in plain Swedish: the reading line under a chart, its alt text, the report's sentence.

Written by rule from the verdict alone, so that words and marks cannot differ. Each function says one thing, and nothing
("") when there is nothing to say; `reading` says all of it in order, `short` the least.
"""

from samlad import formats, text, wording
from samlad.cases import Case, Change
from samlad.formats import DASH, SPACE
from samlad.statistics import TREND_POINTS
from samlad.verdicts import Mark, Reason, Verdict

_CODES = {Mark.NOT_REPORTED: "-", Mark.PROTECTED: "..", Mark.NOT_APPLICABLE: "."}
_SUBJECTS = {"share": "andelen", "yes_no": "andelen", "rate": "nivån", "count": "antalet", "index": "indexet"}
_UNCHANGED = {"share": "oförändrad", "rate": "oförändrad", "count": "oförändrat", "index": "oförändrat"}
_MANY_TIMES = 1000
_REPORTERS = {"namnder": "nämnder", "bolag": "bolag", "both": "nämnder och bolag"}
_BOTH = {"namnder": "båda nämnderna", "bolag": "båda bolagen", "both": "både nämnden och bolaget"}
_ONLY_ONE = {"namnder": "den enda", "bolag": "det enda", "both": "den enda"}


def reading(verdict: Verdict) -> str:
    """All that is said of a verdict, as one paragraph.

    >>> from samlad.cases import Figure
    >>> from samlad.verdicts import judge
    >>> said = reading(judge(Case("share", "increase", 2025, Figure(9, 12), counts="units", target=0.7)))
    >>> said.replace(SPACE, " ")
    'Utfallet 2025 var 9 av 12 enheter, 75 %. Årsmålet, minst 70 %, nåddes.'
    """
    said = (part(verdict) for part in (outcome, answers, fact, change, course, trend, forecast))
    return " ".join(sentence for sentence in said if sentence)


def line(verdict: Verdict, name: str, who: str = "") -> str:
    """The reading line where no heading says what it is about: the indicator's name, whose it is, then the reading.

    >>> from samlad.cases import Figure
    >>> from samlad.verdicts import judge
    >>> line(judge(Case("yes_no", "increase", 2025, Figure(value=1), target=1)), "Rutin finns", "Järva")
    'Rutin finns, Järva. Svaret 2025 var ja. Årsmålet, att svaret är ja, nåddes.'
    """
    return f"{', '.join(part for part in (name, who) if part)}. {reading(verdict)}"


def short(verdict: Verdict) -> str:
    """One line for a list: the figure, the årsmål, and the mark in words.

    >>> from samlad.cases import Figure
    >>> from samlad.verdicts import judge
    >>> short(judge(Case("share", "increase", 2025, Figure(9, 12), counts="units", target=0.7))).replace(SPACE, " ")
    '75 % (årsmål minst 70 %): nått'
    """
    if _is_not_added(verdict):
        return text.NOT_ADDED_SHORT
    if verdict.value is None:
        return text.missing(_CODES[verdict.mark])
    case, aim = verdict.case, _year_target(verdict)
    extra = wording.apart(verdict, aim)
    target = "" if aim is None else f" (årsmål {wording.target(verdict, aim, extra)})"
    x, n = case.latest.numerator or 0, case.latest.denominator or 0
    is_number = case.measure == "yes_no" and wording.is_of_many(case)
    figure = formats.of(x, n) if is_number else wording.figure(verdict, verdict.value, extra)
    return f"{figure}{target}: {verdict.mark.word}"


def outcome(verdict: Verdict) -> str:
    """The year's figure, counts first; or why there is none."""
    case, value = verdict.case, verdict.value
    if _is_not_added(verdict):
        return text.NOT_ADDED
    if value is None:
        return text.MISSING_SENTENCES[_CODES[verdict.mark]]
    x, n = case.latest.numerator, case.latest.denominator
    if case.measure == "yes_no":
        if wording.is_of_many(case):
            return f"År {case.year} svarade {formats.of(x or 0, n or 0, _reporters(case))} ja."
        return f"Svaret {case.year} var {wording.figure(verdict, value)}."
    counts = ""
    if case.measure == "share" and x is not None and n:
        counts = f"{formats.of(x, n, text.counted_noun(case.unit, case.counts))}, "
    return f"Utfallet {case.year} var {counts}{wording.figure(verdict, value)}."


def answers(verdict: Verdict) -> str:
    """How many organisations are in the figure, where more than one is to be."""
    case = verdict.case
    if verdict.value is None or case.reported is None or case.expected is None or case.expected < 2:
        return ""
    if case.reported < case.expected:
        return f"Utfallet bygger på {formats.of(case.reported, case.expected, _reporters(case))}."
    if case.measure == "yes_no":
        return ""
    everybody = _BOTH[case.reporters] if case.expected == 2 else f"alla {case.expected} {_reporters(case)}"
    return f"Utfallet bygger på {everybody}."


def fact(verdict: Verdict) -> str:
    """Whether the year's årsmål was met, and what the missing reports leave open."""
    if verdict.value is None:
        return ""
    aim, bounds = _year_target(verdict), verdict.bounds
    if aim is None:
        return f"{_left_open(verdict)}." if bounds else ""
    target = f"årsmålet, {wording.target(verdict, aim)},"
    if verdict.met is None:
        return f"{_left_open(verdict)}. Svaren räcker inte för att säga om {target} nåddes."
    said = "nåddes" if verdict.met else "nåddes inte"
    whatever = f", hur {_missing_reports(bounds.missing)} än ser ut" if bounds else ""
    return f"{_capital(target)} {said}{whatever}."


def change(verdict: Verdict) -> str:
    """What has happened since the base and how sure that is; or why there is nothing to compare with."""
    case, moved = verdict.case, verdict.change
    if verdict.value is None:
        return ""
    if moved is None:
        return _nothing_to_compare(case)
    since, whose, subject = f"sedan {case.base_year}", _both_years(case), _SUBJECTS[case.measure]
    new_terms = ""
    if case.break_year is not None and case.base_year is not None and case.break_year <= case.base_year:
        new_terms = f"Definitionen ändrades {case.break_year}, så utvecklingen räknas från {case.base_year}. "
    if moved.is_certain is False:
        seen = _unsure(verdict, moved)
        return f"{new_terms}Ingen säker förändring {since}{whose}: {subject} {seen}. {_settled_by(moved)}"
    way, figures = _way(verdict, moved), wording.from_to(verdict, moved)
    if not way:
        return f"{new_terms}{_capital(since)} är {subject} {_UNCHANGED[case.measure]}{whose}: {figures}."
    sure = ", en säker förändring" if moved.is_certain else ""
    return f"{new_terms}{_capital(since)} har {subject} {way} {figures}{sure}{wording.size(verdict, moved)}{whose}."


def course(verdict: Verdict) -> str:
    """How it is going towards the last årsmål; or why that is not judged."""
    case, aim = verdict.case, verdict.case.final_target
    if verdict.value is None:
        return ""
    if verdict.course is None:
        return _part_of_the_way(verdict)
    if verdict.course is Mark.NOT_JUDGED or aim is None:
        return _not_judged(verdict)
    target = f"årsmålet för {aim[1]}, {wording.target(verdict, aim[0])}"
    if Reason.MET_AT_BASE in verdict.reasons:
        return _from_met(verdict, target)
    if Reason.NO_INTERVAL in verdict.reasons:
        return f"Det kan inte avgöras om utvecklingen är i takt med {target}: måttets osäkerhet är inte känd."
    around = wording.span(verdict, verdict.interval, aim[0])
    doubt = f"osäkerheten för {case.year} ({around})" if around else f"osäkerheten för {case.year}"
    pace = f": takten är {wording.part(verdict.pace or 0)} av den som behövs" if (verdict.pace or 0) > 0 else ""
    sayings = {
        Mark.ON_TRACK: f"Utvecklingen är i takt med {target}.",
        Mark.TOO_SLOW: f"Det går åt rätt håll men för långsamt för {target}{pace}.",
        Mark.FAR_BEHIND: f"Utvecklingen ligger långt efter {target}{pace}.",
        Mark.WRONG_WAY: f"Det går åt fel håll, bort från {target}.",
        Mark.NO_CERTAIN_CHANGE: f"{_capital(target)}, ligger utanför {doubt}.",
        Mark.UNDECIDED: f"Det kan inte avgöras om utvecklingen är i takt: {target}, ryms i {doubt}.",
    }
    return sayings[verdict.course]


def trend(verdict: Verdict) -> str:
    """The trend, where there are five years that can be compared."""
    if verdict.trend is None:
        return ""
    year = verdict.case.year
    years = f"över åren {year - TREND_POINTS + 1}{DASH}{year} (99,8{SPACE}%)"
    if not verdict.trend.is_certain:
        return f"Ingen säker trend {years}."
    return f"Säker trend {'uppåt' if verdict.trend.slope > 0 else 'nedåt'} {years}."


def forecast(verdict: Verdict) -> str:
    """Where it is heading: the organisation's own forecast; else where the line leads, with a change to go by."""
    case, ahead, moved = verdict.case, verdict.forecast, verdict.change
    if ahead is None:
        return ""
    figure = wording.figure(verdict, ahead.value)
    if ahead.is_own:
        return f"Den egna prognosen för {ahead.year} är {figure}."
    if moved is None or not moved.difference or moved.is_certain is False or Reason.NO_INTERVAL in verdict.reasons:
        return ""
    around = wording.span(verdict, ahead.interval)
    around = f" ({around})" if around else ""
    return f"Fortsätter det i samma takt blir {_SUBJECTS[case.measure]} {ahead.year} omkring {figure}{around}."


def _year_target(verdict: Verdict) -> float | None:
    return None if verdict.case.direction == "none" else verdict.case.year_target


def _from_met(verdict: Verdict, target: str) -> str:
    """How it goes where the last årsmål was met from the start."""
    case = verdict.case
    if verdict.course is Mark.MET:
        return f"{_capital(target)}, var nått redan {case.base_year} och är det fortfarande."
    wrong = " Det går åt fel håll." if verdict.course is Mark.WRONG_WAY else ""
    return f"{_capital(target)}, var nått {case.base_year} men inte {case.year}.{wrong}"


def _is_not_added(verdict: Verdict) -> bool:
    """Whether this is the city's index, which is not added although there are figures to add."""
    return verdict.value is None and verdict.case.measure == "index" and bool(verdict.case.reported)


def _missing_reports(number: int) -> str:
    return "den rapport som saknas" if number == 1 else f"de {formats.number(number)} rapporter som saknas"


def _left_open(verdict: Verdict) -> str:
    """What the figure can be when the missing reports have come."""
    case, bounds = verdict.case, verdict.bounds
    if bounds is None:
        return ""
    missing, subject = _missing_reports(bounds.missing), _SUBJECTS[case.measure]
    if not bounds.is_known:
        return f"Hur mycket {missing} omfattar är inte känt, så {subject} kan inte avgränsas"
    if bounds.upper is None or bounds.lower is None:
        return (
            f"Med {missing} blir {subject} lägst {wording.figure(verdict, bounds.lower or 0)}; uppåt finns ingen gräns"
        )
    if case.measure == "yes_no":
        x, n = case.latest.numerator or 0, case.latest.denominator or 0
        most, of_all = x + bounds.missing, f"{n + bounds.missing} {_reporters(case)}"
        return f"Med {missing} blir det {x} till {most} av {of_all} som svarar ja"
    low, high = wording.figure(verdict, bounds.lower), wording.figure(verdict, bounds.upper)
    return f"Med {missing} kan {subject} bli allt från {low} till {high}"


def _nothing_to_compare(case: Case) -> str:
    if case.measure == "yes_no" or (case.base_year is not None and case.elapsed <= 0):
        return ""
    if case.is_broken:
        return f"Definitionen ändrades {case.break_year}, så utfallet jämförs inte med {case.base_year}."
    if case.base_year is None:
        return ""
    return f"Det finns inget utfall för {case.base_year} som går att jämföra med."


def _not_judged(verdict: Verdict) -> str:
    case, aim = verdict.case, verdict.case.final_target
    everybody = f"{case.expected_both} {_reporters(case)}"
    sayings = {
        Reason.NO_DIRECTION: "Utfallet bedöms inte: varken mer eller mindre är bättre i sig.",
        Reason.NO_TARGET: "Utfallet bedöms inte: inget årsmål är satt.",
        Reason.TARGET_PASSED: f"Utvecklingen bedöms inte: det sista årsmålet gällde {aim[1] if aim else ''}.",
        Reason.TOO_EARLY: f"Det är för tidigt att bedöma utvecklingen: den räknas från {case.base_year}.",
        Reason.PART_OF_COUNT: f"Utvecklingen bedöms inte: årsmålet gäller alla {everybody}.",
        Reason.BREAK: "Utvecklingen bedöms därför inte.",
        Reason.NO_BASE: f"Utvecklingen bedöms {'inte: basår saknas' if case.base_year is None else 'därför inte'}.",
    }
    return next(said for reason, said in sayings.items() if reason in verdict.reasons)


def _part_of_the_way(verdict: Verdict) -> str:
    """In the year of the last årsmål: how much of the way from the base has been covered, where it was not met."""
    base_year, pace = verdict.case.base_year, verdict.pace
    if verdict.mark is Mark.NOT_JUDGED:
        return "Utfallet bedöms inte: inget årsmål är satt."
    if verdict.met is not False:
        return ""
    if Reason.MET_AT_BASE in verdict.reasons:
        return f"År {base_year} var det nått."
    if not pace or verdict.is_certain is False:
        return ""
    if pace < 0:
        return f"Utfallet ligger längre från årsmålet än {base_year}."
    return f"{wording.part(pace)} av vägen från {base_year} till årsmålet är avklarad."


def _way(verdict: Verdict, moved: Change) -> str:
    """Up or down, in the form that follows "har"; nothing when it stands still."""
    return "ökat" if moved.difference > 0 else "minskat" if moved.difference < 0 else ""


def _unsure(verdict: Verdict, moved: Change) -> str:
    """What follows the subject when the change may be chance."""
    size = wording.size(verdict, moved)
    if not moved.difference:
        return f"var {wording.from_to(verdict, moved)} båda åren{size}"
    return f"har gått {wording.from_to(verdict, moved)}{size}"


def _both_years(case: Case) -> str:
    """Over whom a change is counted, where it is not over all."""
    both, whole = case.reported_both, case.expected_both
    if both is None or whole is None or both >= whole:
        return ""
    first = _ONLY_ONE[case.reporters] if both == 1 else f"de {both}"
    who = f"{first} av {whole} {_reporters(case)}"
    return f", räknat på {who} som har rapporterat båda åren"


def reporters(code: str | None) -> str:
    """Who reports, in the plural: of namnder, bolag or both; nobody known counts as nämnder."""
    return _REPORTERS[code or "namnder"]


def _reporters(case: Case) -> str:
    return reporters(case.reporters)


def _settled_by(moved: Change) -> str:
    times = moved.times_needed
    if times is None:
        return "Fler fall hjälper inte."
    if times > _MANY_TIMES:
        return f"Inte ens {formats.number(_MANY_TIMES)} gånger så många fall båda åren hade gjort den säker."
    many = "dubbelt så många" if times == 2 else f"{formats.number(times)} gånger så många"
    return f"Med {many} fall båda åren hade samma förändring varit säker."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
