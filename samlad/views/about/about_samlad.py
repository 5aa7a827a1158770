"""Words on Om: the snapshot's contents, their sources, how figures are made, and protection.

Methods with examples are in `methods_explained`.
"""

import platform
from collections.abc import Sequence
from html import escape
from importlib.metadata import version as installed

from samlad import __version__
from samlad.foundation import clock, store
from samlad.foundation.rows import DataOriginsRow, PublicSourcesRow, ReportedViolenceRow
from samlad.swedish import numbers, words
from samlad.views.common import show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import seen
from samlad.warehouse import edition_notes
from samlad.warehouse.as_of import left_out_sentence

CONTENTS = {
    "goals": "Mål",
    "indicators": "Indikatorer",
    "activities": "Aktiviteter",
    "responsibilities": "Ansvar",
    "targets": "Årsmål",
    "organisations": "Nämnder och bolag",
    "periods": "Perioder och sista dag att rapportera",
    "reports": "Inlämnade rapporter",
    "public_values": "Offentlig statistik",
}

SURE = (
    (
        "verified for the year of the source only; 2020-2026 not checked",
        "kontrollerat för källans år, annars ej kontrollerat",
    ),
    ("general knowledge, unverified", "allmän kunskap, ej kontrollerat"),
    ("inferred (year read out of the article)", "slutlett (året utläst ur artikeln)"),
    ("goal 4 inferred", "mål 4 slutlett"),
    ("inferred", "slutlett"),
    ("verified", "kontrollerat"),
    ("exempel", "påhittat"),
)
"""Degrees of certainty: the words of the facts, and their Swedish. Other words of the facts are kept."""

WORDS = (
    (
        "Utfall",
        "Årets tal, alltid för hela året (verksamhetsberättelsen, VB). Tertialernas tal jämförs inte mellan år.",
    ),
    ("Årsmål", "Nämndens eget årsmål går före kommunfullmäktiges. För staden gäller kommunfullmäktiges."),
    ("Nådde årsmålet", "Årets utfall mot samma års årsmål. Det är ett faktum och räknas aldrig ner."),
    (
        "Svaren räcker inte",
        "Så många rapporter saknas att årsmålet kan vara nått eller inte, hur de som saknas än skulle svara.",
    ),
    ("Prövas inte", "Indikatorn har inget årsmål, ingen riktning som är bättre, eller så är det för tidigt."),
    (
        "Rapporterat",
        "Rapporter som har kommit, av dem som beslutat ansvar kräver. ”Skyddat” och ”ej aktuellt” räknas som svar.",
    ),
    ("Mäts", "Så många av målets aktiviteter följs av någon indikator."),
    (
        "Aktiviteternas status",
        "Över hela staden är en aktivitet genomförd när alla som har svarat säger det, försenad när någon säger det.",
    ),
    (
        "Bedömning",
        "Vad en nämnd eller staden själv har bedömt: uppfylls helt, delvis eller ej. Samlad räknar inte ut den.",
    ),
    ("Dagens indelning", "Sammanslagna stadsdelar visas som i dag även bakåt, hopräknade ur delarnas antal."),
)

PROTECTION = (
    """
Bakom många tal finns människor som utsatts för våld, eller som utövat det. Ingen ska kunna kännas igen i Samlad.

* Antal **personer** som är färre än gränsen visas aldrig. Det gäller också noll, och de som *inte* ingår: av 20
  tillfrågade visas varken 2 eller 18.
* När ett tal döljs döljs också det som skulle avslöja det: andelen, osäkerheten, prognosen och kommentaren. Går det att
  räkna ut ur en summa, ur kvinnor och män, ur stadsdelar som slagits ihop eller ur en äldre ögonblicksbild, döljs
  fler tal.
* Antal personer visas bara för hela år. Annars kunde skillnaden mellan två tertialer avslöja enskilda.
* Antal **enheter**, svar ja eller nej och offentlig statistik rör inga enskilda och visas alltid.
* Varje dolt tal har samma mening: *"""
    + words.PROTECTED
    + """* Varför just det talet döljs står inte här, för att
  också det kunde säga för mycket.

Sidorna läser bara ögonblicksbilder som redan är skyddade, aldrig de råa rapporterna.
"""
)

ACCESSIBILITY = """
* Allt går att nå med tangentbordet. Breda tabeller går att rulla med piltangenterna när de är markerade.
* Varje diagram har en mening som säger vad det visar och en tabell med samma tal.
* Ingen färg bär ensam en betydelse: tecken, form eller ord säger samma sak.
* Ljust och mörkt utseende väljs i menyn uppe till höger.
* Några ord i menyerna kommer från verktyget Streamlit och översätts när sidan visas.

Något som inte fungerar för dig? Berätta för den som sköter Samlad.
"""


def sentence(origins: Sequence[DataOriginsRow]) -> str:
    """Return two sentences on the sources of the page in front of the user."""
    made_up = any(row.origin == "example" for row in origins)
    first = (
        "Samlad gör nämndernas och bolagens rapporter om programmet mot våld till en gemensam bild, där varje tal går "
        "att följa tillbaka."
    )
    return f"{first} Just nu visas exempeldata: programmets tal är påhittade." if made_up else first


def snapshot_facts() -> list[tuple[str, str]]:
    """Return dates, size and identity of the snapshot on the page."""
    opened = seen()
    manifest = opened.manifest
    until, left_out = opened.snapshot.reports_until, opened.snapshot.left_out
    rows = sum(int(table["rows"]) for table in manifest["tables"].values())
    return [
        ("Publicerad", numbers.date_sv(opened.published_on)),
        (
            "Läget gäller",
            numbers.date_sv(until) if until else "inga rapporter har kommit, så inget är försenat",
        ),
        *([("Utelämnat", left_out_sentence(left_out, opened.snapshot.as_of))] if left_out else []),
        ("Inlämningar", numbers.number(len(manifest["submissions"]))),
        ("Innehåll", f"{numbers.number(len(manifest['tables']))} tabeller, {numbers.number(rows)} rader"),
        ("Ögonblicksbildens namn", Html(f"<code>{opened.snapshot_id[:16]}</code>")),
        (
            "Länk till just den här",
            Html(
                f"<code>?snapshot={opened.snapshot_id[:8]}</code> i adressen visar samma ögonblicksbild även efter "
                "nästa publicering"
            ),
        ),
        ("Programmets filer", Html(f"<code>{str(manifest['catalogue_sha256'])[:16]}</code>")),
        ("Metodernas version", str(manifest["methods_version"])),
    ]


def origin_table(origins: Sequence[DataOriginsRow]) -> Shown:
    """Return each kind of content with its source and its certainty."""
    counted: dict[tuple[str, str, str], int] = {}
    for row in origins:
        key = (row.content, row.origin, how_sure(row.confidence))
        counted[key] = counted.get(key, 0) + int(row.rows)
    return Shown(
        caption="Uppgifternas ursprung",
        columns=("Innehåll", "Antal", "Ursprung", "Hur säkert"),
        numbers=frozenset({1}),
        rows=[
            Row(
                (
                    CONTENTS[content],
                    numbers.number(count),
                    show.example_mark() if origin == "example" else words.ORIGINS[origin],
                    sure,
                )
            )
            for (content, origin, sure), count in counted.items()
        ],
        notes=("Det som inte är kontrollerat i en källa är märkt ”ej kontrollerat” och ska prövas innan det används.",),
    )


def how_sure(confidence: str | None) -> str:
    """Return the certainty in Swedish. Nothing the source says of its own uncertainty is left out.

    >>> how_sure("verified"), how_sure("general knowledge, unverified")
    ('kontrollerat', 'allmän kunskap, ej kontrollerat')
    >>> how_sure("verified: dagen; antagande, ej kontrollerat: sista dag")
    'kontrollerat: dagen; antagande, ej kontrollerat: sista dag'
    """
    said = confidence or "–"
    for english, swedish in SURE:
        said = said.replace(english, swedish)
    return said


def source_table(sources: Sequence[PublicSourcesRow]) -> Shown:
    """Return the public statistics with their publishers."""
    return Shown(
        caption="Offentlig statistik",
        columns=("Mått", "År", "Tal", "Utgivare", "Hur säkert", "Läst i"),
        numbers=frozenset({2}),
        rows=[
            Row(
                (
                    row.measure,
                    _years(row),
                    numbers.number(row.figures),
                    row.owner or "–",
                    how_sure(row.confidence),
                    _linked(row.source),
                )
            )
            for row in sources
        ],
    )


def _linked(source: str | None) -> str:
    if not source or not source.startswith("https://"):
        return source or "–"
    shown = source.removeprefix("https://").removeprefix("www.").rstrip("/")
    return Html(f'<a href="{escape(source, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(shown)}</a>')


def _years(row: PublicSourcesRow) -> str:
    first, last = row.first_year, row.last_year
    return str(first) if first == last else f"{first}{numbers.DASH}{last}"


def methods(violence: Sequence[ReportedViolenceRow]) -> list[tuple[str, str]]:
    """Return each method so far, with its source and an example out of the data."""
    districts = [row for row in violence if row.kind == "district"]
    highest = max(districts, key=lambda row: row.rate_per_1000 or 0, default=None)
    rate = "Antalet delat med folkmängden, gånger 1 000. Osäkerheten räknas med Byars metod (Breslow och Day 1987)."
    if highest and highest.rate_per_1000 is not None and highest.lower_95 is not None and highest.upper_95 is not None:
        rate += (
            f" Till exempel {highest.place}: {numbers.number(highest.count)} anmälda våldsbrott under "
            f"{highest.year} och {numbers.number(highest.population or 0)} invånare ger "
            f"{numbers.decimal(highest.rate_per_1000, 2)} per 1 000, osäkerhet "
            f"{numbers.interval(highest.lower_95, highest.upper_95, 'rate')}."
        )
    return [
        (
            "Andelar",
            "Skrivs med antalen först: 9 av 12 enheter, 75 %. Osäkerheten räknas med Wilsons metod (Wilson 1927; "
            "Newcombe och Altman 2000): 3 av 8 är 37,5 %, osäkerhet 13,7–69,4 %.",
        ),
        ("Tal per invånare", rate),
        (
            "Staden",
            "Täljarna läggs ihop och nämnarna läggs ihop. Ett medelvärde av andelar används aldrig: 1 av 2 och 90 av "
            "100 är tillsammans 91 av 102, alltså 89 %, inte 70 %. Den som inte har rapporterat räknas inte som noll.",
        ),
        (
            "Sammanslagna stadsdelar",
            "Järva för 2022 är Rinkeby-Kista och Spånga-Tensta hopräknade, täljare för sig och nämnare för sig. Har "
            "bara den ena rapporterat visas inget tal.",
        ),
        (
            "En stadsdel mot resten av staden",
            "Skillnaden mot alla andra tillsammans, med Newcombes intervall för andelar (Newcombe 1998) och kvoten "
            "mellan två tal per invånare (Przyborowski och Wilenski 1940). Vid 99,8 % står det ”säkert”, vid 95 % "
            "”möjligen”, annars ”ingen säker skillnad”. Samma ord gäller mellan två år, mellan kvinnor och män och "
            "mot liknande stadsdelar. Till exempel skiljer sig 48 av 80 från 56 av 70 med 20 procentenheter, "
            "intervall 5–33: möjligen högre.",
        ),
        (
            "När allt är räknat",
            "Enheter, ja eller nej och register med i stort sett samma personer är inget urval. Då finns ingen "
            "osäkerhet och inget prövas. Talet är högre eller lägre när det skiljer minst så mycket som en enhet är "
            "värd i den mindre av de två; annars är de i stort sett lika. 69 av 140 och 69 av 139 är i stort sett "
            "lika.",
        ),
        (
            "Vad slumpen ensam ger",
            "Även om alla vore lika skulle några sticka ut. Hur många räknas ut exakt för de stadsdelar som jämförs, "
            "som om fallen vore oberoende. En liten stadsdel visas bara när den har tillräckligt många personer; det "
            "räknas in. Prövat med simulering: i städer där inget skiljer, med små stadsdelar dolda, sticker lika "
            "många ut som sidan säger.",
        ),
        (
            "Skiljer sig stadsdelarna mer än slumpen ger?",
            "Varje stadsdels avvikelse från alla tillsammans kvadreras och summeras (Q, Pearson 1900). Är summan "
            "större än slumpen ger i 99,8 % av fallen står det ”mer än slumpen ger”, i 95 % ”möjligen”, annars sägs "
            "inget. Q delat med antalet stadsdelar minus en kallas φ (Spiegelhalter 2005). 10, 20 och 30 av 50 ger Q "
            "= 16,7 och φ = 8,3: mer än slumpen. Hur långt isär de ligger sägs av τ (Paule och Mandel 1982; "
            "Viechtbauer 2007).",
        ),
        (
            "Tratten",
            "Visar hur långt slumpen sprider stadsdelar av olika storlek runt deras gemensamma nivå (Spiegelhalter "
            "2005). Jämförelsen med resten av staden är en annan prövning. När de två ser olika följer tecken, färg "
            "och ord jämförelsen.",
        ),
    ]


def threshold() -> list[tuple[str, str]]:
    """Return the smallest count of persons that is shown in this snapshot."""
    return [("Gräns i den här ögonblicksbilden", f"färre än {seen().manifest['threshold']} personer visas inte")]


def version() -> list[tuple[str, str]]:
    """Return the version of Samlad that runs here."""
    return [
        ("Samlad", __version__),
        ("Python", platform.python_version()),
        *((name, installed(name.lower())) for name in ("Streamlit", "DuckDB", "PyArrow", "Altair")),
    ]


def removed_editions() -> list[str]:
    """Return a sentence for each removal of editions: when, its dnr, and their days of publication."""
    told = []
    for note in edition_notes.read(store.data_folder()):
        days = ", ".join(numbers.date_sv(day) for day in sorted(set(note.days))) or "okänd dag"
        why = "efter gallring" if note.does == edition_notes.PURGED else "efter beslut"
        told.append(f"Publicerat {days}: borttaget {numbers.date_sv(clock.day(note.at))} {why}, {note.decision}.")
    return told
