"""One chart and one table of ten rows, of the year that the frame has chosen."""

import pyarrow as pa
import streamlit as st

from samlad.views.common import choose
from samlad.views.common.show import Row, Shown, html, table_html

SPEC = {
    "mark": {"type": "point", "filled": True, "size": 120},
    "encoding": {
        "x": {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]}},
        "y": {"field": "name", "type": "nominal", "sort": None},
        "tooltip": {"field": "name", "type": "nominal"},
    },
    "height": {"step": 30},
}

year = choose.year()
names = [f"Rad {number}" for number in range(1, 11)]
values = [((number * 37 + year) % 100) / 100 for number in range(1, 11)]

st.title(f"Ett diagram {year}")
st.vega_lite_chart(pa.table({"name": names, "value": values}), dict(SPEC), width="stretch", alt="Tio punkter")
html(
    table_html(
        Shown(
            "Tio rader",
            ("Namn", "Värde"),
            [Row((name, f"{value:.2f}".replace(".", ","))) for name, value in zip(names, values, strict=True)],
        )
    )
)
