"""Intervals: functions enclosed, beside mpmath's iv and Arb, and NIST's problems proved."""

import json
from collections.abc import Callable
from decimal import Decimal, localcontext
from random import Random
from time import perf_counter
from typing import Any

from lessons.data.nist import FOLDER, problem
from mathlab.calculus.graph import operations as op
from mathlab.calculus.numbers.gammas import enclosed
from mathlab.calculus.numbers.interval import Interval
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.proof import prove
from tests.benchmark.peers import installed
from tests.benchmark.timing import Effort, print_row, print_times, shown

NAMES = ("exp", "log", "sin", "cos", "sqrt", "tan")
DIGITS = 40


def report(effort: Effort) -> None:
    """One evaluation of each function over some intervals; how sharp; and the proofs."""
    dice = Random(0)
    ends = [(x, x + dice.random() * 1e-3) for x in (dice.uniform(0.1, 1.4) for _ in range(20))]
    ours = [Interval(Decimal(a), Decimal(b)) for a, b in ends]

    def by_ours() -> object:
        with localcontext(prec=DIGITS):
            return [enclosed(name, x) for name in NAMES for x in ours]

    ways: dict[str, Callable[[], object]] = {"": by_ours}
    notes = []
    if mpmath := installed("mpmath"):
        iv = mpmath.iv
        iv.dps = DIGITS
        theirs = [iv.mpf([a, b]) for a, b in ends]
        ways["mpmath iv"] = lambda: [getattr(iv, name)(x) for name in NAMES for x in theirs]
        notes.append(f"of mpmath's iv {misses(iv)}")
    if flint := installed("flint"):
        flint.ctx.dps = DIGITS
        balls = [flint.arb((a + b) / 2, (b - a) / 2) for a, b in ends]
        ways["Arb"] = lambda: [getattr(x, name)() for name in NAMES for x in balls]
    print_times(f"intervals: {len(NAMES)} functions of {len(ends)}, {DIGITS} digits", ways, effort)
    print_row("  misses of 1,000 enclosures of exp", str(our_misses()), notes)
    names = sorted(json.loads((FOLDER / "certified.json").read_text(encoding="utf-8")))
    for name in names[: effort.of(2, len(names), len(names))]:
        known = problem(name)
        trainer = Trainer(known.model).fit(known.table, known.start)
        began = perf_counter()
        found = prove(trainer)
        took = perf_counter() - began
        certain = ["in Fractions"] if found.is_exact else [
            f"{min(found.digits.values())} digits certain"]
        print_row(f"  proved: {name}", shown(took), certain)


def places() -> list[tuple[Decimal, Decimal]]:
    """Points, and their exponentials in 60 digits."""
    dice = Random(1)
    with localcontext(prec=60):
        return [(x, x.exp()) for x in (Decimal(dice.uniform(-50, 50)) for _ in range(1_000))]


def our_misses() -> int:
    """How often the exponential of a point is not in its interval."""
    return sum(truth not in op.exp(Interval(x)) for x, truth in places())


def misses(iv: Any) -> int:
    """The same for intervals of another library, in floats' 53 bits."""
    iv.prec = 53
    count = 0
    for x, truth in places():
        found = iv.exp(iv.mpf(float(x)))
        low, high = (Decimal(float(end)) for end in (found.a, found.b))
        count += not low <= truth <= high
    return count
