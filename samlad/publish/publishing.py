"""Publishing: from all submissions to one immutable snapshot, protected, made current in one step.

Hiding stands in protection.py; reading a snapshot stands in samlad/warehouse.
"""

import os
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute

from samlad.catalogue.programme import Programme, check_programme, read_context, read_programme
from samlad.foundation import arrival_day, clock, schema, store
from samlad.foundation.errors import Altered, PublishRefused, SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import gap_rules, protection
from samlad.publish.edition_tables import RawTables
from samlad.submissions import published_ids, submission_reader
from samlad.warehouse import editions, engine
from samlad.warehouse.as_of import choose_as_of

METHODS_VERSION = "2"
"""Version of the methods, raised by one when the same reports give other figures."""

Progress = Callable[[float, str], None]
"""Callback for the share done, 0 to 1, and the current step in Swedish."""


def threshold_in_use(chosen: int | None = None) -> int:
    """Return the smallest count of persons that may be shown: the given one, else SAMLAD_THRESHOLD, else 5.

    Raises SamladError unless it is a whole number of at least 1.
    """
    raw = str(chosen) if chosen is not None else os.environ.get("SAMLAD_THRESHOLD", "5")
    if not raw.isdigit() or int(raw) < 1:
        raise SamladError(f"SAMLAD_THRESHOLD är ”{raw}”. Den ska vara ett heltal från 1 och uppåt, till exempel 5.")
    return int(raw)


def _silent(_share: float, _doing: str) -> None:
    return None


def publish(
    folder: DataFolder,
    *,
    as_of: date | None = None,
    leave_out: int | None = None,
    threshold: int | None = None,
    progress: Progress = _silent,
) -> str:
    """Write a new snapshot from all submissions, make it current, and return its id.

    The same submissions, journal, catalogue, threshold, as-of and standing editions give the same bytes; when they
    equal an edition that stands, nothing is written and that edition is current again. The default as-of is the day of
    the last receipt that is not withdrawn. Raises PublishRefused when the catalogue has errors, when the as-of has not
    been or leaves out another number of reports than leave_out, or when protection cannot be shown to hold, and
    OSError when the folder cannot be written: the old snapshot then stays current, whole.
    """
    limit = threshold_in_use(threshold)
    with editions.publishing(folder):
        return publish_alone(folder, as_of, limit, progress, leave_out=leave_out)


def publish_alone(
    folder: DataFolder,
    asked_day: date | None,
    limit: int,
    progress: Progress = _silent,
    *,
    leave_out: int | None = None,
    keeps_day: bool = False,
    without: Collection[str] = (),
) -> str:
    """Publish while the caller holds `snapshots.publishing`; the editions in `without` stand no more from then on.

    keeps_day: the day asked for is that of an edition that stood; see `choose_as_of`.
    """
    progress(0.0, "Läser programmet")
    programme = checked_programme(folder)
    progress(0.02, "Läser rapporterna")
    received = whole_submissions(folder, None)
    chosen = choose_as_of(
        received.receipts,
        received.withdrawn,
        programme,
        asked=asked_day,
        leave_out=leave_out,
        today=clock.today(),
        keeps_day=keeps_day,
    )
    if chosen.left_out:
        received = whole_submissions(folder, chosen.day)
    as_of = chosen.judged_on
    progress(0.04, "Räknar samman")
    raw = derive(programme, received, as_of)
    raw["assessments"] = assessments(folder, as_of)
    progress(0.06, "Skyddar små tal")
    try:
        in_use = [edition for edition in editions.standing_editions(folder) if edition.snapshot_id not in without]
    except Altered as fault:
        raise PublishRefused(f"{fault} Ingenting har publicerats.") from fault
    protected = protection.protect(
        RawTables(
            indicator_values=raw.pop("indicator_values"),
            division_values=raw.pop("division_values"),
            city_values=raw.pop("city_values"),
            city_changes=raw.pop("city_changes"),
            indicators=programme.tables["indicators"],
            successions=programme.tables["successions"],
        ),
        limit,
        in_use,
        lambda share: progress(0.06 + 0.88 * share, "Skyddar små tal"),
    )
    progress(0.94, "Skriver ögonblicksbilden")
    raw["value_versions"] = shown_versions(raw["value_versions"], protected.tables["indicator_values"])
    tables = {**programme.tables, **read_context(folder.context), **raw, **protected.tables}
    tables |= published_ids.renamed(tables, published_ids.drawn(folder, received.receipts))
    progress(0.95, "Söker luckor i ansvaret")
    tables |= gap_rules.find(tables, as_of)
    manifest_facts = {
        "as_of": chosen.day.isoformat(),
        "catalogue_sha256": catalogue_hash(folder),
        "left_out": chosen.left_out,
        "methods_version": METHODS_VERSION,
        "reports": chosen.reports,
        "submissions": sorted(tables["received_submissions"]["submission_id"].to_pylist()),
        "threshold": limit,
    }
    snapshot_id = write_snapshot(folder, tables, manifest_facts)
    write_ledger(folder, snapshot_id, protected.ledger)
    editions.make_current(folder, snapshot_id, without)
    progress(1.0, "Klart")
    return snapshot_id


def whole_submissions(folder: DataFolder, as_of: date | None) -> submission_reader.Submissions:
    """Return everything received.

    Raises PublishRefused, naming altered files: an older figure could else stand again.
    """
    try:
        received = submission_reader.read_all(folder, as_of)
    except Altered as fault:
        raise PublishRefused(f"{fault} Ingenting har publicerats.") from fault
    if received.broken:
        faults = "\n".join(str(fault) for fault in received.broken)
        raise PublishRefused(f"{faults}\nIngenting har publicerats.")
    return received


def checked_programme(folder: DataFolder) -> Programme:
    """Return the catalogue. Raises PublishRefused, naming its errors."""
    programme = read_programme(folder.programme)
    errors = [finding for finding in check_programme(programme) if finding.severity == "error"]
    if errors:
        errors_text = "\n".join(finding.text() for finding in errors)
        raise PublishRefused(
            f"Programmet har {len(errors)} fel och kan inte publiceras. Rätta dem först:\n{errors_text}"
        )
    return programme


def derive(programme: Programme, received: submission_reader.Submissions, as_of: date | None) -> dict[str, pa.Table]:
    """Return every unprotected snapshot table that follows from catalogue and submissions.

    The four tables that protection works on keep their row_id and members; the others conform to the schema.
    """
    connection = engine.connect(threads=1)
    for name, table in programme.tables.items():
        engine.load(connection, name, table)
    engine.load(connection, "submitted_indicators", received.indicators)
    engine.load(connection, "submitted_activities", received.activities)
    engine.load(connection, "withdrawn_indicators", received.withdrawn_indicators)
    tables = {"received_submissions": receipts_table(received)}
    engine.load(connection, "received_submissions", tables["received_submissions"])
    for step in engine.steps(engine.QUERIES / "publish"):
        engine.build(connection, step, {"as_of": as_of})
    plain = ("divisions", "division_members", "expected_reports", "activity_values", "yearly_targets", "value_versions")
    for name in plain:
        tables[name] = conform(name, connection.sql(f"from {name} order by all").to_arrow_table())
    for name in ("indicator_values", "division_values", "city_values", "city_changes"):
        tables[name] = connection.sql(f"from {name} order by row_id").to_arrow_table()
    tables["duties"] = connection.sql("from duties order by all").to_arrow_table()
    tables["disputed_values"] = connection.sql("from disputed_values order by all").to_arrow_table()
    connection.close()
    return tables


def disputes(folder: DataFolder) -> list[dict[str, Any]]:
    """Return each figure that two submitters have reported differently, hidden ones too: for the raw side only."""
    received = submission_reader.read_all(folder)
    disputed = derive(checked_programme(folder), received, None)["disputed_values"]
    return [
        {**row, **{name: " ".join(row[name]) for name in ("submitters", "submissions")}} for row in disputed.to_pylist()
    ]


def shown_versions(versions: pa.Table, values: pa.Table) -> pa.Table:
    """Return the versions of the figures that are shown; the number of versions of a hidden one is secret too.

    versions and values are as schema.SNAPSHOT has value_versions and indicator_values, the latter protected.
    """
    cell = [key for key in schema.TABLES["value_versions"].key if key != "version"]
    is_shown = pyarrow.compute.not_equal(pyarrow.compute.fill_null(values["missing_reason"], ""), "..")
    shown = values.filter(is_shown).select(cell)
    return versions.join(shown, cell, join_type="left semi", use_threads=False)


def conform(name: str, table: pa.Table) -> pa.Table:
    """Return the table with the columns, types and order of its schema, sorted by its key.

    Raises ValueError when a required column is missing or holds a null.
    """
    described = schema.TABLES[name]
    shaped = table.select(list(described.names)).cast(described.arrow)
    for column in described.columns:
        if column.required and shaped[column.name].null_count:
            raise ValueError(f"{name}.{column.name} holds {shaped[column.name].null_count} nulls; none are allowed.")
    return shaped.sort_by([(key, "ascending") for key in described.key]).combine_chunks()


def receipts_table(received: submission_reader.Submissions) -> pa.Table:
    """Return the receipts as a table, without values, names of persons and the order in the whole folder."""
    versions: Counter[tuple[Any, ...]] = Counter()
    numbers: dict[str, int] = {}
    for receipt in sorted(received.receipts, key=lambda receipt: receipt["sequence"]):
        whose = (receipt["organisation_id"], receipt["year"], receipt["period"])
        versions[whose] += 1
        numbers[receipt["submission_id"]] = versions[whose]
    rows = [
        {
            "submission_id": receipt["submission_id"],
            "version": numbers[receipt["submission_id"]],
            "organisation_id": receipt["organisation_id"],
            "year": receipt["year"],
            "period": receipt["period"],
            "received_on": arrival_day.received_on(receipt),
            "loaded_on": arrival_day.loaded_on(receipt),
            "rows": sum(receipt["rows"].values()),
            "withdrawn": receipt["submission_id"] in received.withdrawn,
            "origin": receipt.get("origin", "own"),
        }
        for receipt in received.receipts
    ]
    return conform("received_submissions", pa.Table.from_pylist(rows, schema.TABLES["received_submissions"].arrow))


def assessments(folder: DataFolder, as_of: date | None) -> pa.Table:
    """Return the latest judgement of each organisation, goal and period, from the journal."""
    latest: dict[tuple[str, ...], dict[str, Any]] = {}
    for record in records.read(folder, "assessment"):
        content = record.content
        if as_of is not None and clock.day(record.at) > as_of:
            continue
        latest[content["organisation_id"], content["goal_id"], str(content["year"]), content["period"]] = {
            "organisation_id": content["organisation_id"],
            "goal_id": content["goal_id"],
            "year": content["year"],
            "period": content["period"],
            "fulfilled": content["fulfilled"],
            "text": content.get("text"),
            "author": record.by,
            "at": clock.day(record.at),
            "origin": content.get("origin", "own"),
        }
    return conform("assessments", pa.Table.from_pylist(list(latest.values()), schema.TABLES["assessments"].arrow))


def catalogue_hash(folder: DataFolder) -> str:
    """Return one SHA-256 over all files of the programme and the context, by name."""
    files = sorted([*folder.programme.glob("*.csv"), *folder.context.glob("*.parquet")])
    return store.sha256("".join(f"{file.name} {store.sha256(file.read_bytes())}\n" for file in files).encode())


def write_snapshot(folder: DataFolder, tables: Mapping[str, pa.Table], facts: Mapping[str, Any]) -> str:
    """Write the tables and their manifest under the manifest's own hash, whole or not at all."""
    written = {f"{table.name}.parquet": conform(table.name, tables[table.name]) for table in schema.PUBLISHED}
    contents = {name: store.table_bytes(table) for name, table in written.items()}
    manifest = store.json_bytes(
        {
            **facts,
            "tables": {
                name.removesuffix(".parquet"): {"rows": written[name].num_rows, "sha256": store.sha256(content)}
                for name, content in contents.items()
            },
        }
    )
    snapshot_id = store.sha256(manifest)
    final = folder.snapshots / snapshot_id
    if editions.is_intact(final):
        return snapshot_id
    folder.snapshots.mkdir(parents=True, exist_ok=True)
    temporary = folder.snapshots / f".{snapshot_id[:16]}.{os.getpid()}.{secrets.token_hex(4)}"
    temporary.mkdir()
    try:
        for name, content in contents.items():
            store.write_bytes_atomically(temporary / name, content)
        store.write_bytes_atomically(temporary / "manifest.json", manifest)
        moment = editions.moment_bytes(snapshot_id, clock.now())
        store.write_bytes_atomically(temporary / "published_at", moment)
        if final.exists():
            os.replace(final, temporary.with_name(f"{temporary.name}.damaged"))
        os.replace(temporary, final)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    store.sync_folder(folder.snapshots)
    shutil.rmtree(temporary.with_name(f"{temporary.name}.damaged"), ignore_errors=True)
    return snapshot_id


def write_ledger(folder: DataFolder, snapshot_id: str, ledger: pa.Table) -> None:
    """Keep the ledger on the raw side, before the edition stands."""
    path = editions.ledger_path(folder, snapshot_id)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        content = store.table_bytes(ledger)
        store.write_json(editions.ledger_hash_path(path), {"sha256": store.sha256(content)})
        store.write_bytes_atomically(path, content)
