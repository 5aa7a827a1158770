"""Ansvar: duties as a matrix, and the gaps with their evidence and their life.

Written for `pages/responsibility.py`; Samlad uppföljning takes its gap states.
Parts that several pages share belong
in `views/common`.
"""
