'''2. The slopes of + and *

Let c = a * b with a = 3 and b = 4. Nudge a from 3 to 3.001: c goes from 12 to 12.004. So c moves 4
times as fast as a. This 4 is the slope of c for a, and it is the number in b. For b it is the
number in a. And a sum moves just as fast as each of its parts: its slopes are 1 and 1.

These rules are all the calculus that goes into an engine, so they deserve a place of their own: a
table, with a row for each operation. With u and v for the inputs and y for the result:

    TABLE = {
        "+": (lambda u, v: u + v,
              lambda u, v, y: 1,
              lambda u, v, y: ...),
        "*": (lambda u, v: u * v,
              ...,
              ...),
    }

(The dots are for you to fill in.) `lambda u, v: u + v` is a function without a name: u and v go in,
u + v comes out. Each row has first how to compute the result, then its slope for u, then its slope
for v. Slopes are given y as well; a later row will want it. Put the table above the class.

Now let a Value also remember its row: give __init__ a third argument, row="", and keep it. One
function, below the class, can then make the Values for __add__, __mul__ and all that will come:

    def apply(row, *inputs):
        numbers = [x.data for x in inputs]
        return Value(TABLE[row][0](*numbers), inputs, row)

(TABLE[row][0] is the first function of a row. *inputs collects what it is given after the row;
f(*numbers) hands a list out again, one by one.) So `return apply("+", self, other)` is all that
__add__ needs.

Last, write slopes(node): a list with the slope of node for each of its inputs, worked out from the
row that it remembers. TABLE[node.row][1:] is that row without its first entry. A Value that was
made from nothing has no slopes: [].

What is tested: TABLE as above, and slopes(c) for c = a * b, say.
'''

from lessons.grading.answer import Answer, close
from lessons.workshop.asking import Engine

HINTS = (
    "Nudge u in u * v by a little: how many times that little does the product move? The other "
    "number says it.",
    "In slopes(node) you need the numbers of the inputs, as in apply, and node.data for y. Then "
    "call each function of the row after the first with them.",
    'The row of * is (lambda u, v: u * v, lambda u, v, y: v, lambda u, v, y: u). In slopes, if '
    "node.inputs is empty, return [].",
    "return [slope(*numbers, node.data) for slope in TABLE[node.row][1:]], where numbers is "
    "[x.data for x in node.inputs].",
)
WORDS = {
    "KeyError": "no row of the table has the name that this Value remembers: one that was made "
    "from nothing has no row, and its slopes are []",
}
DOTS = "there is still a ... in the row: write the slope in its place"
PAIR = "a = Value(3.0); b = Value(4.0); "
SLIPS: dict[str, dict[tuple[float, ...], str]] = {
    "+": {(3.0, 4.0): "those are the numbers; but how fast does a sum move when one part does?",
          (4.0, 3.0): "those are the slopes of *; a sum moves just as fast as each of its parts",
          (7.0, 7.0): "those are sums, not slopes: the row's first function is not a slope"},
    "*": {(3.0, 4.0): "they are the wrong way round: if a is nudged, b says how far c moves",
          (1.0, 1.0): "those are the slopes of +",
          (12.0, 12.0): "those are products, not slopes: the row's first function is not a slope"},
}


def check(answer: Answer) -> str:
    """The rows of the table, then the slopes of results."""
    engine = Engine(answer, WORDS)
    for sign, result in (("+", 7.0), ("*", 12.0)):
        row = engine.ask("", f'TABLE.get("{sign}")')
        if isinstance(row, tuple | list) and ... in row:
            engine.wrong(DOTS, row, "three functions")
        if row is None:
            engine.wrong(f"the table has no row for {sign}", "None", "three functions")
        if not isinstance(row, tuple | list) or len(row) != 3 or not all(map(callable, row)):
            engine.wrong("a row is three functions: the result, the slope for u, the slope for v",
                         row, "(a function, a function, a function)")
        engine.gives("", f'TABLE["{sign}"][0](3.0, 4.0)', result,
                     why="the first function of a row gives the result")
    for sign, slopes in (("+", (1.0, 1.0)), ("*", (4.0, 3.0))):
        these(engine, f"{PAIR}c = a {sign} b", slopes, SLIPS[sign])
    these(engine, "a = Value(3.0)", (), {}, "slopes(a)")
    these(engine, "a = Value(5.0); c = a * a", (5.0, 5.0), {(10.0,): "one slope for each input: a "
          "stands there twice, and each time for itself"})
    these(engine, f"{PAIR}c = a * b; d = c + a", (1.0, 1.0), {}, "slopes(d)")
    return "with b = 4, c = a*b moves 4 times as fast as a; a sum moves as fast as its parts"


def these(engine: Engine, program: str, slopes: tuple[float, ...],
          slips: dict[tuple[float, ...], str], question: str = "slopes(c)") -> None:
    """Check the slopes of a Value."""
    came = engine.listed(program, question)
    if not close(came, list(slopes)):
        known = [words for slip, words in slips.items() if close(came, list(slip))]
        why = next(iter(known), "one slope is wanted for each input, in their order")
        if ... in came:
            why = DOTS
        elif came and all(map(callable, came)):
            why = ("those are the functions of the row themselves: call each, as in "
                   "slope(*numbers, node.data)")
        elif any(hasattr(each, "data") for each in came):
            why = ("slopes are plain numbers here: give the functions of the row the .data of the "
                   "inputs, not the inputs")
        engine.wrong(why, came, list(slopes))
