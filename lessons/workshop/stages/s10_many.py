"""10. Many at once

In stage 8 the line had one film in 20 to learn from. Why not all? With 20 times as many films a
step should take 20 times as long. With your engine it takes more than 300 times as long: a minute
for the ten steps, where one second would do. A list is to blame.

`x not in order` looks at the order's elements one by one, from the first on. For a hundred that
does not matter. For 100,000 it has to look at 50,000 of them on average, and it is asked twice for
every node: 10,000,000,000 looks.

Python's set answers the same question with one look, however many there are: it works out from the
thing itself where it would have to lie. (A dict does so for its keys, and for the same reason.) It
keeps no order, though, so keep both: the list `order` as before, and beside it a set of what is in
it:

    done = set()
    done.add(node)
    x in done

That is all, and then your engine is done.

What is tested: a chain of 100,000 operations, by backward and by derivative; x-x, 1,000 times
over; 100 doublings, through which 2**100 paths lead; and a line trained on all films.
"""

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine
from lessons.workshop.stages.s08_loop import on_films, pairs

HINTS = (
    "Look into inputs_first for the word `in`. What is asked there, and of what?",
    "Where order.append(node) stands, done.add(node) goes too; where `in order` stands, `in done` "
    "is to stand.",
)
LATE = ("A chain of 100,000 should take about a second. Is there an `in` that looks through a "
        "list? Ask a set.")
CHAIN = "x = Value(1.0, name='x'); y = x\nfor _ in range(100_000):\n    y = y + x"
NOTHING = "x = Value(3.0); y = x\nfor _ in range(1000):\n    y = y + (x - x)"
DOUBLED = "x = Value(1.0); y = x\nfor _ in range(100):\n    y = y + y"


def check(answer: Answer) -> str:
    """A long chain, its formula, much that is used twice, and all films."""
    engine = Engine(answer)
    engine.gives(f"{CHAIN}\ny.backward()", "x.grad", 100_001.0)
    engine.gives(CHAIN, "derivative(y, x).data", 100_001.0)
    engine.gives(f"{NOTHING}\ny.backward()", "x.grad", 1.0, {2001.0: "x - x has the slope 1 - 1"})
    engine.gives(f"{DOUBLED}\ny.backward()", "x.grad", 2.0**100)
    rows, spread, mean = pairs(1)
    slope, level = on_films(engine, rows)
    slope /= spread
    return (f"all {len(rows):,} films: revenue = {slope:.4f}*budget {level - slope * mean:+.3f}, "
            "in million dollars")
