"""Hold this tree against an earlier commit: published bytes, documents and pages of one data folder, and loading times.

python benchmarks/sameness.py COMMIT                 the example of the earlier commit, published and shown by both
python benchmarks/sameness.py COMMIT --rounds 7      how often each side is loaded for the times

Prints a line for each thing compared and ends with 1 when any differs. Times are ratios of the same run, in turns.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
YEARS = ("2022", "2024", "2025")
ORGANISATIONS = ("", "Bromma", "Järva", "Socialnämnden")
DOCUMENTS = (
    ("whole.docx", ("--year", "2024")),
    ("whole.pdf", ("--year", "2024")),
    ("whole.xlsx", ("--year", "2025")),
    ("years.docx", ("--from", "2022", "--to", "2025")),
    ("board.pdf", ("--year", "2025", "--summary")),
    ("farsta.docx", ("--year", "2024", "--organisation", "SDN-FA")),
)
SHOW = """
import json, os, re, sys
from pathlib import Path
root = Path.cwd()
sys.path.insert(0, str(root))
(shell,) = root.glob("samlad/**/shell.py")
pages = os.path.relpath(root / "pages", shell.parent)
from streamlit.testing.v1 import AppTest
shown = {}
for year in %(years)r:
    for organisation in %(organisations)r:
        app = AppTest.from_file(str(shell), default_timeout=120)
        app.query_params["ar"] = year
        if organisation:
            app.query_params["organisation"] = organisation
        app.run()
        for page in sorted((root / "pages").glob("*.py")):
            app.switch_page(f"{pages}/{page.name}").run()
            kinds = ("title", "html", "markdown", "info", "warning", "error")
            texts = [str(getattr(piece, "value", "")) for kind in kinds for piece in app.get(kind)]
            texts = [text for text in texts if "<style" not in text]  # style.css names modules in its comments
            texts = [re.sub('data-samlad-token="[0-9a-f]*"', "", text) for text in texts]  # drawn anew for each form
            protos = [piece.proto for piece in app.get("vega_lite_chart")]
            charts = [proto.spec + proto.data.data.hex() + "".join(held.data.data.hex() for held in proto.datasets)
                      for proto in protos]
            shown[f"{page.stem} {year} {organisation}"] = [*texts, *charts, *map(str, app.exception)]
print(json.dumps(shown))
"""
LOADS = {
    "the warehouse": ("samlad.warehouse", "samlad.warehouse.database"),
    "the process of pages": ("app", "app"),
}


def run(root: Path, *words: str, data: Path | None = None) -> str:
    """Run Python in a tree and return what it prints. Raises CalledProcessError when it fails."""
    settings = {**os.environ, "PYTHONHASHSEED": "0", **({"SAMLAD_DATA": str(data)} if data else {})}
    asked = [sys.executable, *words]
    return subprocess.run(asked, cwd=root, env=settings, capture_output=True, text=True, check=True).stdout


def files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "published_at"  # the moment of publishing
    }


def differences(before: Path, work: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each thing compared, with the names of what differs in it."""
    data = work / "data"
    run(before, "-m", "samlad", "example", "--out", str(data))
    sides = {"before": before, "now": ROOT}
    for side, root in sides.items():
        shutil.copytree(data, work / side)
        run(root, "-m", "samlad", "publish", "--data", str(work / side))
    published = [files(work / side / "snapshots") for side in sides]
    yield "published files", unequal(*published)
    made = []
    for side, root in sides.items():
        folder = work / f"{side}-documents"
        folder.mkdir()
        for name, words in DOCUMENTS:
            run(root, "-m", "samlad", "report", *words, "--out", str(folder / name), data=work / "before")
        made.append(files(folder))
    yield "documents", unequal(*made)
    script = SHOW % {"years": YEARS, "organisations": ORGANISATIONS}
    yield (
        "pages",
        unequal(
            *(json.loads(run(root, "-c", script, data=work / "before").splitlines()[-1]) for root in sides.values())
        ),
    )


def unequal(before: dict[str, object], now: dict[str, object]) -> list[str]:
    """Return the names whose values differ, or that only one side has."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def loading(root: Path, module: str) -> tuple[float, int]:
    """Import a module in a fresh process; return the seconds of the process, and how many modules it loaded."""
    begun = time.perf_counter()
    loaded = run(root, "-c", f"import sys, {module}; print(len(sys.modules))")
    return time.perf_counter() - begun, int(loaded)


def main() -> int:
    """Compare, print, and return 1 when anything differs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("commit")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    has_difference = False
    with tempfile.TemporaryDirectory() as place:
        before = Path(place) / "tree"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(before)], check=True)
        subprocess.run(["git", "checkout", "-q", given.commit], cwd=before, check=True)
        for what, (old, new) in LOADS.items():
            sides = [(loading(before, old), loading(ROOT, new)) for _ in range(given.rounds)]
            ratio = statistics.median(now[0] / was[0] for was, now in sides)
            print(f"Loading {what}: {ratio:.2f} of the time, {sides[0][1][1]} modules; {sides[0][0][1]} before")
        for what, named in differences(before, Path(place)):
            has_difference = has_difference or bool(named)
            print(f"{what}: {'equal' if not named else f'{len(named)} differ: {named[:8]}'}", flush=True)
    return 1 if has_difference else 0


if __name__ == "__main__":
    sys.exit(main())
