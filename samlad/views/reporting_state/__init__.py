"""Lägesbild: received reports, late reports, and requests to organisations as noted by people.

Written for `pages/reporting_state.py` alone; parts that several pages share belong in `views/common`.
"""
