"""What a page is written with: `choose` what to look at, `load_rows` of it, `show` it."""

from samlad.views.common import choose, show
from samlad.views.common.shown_edition import load_rows

__all__ = ["choose", "load_rows", "show"]
