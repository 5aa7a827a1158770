"""Swedish words for the causes, tables, columns and codes of changes.

Words used beside changes too belong in samlad/swedish/words.py.
"""

from collections.abc import Mapping

from samlad.swedish import words
from samlad.warehouse.changes.cause_kinds import CALCULATION, METHODS_VERSION, PROTECTION, THRESHOLD, Kind

KINDS: Mapping[Kind, str] = {
    Kind.NEW_REPORT: "Nya rapporter",
    Kind.CORRECTED_REPORT: "Rättade rapporter",
    Kind.WITHDRAWN_REPORT: "Återtagna rapporter",
    Kind.CATALOGUE: "Ändringar i programmet: mål, indikatorer, årsmål och liknande",
    Kind.DUTY: "Ändrat ansvar",
    Kind.JUDGEMENT: "Ändrade bedömningar",
    Kind.TIME: "Tiden har gått: en sista dag har passerat",
    Kind.EARLIER_DAY: "Tidigare dag: läget är ett tidigare än i den förra publiceringen",
    Kind.METHOD: "Ändrad metod eller ändrat skydd",
}
"""Each cause as a heading."""

KINDS_SHORT: Mapping[Kind, str] = {
    Kind.NEW_REPORT: "ny rapport",
    Kind.CORRECTED_REPORT: "rättad rapport",
    Kind.WITHDRAWN_REPORT: "återtagen rapport",
    Kind.CATALOGUE: "ändrat program",
    Kind.DUTY: "ändrat ansvar",
    Kind.JUDGEMENT: "ändrad bedömning",
    Kind.TIME: "tiden har gått",
    Kind.EARLIER_DAY: "tidigare dag",
    Kind.METHOD: "ändrad metod eller ändrat skydd",
}
"""Each cause in a cell."""

SETTINGS = {
    THRESHOLD: "gränsen för hur små antal som visas",
    METHODS_VERSION: "metodernas version",
    PROTECTION: "vad som behöver döljas för att annat ska vara skyddat",
    CALCULATION: "hur Samlad räknar",
}

TABLES = {
    "programmes": "Programmet",
    "goals": "Mål",
    "indicators": "Indikator",
    "activities": "Aktivitet",
    "activity_indicators": "Vad som mäter aktiviteten",
    "targets": "Årsmål i programmet",
    "organisations": "Organisation",
    "successions": "Sammanslagning",
    "groups": "Grupp",
    "periods": "Period",
    "contacts": "Kontakt",
    "observations": "Iakttagelse",
    "vocabulary": "Ord i filer",
    "context_measures": "Offentligt mått",
    "context_values": "Offentlig uppgift",
}
"""Nouns for a row of the catalogue or the context; other tables have sentences of their own."""

COLUMNS = {
    "title": "namn",
    "short_title": "kort namn",
    "name": "namn",
    "short_name": "kort namn",
    "valid_from": "gäller från",
    "valid_to": "gäller till",
    "origin": "ursprung",
    "confidence": "säkerhet",
    "source": "källa",
    "programme_id": "program",
    "goal_id": "mål",
    "number": "nummer",
    "regional_number": "regionalt mål, nummer",
    "regional_title": "regionalt mål",
    "regional_mapping": "koppling till regionalt mål",
    "note": "anmärkning",
    "definition": "definition",
    "measure": "mått",
    "counts": "vad som räknas",
    "time": "slag av tid",
    "periods": "perioder",
    "base_year": "basår",
    "unit": "enhet",
    "per": "räknas per",
    "varies": "vad som varierar av slump",
    "cluster": "vad som håller ihop fallen",
    "base_note": "vad som var ovanligt med basåret",
    "direction": "önskad riktning",
    "level": "nivå",
    "split_by_sex": "delas på kön",
    "part_of": "del av",
    "violence_types": "våldstyper",
    "subgroup": "delgrupp",
    "provider": "utförare",
    "break_year": "år med ny definition",
    "break_note": "vad som ändrades då",
    "ended_note": "varför källan upphört",
    "replaced_by": "ersatt av",
    "employer_duty": "arbetsgivaransvar",
    "starts_on": "första dag",
    "ends_on": "sista dag",
    "kind": "slag",
    "valid_from_note": "om början",
    "counts_from": "räknas från",
    "date": "dag",
    "due": "sista dag att rapportera",
    "address": "adress",
    "role": "roll",
    "status": "läge",
    "object_type": "slag av föremål",
    "object_id": "föremål",
    "organisation_id": "organisation",
    "text": "text",
    "canonical": "betydelse",
    "regional": "regionalt",
    "owner": "ägare",
    "area_level": "områdesnivå",
    "approximate": "ungefärlig",
    "value": "värde",
    "numerator": "antal",
    "denominator": "av",
    "set_by": "beslutat av",
}
"""Columns of the catalogue, the context or a duty, as they stand before a value."""

CODES: Mapping[str, Mapping[str, str]] = {
    "measure": words.MEASURES,
    "varies": {"cases": "nya fall varje år", "full": "allt räknas"},
    "counts": {"persons": "personer", "units": "enheter", "events": "händelser", "none": "inget"},
    "time": {"flow": "under perioden", "stock": "på periodens sista dag", "survey": "undersökning för året"},
    "direction": {"increase": "öka", "decrease": "minska", "none": "ingen"},
    "provider": {"own": "egen regi", "external": "annan utförare", "both": "egen regi och annan utförare"},
    "kind": words.KINDS,
    "role": words.ROLES,
    "status": {**words.STATUSES, "decided": "beslutat", "proposed": "föreslaget"},
    "set_by": {"kf": "kommunfullmäktige", "namnd": "nämnden"},
    "origin": words.ORIGINS,
    "object_type": {"indicator": "indikator", "activity": "aktivitet", "goal": "mål", "organisation": "organisation"},
}
"""Codes of a column, in words."""

YEARS = ("year", "base_year", "break_year", "number", "regional_number")
"""Whole numbers that are written without a space between thousands."""
