"""A goal's course and its measurement: indicators, activities, and people's judgements."""

import streamlit as st

from samlad.foundation.rows import GoalActivitiesRow, GoalAssessmentsRow
from samlad.views import load_rows
from samlad.views.common import choose, show, year_chart
from samlad.views.goal import assessment_form, goal_progress

year = choose.year()
organisation = choose.organisation()

place = st.empty()
chosen = choose.goal()
place.title(show.plain(goal_progress.title(chosen, year, organisation)))

found = goal_progress.indicators(chosen, year, organisation)
activities = load_rows(GoalActivitiesRow, goal_id=chosen.goal_id, organisation_id=organisation.organisation_id)
assessments = load_rows(
    GoalAssessmentsRow, goal_id=chosen.goal_id, year=year, organisation_id=organisation.organisation_id
)

with show.together():
    show.lead(goal_progress.sentence(found, activities, year, chosen))
    goal_progress.marks(found, year)
    if found:
        show.heading("Indikatorer")
        goal_progress.legend(found, year)
        goal_progress.rows(found, year, organisation)
        show.notes(year_chart.merger_words(goal_progress.rebuilt(found, organisation)))
        show.table(goal_progress.year_table(found))
    if activities:
        show.table(goal_progress.activity_table(activities, year))
        show.listing(
            "Vad målet inte mäter",
            goal_progress.not_measured(found, activities, year),
            "Varje aktivitet mäts av minst en indikator.",
        )

assessment_form.judgements(chosen, year, organisation, assessments)
