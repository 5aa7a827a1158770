"""Intake: files in, checked all together, and handed in file by file. What stops one file stops no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samlad import checks, reader, submissions
from samlad.errors import SamladError
from samlad.findings import Finding
from samlad.lines import Chosen
from samlad.programme import Programme
from samlad.receipts import Receipt
from samlad.reports import Report
from samlad.store import DataFolder
from samlad.submissions import Delivery, Refused


@dataclass(frozen=True)
class Examined:
    """One file after reading and checks: its reports, what was found, or why it cannot be read at all."""

    name: str
    reports: tuple[Report, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: str | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the file."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def examine(
    files: Iterable[tuple[str, bytes]], folder: DataFolder, programme: Programme, chosen: Chosen | None = None
) -> list[Examined]:
    """Read files, given as name and content, and check all that could be read in one go, in the order given."""
    read: list[Examined] = []
    for name, content in files:
        try:
            reading = reader.read(name, content, programme, chosen)
        except SamladError as fault:
            read.append(Examined(name, unreadable=str(fault)))
        else:
            read.append(Examined(name, reading.reports, reading.findings))
    found = iter(checks.check([report for file in read for report in file.reports], folder, programme))
    return [
        Examined(
            file.name,
            file.reports,
            tuple(dict.fromkeys([*file.findings, *(one for _ in file.reports for one in next(found))])),
            file.unreadable,
        )
        for file in read
    ]


def hand_in(
    file: Examined, *, by: str, at: datetime, folder: DataFolder, accept_warnings: str | None = None
) -> list[Receipt]:
    """Receive the reports of one file and return their receipts.

    Raises Refused when the file has errors, ReasonNeeded when it has warnings and no reason was given, SamladError when
    it could not be read, and OSError when the folder cannot be written.
    """
    if file.unreadable is not None:
        raise SamladError(file.unreadable)
    if file.errors:
        raise Refused(
            f"{file.name} har {len(file.errors)} fel och är inte inlämnad. Rätta och lämna in igen.", file.errors
        )
    deliveries = [Delivery(report, by, at, accept_warnings) for report in file.reports]
    return submissions.append_many(deliveries, [file.findings] * len(deliveries), folder)
