"""The long properties of tests/ at their whole length, which `python -m tests` runs short.

python benchmarks/whole.py                        # all of them
python benchmarks/whole.py tests/test_purges.py   # those of a file

The exit code is pytest's.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.foundation.store import REPOSITORY
from tests import lengths


def main() -> int:
    """Run pytest on the files given, or on all."""
    command = [sys.executable, "-m", "pytest", "-m", "long", *sys.argv[1:]]
    return subprocess.run(command, cwd=REPOSITORY, env={**os.environ, lengths.SETTING: "whole"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
