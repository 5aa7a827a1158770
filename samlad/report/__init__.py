"""The samlad uppföljning and a nämnd's two pages as values, and as Word, PDF and Excel.

Stands on an edition and the journal. No Streamlit and no raw reports. `views`, `server` and `cli` may import this
package.
"""
