"""The command line: commands, exit codes, messages in Swedish, and the making of the example.

May import every package but `server` and `views`; nothing imports it.
"""
