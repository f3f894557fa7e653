"""`python -m tests.benchmark [--quick] [SECTION ...]`: all sections, or some."""

import argparse
import platform
import sys
from collections.abc import Callable

from tests.benchmark import numeric_methods, speed

SECTIONS: dict[str, Callable[[bool], None]] = {
    "speed": speed.report,
    "numeric": numeric_methods.report,
}


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
    for name in options.sections or SECTIONS:
        SECTIONS[name](options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
