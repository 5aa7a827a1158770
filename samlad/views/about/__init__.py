"""Om: the edition's contents, its sources, the methods with examples, protection, accessibility.

Written for `pages/about.py` alone; parts that several pages share belong in `views/common`.
"""
