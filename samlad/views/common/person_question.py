"""The question that a likely name asks: is it a person?

The answer is kept, and the text stays in its form. Recognising names belongs in `foundation`.
"""

from collections.abc import Sequence

import streamlit as st

from samlad.foundation import clock, personal_data, store
from samlad.foundation.errors import SamladError
from samlad.journal import text_gate
from samlad.views.common import show
from samlad.views.common.writing_form import WritingForm

YES, NO = "Ja, det är en person", "Nej, det är ingen person"
LEFT_OUT = "Skriv befattning eller enhet i stället för namnet, och spara igen."
SPARED = "Svaret är sparat. Spara igen, så tas det emot."


def told(fault: SamladError | OSError, by: str, *, where: str = "") -> None:
    """Show why a text was not taken; for likely names, ask about them.

    where keeps the question apart from others on the same page.
    """
    show.fault(fault)
    if isinstance(fault, text_gate.PersonAsked):
        with st.container(horizontal=True):
            for word, is_person in ((YES, True), (NO, False)):
                st.button(
                    show.plain(word),
                    key=f"person-{where}-{is_person}",
                    on_click=_kept,
                    args=(fault.names, is_person, by),
                )


def of_words(likely: Sequence[str], form: str) -> None:
    """Ask about the likely names of a file in turn. A word that is no person is not asked about again."""
    paper = WritingForm(text_gate.ANSWERED, (form,))
    with paper.form():
        word = st.selectbox(personal_data.QUESTION, likely, filter_mode=None)
        said = paper.radio("Svar", (YES, NO))
        by = paper.name(text_gate.LONGEST_NAME)
        is_sent = st.form_submit_button("Så är det, kom ihåg det")
    if is_sent and said is None:
        st.error("Välj ja eller nej.", icon=":material/error:")
    elif is_sent and keep([word], is_person=said == YES, by=by):
        paper.saved(by)
        st.toast(LEFT_OUT if said == YES else SPARED)
        st.rerun()


def _kept(names: Sequence[str], is_person: bool, by: str) -> None:
    if keep(names, is_person=is_person, by=by):
        st.toast(LEFT_OUT if is_person else SPARED)


def keep(names: Sequence[str], *, is_person: bool, by: str) -> bool:
    """Keep an answer in the journal, and show why when that fails."""
    try:
        text_gate.answer(store.data_folder(), names, is_person=is_person, by=by, at=clock.now())
    except SamladError as fault:
        show.fault(fault)
        return False
    except OSError:
        st.error("Svaret kunde inte sparas: mappen journal går inte att skriva i.", icon=":material/error:")
        return False
    return True
