"""Derivative problems, as many as one likes: drawn by lot, so that each level has a rule to learn.

level 1   powers and sums            level 4   a function inside a function
level 2   functions of the table     level 5   such a one in a product or a quotient
level 3   products and quotients     level 6   three deep
"""

import random
import re
from collections.abc import Callable, Iterator

from mathlab import Value, parse

LEVELS = range(1, 7)
MEMORY = 20  # problems: the next 20 are others, and the next one has another shape
BOUNDED = ("sin({})", "cos({})", "tanh({})")  # from -1 to 1
FROM_0 = ("sqrt({})", "log({})")
OUTER = (*BOUNDED, *FROM_0, "exp({})")
FIRST = tuple(each for each in OUTER if each != "tanh({})")  # which few know; it comes at level 4


def mixed(seed: int) -> Iterator[tuple[int, Value]]:
    """Levels and formulas, so that it has to be seen which rule is needed: of each six in a row one
    is from every level, in an order drawn by lot.

    >>> sorted(level for _, (level, formula) in zip(range(6), mixed(seed=1)))
    [1, 2, 3, 4, 5, 6]
    """
    of_level = {level: problems(level, seed) for level in LEVELS}
    for level in rounds(random.Random(seed), lambda: LEVELS[-1]):
        yield level, next(of_level[level])


def rounds(lots: random.Random, highest: Callable[[], int]) -> Iterator[int]:
    """Levels without end: round after round each up to the highest, which may rise meanwhile."""
    while True:
        levels = range(1, highest() + 1)
        yield from lots.sample(levels, len(levels))


def other_numbers(formula: Value, lots: random.Random) -> Value:
    """A formula of the same form, in which each number is drawn anew."""
    return parse(re.sub(r"\d+", lambda _: str(lots.randint(2, 7)), str(formula)))


def problems(level: int, seed: int) -> Iterator[Value]:
    """Formulas in x to differentiate, without end; the same seed gives the same ones.

    >>> [str(formula) for _, formula in zip(range(2), problems(1, seed=1))]
    ['7*x**2 + 5', '2*x**5 - 6*x']
    """
    lots = random.Random(f"{level} {seed}")
    recent: list[str] = []
    while True:
        text = _drawn(level, lots)
        if text not in recent and _shape(text) not in map(_shape, recent[-1:]):
            recent = [*recent, text][-MEMORY:]
            yield parse(text)


def _shape(text: str) -> str:
    """A problem without its numbers, which are all that many differ in."""
    return re.sub(r"\d+", "2", text)


def _drawn(level: int, lots: random.Random) -> str:
    """One problem as text."""
    if level == 1:
        return _polynomial(lots)
    if level == 2:
        function = lots.choice(FIRST).format("x")
        return _sum(lots, [_power(lots), f"{lots.randint(2, 9)}*{function}"])
    if level == 3:
        form = lots.choice(("{0}*{1}", "{1}/({0})", "{0}/{1}", "({2})*{1}", "{1}*{3}"))
        one, other = (function.format("x") for function in lots.sample(FIRST, 2))
        return form.format(_power(lots), one, _polynomial(lots), other)
    if level == 4:
        power = f"({_polynomial(lots)})**{lots.randint(3, 6)}"
        return power if lots.random() < 0.3 else _function_of_polynomial(lots, OUTER)
    if level == 5:
        form = lots.choice(("{0}*{1}", "{1}/({0})"))
        return form.format(_power(lots), _function_of_polynomial(lots, OUTER))
    inside = [_function_of_polynomial(lots, BOUNDED), str(lots.randint(2, 5))]
    if (function := lots.choice(OUTER)) in FROM_0:
        return function.format(" + ".join(inside))
    return function.format(_sum(lots, inside))


def _function_of_polynomial(lots: random.Random, functions: tuple[str, ...]) -> str:
    """A function of two terms; roots and logarithms only of sums, which are above 0 for long."""
    function = lots.choice(functions)
    return function.format(_polynomial(lots, "+" if function in FROM_0 else "+-"))


def _polynomial(lots: random.Random, signs: str = "+-") -> str:
    """Two terms, one of them a power of x."""
    other = str(lots.randint(1, 9)) if lots.random() < 0.6 else f"{lots.randint(2, 9)}*x"
    terms = [_power(lots), other]
    return _sum(lots, terms, signs)


def _sum(lots: random.Random, terms: list[str], signs: str = "+-") -> str:
    """A sum or a difference of two terms, of a sum the first one first: in the order in which its
    slope is written, so that no line of a derivation turns it around."""
    sign = lots.choice(signs)
    return f" {sign} ".join(lots.sample(terms, 2) if sign == "-" else terms)


def _power(lots: random.Random) -> str:
    """A power of x, mostly with a factor."""
    factor = lots.choice(("", *(f"{n}*" for n in range(2, 8))))
    return f"{factor}x**{lots.randint(2, 5)}"
