"""Duties and their gaps: the overview, an opened goal, gaps and the actions against them."""

import streamlit as st

from samlad.foundation.rows import GoalCoverageRow, ResponsibilityGoalRow, ResponsibilityOverviewRow
from samlad.views import load_rows
from samlad.views.common import choose, show
from samlad.views.responsibility import duty_matrix, gap_detail, gap_list

year = choose.year()
organisation = choose.organisation()

place = st.empty()
answer = st.empty()
chosen = duty_matrix.scope(year)
if chosen is None:
    place.title(show.plain(f"Ansvar {year}"))
    st.stop()
place.title(show.plain(duty_matrix.title(chosen, year, organisation)))

found = gap_list.found(chosen, organisation, year)
with answer.container(), show.together():
    show.lead(gap_list.sentence(found, chosen))
    gap_list.proposals_said(found)

assigned = load_rows(ResponsibilityOverviewRow, on=chosen.on, year=year, with_proposed=chosen.with_proposed)
if chosen.goal is None:
    show.table(duty_matrix.overview(assigned, found.shown, chosen, organisation, year), tight=True)
else:
    rows = load_rows(
        ResponsibilityGoalRow,
        goal_id=chosen.goal.goal_id,
        on=chosen.on,
        year=year,
        with_proposed=chosen.with_proposed,
    )
    duty_matrix.legend()
    verdicts = duty_matrix.verdicts(chosen.goal, year)
    for table in duty_matrix.matrix(rows, found.shown, verdicts, chosen, organisation, year):
        show.table(table, tight=True)
    show.table(duty_matrix.coverage(load_rows(GoalCoverageRow, goal_id=chosen.goal.goal_id, on=chosen.on)))

gap_detail.opened(found)
left = gap_list.filtered(found)
if left:
    show.table(gap_list.listed(left, found))
    gap_list.rest(left, found)
else:
    show.note("Ingen lucka passar det som är valt.")
with show.together():
    gap_list.closed_since()
    show.folded("Reglerna, och vad de inte kan pröva", gap_list.rules(found))
