"""Journal of people's own words: judgements, gap states, reminders, report texts, answers about names.

Append-only, one sealed file a record; each text passes `text_gate`. No figures and no submissions. The warehouse and
every package above it may import it.
"""
