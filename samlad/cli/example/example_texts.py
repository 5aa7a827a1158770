"""Texts of the example: made-up comments beside figures and statuses, chosen by the row's situation.

None names a number or a person, so no comment says more than its figure.
"""

from collections.abc import Mapping

import numpy as np

BETTER = (
    "Arbetssättet är nu infört i alla enheter, och det märks i utfallet.",
    "Förbättringen hänger samman med utbildningen som hölls under våren.",
    "En samordnare har funnits på plats hela året. Det har gett resultat.",
    "Chefernas uppföljning varje månad bedöms ha haft störst betydelse.",
    "Nya mallar i verksamhetssystemet har gjort det lättare att dokumentera.",
    "Utvecklingen är positiv, men skillnaderna mellan enheterna är fortfarande stora.",
    "Samarbetet med grannförvaltningen har gett fler arbetssätt att välja mellan.",
    "Frågan har varit en stående punkt på arbetsplatsträffarna.",
)
WORSE = (
    "Hög personalomsättning under hösten har påverkat utfallet.",
    "Två enheter har saknat chef under delar av året. Arbetet återupptas efter sommaren.",
    "Dokumentationen brister. Vi bedömer att mer görs än vad siffran visar.",
    "Ett byte av verksamhetssystem gör att en del av underlaget har registrerats sent.",
    "Vakanta tjänster har gjort att andra uppgifter gått före.",
    "Utfallet är sämre än väntat. En åtgärdsplan har tagits fram och följs upp till sommaren.",
    "Rutinen är inte känd av alla nyanställda. Introduktionen ses över.",
    "Fler ärenden än tidigare och oförändrad bemanning förklarar utfallet.",
)
UNCHANGED = (
    "Läget är i stort sett oförändrat. Nya insatser planeras till nästa år.",
    "Små förändringar mellan åren beror i första hand på slumpen, då få berörs.",
    "Arbetet fortgår enligt plan, men har ännu inte gett något tydligt avtryck.",
    "Inga större förändringar jämfört med förra året.",
    "Nämnden har inte prioriterat området under året.",
)
MORE = (
    "Fler än förra året. Vi tolkar det som att fler upptäcks.",
    "Ökningen sammanfaller med att skolorna fått ett nytt anmälningsformulär.",
    "Ökat inflöde under hösten, främst från skola och polis.",
)
FEWER = (
    "Färre än förra året. Vi vet inte om det beror på mindre våld eller på att färre upptäcks.",
    "Minskningen gäller främst sommarmånaderna.",
    "Färre anmälningar från förskolan än tidigare. Samtal har inletts med rektorerna.",
)
FIRST_YEAR = (
    "Första året som uppgiften tas fram. Den ska läsas med försiktighet.",
    "Underlaget har räknats för hand och är inte helt jämförbart mellan enheterna.",
    "Utgångsläget för programperioden.",
)
NEW_DEFINITION = (
    "Räknat enligt den nya definitionen. Utfallet kan inte jämföras med tidigare år.",
    "Den längre uppföljningstiden förklarar nivån.",
)
DURING_YEAR = (
    "Prognosen bygger på utfallet hittills och är osäker.",
    "Sommaren ger normalt ett lägre inflöde.",
    "Utbildningen är planerad till hösten, och effekten väntas i årets sista rapport.",
    "Uppgiften är preliminär.",
    "Arbetet kom igång senare än planerat, men årsmålet bedöms kunna nås.",
)
NOT_REPORTED = (
    "Underlaget är inte klart. Uppgiften lämnas i nästa rapport.",
    "Uppgiften har inte kunnat tas fram på grund av byte av verksamhetssystem.",
    "Svar saknas från flera enheter.",
)
NOT_APPLICABLE = (
    "Nämnden har inte haft några ärenden av det här slaget under perioden.",
    "Verksamheten finns inte hos oss.",
)
WITHHELD = (
    "Få personer berörs. Uppgiften lämnas inte ut av hänsyn till dem.",
    "Uppgiften är skyddad, då enskilda annars kan kännas igen.",
)
CORRECTED = (
    "Rättad uppgift: ärenden som registrerats sent har tillkommit.",
    "Rättad uppgift: en enhet saknades i den första rapporten.",
    "Rättad uppgift efter genomgång tillsammans med enheterna.",
)
COMPLETED = (
    "Kompletterad: uppgiften saknades i den första rapporten.",
    "Kompletterad sedan underlaget kommit in från alla enheter.",
)
NOT_STARTED = (
    "Startar när budgeten är beslutad.",
    "Väntar på stadens gemensamma riktlinje.",
    "Planeras till nästa år tillsammans med grannförvaltningen.",
)
ONGOING = (
    "Arbetet löper på enligt plan.",
    "Utbildade handledare finns nu på plats i varje enhet.",
    "Samarbetet med civilsamhället har fördjupats under perioden.",
    "Genomförs i ordinarie verksamhet. Uppföljning görs två gånger om året.",
    "Informationen når chefer, men ännu inte alla medarbetare.",
    "Materialet finns nu på lättläst svenska och fem andra språk.",
)
DONE = (
    "Genomförd, och arbetssättet ingår nu i ordinarie verksamhet.",
    "Genomförd. En utvärdering görs nästa år.",
    "Genomförd i huvudsak. Ett par enheter återstår.",
)
DELAYED = (
    "Försenad på grund av vakanser.",
    "Försenad: upphandlingen överklagades.",
    "Har fått stå tillbaka för akuta ärenden. En ny tidplan är beslutad.",
    "Försenad i väntan på besked om vem som ska leda arbetet.",
)
CANCELLED = (
    "Utgår efter beslut i nämnden. Behovet täcks av en annan aktivitet.",
    "Utgår, då de medel som planerats inte beviljades.",
)

POOLS: Mapping[str, tuple[str, ...]] = {
    "better": BETTER,
    "worse": WORSE,
    "unchanged": UNCHANGED,
    "more": MORE,
    "fewer": FEWER,
    "first_year": FIRST_YEAR,
    "new_definition": NEW_DEFINITION,
    "during_year": DURING_YEAR,
    "-": NOT_REPORTED,
    ".": NOT_APPLICABLE,
    "..": WITHHELD,
    "corrected": CORRECTED,
    "completed": COMPLETED,
    "not_started": NOT_STARTED,
    "ongoing": ONGOING,
    "done": DONE,
    "delayed": DELAYED,
    "cancelled": CANCELLED,
}
COMMENTS: tuple[str, ...] = tuple(text for pool in POOLS.values() for text in pool)
"""Every comment, one after the other; a row holds a place in it, or −1."""

_FIRST = dict(zip(POOLS, np.cumsum([0, *map(len, POOLS.values())]), strict=False))


def comments(situation: str, how_many: int, chance: float, rng: np.random.Generator) -> np.ndarray:
    """Return places in COMMENTS for rows in one situation; −1, no comment, for all but this share of them."""
    chosen = _FIRST[situation] + rng.integers(len(POOLS[situation]), size=how_many)
    return np.where(rng.uniform(size=how_many) < chance, chosen, -1)
