"""The median of several runs, by a clock that the test sets."""

from lessons import clock


def test_one_slow_run_does_not_count(monkeypatch):
    ticks = iter([0.0, 0.002, 1.0, 1.09, 10.0, 10.004])  # runs of 2, of 90 and of 4 ms
    monkeypatch.setattr(clock, "perf_counter", lambda: next(ticks))
    results = iter("abc")
    result, milliseconds = clock.clocked(lambda: next(results), 3)
    assert (result, round(milliseconds, 9)) == ("c", 4)
    assert next(results, None) is None


def test_after_a_long_run_there_is_no_other(monkeypatch):
    ticks = iter([0.0, 0.002, 1.0, 9.0])
    monkeypatch.setattr(clock, "perf_counter", lambda: next(ticks))
    _, milliseconds = clock.clocked(lambda: None, 3)
    assert round(milliseconds, 9) == 4001
