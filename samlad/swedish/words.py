"""Swedish words that stand in more than one place: reason codes, statuses, kinds, sexes, comparisons.

A sentence used once belongs where it is used.
"""

MISSING = {"-": "Ej rapporterat", "..": "Skyddat", ".": "Ej aktuellt"}
"""Reason codes as they stand in a cell."""

PROTECTED = (
    "Skyddat: antalet visas inte, så att ingen person ska kunna kännas igen. "
    "Den som rapporterat det har sina egna tal i filen som lämnades in."
)
"""Sentence for every protected figure, whatever the reason for hiding it."""

MISSING_SENTENCES = {
    "-": "Ej rapporterat: ingen uppgift har lämnats. Det betyder inte noll.",
    "..": PROTECTED,
    ".": "Ej aktuellt: frågan gäller inte här, till exempel för att ingen berörs.",
}

NOT_ADDED = "Indexet kan inte räknas samman för hela staden. Se varje nämnds värde."
"""Reason for no city figure although nämnder have reported."""

NOT_ADDED_SHORT = "Läggs inte ihop"
"""Reason for no city figure, in a cell."""

NONE_EXPECTED = "Inga rapporter väntas: inget har lämnats in än, eller så finns inget beslutat ansvar."
"""Sentence for no expected reports: then nothing is complete, and nothing is known."""

GRAVITIES = {"high": "allvarlig", "medium": "medel", "low": "lätt"}
"""Severities of a gap in responsibility."""

STATUSES = {
    "done": "Genomförd",
    "ongoing": "Pågår",
    "delayed": "Försenad",
    "not_started": "Ej påbörjad",
    "cancelled": "Utgår",
}
"""Statuses of an activity, in the order they are shown."""

STATUSES_COUNTED = {
    "done": ("genomförd", "genomförda"),
    "ongoing": ("pågår", "pågår"),
    "delayed": ("försenad", "försenade"),
    "not_started": ("ej påbörjad", "ej påbörjade"),
    "cancelled": ("utgår", "utgår"),
}
"""Statuses as they follow a number: singular, plural."""

FULFILLED = {"fully": "helt", "partly": "delvis", "not": "ej"}
"""Human assessments of a goal: it uppfylls helt, delvis, ej."""

KINDS = {
    "stadsdelsnamnd": "stadsdelsnämnd",
    "facknamnd": "facknämnd",
    "kommunstyrelse": "kommunstyrelse",
    "kommunfullmaktige": "kommunfullmäktige",
    "moderbolag": "moderbolag",
    "dotterbolag": "dotterbolag",
}

ROLES = {"huvudansvarig": "huvudansvarig", "ansvarig": "ansvarig", "delansvarig": "delansvarig", "berord": "berörd"}
SEXES = {"total": "Alla", "women": "Kvinnor", "men": "Män", "other": "Okänt/annat"}
PERIODS = {"T1": "tertial 1", "T2": "tertial 2", "VB": "helår"}
MEASURES = {"share": "andel", "rate": "tal per invånare", "count": "antal", "index": "index", "yes_no": "ja eller nej"}
ORIGINS = {"own": "egna uppgifter", "remiss": "programmets remiss", "public": "offentlig källa", "example": "exempel"}
SET_BY = {"kf": "KF:s årsmål", "namnd": "nämndens eget årsmål"}

COMPARISONS = {
    "higher": "säkert högre",
    "maybe_higher": "möjligen högre",
    "none": "ingen säker skillnad",
    "maybe_lower": "möjligen lägre",
    "lower": "säkert lägre",
}
"""Comparisons of two figures: beyond 99.8 %, beyond 95 %, or neither."""

SURE, POSSIBLE = "säkert ", "möjligen "
"""First words of a certain and of a possible difference."""

FULL_COMPARISONS = {"over": "högre", "same": "i stort sett lika", "under": "lägre"}
"""Comparisons of full counts, in which chance decides nothing."""

NO_CHANGE = {"none": "ingen säker förändring", "same": "i stort sett oförändrad"}
"""Words for a figure unchanged between two years: tested, and of a full count."""

INTERVAL = "95\u00a0% osäkerhet: nivån bakom talet ligger troligen på linjen"
"""Legend of the line through a mark."""

EXTREMES = "De högsta och de lägsta talen brukar av sig själva närma sig de andra året efter."
"""Caution for any list of the highest and lowest figures."""

OUTCOMES = {
    "met": ("✓", "nådde årsmålet"),
    "missed": ("▽", "nådde inte årsmålet"),
    "insufficient": ("≈", "svaren räcker inte"),
    "no_target": ("·", "bedöms inte"),
    "missing": ("–", "ej rapporterat"),
    "protected": ("..", "skyddat"),
    "not_applicable": (".", "ej aktuellt"),
}
"""Outcomes against the year's årsmål, symbol and words; without a figure, the words of its reason code."""

WHOLE_CITY = "Hela staden"
REPORTED_VIOLENCE = "Anmälda våldsbrott (Brå)"
EXAMPLE = "Exempel"

_SINGULAR = {
    "enheter": "enhet",
    "händelser": "händelse",
    "flyktingar": "flykting",
    "nämnder": "nämnd",
    "nämnder och bolag": "nämnd eller bolag",
    "personer": "person",
    "svarande": "svarande",
    "ärenden": "ärende",
    "aktiviteter": "aktivitet",
    "indikatorer": "indikator",
    "rapporter": "rapport",
    "filer": "fil",
    "stadsdelar": "stadsdel",
    "organisationer": "organisation",
    "verksamheter": "verksamhet",
    "skolor": "skola",
    "möten": "möte",
    "anmälningar": "anmälan",
    "insatser": "insats",
    "platser": "plats",
    "utbildningar": "utbildning",
    "brott": "brott",
    "medarbetare": "medarbetare",
}


def missing(reason: str | None) -> str:
    """Return the reason for a missing figure, for a cell; no reason counts as not reported.

    >>> missing("."), missing(None)
    ('Ej aktuellt', 'Ej rapporterat')
    """
    return MISSING.get(reason or "-", MISSING["-"])


def counted(noun: str, number: int) -> str:
    """Return a plural noun in the form that follows the number.

    >>> counted("enheter", 1), counted("enheter", 12)
    ('enhet', 'enheter')
    """
    return _SINGULAR.get(noun, noun) if number == 1 else noun


def counted_noun(unit: str, counts: str = "") -> str:
    """Return the plural noun that a share counts, from its unit or its counts; "" when neither names it.

    >>> counted_noun("procent av enheterna"), counted_noun("procent", "persons"), counted_noun("procent")
    ('enheter', 'personer', '')
    """
    noun = unit.partition("procent av ")[2]
    if noun.endswith("rna"):
        noun = noun.removesuffix("na")
    return noun or {"persons": "personer", "units": "enheter", "events": "händelser"}.get(counts, "")


def genitive(name: str) -> str:
    """Return a name in the genitive.

    >>> genitive("Järva"), genitive("Kungsholmens")
    ('Järvas', 'Kungsholmens')
    """
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def listed(words: list[str], limit: int = 5) -> str:
    """Return words as a list in a sentence; past the limit, the number of further words.

    >>> listed(["Bromma", "Farsta", "Järva"])
    'Bromma, Farsta och Järva'
    >>> listed(["A", "B", "C", "D"], limit=2)
    'A, B och 2 till'
    """
    if len(words) > limit:
        words = [*words[:limit], f"{len(words) - limit} till"]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
