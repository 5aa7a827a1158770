"""The file, sheet, row and sender that each reported object came with. For the raw side: reports take it as a value."""

from collections.abc import Iterator, Mapping
from typing import Any

from samlad.foundation.store import DataFolder
from samlad.submissions import published_ids, submission_reader


def places(raw: DataFolder) -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    """Return file, sheet, row and sender by submission, object and organisation; empty without submissions."""
    return dict(_places(raw)) if raw.submissions.is_dir() else {}


def _places(raw: DataFolder) -> Iterator[tuple[tuple[str, str, str], dict[str, Any]]]:
    """Return file, sheet, row and sender by submission, object and organisation."""
    read = submission_reader.read_all(raw)
    published_by_own = published_ids.by_own(raw)
    senders = {receipt["submission_id"]: receipt["by"] for receipt in read.receipts}
    for table, name in ((read.indicators, "indicator_id"), (read.activities, "activity_id")):
        columns = ["submission_id", name, "organisation_id", "source_file", "source_sheet", "source_row"]
        if "sex" in table.column_names:
            columns.append("sex")
        for row in table.select(columns).to_pylist():
            if row.get("sex", "total") == "total":
                place = {"file": row["source_file"], "sheet": row["source_sheet"], "row": row["source_row"]}
                own = row["submission_id"]
                yield (
                    (published_by_own.get(own, own), row[name], row["organisation_id"]),
                    {**place, "by": senders.get(own)},
                )
