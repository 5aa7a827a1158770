"""Number of queries that a page asks of the warehouse: the cost of an uncached page."""

from typing import Any

import pytest
import streamlit as st

from samlad.foundation.store import DataFolder
from samlad.swedish import words
from samlad.views.common import choose
from samlad.warehouse import database
from tests.test_districts import PICTURES
from tests.test_pages import forgotten, run

__all__ = ["forgotten"]

MOST = 5
STATES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in ("overview", "goal", "indicator", "responsibility", "organisation")),
    *(
        (page, {"organisation": "Farsta"})
        for page in ("overview", "goal", "indicator", "responsibility", "organisation")
    ),
    *((page, {}) for page in ("changes", "reporting", "reporting_state", "about")),
    ("reporting", {"organisation": "Farsta"}),
    ("report", {}),
    ("districts", {"visa": "Ett mål", "mal": "3 Upptäcka våld"}),
    ("districts", {"indikator": words.REPORTED_VIOLENCE}),
    *(("districts", {"indikator": "Tillfrågade om våld", "bild": picture, "valda": "Farsta"}) for picture in PICTURES),
]


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "chosen"), STATES, ids=lambda one: one if isinstance(one, str) else "&".join(one.values())
)
def test_a_page_asks_at_most_five_queries_when_nothing_is_kept(
    shown: DataFolder, monkeypatch: pytest.MonkeyPatch, page: str, chosen: dict[str, str]
) -> None:
    asked: list[str] = []
    ask = database.Warehouse._asked

    def counted(self: database.Warehouse, name: str, used: Any) -> Any:
        asked.append(name)
        return ask(self, name, used)

    opened = database.open_snapshot(shown)
    opened.prepare()
    app = run("about", ar="2024", **chosen)
    st.cache_resource.clear()
    choose._choices.cache_clear()
    monkeypatch.setattr(database.Warehouse, "_asked", counted)
    app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception
    assert len(asked) <= MOST, asked


def test_what_takes_no_choice_is_asked_when_the_snapshot_is_loaded_and_never_again(
    shown: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = database.Warehouse._asked
    monkeypatch.setattr(
        database.Warehouse, "_asked", lambda self, name, used: (asked.append(name), ask(self, name, used))[1]
    )
    opened = database.Warehouse(database.open_snapshot(shown).snapshot)
    opened.prepare()
    assert len(asked) == len(set(asked)) > 10
    before = list(asked)
    assert opened.query("goals") is opened.query("goals")
    assert opened.query("indicator_cases", organisation_id=None, goal_id=None) is opened.query("indicator_cases")
    assert asked == before
    one = opened.query("indicator_cases", organisation_id="SDN-FA")
    assert asked == [*before, "indicator_cases"] and one.num_rows != opened.query("indicator_cases").num_rows
    opened.close()
