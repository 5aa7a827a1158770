"""Tools and contents of pages: `choose` a selection, `load_rows` for the selection, `show` them.

A folder for each page; `common` is shared. Figures are judged in `judgement`, never here.
"""

from samlad.views.common import choose, show
from samlad.views.common.shown_edition import load_rows

__all__ = ["choose", "load_rows", "show"]
