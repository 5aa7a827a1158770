"""Documents: what is gathered for a page, typeset for paper."""
