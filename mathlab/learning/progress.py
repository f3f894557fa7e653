"""A progress bar for work that takes longer than a second, on a terminal, and nowhere else."""

import sys
import time
from collections.abc import Iterator
from typing import TextIO

PATIENCE = 1.0  # seconds before the bar appears: shorter work needs none
PAUSE = 0.1  # seconds between two drawings of it


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
    drawn = False
    try:
        for i in range(count):
            if time.monotonic() >= next_drawing:
                done = round(30 * i / count)
                stream.write(f"\r{label} [{'#' * done}{'.' * (30 - done)}] {i:,} of {count:,}")
                stream.flush()
                next_drawing = time.monotonic() + PAUSE
                drawn = True
            yield i
    finally:
        if drawn:
            stream.write("\r" + " " * (len(label) + 2 * len(f"{count:,}") + 40) + "\r")
            stream.flush()
