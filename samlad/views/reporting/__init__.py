"""Rapportera: the form, files handed in, findings beside the cells, receipts.

The only door from pages to `submissions`. Only `pages/reporting.py` may import this package.
"""
