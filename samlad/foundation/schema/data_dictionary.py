"""The data dictionary: docs/data-dictionary.md, written from the tables."""

from samlad.foundation.schema.catalogue_tables import CATALOGUE
from samlad.foundation.schema.context_tables import CONTEXT
from samlad.foundation.schema.snapshot_tables import SNAPSHOT
from samlad.foundation.schema.submission_tables import SUBMISSION


def dictionary() -> str:
    """Return the data dictionary as Markdown: every table with its grain, key and columns."""
    parts = [
        "# Data dictionary\n\n"
        "Written from `samlad/foundation/schema/` by `python -m samlad.foundation.schema > docs/data-dictionary.md`; "
        "a test holds the two "
        "together.\nA share is a fraction from 0 to 1. Missing is null, with a reason code where a figure was asked "
        "for: `-` not reported,\n`.` not applicable, `..` protected. Dates are days without a time zone.\n"
    ]
    for title, tables in (
        ("The catalogue: data/programme/, CSV", CATALOGUE),
        ("The context: data/context/, Parquet", CONTEXT),
        ("Submissions: submissions/, Parquet, raw and restricted", SUBMISSION),
        ("Snapshots: snapshots/, Parquet, protected; the catalogue and the context go with them", SNAPSHOT),
    ):
        parts.append(f"\n## {title}\n")
        for table in tables:
            parts.append(f"\n### {table.name}\n\nOne row is {table.grain}. Key: {', '.join(table.key)}.\n")
            parts.append("\n| Column | Type | Meaning | Unit | Values |\n|---|---|---|---|---|\n")
            for column in table.columns:
                needed = " Required." if column.required else ""
                values = ", ".join(f"`{value}`" for value in column.values)
                meaning = f"{column.meaning[0].upper()}{column.meaning[1:]}.{needed}"
                parts.append(f"| {column.name} | {column.type} | {meaning} | {column.unit} | {values} |\n")
    return "".join(parts)
