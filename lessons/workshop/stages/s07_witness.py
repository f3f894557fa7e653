'''7. A witness for every row

Who says that the table is right? A sign is soon lost, and nothing will complain. So ask a witness
that knows no rule at all. It nudges x by a little h to both sides and looks how f changes:

    (f(x + h) - f(x - h)) / (2 * h)

Why to both sides? From one side a bend of the curve is mistaken for slope; from both, what the bend
adds on one side it takes away on the other. And h must not be too small, or x + h is hardly
different from x, and the digits that are to be compared are lost: 1e-5 does well. (1e-5 is how
Python writes 0.00001.)

Write central_difference(f, x), which gives this number; f is a function of a plain number.

Then write check_table(), which takes no argument. It goes through all rows and all their slopes,
and gives back a list with the names of the rows in which the witness finds something wrong: [] if
all is well. For each slope nudge that input, leave the others as they are, and compare:

    for name, (compute, *row_slopes) in TABLE.items():
        numbers = [1.5, 2.5][: len(row_slopes)]

(`compute, *row_slopes` takes a row apart: its first function, and a list of the others. The second
line takes as many numbers as there are slopes: one for exp, two for +.)

The nudge is right to ten digits or so, never to the last: so ask if abs(a - b) < 1e-6. And choose
places where nothing special happens. At x = 1 the slope of log is 1, and so is that of x; with u
and v alike, nobody sees them swapped.

What is tested: central_difference(f, x), and check_table() with your table, and with planted errors
in each of its slopes.
'''

from collections.abc import Callable
from typing import Any

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine

HINTS = (
    "central_difference takes one line. Mind the parentheses: both the difference and the 2 * h "
    "have theirs.",
    "In check_table two loops stand inside one another: over the rows, and over the slopes of a "
    "row, with `for i, slope in enumerate(row_slopes)`. i is the input to nudge.",
    "To nudge input i alone: lambda x: compute(*numbers[:i], x, *numbers[i + 1:]). Its slope "
    "at numbers[i] is what the witness says; slope(*numbers, compute(*numbers)) is what the row "
    "says.",
    "measured = central_difference(lambda x: compute(*numbers[:i], x, *numbers[i + 1:]), "
    "numbers[i]); and if abs(measured - slope(*numbers, y)) > 1e-6, the name goes into the list.",
)
ONE_SIDED = ("the error was not seen, while one to the other side would be: ask how far the two "
             "numbers are apart, whichever is larger, with abs(...)")
PLANTED: tuple[tuple[str, int, str, Callable[..., Any]], ...] = (
    ("*", 1, "its slope for u is u", lambda u, v, y: u),
    ("*", 2, "its slope for v is v", lambda u, v, y: v),
    ("+", 2, "its slope for v is -1", lambda u, v, y: -1),
    ("-", 2, "its slope for v is 1", lambda u, v, y: 1),
    ("/", 1, "its slope for u is v", lambda u, v, y: v),
    ("/", 2, "its slope for v is y / v, without the minus", lambda u, v, y: y / v),
    ("**", 1, "its slope for u is u**(v - 1), without the factor", lambda u, v, y: u ** (v - 1)),
    ("**", 2, "its slope for v is y", lambda u, v, y: y),
    ("exp", 1, "its slope is x*y", lambda x, y: x * y),
    ("log", 1, "its slope is x", lambda x, y: x),
    ("tanh", 1, "its slope is 1 - y", lambda x, y: 1 - y),
    ("tanh", 1, "its slope is 0.1% too large", lambda x, y: 1.001 * (1 - y * y)),
)


def check(answer: Answer) -> str:
    """The witness; then the table as it is, and with a wrong slope in one row after the other."""
    engine = Engine(answer)
    cube = "f = lambda x: x ** 3"
    engine.gives(cube, "central_difference(f, 2.0)", 12.0, {
        24.0: "the two places are 2*h apart: divide by 2 * h, in parentheses",
        -12.0: "the sign is swapped: f(x + h) comes first",
        0.0: "that is next to nothing. Is it divided by (2 * h), in parentheses? And is h not so "
             "small that x + h is x?",
        8.0: "that is f(x); how fast does it move?",
    }, "that is near, but too far off: nudge to both sides, and let h be about 1e-5", 5e-7)
    engine.gives("f = lambda x: 1 / x", "central_difference(f, -0.5)", -4.0,
                 why="at other places it is not right", within=5e-7)
    clean = engine.listed("", "check_table()")
    if clean:
        engine.wrong("the rows are right, as far as the stages before could see. Is each slope "
                     "compared with the nudge of its own input, are the other inputs left as they "
                     "are, is the < the right way round, and is h about 1e-5?",
                     clean, "[]")
    table = engine.ask("", "TABLE")
    for name, i, said, slope in PLANTED:
        row = table.get(name)
        if row is None:
            engine.asked = f'TABLE["{name}"]'
            engine.wrong("check_table can only check what stands in the table", "no such row",
                         "a row for each operation")
        found = checked(engine, table, name, i, slope)
        engine.asked = f"(in the row of {name}: {said})\ncheck_table()"
        if name not in found:
            asked, right = engine.asked, row[i]
            seen = [name in checked(engine, table, name, i, off(right, by)) for by in (5.0, -5.0)]
            engine.asked = asked
            engine.wrong(ONE_SIDED if seen[0] != seen[1] else unseen(name, i), found, [name])
        if set(found) != {name}:
            engine.wrong("only the row with the error should be named", found, [name])
    return f"{len(PLANTED)} errors were planted in your table, and your witness has found them all"


def checked(engine: Engine, table: dict[str, Any], name: str, i: int,
            slope: Callable[..., Any]) -> list[Any]:
    """What check_table() finds while a row has another slope in its place i."""
    row = table[name]
    try:
        table[name] = (*row[:i], slope, *row[i + 1 :])
        return engine.listed("", "check_table()")
    finally:
        table[name] = row


def off(slope: Callable[..., Any], by: float) -> Callable[..., Any]:
    """A slope that is wrong by so much."""
    return lambda *numbers: slope(*numbers) + by


def unseen(name: str, i: int) -> str:
    """What may be the matter if a planted error is not seen."""
    if name == "*" and i == 1:
        return ("the error was not seen: are the numbers for u and v alike? Or is nothing compared "
                "at all?")
    if i == 2:
        return "the error was not seen: is the slope for the second input compared, too?"
    if name in ("exp", "log"):
        return "the error was not seen: at x = 1 both are alike. Choose another place"
    return "the error was not seen: how near must the two numbers be?"
