"""Districts compared on an indicator, or a goal, and the reach of chance alone."""

import streamlit as st

from samlad.foundation.rows import DistrictGoalRow
from samlad.swedish import words
from samlad.views import load_rows
from samlad.views.common import choose, show, year_chart
from samlad.views.common.shown_edition import threshold
from samlad.views.districts import (
    district_choices,
    district_comparison,
    district_context,
    district_goal,
    district_picture,
    district_pictures,
    equity,
)

year = choose.year()
organisation = choose.organisation()

place = st.empty()
subject = st.container(horizontal=True, vertical_alignment="bottom")
district_choices.districts()
chosen = district_choices.followed(organisation)

with subject:
    is_goal = district_choices.is_goal()
if is_goal:
    with subject:
        goal = choose.goal()
        division = district_choices.division()
    place.title(show.plain(district_goal.title(goal, year)))
    rows = load_rows(DistrictGoalRow, goal_id=goal.goal_id, year=year, division=division)
    if not rows:
        show.empty(f"Ingen stadsdelsnämnd har rapporterat om målet för {year}. Välj ett annat mål eller år.")
        st.stop()
    show.lead(district_goal.sentence(rows, year), example=district_comparison.is_example(rows))
    show.table(district_goal.table(rows, district_goal.title(goal, year), chosen, threshold()))
    show.notes(year_chart.merger_words(year_chart.rebuilt(rows)))
    st.stop()

with subject:
    indicator = choose.district_indicator()
if indicator.is_public:
    if not district_context.is_published():
        place.title(f"Stadsdelar: {words.REPORTED_VIOLENCE}")
        show.empty(district_context.NONE_PUBLISHED)
        st.stop()
    picture = district_context.picture(year, choose.is_by_value(), chosen)
    place.title(show.plain(f"Stadsdelar: {picture.title}"))
    district_picture.shown(picture, words.REPORTED_VIOLENCE)
    st.stop()

with subject:
    division = district_choices.division()
place.title(show.plain(district_comparison.title(indicator, year)))
answer = st.empty()
look = district_pictures.look(indicator, year, division, chosen)
if look is None:
    show.empty(district_comparison.why_nothing(indicator, year))
    st.stop()
with answer.container():
    show.lead(district_pictures.answer(look))
with show.together():
    district_picture.shown(district_pictures.picture(look), look.picture)
    show.notes(year_chart.merger_words(year_chart.rebuilt(district_pictures.drawn_from(look))))
    if look.picture == district_choices.YEARS:
        show.heading("Blir staden mer jämlik?")
        show.lead(equity.sentence(look.spread, look.measure))
        show.table(equity.table(look.spread, look.measure))
    show.facts(district_comparison.about(indicator))
