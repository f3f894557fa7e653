"""A progress bar for work that takes longer than a second, on a terminal, and nowhere else.

It stands around a `range`: whatever counts its steps by it is seen to make progress. On the page:
`for _ in range(steps + 1):`, which works in silence.
"""

import sys
import time
from collections.abc import Iterator
from typing import TextIO

PATIENCE = 1.0  # seconds before the bar appears: shorter work needs none
PAUSE = 0.1  # seconds between two drawings of it
LENGTH = 20  # characters: with the label and the percentage it fits 40 columns


def progress(count: int, label: str, stream: TextIO | None = None) -> Iterator[int]:
    """The numbers 0 to count - 1; meanwhile a bar on standard error says how far they have come.

    >>> list(progress(3, "counting"))
    [0, 1, 2]
    """
    stream = stream or sys.stderr
    if stream is None or not stream.isatty():
        yield from range(count)
        return
    next_drawing = time.monotonic() + PATIENCE
    line = ""
    try:
        for i in range(count):
            if time.monotonic() >= next_drawing:
                line = f"{label} [{'#' * (LENGTH * i // count):.<{LENGTH}}] {i / count:4.0%}"
                stream.write(f"\r{line}")
                stream.flush()
                next_drawing = time.monotonic() + PAUSE
            yield i
    finally:
        if line:
            stream.write(f"\r{' ' * len(line)}\r")
            stream.flush()
