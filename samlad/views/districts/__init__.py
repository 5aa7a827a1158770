"""Stadsdelar: pictures, tables and sentences that compare the stadsdelsnämnder.

Written for `pages/districts.py`; Nämnd asks which measures are drawn. What several pages share
belongs in `views/common`.
"""
