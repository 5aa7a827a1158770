"""Ändringar: two editions chosen, and each difference between them with its cause.

Written for `pages/changes.py` alone; what several pages share belongs in `views/common`.
"""
