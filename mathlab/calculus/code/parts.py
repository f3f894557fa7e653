"""A long program as several functions: Python compiles each in proportion to its length.

On the page: `return self.compute(*inputs)`, a call for each operation. The lines of a script run
without one, but thousands of lines in one function cost Python more than their share. So they are
cut into parts. What a later part reads is kept, in one list:

>>> lines = ["a = x*y", "b = a + x", "c = a*b", "d = c*c + b"]
>>> parts = in_parts(lines, ["x", "y"], "d + y", {*"xyabcd"}, longest=2)
>>> print(*parts.functions, *parts.lines, sep="\\n")
def part_1(kept):
    x, y = reads_1(kept)
    a = x*y
    b = a + x
    kept += a, b,
<BLANKLINE>
def part_2(kept):
    a, b = reads_2(kept)
    c = a*b
    d = c*c + b
    kept += d,
<BLANKLINE>
kept = [x, y]
part_1(kept)
part_2(kept)
d = reads(kept)

Each of the functions `reads` knows the places of some numbers in the list: here `reads_2` those of
a and b, the third and the fourth.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from mathlab.calculus.code.script import free_name

LONGEST = 50_000  # lines in a function: for each Python takes 3 kB; in fewer more is handed on
NAME = re.compile(r"\b[^\W\d]\w*")


class Parts(NamedTuple):
    """The texts of functions, the lines that call them, and what the names `reads` stand for."""

    functions: list[str]
    lines: list[str]
    known: dict[str, Callable[..., Any]]


def in_parts(lines: Sequence[str], given: Iterable[str], rest: str, taken: set[str],
             longest: int = LONGEST) -> Parts:
    """A program in functions of so many lines at most; a short one as it is.

    Each line is `name = text`. The names that are `given` are there before, and the `rest` of the
    program reads what it needs. Names that are `taken` are not used for anything else.

    Equivalent to: `Parts([], lines, {})`.
    """
    if len(lines) <= longest:
        return Parts([], [*lines], {})
    parts = [lines[i : i + longest] for i in range(0, len(lines), longest)]
    made = [dict.fromkeys(line.partition(" = ")[0] for line in part) for part in parts]
    read = [dict.fromkeys(NAME.findall("\n".join(part))) for part in parts]
    end, inside = dict.fromkeys(NAME.findall(rest)), set().union(*read)
    later, gives = set(end), []
    for new, names in zip(reversed(made), reversed(read), strict=True):
        gives.append([name for name in new if name in later])
        later.update(names)
    first = [name for name in dict.fromkeys(given) if name in inside]
    place = {name: i for i, name in enumerate(first)}  # of each number in the list
    kept, count = free_name("kept", taken), len(first)
    known: dict[str, Callable[..., Any]] = {}

    def reading(names: Iterable[str], word: str) -> list[str]:
        """The line that takes from the list what there is of these names."""
        known_here = [name for name in names if name in place]
        if not known_here:
            return []
        reads = free_name(word, taken)
        known[reads] = itemgetter(*[place[name] for name in known_here])
        return [f"{', '.join(known_here)} = {reads}({kept})"]

    functions, calls = [], [f"{kept} = [{', '.join(first)}]"]
    for i, (part, names, new) in enumerate(zip(parts, read, reversed(gives), strict=True), 1):
        body = [*reading(names, f"reads_{i}"), *part]
        if new:
            body.append(f"{kept} += {', '.join(new)},")
        place.update(zip(new, range(count, count := count + len(new)), strict=True))
        name = free_name(f"part_{i}", taken)
        functions.append(f"def {name}({kept}):\n" + "".join(f"    {line}\n" for line in body))
        calls.append(f"{name}({kept})")
    read_last = [name for name in end if place.get(name, 0) >= len(first)]  # others are there
    return Parts(functions, [*calls, *reading(read_last, "reads")], known)
