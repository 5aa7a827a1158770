"""Samlad uppföljning: the draft part by part, people's own text, and the files.

Written for `pages/report.py` alone; parts that several pages share belong in `views/common`.
"""
