"""Personal data: what looks like a person is refused; what is only named like one is left alone."""

import pytest

from samlad.foundation import personal_data
from samlad.foundation.findings import Finding
from tests import rows

NAMES = personal_data.PersonNames(
    rows.programme(
        activities=rows.table("activities", {"activity_id": "A1", "title": "Stöd enligt Maria Nordströms modell"})
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Andersson",
        "Ansvarig: Lars-Erik Öberg, enhet 3",
        "Kontakta socialsekreterare Maria Lind om detta",
        "Andersson, Karin",
        "anna.andersson@stockholm.se",
        "Fatima\u00a0Hassan har slutat",
        "Erik M. Svensson",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert NAMES.found_in(text) and personal_data.holds_person(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Astrid Lindgrens barnsjukhus",
        "Maria Ungdom",
        "Anna Lindhs plats",
        "Lex Maria",
        "Stadsdelsnämnden Hägersten-Älvsjö",
        "Norra innerstaden och Södermalm",
        "Vi arbetar enligt Maria Nordströms modell",
        "Enligt Socialstyrelsen Kvalitetsregister",
        "Anna har tagit fram en rutin",
        "sex av tolv",
    ],
)
def test_what_is_no_person_is_left_alone(text: str) -> None:
    assert not NAMES.found_in(text)


def test_the_finding_says_where_and_never_what() -> None:
    found = list(personal_data.findings("r.xlsx", "Svar", 7, "Kommentar", "Anna Andersson 811228-9874", NAMES))
    assert [one.rule for one in found] == ["personal_number", "person_name"]
    assert all(isinstance(one, Finding) and one.value is None and one.severity == "error" for one in found)
    assert "Andersson" not in repr(found) and "9874" not in repr(found)
