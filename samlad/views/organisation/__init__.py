"""Nämnd: the duties, reports, indicators and gaps of an organisation, and its two pages.

Written for `pages/organisation.py` alone; parts that several pages share belong in `views/common`.
"""
