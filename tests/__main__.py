"""`python -m tests`: formats are held, code is linted and typed, every test runs.

`--fix` formats and mends first. `--fast` leaves out what needs a browser and what takes long. All other words are
pytest's own.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IN_TWO = ("-n", "2", "--dist", "worksteal")
"""Two processes side by side, each with half of the files; the one that is done takes over from the other's end."""

FAST = ("-m", "not browser and not long")
OWN = {"--fix", "--fast"}


def run(*words: str) -> bool:
    """Run one tool from the repository's root and say which."""
    print(f"\n$ {' '.join(words)}", flush=True)  # noqa: T201
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Run the tools, all of them, and say in the exit code whether each was content."""
    chosen = [word for word in sys.argv[1:] if word not in OWN]
    if "--fast" in sys.argv:
        chosen = [*FAST, *chosen]
    if "--fix" in sys.argv:
        run("ruff", "format", ".")
        run("ruff", "check", "--fix", ".")
    content = [
        run("ruff", "format", "--check", "."),
        run("ruff", "check", "."),
        run("sqlfluff", "lint", "queries"),
        run("mypy"),
        run("pytest", *IN_TWO, *chosen),
    ]
    return 0 if all(content) else 1


if __name__ == "__main__":
    sys.exit(main())
