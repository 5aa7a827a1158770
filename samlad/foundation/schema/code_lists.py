"""Code lists: the values a column may hold, and the two codes that name no organisation or division."""

CITY = "CITY"
"""organisation_id of the whole city in targets, assessments and roll-ups."""

AS_REPORTED = "reported"
"""Division with each organisation as it was; other divisions are named by their first day."""
ORIGINS = ("own", "remiss", "public", "example")
PERIODS = ("T1", "T2", "VB")
SEXES = ("total", "women", "men", "other")
MEASURES = ("share", "rate", "count", "index", "yes_no")
COUNTS = ("persons", "units", "events", "none")
VARIES = ("cases", "full")
STATUSES = ("not_started", "ongoing", "done", "delayed", "cancelled")
ROLES = ("huvudansvarig", "ansvarig", "delansvarig", "berord")
KINDS = ("stadsdelsnamnd", "facknamnd", "kommunstyrelse", "kommunfullmaktige", "moderbolag", "dotterbolag")
VIOLENCE_TYPES = ("nara_relation", "heder", "prostitution_manniskohandel", "sexuellt_vald")
MISSING = ("-", ".", "..")
