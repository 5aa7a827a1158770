"""Samlad uppföljning: the draft part by part, people's own text, and the files.

Written for `pages/report.py` alone; what several pages share belongs in `views/common`.
"""
