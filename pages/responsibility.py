"""Who answers for what, and where does nobody? The overview, a goal opened, the gaps and what can be done."""

import streamlit as st

from samlad.views import choose, gap, gaps, load, responsibility, show

year = choose.year()
organisation = choose.organisation()

place = st.empty()
answer = st.empty()
chosen = responsibility.scope(year)
if chosen is None:
    place.title(show.plain(f"Ansvar {year}"))
    st.stop()
place.title(show.plain(responsibility.title(chosen, year, organisation)))

found = gaps.found(chosen, organisation, year)
with answer.container(), show.together():
    show.lead(gaps.sentence(found, chosen))
    gaps.proposals_said(found)

assigned = load("responsibility_overview", on=chosen.on, year=year, with_proposed=chosen.with_proposed)
if chosen.goal is None:
    show.table(responsibility.overview(assigned, found.shown, chosen, organisation, year), tight=True)
else:
    rows = load(
        "responsibility_goal",
        goal_id=chosen.goal["goal_id"],
        on=chosen.on,
        year=year,
        with_proposed=chosen.with_proposed,
    )
    responsibility.legend()
    verdicts = responsibility.verdicts(chosen.goal, year)
    for table in responsibility.matrix(rows, found.shown, verdicts, chosen, organisation, year):
        show.table(table, tight=True)
    show.table(responsibility.coverage(load("goal_coverage", goal_id=chosen.goal["goal_id"], on=chosen.on)))

gap.opened(found)
left = gaps.filtered(found)
if left:
    show.table(gaps.listed(left, found))
    gaps.rest(left, found)
else:
    show.note("Ingen lucka passar det som är valt.")
with show.together():
    gaps.closed_since()
    show.folded("Reglerna, och vad de inte kan pröva", gaps.rules(found))
