"""Robustness of a verdict: judged again from the year after the base, and against missing answers.

Only published figures are used, so trying another protection threshold does not belong here. The rules stand in
docs/methods.md, "Does it stand?".
"""

from dataclasses import replace

from samlad.foundation import schema
from samlad.judgement.figure_change import Figure
from samlad.judgement.judged_years import Judged
from samlad.judgement.verdicts import Mark, Verdict, judge

TRIED = (
    *(Mark.MET, Mark.MISSED, Mark.ON_TRACK, Mark.RIGHT_WAY, Mark.TOO_SLOW, Mark.FAR_BEHIND),
    *(Mark.WRONG_WAY, Mark.NO_CERTAIN_CHANGE),
)
"""Marks that another base could change."""


def from_next_base(one: Judged, year: int) -> Verdict | None:
    """Return the verdict of a year counted from the year after the base; None where it cannot be judged.

    The city's two years are compared only where no organisation is missing from either.
    Source: docs/methods.md, "Does it stand?".
    """
    verdict = one.verdicts[year]
    case = verdict.case
    if case.base_year is None or case.base_year + 1 >= year or case.base_year + 1 not in one.rows:
        return None
    row = one.rows[case.base_year + 1]
    is_city = one.about.organisation_id == schema.CITY
    if row.value is None or (is_city and not (one.is_whole(year) and one.is_whole(case.base_year + 1))):
        return None
    base = Figure(row.numerator, row.denominator, row.value, row.missing_reason)
    return judge(replace(case, base_year=case.base_year + 1, base=base, compared=None))


def told(one: Judged, year: int) -> str:
    """Return the Swedish sentence on a verdict's robustness; "" where there is nothing to try.

    A met årsmål does not depend on the base, so only its course is judged again.
    """
    verdict = one.verdicts[year]
    if verdict.mark is Mark.INSUFFICIENT:
        return "Läget hänger på svaren som saknas."
    again = from_next_base(one, year) if verdict.mark in TRIED else None
    if again is None or (verdict.course is None and again.course is None):
        return ""
    base = again.case.base_year
    if (again.mark, again.course) == (verdict.mark, verdict.course):
        return f"Läget står sig: det är detsamma räknat från {base}."
    said = (again.course or again.mark).word
    return f"Läget hänger på basåret: räknat från {base} blir utvecklingen ”{said}”."
