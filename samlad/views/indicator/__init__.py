"""Indikator: an indicator's course, counts, source and caveats.

Written for `pages/indicator.py` alone; parts that several pages share belong in `views/common`.
"""
