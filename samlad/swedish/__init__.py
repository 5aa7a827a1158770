"""Swedish for readers: numbers and words lowest, then sentences about verdicts, rows and missing reports.

No judging (`judgement`) and no layout (`views`, `report`). Every package may import `numbers` and `words`; those above
`judgement` may import the sentences too.
"""
