"""`python -m tests.benchmark [--quick] [SECTION ...]`: all sections, or some."""

import argparse
import platform
import sys
from collections.abc import Callable

from tests.benchmark import (
    compiled,
    eager,
    numeric_methods,
    start,
    symbolic,
    training,
)
from tests.benchmark.peers import deep_recursion, versions

SECTIONS: dict[str, Callable[[bool], None]] = {
    "eager": eager.report,
    "compiled": compiled.report,
    "training": training.report,
    "symbolic": symbolic.report,
    "start": start.report,
    "numeric": numeric_methods.report,
}
PEERS = ("micrograd", "autograd", "torch", "jax", "sympy", "numpy", "scikit-learn")


def main(arguments: list[str] | None = None) -> int:
    """Run the sections asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: a few seconds")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"there is no section {unknown[0]}; choose from {', '.join(SECTIONS)}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"Peers: {versions(*PEERS)}")
    print("Each time is mathlab's; 3x means three times as long. They took turns.\n")
    with deep_recursion():
        for name in options.sections or SECTIONS:
            SECTIONS[name](options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
