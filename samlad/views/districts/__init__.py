"""Stadsdelar: pictures, tables and sentences that compare the stadsdelsnämnder.

Written for `pages/districts.py`; Nämnd asks which measures are drawn. Parts that several pages share belong
in `views/common`.
"""
