"""Does it matter where one lives? One indicator over the districts, and how far chance alone could move each figure."""

import streamlit as st

from samlad import charts
from samlad.views import choose, districts, load, show

year = choose.year()
organisation = choose.organisation()

place = st.empty()
with st.container(horizontal=True, vertical_alignment="bottom"):
    indicator = choose.district_indicator()
    sex = choose.sex(indicator)
    division = None if indicator.is_public else choose.division()
    by_value = choose.is_by_value()

if indicator.is_public:
    rows = districts.reported_violence(year)
    shown_year = districts.year_of(rows)
    title = districts.violence_title(shown_year)
    place.title(f"Stadsdelar: {title}")
    if shown_year != year:
        show.note(f"Siffrorna är publicerade för {shown_year}. Det valda året är {year}.")
    show.chart(
        charts.districts("rate", "Per 1 000 invånare", districts.bold(organisation)),
        districts.violence_drawn(rows, by_value),
        title=title,
        reading=districts.violence_sentence(rows),
        legend=districts.violence_legend(),
        table=districts.violence_table(rows, title),
    )
    show.note(
        "Brotten räknas där de begicks, folkmängden där människor bor. I innerstaden vistas många som inte bor där. "
        "Anmälda brott säger inte hur mycket våld som sker, och fler anmälningar är varken bra eller dåligt i sig."
    )
    st.stop()

place.title(districts.title(indicator, year))
rows = load("district_comparison", indicator_id=indicator.indicator_id, year=year, sex=sex, division=division)
if not districts.has_figures(rows):
    show.empty(districts.why_nothing(indicator, year))
    st.stop()

rows = districts.ordered(rows, by_value)
title = districts.chart_title(indicator, year, sex, division, by_value)
show.chart(
    districts.spec(rows, organisation),
    districts.drawn(rows),
    title=title,
    reading=districts.sentence(rows),
    legend=districts.legend(rows),
    table=districts.table(rows, title),
    example=districts.is_example(rows),
)
show.facts(districts.about(indicator))
