"""Published editions and the queries asked of them: the ground of every reader.

Editions are opened, listed and retired here; writing them belongs in `publish`, pages and reports above.
`submissions`, `publish`, `report`, `views`, `server` and `cli` may import it; it imports nothing of the raw side.
"""
