"""Mål: the indicators of a goal, its activities, what it does not measure, judgements by people.

Written for `pages/goal.py`; Ansvar takes its words for kinds of violence. What several pages
share belongs in `views/common`.
"""
