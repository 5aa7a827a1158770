"""Basis of Samlad: data and dates, sources, methods with examples, protection, accessibility, version."""

import streamlit as st

from samlad.foundation.rows import DataOriginsRow, PublicSourcesRow, ReportedViolenceRow
from samlad.views import load_rows
from samlad.views.about import about_samlad, methods_explained
from samlad.views.common import show

violence = load_rows(ReportedViolenceRow)
sources = load_rows(PublicSourcesRow)
origins = load_rows(DataOriginsRow)

st.title("Om Samlad")
show.lead(about_samlad.sentence(origins))

data, methods, protection, access = st.tabs(("Data och källor", "Metoder", "Skydd av enskilda", "Tillgänglighet"))

with data:
    show.heading("Ögonblicksbilden")
    show.facts(about_samlad.snapshot_facts())
    show.notes(about_samlad.removed_editions())
    show.heading("Var uppgifterna kommer ifrån")
    show.table(about_samlad.origin_table(origins), quiet=True)
    show.heading("Offentlig statistik")
    show.table(about_samlad.source_table(sources), quiet=True)

with methods:
    show.heading("Så räknar vi")
    show.facts([*methods_explained.of_indicators(), *about_samlad.methods(violence)])
    show.heading("Orden")
    show.facts(about_samlad.WORDS)

with protection:
    show.heading("Varför vissa tal inte visas")
    st.markdown(about_samlad.PROTECTION)
    show.facts(about_samlad.threshold())

with access:
    show.heading("Tillgänglighet")
    st.markdown(about_samlad.ACCESSIBILITY)
    show.heading("Version")
    show.facts(about_samlad.version())
