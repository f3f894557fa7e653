"""`python -m tests.fuzz [KIND...]`: try random inputs for a while; list each kind of fault once.

    --minutes 1    for so long
    --count        so many of each kind, instead
    --seed 0       the seed of the first
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz import uses

BATCH = {"formula": 100, "table": 150, "saved": 200, "exercise": 20, "command": 10}


def main(words):
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(BATCH))
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(words)
    if unknown := [kind for kind in asked.kinds if kind not in BATCH]:
        parser.error(f"no kind is called {unknown[0]}")
    kinds = asked.kinds or list(BATCH)
    if "exercise" in kinds:
        uses.warm()
    end = time.monotonic() + 60 * asked.minutes
    tries, faults = Counter(), Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while True:
            for kind in kinds:
                size = BATCH[kind]
                if asked.count is not None:
                    size = min(size, asked.count - tries[kind])
                for seed in range(asked.seed + tries[kind], asked.seed + tries[kind] + size):
                    state = random.getstate()
                    made, found = uses.tried(kind, seed, folder)
                    random.setstate(state)
                    if found:
                        faults[kind, found] += 1
                        if faults[kind, found] == 1:
                            shown = repr(made).replace(name, "")
                            print(f"{kind} {seed}: {found}\n    {shown[:600]}", flush=True)
                tries[kind] += size
            if asked.count is None and time.monotonic() > end:
                break
            if asked.count is not None and all(tries[kind] >= asked.count for kind in kinds):
                break
    for kind in kinds:
        mine = {found: count for (each, found), count in faults.items() if each == kind}
        print(f"{kind:9} {tries[kind]:9,} inputs, {sum(mine.values())} faults of {len(mine)} kinds")
    if len(kinds) > 1:
        every, kinds_of_faults = faults.total(), len(faults)
        print(f"all {tries.total():15,} inputs, {every} faults of {kinds_of_faults} kinds")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
