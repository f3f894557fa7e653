"""Which test runs which line, written down while the tests run.

A line that runs while a file of tests is read, or in a fixture, counts for all tests of that file.
What functions keep in a cache is forgotten before each test: each runs all that it needs.
"""

import sys
from collections import defaultdict
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType

import pytest

Lines = dict[str, dict[int, int]]  # of a file, of a line: the tests that run it, a bit each


class Recorder:
    """A plugin of pytest: `tests` are those that ran, with their seconds; `lines` who ran what."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ours = (f"{root}/mathlab/", f"{root}/lessons/")
        self.tests: dict[str, float] = {}
        self.failed: set[str] = set()
        self.lines: Lines = defaultdict(lambda: defaultdict(int))
        self.hits: set[tuple[str, int]] = set()
        self.shared: set[tuple[str, int]] = set()
        self.caches: list[_lru_cache_wrapper] = []
        self.modules = 0  # in which these caches were looked for
        self.listen()

    def listen(self) -> None:
        """From now on, each line is noted in `hits` the first time it runs."""
        if sys.version_info < (3, 12):  # whole functions, as there is no cheap way to see lines
            sys.setprofile(self.called)
            return
        monitoring = sys.monitoring
        monitoring.use_tool_id(monitoring.COVERAGE_ID, "tests.mutation")
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, self.line)
        monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)

    def line(self, code: CodeType, line: int) -> object:
        if code.co_filename.startswith(self.ours):
            self.hits.add((code.co_filename, line))
        return sys.monitoring.DISABLE

    def called(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(self.ours):
            self.hits.update((code.co_filename, line) for *_, line in code.co_lines() if line)

    def taken(self) -> set[tuple[str, int]]:
        """The lines that have run since the last call."""
        hits, self.hits = self.hits, set()
        if sys.version_info >= (3, 12):
            sys.monitoring.restart_events()
        return hits

    def pytest_collection_finish(self) -> None:
        self.shared |= self.taken()

    def forget(self) -> None:
        """Clear all caches, those of modules that a test has just read too."""
        if len(sys.modules) != self.modules:
            self.modules = len(sys.modules)
            self.caches = [
                each for module in list(sys.modules.values())
                if (getattr(module, "__file__", None) or "").startswith(str(self.root))
                for each in vars(module).values() if isinstance(each, _lru_cache_wrapper)]
        for each in self.caches:
            each.cache_clear()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item):
        self.forget()
        self.taken()
        yield
        self.shared |= self.taken()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item):
        bit = 1 << len(self.tests)
        self.tests[item.nodeid] = 0.0
        try:
            return (yield)
        finally:
            for file, line in self.taken():
                self.lines[file][line] |= bit

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid in self.tests:
            self.tests[report.nodeid] += report.duration
        if not report.passed:
            self.failed.add(report.nodeid)

    def found(self) -> dict[str, object]:
        """What was seen, as JSON can hold it."""
        every = (1 << len(self.tests)) - 1
        for file, line in self.shared:
            self.lines[file][line] |= every
        return {
            "tests": [[name, seconds if name not in self.failed else None]
                      for name, seconds in self.tests.items()],
            "lines": {Path(file).relative_to(self.root).as_posix():
                      {line: hex(bits) for line, bits in lines.items()}
                      for file, lines in self.lines.items()}}
