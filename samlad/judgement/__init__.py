"""Pure rules that turn figures into verdicts: intervals, tests, marks, the order of attention.

Values in, values out: files, SQL and Streamlit do not belong here. Every package above may import it; of `swedish` it
imports `numbers` and `words` only.
"""
