"""How much a page asks of the warehouse: the number of queries is what an uncached page costs."""

from typing import Any

import pytest
import streamlit as st

from samlad import text, warehouse
from samlad.store import DataFolder
from samlad.views import choose
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
    ("districts", {"visa": "Ett mål", "mal": "3 Upptäcka våld"}),
    ("districts", {"indikator": text.REPORTED_VIOLENCE}),
    *(("districts", {"indikator": "Tillfrågade om våld", "bild": picture, "valda": "Farsta"}) for picture in PICTURES),
]


@pytest.mark.parametrize(
    ("page", "chosen"), STATES, ids=lambda one: one if isinstance(one, str) else "&".join(one.values())
)
def test_a_page_asks_at_most_five_queries_when_nothing_is_kept(
    shown: DataFolder, monkeypatch: pytest.MonkeyPatch, page: str, chosen: dict[str, str]
) -> None:
    asked: list[str] = []
    query = warehouse.Warehouse.query

    def counted(self: warehouse.Warehouse, name: str, **parameters: Any) -> Any:
        asked.append(name)
        return query(self, name, **parameters)

    app = run("about", ar="2024", **chosen)
    st.cache_resource.clear()
    choose._choices.cache_clear()
    monkeypatch.setattr(warehouse.Warehouse, "query", counted)
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception and asked
    of_the_frame = {"choices"}
    own = [name for name in asked if name not in of_the_frame]
    assert len(own) <= MOST, own
    assert len(asked) <= MOST + len(of_the_frame)
