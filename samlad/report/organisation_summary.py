"""Words on an organisation in a year, gathered once for the page and for its PDF.

The PDF is set in `organisation_pages`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from samlad.foundation.errors import SamladError
from samlad.foundation.rows import (
    GapsOfOrganisationRow,
    IndicatorCasesRow,
    OrganisationDutiesRow,
    OrganisationIndicatorsRow,
    OrganisationReportsRow,
)
from samlad.judgement import attention_order, judged_years
from samlad.judgement.judged_years import Judged, in_year
from samlad.judgement.verdicts import Mark, Verdict, met_against
from samlad.report import organisation_pages, organisation_shares
from samlad.report.organisation_pages import Brief, DutyState, Gap, Measured, Owed
from samlad.report.organisation_shares import OwnIndicator
from samlad.swedish import arrears, numbers, precision, row_words, sentences, words
from samlad.warehouse import catalogue_choices, verdict_grounds
from samlad.warehouse.as_of import left_out_sentence
from samlad.warehouse.catalogue_choices import Choices, Organisation
from samlad.warehouse.database import Warehouse
from samlad.warehouse.verdict_grounds import Grounds

ANSWERS = ("huvudansvarig", "ansvarig", "delansvarig")
"""Roles that make an organisation answerable, and so bound to report."""

NO_REPORT = "ingen rapport väntas"


def gather(
    opened: Warehouse,
    choices: Choices,
    organisation: Organisation,
    year: int,
    judged: Sequence[Judged],
    grounds: Grounds,
) -> Brief:
    """Return the brief of an organisation in a year: the same for page, PDF and command line.

    judged is every indicator of the organisation, grounds are the changed grounds of the edition's verdicts.
    """
    asked = {"organisation_id": organisation.organisation_id}
    duties = [row for row in opened.rows(OrganisationDutiesRow, **asked) if row.year == year]
    reports = opened.rows(OrganisationReportsRow, **asked)
    beside = {row.indicator_id: row for row in opened.rows(OrganisationIndicatorsRow, year=year, **asked)}
    verdicts = {one.about.indicator_id: one for one in in_year(judged, year)}
    as_of = opened.snapshot.reports_until
    indicators = tuple(
        _measured(row, verdicts.get(row.object_id), beside.get(row.object_id), year, as_of)
        for row in duties
        if row.object_type == "indicator"
    )
    answered = {row.object_id for row in duties}
    shares = [
        OwnIndicator(one.rows[year], beside[key]) for key, one in verdicts.items() if key in beside and key in answered
    ]
    return Brief(
        name=organisation.name,
        year=year,
        programme=choices.programme,
        kind="bolag" if (organisation.kind or "").endswith("bolag") else "nämnd",
        lead=lead(organisation, duties, reports, year, as_of),
        story=tuple(story(organisation, year, min(choices.years))),
        owed=tuple(_owed(reports, year, as_of)),
        nothing_owed=f"{_capital(arrears.of_year(reports, year, as_of))}.",
        goals={row.goal_number: row.goal for row in duties},
        indicators=indicators,
        activities=tuple(_activity(row, as_of) for row in duties if row.object_type == "activity"),
        attention=tuple(_attention(indicators, verdicts.values(), year)),
        marks=_counted(indicators),
        chart=organisation_shares.chart(organisation, shares, verdicts, year),
        notes=(
            *(
                f"{one.name}: {said}"
                for key, one in verdicts.items()
                if key in answered
                for said in verdict_grounds.sentences(
                    grounds, one, year, organisation.organisation_id, but=("division",)
                )
            ),
            *_notes(organisation, [one.case.missing_reason for one in shares]),
        ),
        gaps=tuple(
            Gap(row.title.rstrip("."), row.action, row.origin == "example")
            for row in opened.rows(GapsOfOrganisationRow, year=year, **asked)
        ),
        snapshot_id=opened.snapshot_id,
        published=opened.published_on,
        as_of=as_of,
        left_out=left_out_sentence(opened.snapshot.left_out, opened.snapshot.as_of),
        is_example=any(row.origin == "example" for row in duties),
    )


def lead(
    organisation: Organisation,
    duties: Sequence[OrganisationDutiesRow],
    reports: Sequence[OrganisationReportsRow],
    year: int,
    as_of: date | None,
) -> str:
    """Return the sentence that answers the page: how many duties, and how many missing reports."""
    others = arrears.elsewhere(reports, year)
    held = [row for row in duties if row.duty_status == "decided" and row.role in ANSWERS]
    if not held:
        return " ".join(filter(None, (_no_duty(organisation, duties, year), others)))
    figures = {kind: sum(row.object_type == kind for row in held) for kind in ("indicator", "activity")}
    told = [
        f"{numbers.number(figures[kind])} {words.counted(noun, figures[kind])}"
        for kind, noun in (("indicator", "indikatorer"), ("activity", "aktiviteter"))
        if figures[kind]
    ]
    verb = "svarade" if organisation.valid_to and (as_of is None or organisation.valid_to < as_of) else "svarar"
    said = f"{organisation.name} {verb} för {words.listed(told)} {year}; {arrears.of_year(reports, year, as_of)}."
    return " ".join(filter(None, (said, others)))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _no_duty(organisation: Organisation, duties: Sequence[OrganisationDutiesRow], year: int) -> str:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if (organisation.valid_from or first) > last or (organisation.valid_to or last) < first:
        return f"{organisation.name} fanns inte {year}."
    proposed = sum(row.duty_status == "proposed" for row in duties)
    touched = sum(row.duty_status == "decided" for row in duties)
    more = [
        *([f"ansvar är föreslaget för {_of_either(proposed)}"] if proposed else []),
        *([f"ni berörs av {_of_either(touched)}"] if touched else []),
    ]
    rest = f"; {' och '.join(more)}" if more else ""
    return f"Ni har inget beslutat ansvar i programmet {year}{rest}."


def _of_either(number: int) -> str:
    return f"{numbers.number(number)} {'indikator eller aktivitet' if number == 1 else 'indikatorer och aktiviteter'}"


def story(organisation: Organisation, year: int, first_year: int) -> list[str]:
    """Return sentences on the organisation's predecessors and successors."""
    said = []
    if organisation.predecessors and organisation.valid_from and organisation.valid_from.year >= first_year:
        parts = words.listed(list(organisation.predecessors))
        said.append(
            f"{organisation.name} bildades {numbers.date_sv(organisation.valid_from)} av {parts}. "
            "Tal från åren före är hopräknade ur deras rapporter och prövas inte mot årsmål."
        )
    if organisation.valid_to:
        follows = f"{organisation.successor} tog över" if organisation.successor else "ingen har tagit över i katalogen"
        said.append(f"{organisation.name} upphörde {numbers.date_sv(organisation.valid_to)}; {follows}.")
        if organisation.valid_to.year == year:
            said.append(f"Helåret {year} rapporteras av den som tog över.")
    return said


def _owed(reports: Sequence[OrganisationReportsRow], year: int, as_of: date | None) -> list[Owed]:
    """Return the reports that have not come.

    For the year, all; for other years, late reports and the next that are due.
    """
    missing = [row for row in reports if row.state != arrears.RECEIVED]
    upcoming = min((row.due for row in missing if row.state == arrears.TO_COME), default=None)
    chosen = [row for row in missing if row.year == year]
    others = [
        row
        for row in missing
        if row.year != year and (row.state == arrears.LATE or (row.state == arrears.TO_COME and row.due == upcoming))
    ]
    return [
        Owed(
            period=period_name(code, at),
            state=_state_of_owed(rows, due, as_of),
            what=tuple(row.object for row in rows),
            is_late=rows[0].state == arrears.LATE,
            year=at,
            code=code,
            number=len(rows),
        )
        for some in (chosen, others)
        for at, code, due, held in arrears.by_period(some)
        for rows in _by_state(held)
    ]


def _by_state(rows: Sequence[OrganisationReportsRow]) -> list[list[OrganisationReportsRow]]:
    states = (arrears.LATE, arrears.TO_COME, arrears.LAPSED)
    return [held for state in states if (held := [row for row in rows if row.state == state])]


def period_name(period: str, year: int) -> str:
    """Return a period and its year, as a heading.

    >>> period_name("VB", 2024)
    'Helår 2024'
    """
    return f"{words.PERIODS[period].capitalize()} {year}"


def _state_of_owed(rows: Sequence[OrganisationReportsRow], due: date, as_of: date | None) -> str:
    number = arrears.reports(len(rows))
    match rows[0].state:
        case arrears.LATE:
            overtaken = sum(row.overtaken for row in rows)
            whose = "den" if len(rows) == 1 else "alla" if overtaken == len(rows) else f"{numbers.number(overtaken)}"
            later = f"; för {whose} har en senare period kommit" if overtaken else ""
            return f"{number} saknas {arrears.since(due, as_of)}{later}"
        case arrears.LAPSED:
            return f"{number} kom aldrig och väntas inte längre"
        case _:
            return f"{number} ska lämnas senast {numbers.date_sv(due)}"


def _activity(row: OrganisationDutiesRow, as_of: date | None) -> DutyState:
    state = words.STATUSES[row.status] if row.status else _silent(row)
    return DutyState(**_duty(row, as_of), symbol="", state=state)


def _silent(row: OrganisationDutiesRow) -> str:
    if row.received is None:
        return "–"
    return words.missing("-" if not row.received else ".")


def _duty(row: OrganisationDutiesRow, as_of: date | None) -> dict[str, Any]:
    return {
        "goal": row.goal_number,
        "name": row.object,
        "role": role(row),
        "reported": _reported(row, as_of),
        "is_example": row.origin == "example",
    }


def role(row: OrganisationDutiesRow) -> str:
    """Return the duty in words; a proposed duty says so."""
    said = words.ROLES[row.role]
    return said if row.duty_status == "decided" else f"föreslagen {said}"


def _reported(row: OrganisationDutiesRow, as_of: date | None) -> str:
    if row.received is None:
        return NO_REPORT
    if row.received:
        return numbers.date_sv(row.received_on) if row.received_on else "ja"
    when = "" if row.period is None or row.period == "VB" else f"{words.PERIODS[row.period]} "
    if row.report_state == arrears.LAPSED:
        return f"{when}kom aldrig"
    verb = "saknas sedan" if row.report_state == arrears.LATE and as_of else "senast"
    return f"{when}{verb} {numbers.date_sv(row.due) if row.due else ''}"


def _measured(
    row: OrganisationDutiesRow,
    one: Judged | None,
    beside: OrganisationIndicatorsRow | None,
    year: int,
    as_of: date | None,
) -> Measured:
    told = _duty(row, as_of)
    if one is None and row.received is None:
        return Measured(**told, **_aims(beside), symbol="", state=NO_REPORT, figure="–")
    if one is None and row.received and row.period and row.period != "VB":
        state = f"{words.PERIODS[row.period]} rapporterad"
        return Measured(**told, **_aims(beside), symbol="", state=state, figure="–")
    if one is None:
        mark = Mark.NOT_REPORTED
        wording: dict[str, Any] = {
            "symbol": mark.symbol,
            "state": mark.word,
            "mark": mark,
            "figure": words.missing("-"),
        }
        return Measured(**told, **_aims(beside), **wording)
    verdict, found = one.verdicts[year], one.rows[year]
    told["is_example"] = told["is_example"] or found.origin == "example"
    return Measured(
        **told,
        **_aims(beside, verdict),
        symbol=verdict.mark.symbol,
        state=verdict.mark.word,
        mark=verdict.mark,
        figure=row_words.case_figure(found),
        rest=_against_rest(beside) if beside else "",
        reading=sentences.reading(verdict),
    )


def _aims(beside: OrganisationIndicatorsRow | None, verdict: Verdict | None = None) -> dict[str, Any]:
    """Return the two årsmål in words, each with the year's outcome against that årsmål."""
    return {
        "own_target": _aim(beside, beside.own_target, verdict) if beside else "",
        "kf_target": _aim(beside, beside.kf_target, verdict) if beside else "",
    }


def _aim(beside: OrganisationIndicatorsRow, target: float | None, verdict: Verdict | None) -> str:
    if target is None:
        return ""
    value = None if verdict is None else verdict.value
    said = precision.target(target, beside.measure, unit=beside.unit, beside=value)
    met = None if verdict is None else met_against(verdict, target)
    if verdict is None or met is None:
        return said
    if met:
        return f"{said}: nått"
    decimals = precision.decimals(value or 0, target, beside.measure)
    finer = precision.digits(value or 0, decimals, beside.measure)
    is_finer = decimals > precision.decimals(value or 0, verdict.case.year_target, beside.measure)
    return f"{said}: inte nått{f' ({finer})' if is_finer else ''}"


def _against_rest(row: OrganisationIndicatorsRow) -> str:
    if row.rest_value is None:
        return ""
    word = row_words.comparison(row)
    return f"{row_words.rest(row)}: {word}" if word else row_words.rest(row)


def _attention(
    indicators: Sequence[Measured], judgements: Iterable[Judged], year: int, limit: int = 3
) -> list[Measured]:
    """Return the indicators that need most attention, in the order of attention."""
    held = {one.name: one for one in indicators}
    asking = attention_order.needing([one for one in judgements if one.name in held], year)
    return [held[one.name] for one in asking[:limit]]


def _counted(indicators: Sequence[Measured]) -> str:
    marks = [one.mark for one in indicators]
    told = [f"{numbers.number(marks.count(mark))} {mark.symbol} {mark.word}" for mark in Mark if mark in marks]
    return "; ".join(words.replace(" ", numbers.SPACE) for words in told)


def _notes(organisation: Organisation, reasons: Sequence[str | None]) -> list[str]:
    said = [compared(organisation)]
    return [*said, *(wording for code, wording in words.MISSING_SENTENCES.items() if code in reasons)]


def compared(organisation: Organisation) -> str:
    """Return the organisations compared with, in words; for others than districts, why there are none."""
    if organisation.kind == "stadsdelsnamnd":
        return (
            "Andelar och tal per invånare jämförs med resten av staden: ”säkert” till 99,8 %, ”möjligen” till 95 %. "
            "Där allt är räknat sägs skillnaden utan ”säkert”. Antal, index och ja eller nej jämförs inte."
        ).replace(" %", f"{numbers.SPACE}%")
    return (
        f"{organisation.name} jämförs inte med andra: bara stadsdelsnämnder har samma uppdrag. "
        "Indikatorerna prövas mot årsmålen."
    )


def of_edition(opened: Warehouse, organisation_id: str, year: int) -> Brief:
    """Return the brief of an organisation straight from an edition, for callers without a page.

    Raises SamladError when the edition has no such organisation or year.
    """
    choices = catalogue_choices.of(opened)
    organisation = choices.organisations.get(organisation_id)
    if organisation is None:
        raise SamladError(f"Det finns ingen nämnd och inget bolag med beteckningen ”{organisation_id}”.")
    if year not in choices.years:
        raise SamladError(f"År {year} finns inte i programmet. Välj {min(choices.years)}–{max(choices.years)}.")
    cases = opened.rows(IndicatorCasesRow, organisation_id=organisation_id)
    return gather(opened, choices, organisation, year, judged_years.judged(cases), verdict_grounds.of(opened))


def pdf(opened: Warehouse, organisation_id: str, year: int) -> bytes:
    """Return the two pages of an organisation as a tagged PDF: the same bytes as Nämnd offers.

    Raises SamladError when the edition has no such organisation or year.
    """
    return organisation_pages.document(of_edition(opened, organisation_id, year)).pdf
