"""How long it takes to begin."""

import os
import subprocess
import sys
import tempfile

from tests.benchmark.timing import Effort, compared, print_row, shown


def report(effort: Effort) -> None:
    """`import mathlab`, over the bare interpreter.

    Its bytecode is there from the run that `compared` does not time.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def run(code: str) -> object:
            return subprocess.run([sys.executable, "-c", code], check=True, env=environment)

        ways = {"bare": lambda: run("pass"), "import": lambda: run("import mathlab")}
        times = compared(ways, effort)
    seconds = times["import"] - times["bare"]
    print_row("import mathlab, over bare Python", shown(seconds), [])
