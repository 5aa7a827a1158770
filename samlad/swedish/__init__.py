"""Swedish for readers: numbers and words lowest, then sentences about verdicts, rows and missing reports.

Judging (`judgement`) and layout (`views`, `report`) do not belong here. Every package may import `numbers` and `words`;
packages above `judgement` may import the sentences too.
"""
