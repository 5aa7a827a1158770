"""Översikt: a row a goal, then indicators that need attention, changes, missing reports.

Written for `pages/overview.py` alone; what several pages share belongs in `views/common`.
"""
