"""The frame around every page: place, choices, age of the snapshot, and the mark of example data.

Pages' own content belongs in their folders.
"""

from pathlib import Path

import streamlit as st

from samlad.foundation import store
from samlad.judgement.verdicts import Mark
from samlad.views.common import choose, search, show, shown_edition, writing_form
from samlad.views.common.shown_edition import ShownEdition
from samlad.warehouse import condition

LOGO, ICON = (Path(__file__).parent / name for name in ("logo.svg", "icon.svg"))

BANNER = (
    "<strong>Exempeldata.</strong> Programmets siffror, aktiviteter och årsmål är påhittade. Folkmängd och anmälda "
    "brott är verkliga."
)

MEANINGS = {
    Mark.MET: "årets årsmål är nått",
    Mark.MISSED: "årets årsmål är inte nått",
    Mark.ON_TRACK: "utvecklingen räcker för det sista årsmålet",
    Mark.RIGHT_WAY: "rätt håll, men det kan vara för långsamt",
    Mark.TOO_SLOW: "rätt håll, men 60 till 95 % av takten som krävs",
    Mark.FAR_BEHIND: "rätt håll, men under 60 % av takten som krävs",
    Mark.WRONG_WAY: "bort från årsmålet",
    Mark.NO_CERTAIN_CHANGE: "ändringen sedan basåret kan vara slump",
    Mark.INSUFFICIENT: "årsmålet kan vara nått eller inte, beroende på de svar som saknas",
    Mark.NOT_JUDGED: "inget årsmål, ingen riktning som är bättre, eller för tidigt",
    Mark.NOT_REPORTED: "ingen uppgift har lämnats; det betyder inte noll",
    Mark.PROTECTED: "visas inte, så att ingen person ska kunna kännas igen",
    Mark.NOT_APPLICABLE: "frågan gäller inte här",
    Mark.NOT_ADDED: "ett index kan inte räknas samman; se varje nämnd",
    Mark.NO_OWNER: "ingen har beslutat ansvar för att rapportera",
    Mark.ENDED: "indikatorn följs inte längre",
}
"""Meanings of the marks, in the order marks are listed."""

MARKS = "\n".join(f"| {mark.symbol} | {mark.word}: {said} |" for mark, said in MEANINGS.items())

HELP = f"""
**Välj år och organisation** här till vänster. Valen följer med mellan sidorna och finns i adressen: en länk som du
skickar visar samma sak för mottagaren.

| Tecken | Betyder |
|---|---|
{MARKS}

Tal om färre än ett fåtal personer visas aldrig. Mer om metoder, skydd och källor finns på sidan **Om**.
"""


def show_sidebar(standing: ShownEdition) -> None:
    """Show the programme, the choices, the snapshot's date and the help."""
    offered = choose.choices()
    with st.sidebar:
        st.markdown(f"**{show.plain(offered.programme)}**")
        choose.in_frame(offered)
        search.box(offered)
        with st.popover("Hjälp", icon=":material/help:", width="stretch"):
            st.markdown(HELP)
        st.caption(_age(standing))
        if standing.is_pinned:
            st.button("Visa den senaste", on_click=shown_edition.unpin, width="stretch")


def _age(standing: ShownEdition) -> str:
    published = f"Publicerat {standing.published}."
    if standing.is_pinned:
        published = f"Låst ögonblicksbild {standing.snapshot_id[:8]}, publicerad {standing.published}."
    received = f"Rapporter till och med {standing.as_of}." if standing.as_of else "Inga rapporter har lämnats in."
    return f"{published} {received}"


def show_banner(standing: ShownEdition) -> None:
    """Show on every page that reports are left out and that data is example data. Unsaved text comes before."""
    told = [f"<strong>Tidigare dag.</strong> {standing.left_out}"] if standing.left_out else []
    told += [BANNER] if choose.choices().is_example else []
    banners = "".join(f'<div class="banner" role="note">{words}</div>' for words in told)
    show.html(f"{writing_form.place_for_drafts()}{banners}")


def show_defects() -> None:
    """Show on every page that a part of the data folder cannot be read, while any cannot."""
    found = condition.at_a_glance(store.data_folder())
    if found:
        what = "En fil" if len(found) == 1 else f"{len(found)} filer"
        show.html(
            f'<div class="banner" role="note"><strong>{what} i datamappen går inte att läsa.</strong> Det som står där '
            "visas inte, allt annat gäller. Lägesbild säger vilka filer, och vad den som sköter Samlad ska göra.</div>"
        )
