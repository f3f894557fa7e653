"""`python -m tests.promises`: prove what mathlab promises; each with its command and its figure."""

import argparse
import re
import subprocess
import sys
import textwrap
import time

from tests.promises.measures import ROOT
from tests.promises.table import PROMISES

WIDTH = 100


def proved(promise):
    """Whether a promise holds, and its figure."""
    done = subprocess.run([sys.executable, "-m", *promise.proof.split()], cwd=ROOT,
                          capture_output=True, encoding="utf-8", errors="replace")
    holds = done.returncode == 0
    return holds, figure(done.stdout if holds or done.stdout.strip() else done.stderr)


def figure(printed):
    """The last line that was printed, without the time that it took."""
    lines = [line for line in printed.splitlines() if line.strip()]
    last = lines[-1] if lines else "nothing was printed"
    return re.sub(r" in [\d.]+s.*", "", last).replace("passed", "tests passed").strip(" =")


def main(words):
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--all", action="store_true", help="also what takes long: an hour or two")
    parser.add_argument("--list", action="store_true", help="the promises and their commands alone")
    asked = parser.parse_args(words)
    broken = 0
    for promise in PROMISES:
        print("\n".join(textwrap.wrap(promise.sentence, WIDTH)))
        print(f"    {promise.command}", flush=True)
        if asked.list:
            print("    takes long" * promise.is_long)
            continue
        if promise.is_long and not asked.all:
            print("    not run: it takes long (--all)\n")
            continue
        begun = time.monotonic()
        holds, said = proved(promise)
        broken += not holds
        seconds = time.monotonic() - begun
        print(f"    {'' if holds else 'BROKEN: '}{said}   ({seconds:.0f} s)\n", flush=True)
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
