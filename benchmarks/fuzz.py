"""Mutated files against the reader: bytes, zip structure and XML of real workbooks and text files.

python benchmarks/fuzz.py --files 10000

Each file is read and checked in a worker that may use one GiB and ten seconds. It must end in reports, in findings or
in a message why it cannot be read. What was read of a workbook is held against an independent reading, with the
standard library alone, of the same bytes: no cell that holds a value may be missing, and a file whose checksums or XML
are wrong may not be read at all. A text file that ends early cannot be told from a shorter one, and is not held
against anything. The result is a line for each outcome; faults are kept in --keep.
"""

import argparse
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.catalogue import programme
from samlad.catalogue.programme import Programme
from samlad.cli import example
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.submissions.intake import batch, report_form, sheets

SECONDS = 10
MEMORY = 1024**3
WORKERS = 2

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Mutation = Callable[[bytes, random.Random], bytes]


class Fault(Exception):
    """The reader did what it must never do."""


def seeds(catalogue: Programme) -> list[tuple[str, bytes]]:
    """Real files: forms of the example with numbers in them, and what a system exports as text."""
    year, period = 2024, "VB"
    filled = fill(report_form.form(catalogue, "SDN-BR", year, period))
    rows = [["Nämnd", "År", "Period", "Indikator", "Kön", "Antal", "Av totalt", "Kommentar"]]
    identities = catalogue.tables["indicators"].filter(
        [measure in ("share", "rate") for measure in catalogue.tables["indicators"]["measure"].to_pylist()]
    )
    for number, identity in enumerate(identities["indicator_id"].to_pylist()[:30]):
        rows.append(
            ["Bromma", "2024", "VB", identity, "Totalt", str(10 + number), str(20 + number), "Ärligt; och rakt"]
        )
    text = "".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) + "\r\n" for row in rows)
    return [
        ("merged.xlsx", fill(report_form.form(catalogue, "SDN-JA", year, period))),
        ("filled.xlsx", filled),
        ("filled.xlsx", filled),
        ("export.csv", text.encode("utf-8-sig")),
        ("export.csv", text.encode("cp1252")),
        ("export.csv", text.encode("utf-16")),
    ]


def fill(form: bytes) -> bytes:
    """A form with a number in every open cell of the counts, written as a spreadsheet writes it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for about in old.infolist():
            content = old.read(about)
            if about.filename == "xl/worksheets/sheet2.xml":
                for number in range(8, 60):
                    for column, value in (("H", number), ("I", number * 2)):
                        empty = f'<c r="{column}{number}" s="'.encode()
                        at = content.find(empty)
                        end = content.find(b"/>", at)
                        if at >= 0:
                            content = content[:end] + f"><v>{value}</v></c>".encode() + content[end + 2 :]
            new.writestr(about, content)
    return file.getvalue()


def mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes turned, taken out, put in, repeated or cut off."""
    for _ in range(chance.choice([1, 1, 2, 5])):
        at = chance.randrange(max(len(content), 1))
        length = chance.choice([1, 2, 8, 200])
        match chance.randrange(5):
            case 0:
                content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case 1:
                content = content[:at] + content[at + length :]
            case 2:
                content = content[:at] + chance.randbytes(length) + content[at:]
            case 3:
                content = content[:at] + content[at : at + length] + content[at:]
            case _:
                content = content[:at]
    return content


def mutate_zip(content: bytes, chance: random.Random) -> bytes:
    """Parts dropped, renamed, doubled, swapped, emptied, stored in another way, or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.randrange(len(parts))
    name, data = parts[at]
    match chance.randrange(8):
        case 0:
            parts.pop(at)
        case 1:
            parts[at] = (chance.choice([name.upper(), f"x{name}", name + "x", "xl/sharedStrings.xml"]), data)
        case 2:
            parts.append((name, chance.choice(parts)[1]))
        case 3:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], data)
        case 4:
            parts[at] = (name, b"")
        case 5:
            parts.append((chance.choice(["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"]), b"x"))
        case 6:
            parts.append(("xl/media/x.xml", b" " * chance.choice([10, 10**6, 120 * 10**6])))
        case _:
            chance.shuffle(parts)
    return zipped(parts, chance)


def zipped(parts: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """A zip of the parts, now and then with its own words about them changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, data in parts:
            how = zipfile.ZIP_STORED if len(data) < 10**6 and chance.random() < 0.2 else zipfile.ZIP_DEFLATED
            new.writestr(name, data, how)
    made = bytearray(file.getvalue())
    if chance.random() < 0.2:
        at = made.rfind(b"PK\x01\x02") + chance.randrange(4, 46)
        made[min(at, len(made) - 1)] = chance.randrange(256)
    return bytes(made)


def mutate_xml(content: bytes, chance: random.Random) -> bytes:
    """Words of the XML changed in one part, the zip around it whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    wanted = [at for at, (name, _) in enumerate(parts) if "sheet" in name or "haredS" in name or "workbook" in name]
    at = chance.choice(wanted)
    name, data = parts[at]
    for _ in range(chance.choice([1, 1, 3])):
        data = changed_xml(data, chance)
    parts[at] = (name, data)
    return zipped(parts, random.Random(1))


WORDS = [
    (b"<c ", b"<d "),
    (b"</c>", b"</d>"),
    (b"<v>", b"<w>"),
    (b"</v>", b""),
    (b"<row ", b"<rad "),
    (b"</row>", b""),
    (b"<sheetData>", b"<sheetDatA>"),
    (b'r="', b'R="'),
    (b't="s"', b't="n"'),
    (b't="s"', b't="e"'),
    (b't="s"', b't="d"'),
    (b"<v>", b"<v>9999999"),
    (b"<v>", b"<f>A1</f><v>"),
    (b"<v>", b"<v>1e309"),
    (b"<v>", b"<v>-"),
    (b"<v>", b"<v>&x;"),
    (b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>'),
    (b"?>", b'?><!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY z "&x;&x;&x;&x;&x;&x;&x;&x;">]>'),
    (b"<t>", b"<t>&#0;"),
    (b"<si>", b""),
    (b'ref="', b'ref="A1:XFD'),
    (b"rId", b"rld"),
    (b"worksheets/", b"../worksheets/"),
    (b'name="', b'name="x'),
    (b'r="H', b'r="XFD'),
    (b'r="H1', b'r="H104857'),
    (b"<c ", b"<c hidden='1' "),
]


def changed_xml(data: bytes, chance: random.Random) -> bytes:
    """One word turned into another at one place; or an element taken out, doubled or moved."""
    if chance.random() < 0.6:
        old, new = chance.choice(WORDS)
        places = data.count(old)
        if places:
            at = -1
            for _ in range(chance.randrange(places) + 1):
                at = data.find(old, at + 1)
            return data[:at] + new + data[at + len(old) :]
    starts = [at for at in range(len(data)) if data[at : at + 1] == b"<"]
    if len(starts) < 3:
        return data
    first, last = sorted(chance.sample(starts, 2))
    if last - first > 2000:
        last = starts[min(starts.index(first) + chance.choice([1, 2, 4]), len(starts) - 1)]
    if chance.random() < 0.5:
        return data[:first] + data[last:]
    return data[:last] + data[first:last] + data[last:]


def independent(content: bytes) -> dict[str, set[tuple[int, int]]]:
    """Return the places of values in each sheet, by the standard library alone. Raises all a broken file raises."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.testzip() is not None:
            raise zipfile.BadZipFile("a checksum is wrong")
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        strings: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            strings = ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in shared.iter(f"{MAIN}si")]
        found = {}
        for about in book.iter(f"{MAIN}sheet"):
            target = targets[about.get(RELATION)]
            xml = archive.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
            found[about.get("name", "")] = set(places(ElementTree.fromstring(xml), strings))
    return found


def places(sheet: ElementTree.Element, strings: list[str]) -> Iterator[tuple[int, int]]:
    """The cells of a sheet that hold something other than empty text."""
    at = (0, 0)
    cells = [(row, cell) for row in sheet.iter(f"{MAIN}row") for cell in row.iter(f"{MAIN}c")]
    for row, cell in cells:
        at = place_of(row, cell, at)
        value = cell.find(f"{MAIN}v")
        said = value.text or "" if value is not None else ""
        if cell.get("t") == "s" and said:
            said = strings[int(said)]
        if cell.get("t") == "inlineStr":
            said = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
        if said.strip():
            yield at


def place_of(row: ElementTree.Element, cell: ElementTree.Element, before: tuple[int, int]) -> tuple[int, int]:
    """Return the place of a cell: as it says, else beside the one before it in its row."""
    said = cell.get("r", "")
    if not said:
        same_row = row.get("r") in (None, str(before[0] + 1)) and cell is not row[0]
        return (before[0], before[1] + 1) if same_row else (int(row.get("r", "0")) - 1, 0)
    letters = said.rstrip("0123456789")
    return int(said[len(letters) :]) - 1, sheets_column(letters)


def sheets_column(letters: str) -> int:
    """The number of a column, from 0."""
    column = 0
    for sign in letters:
        column = column * 26 + ord(sign.upper()) - ord("A") + 1
    return column - 1


def outcome(name: str, content: bytes, folder: DataFolder, catalogue: Programme) -> str:
    """Return the end of one file's reading, in a word. Raises Fault when values were passed over in silence."""
    (examined,) = batch.examine([(name, content)], folder, catalogue)
    if examined.unreadable is not None:
        if not examined.unreadable.strip().endswith("."):
            raise Fault(f"no sentence: {examined.unreadable}")
        return "unreadable"
    if name.endswith(".xlsx"):
        hold_against(content)
    return "errors" if examined.errors else "findings" if examined.findings else "read"


def hold_against(content: bytes) -> None:
    """Raise Fault unless every value of the workbook has been read."""
    if not content.startswith(b"PK"):
        return
    try:
        expected = independent(content)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        KeyError,
        ValueError,
        IndexError,
        EOFError,
    ) as fault:
        raise Fault(f"a damaged workbook was read: {fault!r}") from fault
    read = {
        sheet.name or "": {
            (row, column)
            for row, cells in enumerate(sheet.rows)
            for column, cell in enumerate(cells)
            if not (isinstance(cell, str) and not cell.strip())
        }
        for sheet in sheets.read_sheets(content)
    }
    for name, cells in expected.items():
        missing = cells - read.get(name, set())
        if missing:
            raise Fault(f"{len(missing)} values of sheet {name} were not read, one at {min(missing)}")


MUTATIONS: dict[str, Mutation] = {"bytes": mutate_bytes, "zip": mutate_zip, "xml": mutate_xml}


@cache
def example_catalogue() -> tuple[Programme, DataFolder]:
    """The example's catalogue, and an empty data folder beside it."""
    target = Path(tempfile.mkdtemp(prefix="fuzz-")) / "example"
    example.make_example(target, store.repository_folder().path, years=1)
    empty = target.parent / "empty"
    empty.mkdir()
    return programme.read_programme(target / "programme"), DataFolder(empty)


def case(number: int, given: list[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    """The mutated file of one number: how it was mutated, its name and its bytes."""
    chance = random.Random(number)
    name, content = given[number % len(given)]
    kind = chance.choice(list(MUTATIONS)) if name.endswith(".xlsx") else "bytes"
    return kind, name, MUTATIONS[kind](content, chance)


def work(first: int, last: int, step: int) -> None:
    """Read the files of some numbers, telling before and after each. An alarm ends what hangs.

    Address space is only limited so that the machine survives; what counts is the memory that was in use.
    """
    catalogue, folder = example_catalogue()
    given = seeds(catalogue)
    warnings.simplefilter("ignore", UserWarning)
    resource.setrlimit(resource.RLIMIT_AS, (8 * MEMORY, 8 * MEMORY))
    for number in range(first, last, step):
        kind, name, content = case(number, given)
        tell({"start": number, "kind": f"{kind} {Path(name).suffix}"})
        signal.alarm(SECONDS)
        try:
            ended = outcome(name, content, folder, catalogue)
        except Exception as fault:  # whatever it is, it is what we look for
            ended = f"fault: {type(fault).__name__}: {fault}"
        signal.alarm(0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        if peak > MEMORY:
            ended = f"fault: {peak / 1024**2:.0f} MiB"
        tell({"end": number, "outcome": ended, "peak": peak})


def tell(said: dict[str, object]) -> None:
    """One line of JSON on standard out."""
    print(json.dumps(said, ensure_ascii=False), flush=True)


class Watch:
    """Workers and what they have told."""

    def __init__(self, files: int) -> None:
        self.files = files
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.faults: list[tuple[int, str]] = []
        self.peak = 0
        self.lock = threading.Lock()

    def run(self, first: int) -> None:
        """Go through every second file from the first, with a new worker after one that died."""
        while first < self.files:
            words = [sys.executable, __file__, "--work", str(first), "--files", str(self.files)]
            with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ}) as worker:
                started: int | None = None
                kind = ""
                assert worker.stdout
                for line in worker.stdout:
                    said = json.loads(line)
                    if "start" in said:
                        started, kind = said["start"], said["kind"]
                    else:
                        self.note(kind, said["outcome"], said["end"], said["peak"])
                        started, first = None, said["end"] + WORKERS
            if worker.returncode == 0:
                return
            if started is None:
                raise SystemExit(f"A worker ended with {worker.returncode} before its first file.")
            self.note(kind, f"fault: the worker ended with {worker.returncode}", started, 0)
            first = started + WORKERS

    def note(self, kind: str, ended: str, number: int, peak: int) -> None:
        """Count one outcome."""
        with self.lock:
            is_fault = ended.startswith("fault")
            self.outcomes[kind, "fault" if is_fault else ended] += 1
            self.peak = max(self.peak, peak)
            if is_fault:
                self.faults.append((number, ended))


def main() -> None:
    """Run the workers and state the result."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--files", type=int, default=10_000)
    asked.add_argument("--keep", type=Path, help="folder for files with faults")
    asked.add_argument("--work", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.work is not None:
        work(given.work, given.files, WORKERS)
        return
    watch = Watch(given.files)
    threads = [threading.Thread(target=watch.run, args=(first,)) for first in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for (kind, ended), times in sorted(watch.outcomes.items()):
        print(f"{kind:12} {ended:12} {times:6}")
    print(f"{sum(watch.outcomes.values())} files, {len(watch.faults)} faults, at most {watch.peak / 1024**2:.0f} MiB")
    for number, ended in watch.faults[:20]:
        print(f"{number}: {ended}")
    if given.keep and watch.faults:
        given.keep.mkdir(parents=True, exist_ok=True)
        files = seeds(example_catalogue()[0])
        for number, _ in watch.faults:
            kind, name, content = case(number, files)
            (given.keep / f"{number}-{kind}{Path(name).suffix}").write_bytes(content)
    sys.exit(bool(watch.faults))


if __name__ == "__main__":
    main()
