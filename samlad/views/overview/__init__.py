"""Översikt: a row a goal, then what needs attention, what has changed, who is silent.

Written for `pages/overview.py` alone; what several pages share belongs in `views/common`.
"""
