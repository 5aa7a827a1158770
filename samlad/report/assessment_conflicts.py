"""Sentences on a goal's rival judgements, and on the judgement that the report uses.

The judgements themselves are kept in `samlad.journal`.
"""

from collections.abc import Callable

import pyarrow as pa

from samlad.foundation import query_row, schema
from samlad.foundation.rows import ChoicesRow, GoalAssessmentsRow, GoalsRow
from samlad.foundation.store import DataFolder
from samlad.journal import assessments, records
from samlad.report.draft import Choice


def of_goals(
    folder: DataFolder, choice: Choice, ask: Callable[..., pa.Table], *, until: int | None = None
) -> dict[str, list[str]]:
    """Return a sentence for each organisation with several standing judgements of the report's year, by section.

    ask puts a query by its name. A report for an organisation has that organisation's sentences, the city's has all.
    """
    year = choice.years[-1]
    entries = [record for record in records.read(folder, assessments.KIND) if until is None or record.sequence <= until]
    by_goal = {row.goal_id: row for row in query_row.from_arrow(GoalsRow, ask("goals"))} if entries else {}
    found: dict[str, list[str]] = {}
    for goal_id, goal in by_goal.items():
        judged = assessments.of_goal(entries, goal_id, year)
        rivals = {one: held for one, held in judged.items() if assessments.conflict(held, None)}
        if choice.organisation_id is not None:
            rivals = {one: held for one, held in rivals.items() if one == choice.organisation_id}
        if not rivals:
            continue
        published = _published(ask, goal_id, year)
        named = {
            row.id: row.name for row in query_row.from_arrow(ChoicesRow, ask("choices")) if row.kind == "organisation"
        }
        found[f"mal-{goal.number}"] = [
            f"{_whose(one, named)}: {assessments.conflict(held, published.get(one))}" for one, held in rivals.items()
        ]
    return found


def _published(ask: Callable[..., pa.Table], goal_id: str, year: int) -> dict[str, GoalAssessmentsRow]:
    rows = query_row.from_arrow(
        GoalAssessmentsRow, ask("goal_assessments", goal_id=goal_id, year=year, organisation_id=None)
    )
    return {row.organisation_id: row for row in rows if row.period == assessments.PERIOD}


def _whose(organisation_id: str, named: dict[str, str]) -> str:
    return "Staden" if organisation_id == schema.CITY else named.get(organisation_id, organisation_id)
