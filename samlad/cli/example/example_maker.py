"""Make an example of any size: the same seed, the same bytes."""

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from samlad.catalogue.programme import check_programme, read_context, read_programme
from samlad.cli.example import example_assessments, reporting_habits, statuses
from samlad.cli.example.activities import ACTIVITIES
from samlad.cli.example.city import Row, build_city
from samlad.cli.example.deliveries import deliveries
from samlad.cli.example.example_catalogue import Catalogue, build_catalogue, write_programme
from samlad.cli.example.example_figures import DrawnIndicator, draw
from samlad.cli.example.incidents import MISTAKES
from samlad.cli.example.plans import FIRST_YEAR
from samlad.cli.example.reporting_habits import Conduct
from samlad.cli.example.scene import Scene, calendar, expected
from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.submissions import submission_reader, submission_writer, withdrawals
from samlad.submissions.intake import checks
from samlad.submissions.receipts import Receipt
from samlad.submissions.submission_writer import Delivery

SIGNS = {"increase": 1, "decrease": -1, "none": 1}
TYPICAL_DELAY = 0.4
AT_A_TIME = 100

MakerProgress = Callable[[int, int, str], None]
"""Callback for the amount done, the total, and the current step in Swedish."""


def _silent(_done: int, _total: int, _doing: str) -> None:
    return None


def make_example(
    out: Path,
    source: Path,
    *,
    organisations: int | None = None,
    indicators: int | None = None,
    years: int = 5,
    seed: int = 2021,
    progress: MakerProgress | None = None,
) -> None:
    """Fill a new data folder with the verified catalogue, the example's rows beside it, and its reports and judgements.

    `source` holds the verified programme/ and context/. Without `organisations` and `indicators` they are as many as
    the catalogue and the example have; more are made up, fewer never below the districts of the years, the five nämnder
    of the story and the indicators of the remiss. Everything added has origin example. Nothing is published.
    Raises SamladError when the folder holds something, and OSError when it cannot be written.
    """
    folder = DataFolder(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SamladError(f"{out} är inte tom. Välj en mapp som inte finns, eller en tom.")
    tell = progress or _silent
    tell(0, 100, "Gör exempelprogrammet")
    verified = read_programme(source / "programme")
    inhabitants = read_context(source / "context")["context_values"]
    inhabitants = inhabitants.filter(
        pc.and_(pc.equal(inhabitants["measure_id"], "folkmangd"), pc.is_valid(inhabitants["organisation_id"]))
    )
    city = build_city(verified.tables, inhabitants, organisations, range(FIRST_YEAR, FIRST_YEAR + years), seed)
    catalogue = build_catalogue(verified, city, indicators, seed)
    require_none(check_programme(catalogue.programme))
    out.mkdir(parents=True, exist_ok=True)
    write_programme(folder.programme, catalogue.programme)
    shutil.copytree(source / "context", folder.context)
    for empty in (folder.submissions, folder.snapshots, folder.journal):
        empty.mkdir()
    store.make_private(out)
    scene = Scene(city, calendar(catalogue.programme, city.years), seed)
    how = reporting_habits.conduct(scene)
    expected_reports = expected(catalogue.programme, scene)
    drawn_deliveries = drawn(catalogue, expected_reports, how, tell)
    ids = drawn_ids(seed)
    receive(drawn_deliveries, folder, catalogue, ids, tell)
    tell(90, 100, "Skriver bedömningarna")
    judgements = list(
        example_assessments.judgements(duties_by_goal(catalogue, expected_reports), how, drawn_deliveries[-1].at)
    )
    judge(judgements, folder, ids, tell)
    tell(100, 100, "Exemplet är klart")


def drawn(
    catalogue: Catalogue, expected_reports: Mapping[str, np.ndarray], how: Conduct, tell: MakerProgress
) -> list[Delivery]:
    """Return every report of the example, in the order of receipt; `asked` holds the expected reports."""
    scene = how.scene
    indicators = catalogue.programme.tables["indicators"].to_pylist()
    names = [row["indicator_id"] for row in indicators]
    per_area: dict[str, list[np.ndarray]] = {}
    blocks = []
    parts_first = sorted(enumerate(indicators), key=lambda numbered: numbered[1]["part_of"] is None)
    for done, (number, row) in enumerate(parts_first):
        tell(2 + 18 * done // len(indicators), 100, "Drar indikatorernas utfall")
        name = row["indicator_id"]
        truth = catalogue.truths[name]
        drawing = DrawnIndicator(
            indicator_id=name,
            measure=row["measure"],
            time=row["time"],
            per=row["per"] or 1,
            base_year=row["base_year"],
            sign=SIGNS[row["direction"]],
            split_by_sex=row["split_by_sex"],
        )
        figures = draw(drawing, truth, scene.city, scene.seed, per_area.get(name, ()))
        if row["part_of"]:
            per_area.setdefault(row["part_of"], []).append(figures.per_area)
        blocks.append(reporting_habits.indicator_rows(row, number, figures, expected_reports[name], how))
    figures_handed_in = reporting_habits.second_hand(np.concatenate(blocks), names, scene.city)
    activities = catalogue.programme.tables["activities"].to_pylist()
    delays = {plan.activity_id: plan.delay for plan in ACTIVITIES}
    blocks = []
    for done, row in enumerate(activities):
        tell(20 + 4 * done // len(activities), 100, "Drar aktiviteternas läge")
        name = row["activity_id"]
        stands = statuses.progress(row, delays.get(name, TYPICAL_DELAY), scene)
        blocks.append(reporting_habits.activity_rows(row, done, stands, expected_reports[name], how))
    tell(24, 100, "Gör rapporter av raderna")
    statuses_handed_in = np.concatenate(blocks)
    return deliveries(figures_handed_in, statuses_handed_in, names, [row["activity_id"] for row in activities], scene)


def drawn_ids(seed: int) -> submission_writer.Ids:
    """Draw ids from the seed, so that the same seed gives the same bytes. They follow from nothing else."""
    source = random.Random(f"ids {seed}")
    return lambda: f"{source.getrandbits(64):016x}"


def receive(
    deliveries: list[Delivery],
    folder: DataFolder,
    catalogue: Catalogue,
    ids: submission_writer.Ids,
    tell: MakerProgress,
) -> None:
    """Check every report as a real one and receive it, warnings accepted, errors not; withdraw what was a mistake."""
    tell(28, 100, "Kontrollerar rapporterna")
    findings = checks.check(
        [delivery.report for delivery in deliveries], folder, catalogue.programme, submission_reader.none_yet()
    )
    require_none([finding for of_report in findings for finding in of_report])
    receipts: list[Receipt] = []
    for first in range(0, len(deliveries), AT_A_TIME):
        tell(45 + 45 * first // len(deliveries), 100, "Tar emot rapporterna")
        some = slice(first, first + AT_A_TIME)
        receipts += submission_writer.append_many(deliveries[some], findings[some], folder, ids=ids, durable=False)
    for mistake in MISTAKES:
        wrong = [
            receipt
            for receipt in receipts
            if (receipt.organisation_id, receipt.year, receipt.period)
            == (mistake.organisation_id, mistake.year, mistake.period)
        ][1:]
        for receipt in wrong:
            withdrawals.withdraw(
                folder,
                receipt.submission_id,
                by=receipt.by,
                reason=mistake.reason,
                at=receipt.received_at + timedelta(days=mistake.days_later),
            )


def duties_by_goal(catalogue: Catalogue, expected_reports: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the expected reports under each goal, reporters × years × periods."""
    goals: dict[str, np.ndarray] = {}
    for table, key in (("indicators", "indicator_id"), ("activities", "activity_id")):
        for row in catalogue.programme.tables[table].select([key, "goal_id"]).to_pylist():
            goals[row["goal_id"]] = goals.get(row["goal_id"], False) | expected_reports[row[key]]
    return goals


def judge(
    judgements: Sequence[tuple[str, datetime, Row]], folder: DataFolder, ids: submission_writer.Ids, tell: MakerProgress
) -> None:
    """Write the judgements in the journal."""
    last: int | None = None
    for number, (by, at, content) in enumerate(judgements):
        if number % AT_A_TIME == 0:
            tell(90 + 9 * number // len(judgements), 100, "Skriver bedömningarna")
        record = records.append(
            folder, kind="assessment", by=by, at=at, content=content, durable=False, after=last, record_id=ids()
        )
        last = record.sequence


def require_none(findings: list[Finding]) -> None:
    """Raise AssertionError if the example breaks a rule: then the fault is ours."""
    errors = [finding.text() for finding in findings if finding.severity == "error"]
    if errors:
        raise AssertionError("\n".join(errors[:20]))
