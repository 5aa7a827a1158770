"""Is this goal going well, and do we even measure it? Its indicators, its activities, and what people have judged."""

import streamlit as st

from samlad.views import assessing, choose, goal, load, show, years

year = choose.year()
organisation = choose.organisation()

place = st.empty()
chosen = choose.goal()
place.title(show.plain(goal.title(chosen, year, organisation)))

found = goal.indicators(chosen, year, organisation)
activities = load("goal_activities", goal_id=chosen["goal_id"], organisation_id=organisation.organisation_id)
assessments = load(
    "goal_assessments", goal_id=chosen["goal_id"], year=year, organisation_id=organisation.organisation_id
)

with show.together():
    show.lead(goal.sentence(found, activities, year, chosen))
    goal.marks(found, year)
    if found:
        show.heading("Indikatorer")
        goal.legend(found, year)
        goal.rows(found, year, organisation)
        show.notes(years.merger_words(goal.rebuilt(found, organisation)))
        show.table(goal.year_table(found))
    if activities.num_rows:
        show.table(goal.activity_table(activities, year))
        show.listing(
            "Vad målet inte mäter",
            goal.not_measured(found, activities, year),
            "Varje aktivitet mäts av minst en indikator.",
        )

assessing.judgements(chosen, year, organisation, assessments)
