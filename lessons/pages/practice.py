"""Practice as a page of the book: problems, an answer to be typed, and how each is worked out.

An answer is judged in the page, by its own reader and mathlab's table, with what Python knows of
each problem: the slope, and the answer that each usual slip leads to. Without a script the problems
and their steps are still there.

>>> from mathlab import parse
>>> known(parse("sin(x**2)"))["slips"][0]
(0, 'the slope of what is inside is left out', 'cos(x**2)*1')
"""

import json
import math
from collections.abc import Sequence
from itertools import islice
from typing import Any

from lessons.pages.live.live import bare
from lessons.pages.steps import RATE, X, Y, equation, grouped, worked
from lessons.practice.problems import mixed
from lessons.practice.questions import HOW
from lessons.practice.slips import lost_signs, slipped, turned_signs
from mathlab import Value, steps
from mathlab.calculus.code.javascript import javascript_functions, javascript_table
from mathlab.calculus.graph.operations import BUILT_IN
from mathlab.calculus.text.mathml import row
from mathlab.errors import MathlabError

COUNT = 18  # problems: three of each level
CANDIDATES = (0.3, -0.4, 0.7, -0.8, 1.1, 0.5, 0.9, 0.1, 1.3, -0.6, -1.1)  # where answers may be
PLACES, FEWEST = 5, 3  # compared: those in which the slope
LEAST = 1e-3  # is at least so large, since 1 - tanh(x)**2 has lost its digits where it is tiny
SAME = 1e-7  # the share by which two answers that are one may differ
ROWS = ["+", "-", "*", "/", "**", "negate", "absolute", "sqrt", "cbrt", "exp", "log", "sin", "cos",
        "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "sech", "sigmoid"]
TITLE = "Practice: find the slope"


def practice(seed: int) -> str:
    """What stands in the page."""
    chosen = [formula for _, formula in islice(mixed(seed), COUNT)]
    data = json.dumps([known(formula) for formula in chosen], separators=(",", ":"))
    data = data.replace("<", "\\u003c")  # so that it cannot end the element
    problems = "\n".join(_problem(i, formula) for i, formula in enumerate(chosen, 1))
    return f"""<nav aria-label="Book"><a href="index.html">All lessons</a>
<a href="glossary.html">Glossary</a></nav>
<main id="main">
<h1>{TITLE}</h1>
<p>For each y find the slope, dy/dx, as a formula; lessons 8 and 9 say how. Which rule is needed you
have to see for yourself: they come mixed. {HOW} The steps stand below each problem.</p>
<p><output id="done"></output></p>
{problems}
</main>
<script type="application/json" id="problems">{data}</script>
<script>{script()}</script>"""


def script() -> str:
    """The program of the page: the table of derivatives, the reader, and the judge."""
    table = javascript_table([BUILT_IN[name] for name in ROWS])
    parts = map(bare, ("reader", "practice"))
    return "\n".join([javascript_functions(table), f"const TABLE = {table};", *parts])


def _problem(number: int, formula: Value) -> str:
    """One problem: an answer is asked for by a script alone, which can hear it."""
    rate = equation(RATE.replace("@", Y))
    return f"""<section class="problem">
<h2>{number}. {equation(Y, row(formula))}</h2>
<form hidden><label>{rate} <input aria-label="dy/dx of problem {number}" autocomplete="off"
autocapitalize="none" spellcheck="false"></label> <button>Check</button> <output></output></form>
<details><summary>The steps of problem {number}</summary>
{worked(formula)}
</details>
</section>"""


def known(formula: Value) -> dict[str, Any]:
    """What the page knows of a problem: places, the slope, and each slip with what comes of it.

    A slip is told by the item of the list of steps in which it happens, and its words.
    """
    derivation = steps(formula, X)
    items = dict[Value, int]()
    for i, group in enumerate(grouped(derivation)):
        for step in group:
            items.setdefault(step.before, i)  # the last steps begin with the first one's again
    places = _places(derivation.result)
    lost = [(slip, _values(slip.result, places)) for slip in lost_signs(derivation)]
    alone = [slip for slip, mine in lost if sum(_same(mine, other) for _, other in lost) == 1]
    seen, slips = [_values(derivation.result, places)], list[tuple[int, str, str]]()
    usual = [*alone, *slipped(derivation)]
    for i, (step, words, _, result) in enumerate([*usual, *turned_signs(derivation)]):
        values = _values(result, places)
        is_known = sum(map(math.isfinite, values)) >= FEWEST
        if is_known and not any(_same(values, each) for each in seen):
            seen.append(values)
            if i != len(usual):  # the sign of all of it: the page sees that, and blames no step
                slips.append((items[step.before], words, str(result)))
    return {"places": places, "slope": str(derivation.result), "slips": slips}


def _places(slope: Value) -> list[float]:
    """The first places in which the slope is large enough; of too few, the largest."""
    sizes = {x: abs(y) for x, y in zip(CANDIDATES, _values(slope, CANDIDATES), strict=True)
             if math.isfinite(y)}
    enough = [x for x, size in sizes.items() if size >= LEAST]
    return (enough + sorted({*sizes} - {*enough}, key=sizes.__getitem__)[::-1])[:PLACES]


def _values(formula: Value, places: Sequence[float]) -> list[float]:
    """The values of a formula in x; nan where it has none."""
    values = list[float]()
    for x in places:
        try:
            values.append(float(formula.at(x=x)))
        except (MathlabError, ArithmeticError, TypeError, ValueError):
            values.append(math.nan)
    return values


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the first values are those of the other formula, as far as the page can tell."""
    pairs = zip(one, other, strict=True)
    return all(math.isclose(a, b, rel_tol=SAME) for a, b in pairs if math.isfinite(a))
