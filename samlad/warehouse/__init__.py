"""Published editions and the questions asked of them: what every reader stands on.

Editions are opened here and never written (`publish`). `submissions`, `publish`, `report`, `views`, `server` and `cli`
may import it; it imports nothing of the raw side.
"""
