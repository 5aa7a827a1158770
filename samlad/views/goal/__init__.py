"""Mål: a goal's indicators and activities, its unmeasured parts, judgements by people.

Written for `pages/goal.py`; Ansvar takes its words for kinds of violence. Parts that several pages share belong in
`views/common`.
"""
