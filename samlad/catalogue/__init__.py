"""The programme as CSV: goals, indicators, activities, duties, årsmål and organisations, read and checked.

No reports and no figures (`submissions`, `warehouse`). Every stage after it may import it.
"""
