"""Indikator: one indicator's course, counts, source and caveats.

Written for `pages/indicator.py` alone; what several pages share belongs in `views/common`.
"""
