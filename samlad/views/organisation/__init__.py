"""Nämnd: the duties, reports, indicators and gaps of one organisation, and its two pages.

Written for `pages/organisation.py` alone; what several pages share belongs in `views/common`.
"""
