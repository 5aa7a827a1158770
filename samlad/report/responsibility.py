"""What the report says of responsibility: the gaps the rules have found, with what is proposed."""

from collections.abc import Iterator

from samlad import formats, text
from samlad.proposals import ONLY_ASKS
from samlad.report.document import Block, Words
from samlad.report.folio import Folio, Found

SEVERITIES = {"high": "allvarlig", "medium": "måttlig", "low": "mindre"}
SEVERITIES_COUNTED = {
    "high": ("allvarlig", "allvarliga"),
    "medium": ("måttlig", "måttliga"),
    "low": ("mindre", "mindre"),
}


def gaps(folio: Folio) -> Iterator[Block]:
    """How many gaps there are, and each with its proposal, the gravest first."""
    answer = folio.ask("report_gaps", organisation_id=folio.organisation_id)
    if not answer.rows:
        yield Words("Reglerna har inte hittat någon lucka i ansvaret.")
        return
    number = len(answer.rows)
    counts = {key: sum(row["severity"] == key for row in answer.rows) for key in SEVERITIES}
    listed = text.listed([f"{formats.number(n)} {SEVERITIES_COUNTED[key][n > 1]}" for key, n in counts.items() if n])
    noun = "lucka" if number == 1 else "luckor"
    said = f"{formats.number(number)} {noun} i ansvaret har hittats: {listed}."
    yield folio.statement(said, answer.source("severity", rule="antal"))
    yield Words("Luckorna gäller läget när uppgifterna togs ut, vilket år de än rör.")
    rows = [
        [
            answer.cell(_said(row), row, "title"),
            answer.cell(SEVERITIES[row["severity"]], row, "severity"),
            answer.cell("–" if row["goal_number"] is None else str(row["goal_number"]), row, "goal_number"),
            answer.cell(row["action"], row, "action"),
        ]
        for row in answer.rows
    ]
    is_example = any(row["origin"] == "example" for row in answer.rows)
    columns = ("Lucka", "Grad", "Mål", "Förslag")
    yield folio.table("Luckor i ansvaret", columns, rows, (3.0, 0.9, 0.5, 3.0), is_example=is_example)


def _said(row: Found) -> str:
    """What is wrong; what a rule only guesses is put as a question to confirm."""
    title: str = row["title"]
    return f"Behöver bekräftas: {title}" if row["rule"] in ONLY_ASKS else title
