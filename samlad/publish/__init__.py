"""From submissions to a protected edition: steps of SQL, gap rules, protection, audit, verification, purges.

The only package that turns raw counts into published ones. Only `cli` may import it: readers never load it, or scipy.
"""
