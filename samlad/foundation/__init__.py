"""Foundation of every stage: table schemas, files, errors, findings, personal data, clock and worker processes.

Knows nothing of queries, pages or reports, and no Swedish grammar (`swedish`). Every package may import it.
"""
