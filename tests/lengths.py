"""The length of the long properties: short in `python -m tests`, whole in `python benchmarks/whole.py`."""

import os
from typing import TypeVar

Length = TypeVar("Length")
SETTING = "TESTS_LENGTH"
IS_WHOLE = os.environ.get(SETTING) == "whole"


def of(short: Length, whole: Length) -> Length:
    """Return the length to run at; a test that asks for one is marked `long`."""
    return whole if IS_WHOLE else short
