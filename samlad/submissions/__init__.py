"""The raw side: reports received, each with its receipt, withdrawals and originals.

Only `publish`, `cli` and the page Rapportera (`views/reporting`) may import it. What readers see is never read here.
"""
