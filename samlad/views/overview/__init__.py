"""Översikt: a row a goal, then indicators that need attention, changes, missing reports.

Written for `pages/overview.py` alone; parts that several pages share belong in `views/common`.
"""
