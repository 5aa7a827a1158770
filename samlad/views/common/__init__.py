"""Parts that several pages share: the frame, choices, answers kept, tables, charts, forms and drafts.

Words of a single page belong in that page's folder. Scripts in `pages/`, the folders of pages and `server` may import
this package.
"""
