"""A file handed in becomes a report: its cells read, its words understood, every rule of queries/checks run.

Nothing is stored here (`submissions/submission_writer.py` does that). Only `cli` and the page Rapportera may import it.
"""
