"""Lägesbild: received reports, late reports, reminders and requests sent.

Written for `pages/reporting_state.py` alone; what several pages share belongs in `views/common`.
"""
