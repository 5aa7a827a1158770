"""Work on independent pieces in several processes, answered in the order of the pieces, so the result is always one.

A worker is `python -m samlad.foundation.worker_processes MODULE FUNCTION`: pickled pieces on stdin, pickled answers on
stdout. It ends when its stdin closes, so none outlives the process that started it, however that ends.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib import import_module
from queue import SimpleQueue
from typing import IO, Any, TypeVar

from samlad.foundation import store

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

AT_MOST = 4
"""Most workers: each holds the libraries in memory anew."""


def processors() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Piece], Answer],
    pieces: Sequence[Piece],
    sizes: Sequence[float],
    *,
    apart: bool,
    progress: Callable[[float], None],
) -> list[Answer]:
    """Return the result of each piece, in their order; `apart` uses several processes where possible.

    work is a function of a module; pieces and answers can be pickled. The largest by `sizes` are begun first, and
    `progress` is told the share of them that is done. Raises what work raised, of several the first in order. Where no
    process can be started the work is done in this one.
    """
    count = min(processors(), AT_MOST, len(pieces)) if apart else 1
    running = _started(work, count) if count > 1 else []
    if not running:
        results = []
        for number, piece in enumerate(pieces):
            results.append(work(piece))
            progress(sum(sizes[: number + 1]) / sum(sizes))
        return results
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    for worker in running:
        free.put(worker)

    def ask(piece: Piece) -> Answer:
        worker = free.get()
        try:
            return _answer(worker, work, piece)
        finally:
            free.put(worker)

    threads = ThreadPoolExecutor(len(running), thread_name_prefix="workers")
    try:
        order = sorted(range(len(pieces)), key=lambda number: -sizes[number])
        number_of = {threads.submit(ask, pieces[number]): number for number in order}
        done = 0.0
        for future in as_completed(number_of):
            done += sizes[number_of[future]]
            progress(done / sum(sizes))
        return [future.result() for future in sorted(number_of, key=lambda future: number_of[future])]
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in running:
            worker.kill()
        threads.shutdown(wait=True)
        for worker in running:
            worker.communicate()


def _started(work: Callable[[Piece], Answer], count: int) -> list[subprocess.Popen[bytes]]:
    """Start workers; return none when the system refuses."""
    command = [sys.executable, "-m", "samlad.foundation.worker_processes", work.__module__, work.__name__]
    paths = os.pathsep.join([str(store.REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    running: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(count):
            running.append(
                subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
                    start_new_session=True,
                )
            )
    except OSError:
        for worker in running:
            worker.kill()
            worker.communicate()
        return []
    return running


def _answer(worker: "subprocess.Popen[bytes]", work: Callable[[Piece], Answer], piece: Piece) -> Answer:
    """Return a worker's result; when the worker has died, do the piece here."""
    assert worker.stdin and worker.stdout
    try:
        pickle.dump(piece, worker.stdin)
        worker.stdin.flush()
        fault, answer = pickle.load(worker.stdout)
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return work(piece)
    if fault is not None:
        raise fault
    done: Answer = answer
    return done


def serve(work: Callable[[Any], Any], pieces: IO[bytes], results: IO[bytes]) -> None:
    """Work on pieces until there are no more."""
    while True:
        try:
            piece = pickle.load(pieces)
        except EOFError:
            return
        answer: tuple[Exception | None, Any]
        try:
            answer = None, work(piece)
        except Exception as fault:  # raised where the piece came from
            answer = fault, None
        pickle.dump(answer, results)
        results.flush()


if __name__ == "__main__":
    serve(getattr(import_module(sys.argv[1]), sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
