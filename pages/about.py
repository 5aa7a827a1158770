"""What is this built on? Data and dates, sources, methods with examples, protection, accessibility, version."""

import streamlit as st

from samlad.views import about, explained, load, show

violence = load("reported_violence")
sources = load("public_sources")
origins = load("data_origins")

st.title("Om Samlad")
show.lead(about.sentence(origins))

data, methods, protection, access = st.tabs(("Data och källor", "Metoder", "Skydd av enskilda", "Tillgänglighet"))

with data:
    show.heading("Ögonblicksbilden")
    show.facts(about.snapshot_facts())
    show.notes(about.removed_editions())
    show.heading("Var uppgifterna kommer ifrån")
    show.table(about.origin_table(origins), quiet=True)
    show.heading("Offentlig statistik")
    show.table(about.source_table(sources), quiet=True)

with methods:
    show.heading("Så räknar vi")
    show.facts([*explained.of_indicators(), *about.methods(violence)])
    show.heading("Orden")
    show.facts(about.WORDS)

with protection:
    show.heading("Varför vissa tal inte visas")
    st.markdown(about.PROTECTION)
    show.facts(about.threshold())

with access:
    show.heading("Tillgänglighet")
    st.markdown(about.ACCESSIBILITY)
    show.heading("Version")
    show.facts(about.version())
