"""Lägesbild: who has reported what, who is late, what has been asked of whom.

Written for `pages/reporting_state.py` alone; what several pages share belongs in `views/common`.
"""
