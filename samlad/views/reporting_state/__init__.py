"""Lägesbild: received reports, late reports, reminders and requests sent.

Written for `pages/reporting_state.py` alone; parts that several pages share belong in `views/common`.
"""
