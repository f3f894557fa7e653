"""The tests, run against a mutant in a Python of its own: a fork, which begins with pytest read.

A copy of the tree holds the mutant, so that what the tests start finds it too. No test may take
more of the processor than ten times what it took before, and five seconds.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.config import default_plugins

from tests.mutation.recording import Recorder

try:
    import resource
except ImportError:  # Windows, which has no forks either
    resource = None

ROOT = Path(__file__).parents[2]
COPIED = ("mathlab", "lessons", "tests", "pyproject.toml", "README.md")
QUIETLY = ("-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider", "-p", "no:faulthandler")
MEMORY = 3 << 30  # bytes that a test may take
SECONDS, TIMES = 5.0, 10.0
PASSED, FAILED, NOT_READ, NO_TESTS, ENDED = 0, 1, 2, 5, 255  # the first four are pytest's own

for name in default_plugins:
    import_module(f"_pytest.{name}")


class Recorded(NamedTuple):
    """Tests, each with its seconds, and of each line which of them run it: a bit each."""

    tests: list[tuple[str, float]]
    lines: dict[str, dict[int, int]]

    def that_run(self, file: str, first: int, last: int) -> dict[str, float]:
        """The tests that run one of these lines of a file, each with its seconds."""
        bits = 0
        for line, tests in self.lines.get(file, {}).items():
            bits |= tests if first <= line <= last else 0
        return dict(test for test, bit in zip(self.tests, bin(bits)[:1:-1], strict=False)
                    if bit == "1")


class Chosen:
    """A plugin of pytest: these tests, in this order, each with its seconds; before them those that
    nobody knows yet, as a row of a table has another name if there is a mistake in it."""

    def __init__(self, seconds: dict[str, float], known: Collection[str]) -> None:
        self.seconds, self.known = seconds, known

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        there = {item.nodeid: item for item in items}
        new = [item for name, item in there.items() if name not in self.known]
        items[:] = new + [there[name] for name in self.seconds if name in there]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        limit(SECONDS + TIMES * self.seconds.get(item.nodeid, 1.0))


def limit(seconds: float) -> None:
    """End this Python when it has used the processor for so long, from now on."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


class Copy:
    """A copy of the tree, in which one file at a time may be another."""

    def __init__(self, folder: Path, options: list[str]) -> None:
        self.options = options
        self.folder = folder.resolve()
        self.root = self.folder / "tree"
        self.clock = int(time.time())
        self.root.mkdir(parents=True)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.root / name,
                                ignore=shutil.ignore_patterns("__pycache__", ".*"))
            else:
                shutil.copy2(ROOT / name, self.root / name)

    def write(self, file: str, text: str) -> None:
        """Write a file. What was compiled of it before is known to be old by its time."""
        self.clock += 1
        (self.root / file).write_text(text, encoding="utf-8")
        os.utime(self.root / file, (self.clock, self.clock))

    def trial(self, seconds: dict[str, float], known: Collection[str]) -> int:
        """What became of these tests: PASSED, FAILED, NOT_READ, NO_TESTS or ENDED. `known` are the
        names of all that there were without the mutant."""
        files = dict.fromkeys(name.split("::")[0] for name in seconds)
        most = 120 + (1 + TIMES) * sum(seconds.values())
        return self.forked(lambda: self.pytest([*QUIETLY, *files], Chosen(seconds, known)), most)

    def recorded(self, file: str) -> dict:
        """What a file of tests runs; see `Recorder.found`."""
        found = self.folder / "found.json"

        def work() -> int:
            sys.dont_write_bytecode = False
            limit(3600)
            recorder = Recorder(self.root)
            self.pytest([*QUIETLY[1:], file], recorder)
            found.write_text(json.dumps(recorder.found()))
            return PASSED

        found.unlink(missing_ok=True)
        self.forked(work, 3600)
        return json.loads(found.read_text())

    def pytest(self, words: Iterable[str], plugin: object) -> int:
        scratch = f"--basetemp={self.folder / 'temporary'}"
        return int(pytest.main([*self.options, *words, scratch], [plugin]))

    def forked(self, work: Callable[[], int], seconds: float) -> int:
        """The status with which some work ends, done by a fork of this Python in the copy."""
        child = os.fork()
        if not child:
            status = ENDED
            try:
                os.setsid()
                os.chdir(self.root)
                sys.path[0] = str(self.root)
                sys.dont_write_bytecode = True
                for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
                    del sys.modules[name]
                nowhere = os.open(os.devnull, os.O_RDWR)
                for stream in range(3):
                    os.dup2(nowhere, stream)
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
                most = int(seconds) + 1  # also for what the tests start, in a session of its own
                resource.setrlimit(resource.RLIMIT_CPU, (most, most))
                limit(60)  # to read the tests
                status = work()
            finally:
                os._exit(status)
        end = time.monotonic() + seconds
        while not os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            if time.monotonic() > end:
                os.killpg(child, signal.SIGKILL)
            time.sleep(0.01)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)  # whatever the tests have started
        _, status = os.waitpid(child, 0)
        return os.WEXITSTATUS(status) if os.WIFEXITED(status) else ENDED


def kept(file: str, options: list[str]) -> Path:
    """Where it is kept what a file of tests runs, for as long as no source has changed."""
    digest = hashlib.sha256(f"{sys.version} {file} {options}".encode())
    helpers = [path for path in (ROOT / "tests").rglob("*.py") if path.name[:5] != "test_"
               and path.parent != ROOT / "tests" / "mutation"]
    sources = [*(ROOT / "mathlab").rglob("*.py"), *(ROOT / "lessons").rglob("*.py"), ROOT / file]
    for path in sorted([*sources, *helpers]):
        digest.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"mathlab-mutation-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{digest.hexdigest()[:32]}.json"


def joined(found: Iterable[dict]) -> Recorded:
    """What several files of tests run."""
    every = Recorded([], {})
    for each in found:
        passed = sum(1 << i for i, (_, seconds) in enumerate(each["tests"]) if seconds is not None)
        for file, lines in each["lines"].items():
            here = every.lines.setdefault(file, {})
            for line, bits in lines.items():
                mine = (int(bits, 16) & passed) << len(every.tests)
                here[int(line)] = here.get(int(line), 0) | mine
        every.tests.extend((name, seconds) for name, seconds in each["tests"])
    return every
