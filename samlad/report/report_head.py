"""Lists that every form of the report has alike: its head, and its sources.

Sources' files and rows are in `source_rows`.
"""

from collections.abc import Iterator

from samlad.report.document import Chart, Report, Source, Statement, Table
from samlad.swedish import numbers


def head(report: Report) -> list[tuple[str, str]]:
    """Return the lines under the title: programme, dnr, author, dates and snapshot, leaving out the empty."""
    pairs = [
        ("Program", report.programme),
        ("Gäller", report.whose),
        ("Diarienummer", report.dnr or "sätts vid diarieföring"),
        ("Handläggare", report.author),
        ("Uppgifterna uttagna", numbers.date_sv(report.published)),
        ("Rapporter till och med", numbers.date_sv(report.as_of) if report.as_of else "inga rapporter"),
        ("Utelämnat", report.left_out),
        ("Ögonblicksbild", report.snapshot_id),
    ]
    return [(name, said) for name, said in pairs if said]


def asked(source: Source) -> str:
    """Return a source on a line: question, choices, row, and rule for the words.

    >>> asked(Source("goals", (("year", 2024),), (("goal_id", "M1"),), ("title",)))
    'goals (year=2024), rad goal_id=M1: title'
    """
    given = ", ".join(f"{name}={value}" for name, value in source.parameters if value is not None)
    key = ", ".join(f"{name}={value}" for name, value in source.row)
    parts = [f"{source.query}{f' ({given})' if given else ''}", f"rad {key}" if key else ""]
    what = ", ".join(source.columns)
    rule = f"[{source.rule}]" if source.rule else ""
    tail = " ".join(filter(None, (what, rule)))
    return ", ".join(filter(None, parts)) + (f": {tail}" if tail else "")


def listed_sources(report: Report) -> Iterator[tuple[str, str, str]]:
    """Yield every statement, table and chart: its id, its kind, and its source."""
    for section, block in report.blocks():
        match block:
            case Statement():
                yield block.id, f"{section.title}{f', {block.lead}' if block.lead else ''}", asked(block.source)
            case Chart():
                yield block.id, f"{section.title}, diagram", asked(block.source)
            case Table():
                yield block.id, f"{section.title}, {block.caption}", "; ".join(_questions(block))


def _questions(table: Table) -> list[str]:
    found = [cell.source for row in table.rows for cell in row if cell.source]
    bare = [Source(source.query, source.parameters) for source in found]
    named = list(dict.fromkeys(asked(one) for one in bare))
    return named if len(named) <= 3 else [*named[:2], f"och {len(named) - 2} till, se Excelfilen"]
