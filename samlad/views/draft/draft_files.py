"""Files of Samlad uppföljning: made on request, with progress, and stopped by any other click.

Writing each kind of file belongs in `samlad.report`.
"""

import streamlit as st

from samlad.foundation import store
from samlad.report import report_files
from samlad.report.document import Report
from samlad.report.draft import Choice
from samlad.report.glyphs import Unshown
from samlad.report.report_files import Order
from samlad.views.common import show
from samlad.views.draft.draft_parts import last_record

KINDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MADE, _UNSHOWN = "_report_made", "_report_unshown"


def buttons(report: Report, chosen: Choice) -> None:
    """Show a button for each kind of file; a made file can be downloaded."""
    with st.container(horizontal=True):
        asked = [ending for ending, name in KINDS.items() if st.button(f"Gör {name}", icon=":material/description:")]
    stands = (report.snapshot_id, chosen, last_record())
    if asked:
        _make(chosen, report, asked[0], stands)
    made = st.session_state.get(_MADE)
    if made and made[0] == stands:
        _, ending, content = made
        st.download_button(
            f"Hämta {KINDS[ending]} ({len(content) // 1024} kB)",
            content,
            file_name=f"{report.file_name}.{ending}",
            mime=TYPES[ending],
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        show.notes(st.session_state.get(_UNSHOWN, ()))
    elif made:
        show.note("Uppgifterna eller texten har ändrats sedan filen gjordes. Gör den igen.")


def _make(chosen: Choice, report: Report, ending: str, stands: tuple[str, Choice, int]) -> None:
    """Make the file.

    Any other click stops the work: the next report of progress notices that the run is over.
    """
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, f"Gör {KINDS[ending]} …")
        st.button("Avbryt")

    def tell(share: float, doing: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), f"{doing} …")

    unshown: list[Unshown] = []
    order = Order(chosen, report.snapshot_id, stands[2])
    content = report_files.make(store.data_folder(), order, ending, tell, unshown.extend)
    st.session_state[_MADE] = (stands, ending, content)
    st.session_state[_UNSHOWN] = [one.text() for one in unshown]
    place.empty()
