"""Ändringar: two editions chosen, and each difference between them with its cause.

Written for `pages/changes.py` alone; parts that several pages share belong in `views/common`.
"""
