"""Assessments of the example: made-up judgements by nämnder and the city, not computed from the figures."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

import numpy as np

from samlad.cli.example.city import City, Row
from samlad.cli.example.example_figures import generator
from samlad.cli.example.reporting_habits import Conduct
from samlad.foundation import clock, schema

PERIOD = "VB"
JUDGED = 0.7
CITY_NEEDS_DAYS = 18
JUDGEMENTS = ("fully", "partly", "not")
PROMISING, SLOW, STILL, FALLING = ((0.35, 0.6), (0.25, 0.6), (0.15, 0.6), (0.15, 0.55))
GOES: Mapping[str, tuple[float, float]] = {
    "STH-M1": SLOW,
    "STH-M2": SLOW,
    "STH-M3": PROMISING,
    "STH-M4": SLOW,
    "STH-M5": FALLING,
    "STH-M6": STILL,
    "STH-M7": PROMISING,
}
"""Probability that a nämnd says fully, and partly, by goal; nämnder judge milder than the city."""

CITY_SAYS: Mapping[str, tuple[str, ...]] = {
    "STH-M1": ("partly", "partly", "partly", "partly", "fully"),
    "STH-M2": ("not", "partly", "partly", "partly", "partly"),
    "STH-M3": ("partly", "partly", "partly", "fully", "fully"),
    "STH-M4": ("partly", "partly", "partly", "partly"),
    "STH-M5": ("partly", "partly", "not", "not", "not"),
    "STH-M6": ("not", "not", "not", "not"),
    "STH-M7": ("partly", "partly", "partly", "partly", "fully"),
}
"""The city's own judgement by year from the first; of two goals the last is not yet made."""

NAMND_TEXTS: Mapping[str, tuple[str, ...]] = {
    "fully": (
        "Målet uppfylls helt. Arbetet ingår i ordinarie verksamhet och följs upp varje tertial.",
        "Målet uppfylls helt. De planerade aktiviteterna är genomförda, och enheterna har de rutiner som behövs.",
        "Målet bedöms uppfyllt. Nästa steg är att nå de enheter som tillkommit under året.",
    ),
    "partly": (
        "Målet uppfylls delvis. Rutinerna finns, men används inte lika i alla enheter.",
        "Målet uppfylls delvis. Utvecklingen går åt rätt håll, men årsmålet nås inte för alla indikatorer.",
        "Målet uppfylls delvis. Vakanser har gjort att några aktiviteter skjutits till nästa år.",
        "Målet uppfylls delvis. Underlaget är litet, och bedömningen görs med försiktighet.",
    ),
    "not": (
        "Målet uppfylls inte. Arbetet har inte kommit igång som planerat.",
        "Målet uppfylls inte. Nämnden återkommer med åtgärder i verksamhetsplanen.",
    ),
}
CITY_TEXTS: Mapping[str, tuple[str, ...]] = {
    "fully": ("Målet bedöms uppfyllt för staden som helhet. Skillnader mellan stadsdelarna kvarstår och bör följas.",),
    "partly": (
        "Målet bedöms delvis uppfyllt. Flera nämnder anger att målet uppfylls helt, men årsmålen nås inte för staden.",
        "Målet bedöms delvis uppfyllt. Underlaget är ojämnt, och några nämnder har inte rapporterat.",
    ),
    "not": (
        "Målet bedöms inte uppfyllt. Utvecklingen står stilla eller går åt fel håll, och en ny plan behövs.",
        "Målet bedöms inte uppfyllt. Det saknas gemensamma arbetssätt för uppföljningen.",
    ),
}


def judgements(goals: Mapping[str, np.ndarray], how: Conduct, latest: datetime) -> Iterator[tuple[str, datetime, Row]]:
    """Yield author, moment and content of each judgement: nämnder with duties that reported, then the city.

    `goals` tells who has a duty under each goal, reporters × years × periods. Nothing is judged later than `latest`.
    """
    city, when, silent = how.scene.city, how.scene.when, how.silent
    rng = generator(how.scene.seed, "assessments")
    names = {row["organisation_id"]: row["short_name"] for row in city.organisations}
    is_namnd = np.array([not row_kind(city, name).endswith("bolag") for name in city.reporters])
    last_period = schema.PERIODS.index(PERIOD)
    for number, year in enumerate(when.years):
        due = when.due[number][last_period]
        moment = clock.at(due, time(12))
        for goal in sorted(goals):
            judges = goals[goal][:, number, last_period] & ~silent[:, number, last_period] & is_namnd
            judges &= rng.uniform(size=len(judges)) < JUDGED
            chance = rng.uniform(size=len(judges))
            fully, partly = GOES.get(goal, SLOW)
            for place in np.nonzero(judges)[0].tolist():
                fulfilled = JUDGEMENTS[int(np.searchsorted((fully, fully + partly), chance[place]))]
                texts = NAMND_TEXTS[fulfilled]
                name = city.reporters[place]
                content = judgement(name, goal, year, fulfilled, texts[int(rng.integers(len(texts)))])
                at = min(moment - timedelta(days=int(rng.integers(0, 15))), latest)
                yield f"{names[name]} (exempel)", at, content
        for goal in sorted(goals):
            said_by_year = CITY_SAYS.get(goal, ())
            if number < len(said_by_year):
                texts = CITY_TEXTS[said_by_year[number]]
                content = judgement(schema.CITY, goal, year, said_by_year[number], texts[number % len(texts)])
                at = min(moment + timedelta(days=CITY_NEEDS_DAYS), latest)
                yield "Utredare, socialförvaltningen (exempel)", at, content


def judgement(organisation_id: str, goal_id: str, year: int, fulfilled: str, text: str) -> Row:
    """Return the content of one journal record of the kind assessment."""
    return {
        "organisation_id": organisation_id,
        "goal_id": goal_id,
        "year": year,
        "period": PERIOD,
        "fulfilled": fulfilled,
        "text": text,
        "origin": "example",
    }


def row_kind(city: City, name: str) -> str:
    """Return the kind of one organisation."""
    return next(str(row["kind"]) for row in city.organisations if row["organisation_id"] == name)
