"""`python -m mathlab`: derive a formula, fit a model to a file, predict with it; no program needed.

    python -m mathlab derive "x**2*sin(x)" --at x=1.5
    python -m mathlab fit movies.csv "revenue = slope*budget + intercept" --save line.json
    python -m mathlab predict line.json new.csv

`python -m mathlab fit --help` lists the options.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from mathlab.command import derive, fit, predict
from mathlab.errors import MathlabError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m mathlab", description=__doc__, formatter_class=raw
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (derive, fit, predict):
        command.add_to(commands)
    options = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a name may hold what the terminal cannot
    try:
        options.run(options)
        if sys.stdout:
            sys.stdout.flush()
    except (MathlabError, OSError) as error:
        if isinstance(error, BrokenPipeError):  # the reader has seen enough, as with `| head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as the shell does it: 128, and 2 for Ctrl-C
    return 0


if __name__ == "__main__":
    sys.exit(main())
