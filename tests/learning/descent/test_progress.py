"""A bar on a terminal after a second of work, and nothing anywhere else."""

import io
import sys

import pytest

from mathlab.learning.descent import progress as module
from mathlab.learning.descent.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    """Tells a time that only the test moves on."""

    now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def screen(written):
    """What a terminal shows in the end: text after a carriage return overwrites the line."""
    line = ""
    for piece in written.split("\r"):
        line = piece + line[len(piece) :]
    return line


def work(clock, stream, count=100, seconds=0.2, label="training"):
    for i in progress(count, label, stream):
        clock.now += seconds
        yield i


@pytest.mark.parametrize("count", [0, 1, 7])
@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_it_counts(count, stream):
    assert list(progress(count, "counting", stream)) == list(range(count))


def test_no_terminal_no_bar(clock):
    stream = io.StringIO()
    assert len(list(work(clock, stream))) == 100
    assert stream.getvalue() == ""


def test_no_standard_error_no_bar(clock, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert list(progress(3, "training")) == [0, 1, 2]


def test_quick_work_needs_no_bar(clock):
    stream = Terminal()
    list(work(clock, stream, seconds=0.009))
    assert stream.getvalue() == ""


def test_standard_error_by_default(clock, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    list(work(clock, None))
    assert "training" in terminal.getvalue()


def test_the_bar_appears_after_a_second_grows_and_is_erased(clock):
    stream = Terminal()
    shown = []
    for i in work(clock, stream):
        shown.append(screen(stream.getvalue()))
        assert (shown[-1] != "") == (i >= 5)  # the sixth round begins after 1.0 seconds
    assert shown[50] == "training [##########..........]  50%"
    assert [line.count("#") for line in shown] == sorted(line.count("#") for line in shown)
    assert screen(stream.getvalue()).strip() == ""
    assert stream.getvalue().endswith("\r")
    assert "\n" not in stream.getvalue()


def test_it_is_drawn_ten_times_a_second_at_most(clock):
    stream = Terminal()
    list(work(clock, stream, count=5000, seconds=0.001))  # 5 seconds, 4 of them with a bar
    assert stream.getvalue().count("[") <= 41


def test_it_is_erased_when_the_loop_is_left_by_an_error(clock):
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt):
        for i in progress(100, "training", stream):
            clock.now += 0.5
            if i == 10:
                assert "training" in screen(stream.getvalue())
                raise KeyboardInterrupt
    assert screen(stream.getvalue()).strip() == ""


@pytest.mark.parametrize("count", [2, 1001, 1_000_001])
def test_it_fits_a_terminal_of_40_columns(clock, count):
    stream = Terminal()
    for i in progress(count, "training", stream):
        clock.now += 2
        if i > 50:
            break
    assert max(map(len, stream.getvalue().split("\r"))) < 40
