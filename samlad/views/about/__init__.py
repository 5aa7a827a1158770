"""Om: what the edition holds, its sources, the methods with examples, protection, accessibility.

Written for `pages/about.py` alone; what several pages share belongs in `views/common`.
"""
