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
from pathlib import Path

from mathlab.command import derive, fit, predict
from mathlab.command.options import OneLine, in_one_line, in_order
from mathlab.errors import FormulaError, MathlabError, catch_interrupts

TYPED = "python -m mathlab"

def main(arguments: Sequence[str] | None = None, prog: str = "") -> int:
    """Run the command; return the exit status: 2 if it cannot be meant, 1 if it does not work."""
    if not prog:
        prog = "mathlab" if Path(sys.argv[0]).name in ("mathlab", "mathlab.exe") else TYPED
    parser = OneLine(prog=prog, description=(__doc__ or "").replace(TYPED, prog))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (derive, fit, predict):
        command.add_to(commands)
    for each in commands.choices.values():
        each.register("type", None, str.strip)  # the space that `in_order` puts before a formula
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_args(in_order(given, *_taken(commands.choices.get(" ".join(given[:1])))))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a name may hold what the terminal cannot
    catch_interrupts()
    try:
        options.run(options)
        if sys.stdout:
            sys.stdout.flush()
    except (MathlabError, OSError, OverflowError) as error:
        if isinstance(error, BrokenPipeError):  # the reader has seen enough, as with `| head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"error: {in_one_line(error)}", file=sys.stderr)
        return 2 if isinstance(error, FormulaError) else 1
    except KeyboardInterrupt:
        return 130  # as the shell does it: 128, and 2 for Ctrl-C
    return 0


def _taken(command: argparse.ArgumentParser | None) -> tuple[dict[str, str | int], int]:
    """How many values each option of a command takes, and how many words the command needs."""
    actions = command._actions if command else []
    values = {option: 1 if each.nargs is None else each.nargs
              for each in actions for option in each.option_strings}
    return values, sum(not each.option_strings for each in actions)


if __name__ == "__main__":
    sys.exit(main())
