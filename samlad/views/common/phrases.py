"""Words for a query row on a page, where they need HTML or an address.

Words without these belong in `samlad.swedish.row_words`, which this module passes on.
"""

from html import escape

from samlad.judgement.verdicts import Mark
from samlad.swedish import words
from samlad.swedish.row_words import comparison, figure, interval, rest, standing, target, tone
from samlad.views.common import choose
from samlad.views.common.choose import Followed
from samlad.views.common.show import Html

__all__ = [
    "comparison",
    "figure",
    "indicator_link",
    "interval",
    "mark_html",
    "outcome",
    "rest",
    "standing",
    "target",
    "tone",
]


def mark_html(mark: Mark) -> Html:
    """Return a mark with its symbol and its word."""
    return Html(f'<span class="mark {mark}"><i aria-hidden="true">{mark.symbol}</i> {escape(mark.word)}</span>')


def indicator_link(name: str, followed: Followed | None = None) -> Html:
    """Return an indicator's name as a link to its page.

    The link carries the choices given, by default the year and so on of this run.
    """
    at = (followed or choose.followed()).address("indikator", **{choose.NAMED: name})
    return Html(f'<a href="{escape(at, quote=True)}" target="_self">{escape(name)}</a>')


def outcome(key: str) -> Html:
    """Return a figure's outcome against its årsmål: mark and words, or the reason code's without a figure."""
    mark, wording = words.OUTCOMES[key]
    return Html(f'<span class="mark {key}"><i aria-hidden="true">{mark}</i> {escape(wording)}</span>')
