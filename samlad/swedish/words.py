"""Words that stand in more than one place: reason codes, statuses, kinds, sexes, comparisons. All Swedish."""

MISSING = {"-": "Ej rapporterat", "..": "Skyddat", ".": "Ej aktuellt"}
"""The reason codes as they stand in a cell."""

PROTECTED = (
    "Skyddat: antalet visas inte, så att ingen person ska kunna kännas igen. "
    "Den som rapporterat det har sina egna tal i filen som lämnades in."
)
"""The one sentence that stands wherever something is protected, whatever the reason it was hidden for."""

MISSING_SENTENCES = {
    "-": "Ej rapporterat: ingen uppgift har lämnats. Det betyder inte noll.",
    "..": PROTECTED,
    ".": "Ej aktuellt: frågan gäller inte här, till exempel för att ingen berörs.",
}

NOT_ADDED = "Indexet kan inte räknas samman för hela staden. Se varje nämnds värde."
"""Why the city has no figure although nämnder have reported."""

NOT_ADDED_SHORT = "Läggs inte ihop"
"""The same in a cell."""

NONE_EXPECTED = "Inga rapporter väntas: inget har lämnats in än, eller så finns inget beslutat ansvar."
"""What it means that no report is missing where none is asked for: nothing is complete, and nothing is known."""

GRAVITIES = {"high": "allvarlig", "medium": "medel", "low": "lätt"}
"""How grave a gap in responsibility is."""

STATUSES = {
    "done": "Genomförd",
    "ongoing": "Pågår",
    "delayed": "Försenad",
    "not_started": "Ej påbörjad",
    "cancelled": "Utgår",
}
"""How far an activity has come, in the order it is shown."""

STATUSES_COUNTED = {
    "done": ("genomförd", "genomförda"),
    "ongoing": ("pågår", "pågår"),
    "delayed": ("försenad", "försenade"),
    "not_started": ("ej påbörjad", "ej påbörjade"),
    "cancelled": ("utgår", "utgår"),
}
"""The same, as it follows a number: one, several."""

FULFILLED = {"fully": "helt", "partly": "delvis", "not": "ej"}
"""A human judgement: the goal uppfylls helt, delvis, ej."""

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
"""A figure against another: beyond 99.8 %, beyond 95 %, or neither."""

SURE, POSSIBLE = "säkert ", "möjligen "
"""How the words of a difference begin."""

FULL_COMPARISONS = {"over": "högre", "same": "i stort sett lika", "under": "lägre"}
"""The same where everything is counted, and nothing is for chance to decide."""

NO_CHANGE = {"none": "ingen säker förändring", "same": "i stort sett oförändrad"}
"""The same of one figure in two years, where it has not changed."""

INTERVAL = "95\u00a0% osäkerhet: nivån bakom talet ligger troligen på linjen"
"""What a line through a mark stands for."""

EXTREMES = "De högsta och de lägsta talen brukar av sig själva närma sig de andra året efter."
"""What is to be known of any list of the highest and the lowest."""

OUTCOMES = {
    "met": ("✓", "nådde årsmålet"),
    "missed": ("▽", "nådde inte årsmålet"),
    "insufficient": ("≈", "svaren räcker inte"),
    "no_target": ("·", "bedöms inte"),
    "missing": ("–", "ej rapporterat"),
    "protected": ("..", "skyddat"),
    "not_applicable": (".", "ej aktuellt"),
}
"""An indicator's figure against the year's årsmål: its mark and its words; without a figure, the reason code's."""

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
    """Why a figure is missing, in the words of a cell; a gap without a reason counts as not reported.

    >>> missing("."), missing(None)
    ('Ej aktuellt', 'Ej rapporterat')
    """
    return MISSING.get(reason or "-", MISSING["-"])


def counted(noun: str, number: int) -> str:
    """A noun given in the plural, in the form that follows the number.

    >>> counted("enheter", 1), counted("enheter", 12)
    ('enhet', 'enheter')
    """
    return _SINGULAR.get(noun, noun) if number == 1 else noun


def counted_noun(unit: str, counts: str = "") -> str:
    """What a share counts, in the plural, read out of its unit or out of what it counts; empty when neither says.

    >>> counted_noun("procent av enheterna"), counted_noun("procent", "persons"), counted_noun("procent")
    ('enheter', 'personer', '')
    """
    noun = unit.partition("procent av ")[2]
    if noun.endswith("rna"):
        noun = noun.removesuffix("na")
    return noun or {"persons": "personer", "units": "enheter", "events": "händelser"}.get(counts, "")


def genitive(name: str) -> str:
    """A name as the owner of something.

    >>> genitive("Järva"), genitive("Kungsholmens")
    ('Järvas', 'Kungsholmens')
    """
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def listed(words: list[str], limit: int = 5) -> str:
    """Words as they are listed in a sentence; past the limit, how many more there are.

    >>> listed(["Bromma", "Farsta", "Järva"])
    'Bromma, Farsta och Järva'
    >>> listed(["A", "B", "C", "D"], limit=2)
    'A, B och 2 till'
    """
    if len(words) > limit:
        words = [*words[:limit], f"{len(words) - limit} till"]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
