"""The samlad uppföljning and the two pages of a nämnd as values, written to Word, PDF and Excel.

Stands on one edition and the journal. No Streamlit and no raw reports. `views`, `server` and `cli` may import it.
"""
