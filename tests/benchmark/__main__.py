"""`python -m tests.benchmark [--quick | --once] [SECTION ...]`: all sections, or some."""

import argparse
import platform
import sys
from collections.abc import Callable

from tests.benchmark import (
    compiled,
    eager,
    fits,
    intervals,
    numeric_methods,
    start,
    steps,
    symbolic,
    training,
)
from tests.benchmark.peers import deep_recursion, versions
from tests.benchmark.timing import Effort

SECTIONS: dict[str, Callable[[Effort], None]] = {
    "eager": eager.report,
    "compiled": compiled.report,
    "steps": steps.report,
    "training": training.report,
    "fits": fits.report,
    "symbolic": symbolic.report,
    "start": start.report,
    "numeric": numeric_methods.report,
    "intervals": intervals.report,
}
HELP = {
    Effort.QUICK: "fewer repetitions",
    Effort.ONCE: "each figure once, on the smallest workload: to see that all of it runs",
}
PEERS = ("micrograd", "autograd", "torch", "jax", "sympy", "numpy", "scipy", "statsmodels",
         "scikit-learn", "mpmath", "python-flint")


def main(arguments: list[str] | None = None) -> int:
    """Run the sections asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.set_defaults(effort=Effort.FULL)
    choice = parser.add_mutually_exclusive_group()
    for effort, words in HELP.items():
        name = f"--{effort.name.lower()}"
        choice.add_argument(name, dest="effort", action="store_const", const=effort, help=words)
    options = parser.parse_args(arguments)
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"there is no section {unknown[0]}; choose from {', '.join(SECTIONS)}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"Peers: {versions(*PEERS)}")
    print("Each time is mathlab's; 3x means three times as long. They took turns.\n")
    with deep_recursion():
        for name in options.sections or SECTIONS:
            SECTIONS[name](options.effort)
    return 0


if __name__ == "__main__":
    sys.exit(main())
