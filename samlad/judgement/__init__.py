"""Pure rules that turn figures into verdicts: intervals, tests, marks, the order of attention.

No files, no SQL and no Streamlit: values in, values out. Every package above it may import it; of Swedish it knows
`numbers` and `words` only.
"""
