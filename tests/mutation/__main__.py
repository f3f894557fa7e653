"""`python -m tests.mutation [PLACE...]`: plant mistakes in folders or chapters; list the unnoticed.

    --count 100    mutants of each place
    --seed 0       which of them
    --jobs         how many at a time

The score of a place is the share of its mutants that the tests noticed; those that are equivalent
are not counted. Survivors are listed with their line. The status says whether the goals are met.
"""

import argparse
import ast
import multiprocessing
import os
import random
import re
import shutil
import sys
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from tests.mutation import trial
from tests.mutation.mutants import Mutant, mutants

PLACES = {  # where the mistakes are planted, and the tests that are to notice, with options
    "calculus": ("mathlab/calculus", ("mathlab/calculus", "tests/calculus",
                                      "tests/test_notebook.py")),
    "learning": ("mathlab/learning", ("mathlab/learning", "tests/learning")),
    "command":  ("mathlab/command",  ("mathlab/command", "tests/command", "tests/test_command.py",
                                      "tests/fuzz", "tests/test_readme.py")),
    "drawing":  ("mathlab/drawing",  ("mathlab/drawing", "tests/drawing")),
    "grading":  ("lessons/grading",  ("lessons/grading", "tests/lessons/grading",
                                      "tests/lessons/test_exercises.py", "--all")),
}
GOALS = {"calculus": 0.95, "learning": 0.92, "command": 0.92, "drawing": 0.90, "grading": 0.90}
LEAST = 0.5  # of a part of a folder, of which few mutants are tried: most of them
EQUIVALENTS = Path(__file__).with_name("equivalents.md")
MOST = 20.0  # seconds of the tests of other chapters, the shortest first, that may notice
KILLED, LATE, SURVIVED = "noticed", "noticed, as it did not end", "survived"


class Planted(NamedTuple):
    """A mutant of a file, and the line that it changes."""

    file: str
    mutant: Mutant
    line: str

    def __str__(self) -> str:
        return f"{self.file}:{self.mutant}"


def planted(file: str) -> list[Planted]:
    """All mutants of a file."""
    text = (trial.ROOT / file).read_text(encoding="utf-8")
    rows = text.splitlines()
    return [Planted(file, each, rows[each.line - 1].strip()) for each in mutants(text)]


@cache
def equivalents() -> dict[tuple[str, str, str], str]:
    """The mutants that no test can notice: file, line and change, each with the reason; or file,
    name and "", for all numbers of a table of examples."""
    rows: dict[tuple[str, str, str], str] = {}
    file = ""
    for line in EQUIVALENTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            file = line.removeprefix("## ").strip()
        elif found := re.fullmatch(r"- `` (.*?) `` \| (?:`` (.*?) `` \| )?(.+)", line):
            rows[file, found[1], found[2] or ""] = found[3]
    return rows


def equivalent(each: Planted) -> str:
    """Why a mutant is equivalent; "" if that is not known."""
    change = f"{each.mutant.before} -> {each.mutant.after}"
    return (equivalents().get((each.file, each.line, change), "")
            or equivalents().get((each.file, each.mutant.table, ""), ""))


def drawn(folder: str, count: int, seed: int) -> list[Planted]:
    """So many mutants of a folder or a file, none of them equivalent, and always the same ones."""
    where = trial.ROOT / folder
    files = sorted(where.rglob("*.py")) if where.is_dir() else [where]
    every = [each for path in files for each in planted(path.relative_to(trial.ROOT).as_posix())]
    chosen = []
    for each in random.Random(seed).sample(every, len(every)):
        if len(chosen) == count:
            break
        if not equivalent(each) and readable(each):
            chosen.append(each)
    return chosen


def readable(each: Planted) -> bool:
    """Whether Python can read a mutant."""
    try:
        ast.parse(each.mutant.planted((trial.ROOT / each.file).read_text(encoding="utf-8")))
    except SyntaxError:
        return False
    return True


def test_files(places: tuple[str, ...]) -> list[str]:
    """The files of tests in some folders: with tests, or with examples in docstrings."""
    paths = [path for place in places for path in (
        sorted((trial.ROOT / place).rglob("*.py")) if (trial.ROOT / place).is_dir()
        else [trial.ROOT / place])]
    return [path.relative_to(trial.ROOT).as_posix() for path in paths
            if path.name.startswith("test_") or ">>> " in path.read_text(encoding="utf-8")]


def home(place: str) -> tuple[str, tuple[str, ...]]:
    """The folder or file of a place, and where its tests are: what is less than one of the
    PLACES is to be noticed by the tests of its own folder, and those that stand above them."""
    if place in PLACES:
        return PLACES[place]
    for folder, tests in PLACES.values():
        for path in (place, f"mathlab/{place}", f"lessons/{place}"):
            if f"{path}/".startswith(f"{folder}/") and (trial.ROOT / path).exists():
                own = path if (trial.ROOT / path).is_dir() else str(Path(path).parent)
                mirror = f"tests/{own.removeprefix('mathlab/')}"
                if not (trial.ROOT / mirror).is_dir():
                    return path, tests
                above = (trial.ROOT / mirror).parent.glob("test_*.py")
                return path, (own, mirror, *(str(file.relative_to(trial.ROOT)) for file in above))
    raise SystemExit(f"no place is called {place}: there are {', '.join(PLACES)}, and their parts")


def stages(each: Planted, recorded: trial.Recorded) -> Iterator[dict[str, float]]:
    """The tests that may notice a mutant, each with its seconds: first those of its chapter."""
    tests = recorded.that_run(each.file, each.mutant.first, each.mutant.last)
    if not tests:  # they may run it in another Python
        tests = recorded.that_run(each.file, 1, sys.maxsize)
    files: dict[str, dict[str, float]] = {}
    for name, seconds in sorted(tests.items(), key=lambda test: test[1]):
        files.setdefault(name.split("::")[0], {})[name] = seconds
    stem = Path(each.file).stem
    own = [file for file in files if Path(file).stem in (stem, f"test_{stem}")]
    if own:
        yield {name: seconds for file in own for name, seconds in files.pop(file).items()}
    rest = sorted((seconds, name) for tests in files.values() for name, seconds in tests.items())
    spent = [*accumulate(seconds for seconds, _ in rest)]
    if cheap := rest[:bisect_right(spent, MOST)]:
        cheap.sort(key=lambda test: test[1].split("::")[0])  # the fixtures of a file are made once
        yield {name: seconds for seconds, name in cheap}


worker: trial.Copy
known: trial.Recorded


def begin(folder: str, options: list[str], recorded: trial.Recorded | None) -> None:
    """Make the copy of a worker, whose seconds and lines are these."""
    global worker, known
    worker = trial.Copy(Path(folder) / str(os.getpid()), options)
    if recorded:
        known = recorded


def record(file: str) -> dict:
    return worker.recorded(file)


def tried(each: Planted) -> tuple[Planted, str]:
    """What becomes of a mutant."""
    text = (trial.ROOT / each.file).read_text(encoding="utf-8")
    worker.write(each.file, each.mutant.planted(text))
    names = {name for name, _ in known.tests}
    try:
        for seconds in stages(each, known):
            status = worker.trial(seconds, names)
            if status not in (trial.PASSED, trial.NO_TESTS):
                return each, LATE if status == trial.ENDED else KILLED
        return each, SURVIVED
    finally:
        worker.write(each.file, text)


@contextmanager
def pool(jobs: int, options: list[str], recorded: trial.Recorded | None = None):
    """Workers, each with a copy of the tree that is gone in the end."""
    folder = tempfile.mkdtemp(prefix="mutation-")
    try:
        fork = multiprocessing.get_context("fork")
        with fork.Pool(jobs, begin, (folder, options, recorded)) as workers:
            yield workers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recorded(files: list[str], jobs: int, options: list[str]) -> trial.Recorded:
    """What these files of tests run; recorded now, unless it was before."""
    places = {file: trial.kept(file, options) for file in files}
    missing = [file for file in files if not places[file].exists()]
    if missing:
        with pool(jobs, options) as workers:
            for file, found in zip(missing, workers.imap(record, missing), strict=True):
                places[file].write_text(trial.json.dumps(found))
    return trial.joined(trial.json.loads(place.read_text()) for place in places.values())


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", default=list(PLACES), metavar="PLACE")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--each", action="store_true", help="say what became of each mutant")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        trial.ROOT = trial.Copy(Path(folder), []).root  # whatever is edited meanwhile
        scores = {place: scored(place, asked) for place in asked.places}
    if len(scores) > 1:
        scores["all"] = sum(scores.values(), Counter[str]())
    below = 0
    for place, ends in scores.items():
        share = 1 - ends[SURVIVED] / max(1, ends.total())
        goal = f" (the goal is {GOALS[place]:.0%})" if place in GOALS else ""
        below += share < GOALS.get(place, LEAST)
        print(f"{place:12} {ends.total():5} mutants, {ends[LATE]:3} without an end, "
              f"{ends[SURVIVED]:3} survived: {share:.1%}{goal}")
    return int(below > 0)


def scored(place: str, asked: argparse.Namespace) -> Counter[str]:
    """What became of the mutants of a place; those that survive are printed as they are found."""
    folder, tests = home(place)
    chosen = drawn(folder, asked.count, asked.seed)
    options = [word for word in tests if word.startswith("--")]
    files = test_files(tuple(word for word in tests if word not in options))
    known = recorded(files, asked.jobs, options)
    ends = Counter[str]()
    with pool(asked.jobs, options, known) as workers:
        for each, end in workers.imap_unordered(tried, chosen):
            ends[end] += 1
            if asked.each or end == SURVIVED:
                told = f"{sum(ends.values()):4} {each}   {end if asked.each else ''}"
                print(told.rstrip(), flush=True)
    return ends


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
