"""A Streamlit server that tells what each run of a script took: a line of JSON for each in a file.

python benchmarks/timed.py RUNS app.py --server.port=8501 --server.headless=true

`script` is the seconds of the script by the clock and `processor` those of its thread on the processor, both without
what Streamlit does before and after it (such as collecting garbage); `queries` counts questions put to the engine.
"""

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from streamlit.runtime.scriptrunner import script_runner
from streamlit.web import cli

from samlad.warehouse import engine

_asked = threading.local()


def count_queries() -> None:
    """Count what each thread asks the engine: an answer that is kept is not asked for."""
    ask = engine.ask

    def counted(*given: Any) -> Any:
        _asked.queries = getattr(_asked, "queries", 0) + 1
        return ask(*given)

    engine.ask = counted


def time_scripts(runs: Path) -> None:
    """Write a line for each run of a script, before the browser hears that it has ended."""
    execute = script_runner.exec_func_with_error_handling

    def timed(code: Any, context: Any) -> Any:
        _asked.queries = 0
        begun, worked = time.perf_counter(), time.thread_time()
        try:
            return execute(code, context)
        finally:
            told = {
                "page": context.page_script_hash,
                "script": time.perf_counter() - begun,
                "processor": time.thread_time() - worked,
                "queries": _asked.queries,
            }
            with runs.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")

    script_runner.exec_func_with_error_handling = timed


if __name__ == "__main__":
    time_scripts(Path(sys.argv[1]))
    count_queries()
    sys.argv = ["streamlit", "run", *sys.argv[2:]]
    cli.main()
