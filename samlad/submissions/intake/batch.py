"""Intake of files: read together, checked together, and received file by file. No file's fault stops another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from samlad.catalogue.programme import Programme, read_programme
from samlad.foundation import clock
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.submissions import submission_writer
from samlad.submissions.intake import checks, reader, vocabulary
from samlad.submissions.intake.answer_row import Chosen
from samlad.submissions.intake.answer_table import guess
from samlad.submissions.intake.corrections import Fix
from samlad.submissions.intake.vocabulary import Vocabulary
from samlad.submissions.organisation_report import OrganisationReport
from samlad.submissions.receipts import Receipt
from samlad.submissions.submission_reader import Submissions
from samlad.submissions.submission_writer import Delivery, Refused
from samlad.swedish import numbers

_NAMED = {
    "unknown_organisation": "organisation",
    "unknown_indicator": "indicator",
    "unknown_activity": "activity",
}
"""Rules that teaching a word can put right, by the field of the word."""


@dataclass(frozen=True)
class Examined:
    """One file after reading and checks: its reports and findings, or the reason it cannot be read."""

    name: str
    reports: tuple[OrganisationReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: str | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that stop the file."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def examine(
    files: Iterable[tuple[str, bytes]],
    folder: DataFolder,
    programme: Programme,
    chosen: Chosen | None = None,
    history: Submissions | None = None,
    fixes: Mapping[str, Sequence[Fix]] | None = None,
    *,
    spared: Collection[str] = (),
) -> list[Examined]:
    """Read files, each a name and its content, and check all readable ones in one go, in the given order.

    Words that people have taught are known. `fixes` are small things put right in the file of a name; they are kept
    with the submission, and the file as it came. The checks hold reports against `history`, else against all that has
    been received; a page gives `current_values.published`, so that no remark tells what readers may not know.
    `spared` are words that are no person's name, beside those that have been answered for.
    """
    known = Vocabulary(programme, vocabulary.taught(folder))
    names = text_gate.names(folder, programme, spared=spared)
    read: list[Examined] = []
    for name, content in files:
        try:
            reading = reader.read(name, content, programme, chosen, known, (fixes or {}).get(name, ()), names)
        except SamladError as fault:
            read.append(Examined(name, unreadable=str(fault)))
        else:
            read.append(Examined(name, reading.reports, reading.findings))
    reports = [report for file in read for report in file.reports]
    checked = checks.check(reports, folder, programme, history, spared=spared)
    findings_left = iter([tuple(_asking(finding, known) for finding in findings) for findings in checked])
    return [
        Examined(
            file.name,
            file.reports,
            tuple(dict.fromkeys([*file.findings, *(finding for _ in file.reports for finding in next(findings_left))])),
            file.unreadable,
        )
        for file in read
    ]


def hand_in(
    file: Examined,
    *,
    by: str,
    at: datetime,
    folder: DataFolder,
    accept_warnings: str | None = None,
    form: str | None = None,
    told_on: date | None = None,
) -> list[Receipt]:
    """Receive the reports of one file and return their receipts; `told_on` is the stated day of an older file.

    `form` is the token of the form that they are sent from: what the same form has already sent is not received again.
    Raises Refused when the file has errors or cannot have come on that day, ReasonNeeded when it has warnings and no
    reason was given, SamladError when it could not be read, and OSError when the folder cannot be written.
    """
    if file.unreadable is not None:
        raise SamladError(file.unreadable)
    if file.errors:
        raise Refused(
            f"{file.name} har {len(file.errors)} fel och är inte inlämnad. Rätta och lämna in igen.", file.errors
        )
    if told_on is not None:
        _refuse_day(told_on, file, folder, clock.day(at))
    deliveries = [
        Delivery(report, by, at, accept_warnings, form and f"{form}-{number}", told_on)
        for number, report in enumerate(file.reports)
    ]
    return submission_writer.append_many(deliveries, [file.findings] * len(deliveries), folder)


def _refuse_day(told_on: date, file: Examined, folder: DataFolder, today: date) -> None:
    """Raise Refused when the stated day is in the future, or before the period of a report began."""
    if told_on > today:
        raise Refused(
            f"{file.name} är inte inlämnad: {numbers.date_sv(told_on)} har inte varit än. Skriv den dag då rapporten "
            "kom.",
            (),
        )
    periods = read_programme(folder.programme).tables["periods"].to_pylist()
    begins = {(row["year"], row["period"]): row["starts_on"] for row in periods}
    for report in file.reports:
        first = begins.get((report.year, report.period)) or date(report.year, 1, 1)
        if told_on < first:
            raise Refused(
                f"{file.name} är inte inlämnad: den gäller {report.period} {report.year}, som började "
                f"{numbers.date_sv(first)}, och kan inte ha kommit {numbers.date_sv(told_on)}. Skriv den dag då "
                "rapporten kom.",
                (),
            )


def _asking(finding: Finding, known: Vocabulary) -> Finding:
    """Return a finding on an unknown name with its guesses, and the question of its meaning."""
    field = _NAMED.get(finding.rule)
    if field is None or finding.value is None:
        return finding
    question = known.question(field, finding.value)
    return replace(finding, message=f"{finding.message}{guess(question)}", question=question)
