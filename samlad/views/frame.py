"""The frame around every page: where one is, what is chosen, how old it is, and what is made up."""

from pathlib import Path

import streamlit as st

from samlad.views import choose, show, snapshot
from samlad.views.snapshot import Standing

LOGO, ICON = (Path(__file__).parent / name for name in ("logo.svg", "icon.svg"))

BANNER = (
    "<strong>Exempeldata.</strong> Programmets siffror, aktiviteter och årsmål är påhittade. Folkmängd och anmälda "
    "brott är verkliga."
)

HELP = """
**Välj år och organisation** här till vänster. Valen följer med mellan sidorna och finns i adressen: en länk som du
skickar visar samma sak för mottagaren.

| Tecken | Betyder |
|---|---|
| ✓ | nådde årets årsmål |
| ▽ | nådde inte årets årsmål |
| ≈ | svaren räcker inte för att säga |
| · | bedöms inte: inget årsmål, eller ingen riktning är bättre |
| – | ej rapporterat |
| .. | skyddat |
| . | ej tillämpligt |

Tal om färre än ett fåtal personer visas aldrig. Mer om metoder, skydd och källor finns på sidan **Om**.
"""


def show_sidebar(standing: Standing) -> None:
    """Draw the programme, the choices, the snapshot's date and the help."""
    offered = choose.choices()
    with st.sidebar:
        st.markdown(f"**{offered.programme}**")
        choose.in_frame(offered)
        with st.popover("Hjälp", icon=":material/help:", width="stretch"):
            st.markdown(HELP)
        st.caption(_age(standing))
        if standing.is_pinned:
            st.button("Visa den senaste", on_click=snapshot.unpin, width="stretch")


def _age(standing: Standing) -> str:
    published = f"Publicerat {standing.published}."
    if standing.is_pinned:
        published = f"Låst ögonblicksbild {standing.snapshot_id[:8]}, publicerad {standing.published}."
    received = f"Rapporter till och med {standing.as_of}." if standing.as_of else "Inga rapporter har lämnats in."
    return f"{published} {received}"


def show_banner() -> None:
    """Say on every page that example data is shown, while any is."""
    if choose.choices().is_example:
        show.html(f'<div class="banner" role="note">{BANNER}</div>')
