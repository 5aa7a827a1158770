"""What a page is written with: `choose` what to look at, `load` it, `show` it."""

from samlad.views import choose, show
from samlad.views.snapshot import load

__all__ = ["choose", "load", "show"]
