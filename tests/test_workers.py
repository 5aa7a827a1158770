"""Work in several processes: the same answers in the same order as in one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from samlad.foundation import worker_processes
from samlad.foundation.errors import SamladError

KILLED = -1


def square(number: int) -> int:
    """Return the square; raise for three and five; end the process it is in, if that is a worker, for KILLED."""
    if number in (3, 5):
        raise SamladError(f"inte {number}")
    if number == KILLED and "samlad.foundation.worker_processes" in " ".join(sys.orig_argv):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def done_in_order(pieces: list[int], *, apart: bool) -> tuple[list[int], list[float]]:
    """Return the answers, and what was told of how far it was."""
    told: list[float] = []
    return worker_processes.in_order(square, pieces, [1.0] * len(pieces), apart=apart, progress=told.append), told


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch, repository: Path) -> None:
    """Two, whatever the machine has, and workers that find these tests."""
    monkeypatch.setattr(worker_processes, "processors", lambda: 2)
    monkeypatch.setenv("PYTHONPATH", str(repository))


@pytest.mark.parametrize("apart", [True, False])
def test_answers_come_in_the_order_of_the_pieces_and_progress_reaches_the_end(apart: bool) -> None:
    answers, told = done_in_order([4, 1, 2, 6], apart=apart)
    assert answers == [16, 1, 4, 36]
    assert told == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("apart", [True, False])
def test_of_several_faults_the_first_in_order_is_raised(apart: bool) -> None:
    with pytest.raises(SamladError, match="inte 5"):
        done_in_order([1, 5, 3], apart=apart)


def test_what_a_dead_worker_had_is_done_here() -> None:
    assert done_in_order([2, KILLED, 4, 6], apart=True)[0] == [4, 1, 16, 36]


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object, **_more: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert done_in_order([2, 4], apart=True)[0] == [4, 16]


def test_a_worker_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from samlad.foundation import worker_processes; from tests.test_workers import square;"
        "worker_processes.processors = lambda: 2;"
        "print(*(one.pid for one in worker_processes._started(square, 2)), flush=True); time.sleep(600)"
    )
    starter = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    pids = [int(word) for word in starter.stdout.readline().split()]
    starter.kill()
    starter.wait()
    assert len(pids) == 2
    assert until(lambda: not any(is_alive(pid) for pid in pids))


def is_alive(pid: int) -> bool:
    """Return True for a process that runs; one that has ended and waits to be reaped does not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def until(is_so: Callable[[], bool], patience: float = 60.0) -> bool:
    """Wait until something is so; False when it never came to be."""
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
