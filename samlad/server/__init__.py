"""The web server around the pages: the shell with its list of pages, HTTP headers, barriers, first start, warming.

Nothing here says anything of the programme (`views`). Only `app.py` imports it, and Streamlit, which runs `shell.py`.
"""
