"""What several pages share: the frame, choices, answers kept, tables, charts, forms and drafts.

What one page alone says belongs in that page's folder. Scripts in `pages/`, the folders of pages and `server` may
import it.
"""
