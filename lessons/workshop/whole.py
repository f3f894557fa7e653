"""The whole engine as it should stand after each stage, all made from one source, `engine.txt`.

In the source a line such as `#: 2 to 4`, `#: from 5` or `#: always` says in which stages the lines
below it stand. Stage 0 is what the reader begins with.
"""

import re
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("engine.txt")
MARK = re.compile(r"#: (?:always|from (?P<first>\d+)|(?P<one>\d+) to (?P<last>\d+))")


def after(stage: int) -> str:
    """The engine after a stage, as the text of a Python file.

    >>> print(after(0), end="")
    \"""My own engine: a number that remembers how it was made.\"""
    <BLANKLINE>
    <BLANKLINE>
    class Value:
        \"""A number that remembers how it was made.\"""
    <BLANKLINE>
        def __init__(self, data, inputs=()):
            self.data = data
            self.inputs = inputs
    """
    return "".join(line for stages, line in _marked_lines() if stage in stages)


@cache
def _marked_lines() -> list[tuple[range, str]]:
    """The lines of the source, each with the stages in which it stands."""
    found: list[tuple[range, str]] = []
    stages = range(0)
    for line in SOURCE.read_text(encoding="utf-8").splitlines(keepends=True):
        if mark := MARK.fullmatch(line.rstrip()):
            first = int(mark["first"] or mark["one"] or 0)
            stages = range(first, int(mark["last"] or 99) + 1)
        else:
            found.append((stages, line))
    return found
