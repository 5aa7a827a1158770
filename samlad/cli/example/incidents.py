"""Planned faults of the example, to be found: silences, remarks, second-hand figures and mistakes."""

from dataclasses import dataclass

LAST = 9999
"""The last year of the example."""


@dataclass(frozen=True)
class Silence:
    """An organisation that does not report an object, or anything, in these years and periods."""

    organisation_id: str
    object_id: str | None = None
    first_year: int = 0
    last_year: int = LAST
    periods: tuple[str, ...] = ("T1", "T2", "VB")


@dataclass(frozen=True)
class Remark:
    """A comment of an organisation beside the status of an activity in one VB."""

    organisation_id: str
    activity_id: str
    year: int
    text: str


@dataclass(frozen=True)
class SecondHand:
    """A yearly figure submitted for another organisation, equal to theirs or this much larger."""

    submitter_id: str
    organisation_id: str
    indicator_id: str
    year: int
    more: int


@dataclass(frozen=True)
class Mistake:
    """A correction that an organisation takes back a few days later."""

    organisation_id: str
    year: int
    period: str
    days_later: int
    reason: str


SILENCES: tuple[Silence, ...] = (
    # A whole report that never came.
    Silence("SDN-SN", first_year=2022, last_year=2022, periods=("VB",)),
    Silence("SDN-HV", first_year=LAST, periods=("VB",)),
    Silence("FN-IDR", first_year=LAST, periods=("VB",)),
    Silence("SDN-EAV", first_year=2021, last_year=2021, periods=("T1",)),
    Silence("BOL-STE", first_year=2024, last_year=2024),
    # Silent in all years, while the neighbour that was late to begin is not.
    Silence("FN-KYR", "EX-M7-A6"),
    Silence("BOL-STL"),
    Silence("FN-OFN", "EX-M7-A6", last_year=2021),
    # The activity is reported, its indicator is not; and the reverse.
    Silence("SDN-EAV", "EX-M4-I5", first_year=2024),
    Silence("SDN-KU", "EX-M3-A3", first_year=2024),
)

OFTEN_SILENT: dict[str, float] = {"SDN-SN": 0.15}
"""Organisations that leave out this share of their rows."""

REMARKS: tuple[Remark, ...] = (
    Remark(
        "FN-AMN",
        "EX-M3-A2",
        2024,
        "Jobbtorg ställer rutinfrågor om våld vid inskrivning, men det syns inte i indikatorn om rutinfrågor.",
    ),
    Remark(
        "FN-IDR",
        "EX-M1-A7",
        2023,
        "Föreningsledare har frågat hur de ska göra en orosanmälan när ett barn berättar om våld hemma.",
    ),
    Remark(
        "BOL-BF",
        "EX-M4-A5",
        2024,
        "Många som lämnar skyddat boende har barn i skolåldern. Skolgången avgör ofta var de kan bo.",
    ),
    Remark("BOL-SISAB", "EX-M7-A6", 2024, "Rutinen finns i ledningssystemet och gås igenom varje år."),
    Remark("FN-KYR", "EX-M1-A7", 2024, "Informationen är uppsatt i personalrummen."),
)

SECOND_HANDS: tuple[SecondHand, ...] = (
    SecondHand("FN-SOC", "SDN-BR", "EX-M6-I1", 2024, 1),
    SecondHand("FN-SOC", "SDN-KU", "EX-M6-I1", 2024, 0),
)

MISTAKES: tuple[Mistake, ...] = (
    Mistake("SDN-HA", 2022, "T1", 5, "Rättelsen byggde på fel underlag. Den första rapporten gäller."),
)
