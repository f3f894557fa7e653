"""Exercise 8: mathlab's own check_derivatives, asked about the reader's row in several places."""

import math
from contextlib import suppress
from typing import Any

from lessons.grading.answer import Answer, Wrong, call_text, close, short, why_no_number
from mathlab import derivative, symbols
from mathlab.calculus.graph.operations import BUILT_IN, Operation
from mathlab.calculus.graph.value import as_value
from mathlab.calculus.proof.check import check_derivatives
from mathlab.calculus.proof.same import differ
from mathlab.errors import MathlabError, WrongSlopeError
from mathlab.names import FAMOUS, fault, form

HINTS = (
    "The quotient is (1/(x + h) - 1/x) / h. Over one denominator, x*(x + h), what is its top?",
    "The top is x - (x + h), which is -h. So the quotient is -h / (x*(x + h)) / h.",
    "The h cancels: -1 / (x*(x + h)). Let h be 0 there. So the slope is -1/x**2, or, said with y, "
    "-y*y.",
)
PLACES = (0.7, 1.3, -0.6, 2.1, -1.7, 3.2, 0.2)
MATHLAB = (
    "the slope has to take letters as well as numbers: write it with + - * / ** and the functions "
    "of mathlab, as in `from mathlab import sin, exp`, and not with those of math"
)
ENOUGH = 3  # places where a row has to have a value, and where its slope has to be decided


def check(answer: Answer) -> str:
    """A name that is free, a function that bends and is new, and a slope that nobody refutes."""
    name = answer.value("NAME")
    if fault(name):
        raise Wrong("it should be a word, as text", "NAME", short(name), "such as 'reciprocal'")
    if (known := form(name)) in BUILT_IN or known in FAMOUS:
        why = "every formula has a number of this name already"
        if known in BUILT_IN:
            why = "the table has a row of this name already"
        raise Wrong(why, "NAME", name, "another name")
    values = known_values(answer)
    for x, y in values.items():
        answer.called_number("slope", x, y)
    refuse_the_old(values)
    row = Operation(name, answer.value("compute"), answer.value("slope"))
    decided = 0
    for x, y in values.items():
        try:
            decided += not check_derivatives(row, x).undecided
        except WrongSlopeError as error:
            if isinstance(error.__cause__, TypeError):
                raise Wrong(MATHLAB, f"slope, at x = {x}", said(error.__cause__)) from None
            raise Wrong(f"{said(error)}. {guess(answer, row, x, y)}".strip(),
                        f"check_derivatives({name}, {x})") from None
        except (MathlabError, ArithmeticError, ValueError) as error:
            raise Wrong(said(error), f"check_derivatives({name}, {x})") from None
    if decided < ENOUGH:
        raise Wrong("it is too rough to be measured: nobody can say whether the slope is right")
    compare_formulas(answer)
    return (
        f"your rule and what was measured agree at {decided} of {len(values)} places: a "
        "measurement holds at one place, and nearly; a rule without h holds wherever the row has "
        "a value and a slope"
    )


def known_values(answer: Answer) -> dict[float, float]:
    """What the row makes of the places where it has a value."""
    values: dict[float, float] = {}
    failed: list[Wrong] = []
    for x in PLACES:
        try:
            y = answer.call("compute", x)
        except Wrong as wrong:
            failed.append(wrong)
            continue
        why = why_no_number(y)
        if not why and math.isfinite(y):
            values[x] = float(y)
        else:
            why = why or "it should be finite"
            failed.append(Wrong(why, call_text("compute", [x]), short(y)))
    if len(values) < ENOUGH:
        raise failed[0]
    return values


def refuse_the_old(values: dict[float, float]) -> None:
    """Raise Wrong for a constant, for a straight line, and for a row that the table has."""
    (a, at_a), *_, (b, at_b) = values.items()
    slope = (at_b - at_a) / (b - a)
    if all(close(y, at_a + slope * (x - a)) for x, y in values.items()):
        raise Wrong("it is a straight line or a constant: take a function that bends")
    for row in [row for row in BUILT_IN.values() if row.arity == 1]:
        with suppress(MathlabError):  # it has no value where the reader's row has one
            if all(close(row(x), y) for x, y in values.items()):
                raise Wrong(f"the table has this function already, as {row.name}")


def compare_formulas(answer: Answer) -> None:
    """Raise Wrong for a slope that comes near, but is another formula; if `compute` takes letters.
    """
    (x,) = symbols("x")
    try:
        y = as_value(answer.call("compute", x))
        difference = differ(as_value(answer.call("slope", x, y)), derivative(y, x))
    except (Wrong, MathlabError, TypeError):
        return
    if difference:
        raise Wrong("it comes near, but it is not the slope: is a small h left in it? Let h be 0",
                    f"slope, at {difference.where}", *difference.numbers)


def guess(answer: Answer, row: Operation, x: float, y: float) -> str:
    """What may have gone wrong, in a word; nothing if that is not to be seen."""
    h = 1e-6
    try:
        right, mine = (row(x + h) - row(x - h)) / (2 * h), answer.call("slope", x, y)
    except MathlabError:
        return ""
    if close(mine, right, 1e-8):
        return "The number is right here, so is the slope a formula of x and y?"
    if close(mine, -right, 1e-6):
        return "Its sign is swapped."
    if close(mine, y):
        return "That is the value y, not how fast it changes."
    return ""


def said(error: Any) -> str:
    """What check_derivatives says, in one line that any terminal can show."""
    return " ".join(str(error).replace("\u00b1", "+-").replace(" by input 1", "").split())
