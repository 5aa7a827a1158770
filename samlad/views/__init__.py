"""What a page is written with: `choose` what to look at, `load` it, `show` it."""

from samlad.views.common import choose, show
from samlad.views.common.shown_edition import load, load_rows

__all__ = ["choose", "load", "load_rows", "show"]
