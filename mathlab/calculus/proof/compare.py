"""All the methods side by side on one function: what each finds, how far off, and at what cost.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`, one method of three; here are nine. The two
differences, and `numeric`, which refines them, know only what the function returns. The complex
step asks the same, and steps aside to complex numbers. The others read the table of derivatives:
run over numbers, as a formula, as a formula made into Python, as a series; and, to judge all, in 50
digits.
Read `compare` first, then `Comparison`; the rest is how each method is asked, and on what.

>>> print(compare("x**2 * sin(x)", 1.5))  # doctest: +ELLIPSIS +NORMALIZE_WHITESPACE
d/dx of x**2*sin(x) at x = 1.5
method               derivative      ±   off by  evaluations     time
forward difference  3.15164...          ...e-0...          2 ...
central difference  3.15164...          ...e-1...          2 ...
numeric             3.151643664 ... ...s
complex step        3.151643664 ...                        1 ...s
backward            3.151643664 ...e-17                    1 ...s
symbolic            3.151643664 ...e-17                      ...s
compiled            3.151643664 ...e-17                      ...s
series              3.151643664 ...                        1 ...s
50 digits           3.151643664               0              ...s
witness: 50 digits
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from textwrap import shorten, wrap
from time import perf_counter
from typing import Any, NamedTuple

from mathlab.calculus import numeric
from mathlab.calculus.algebra.differentiate import derivative, of_nodes
from mathlab.calculus.algebra.sides import Sides, one_sided
from mathlab.calculus.algebra.taylor import series
from mathlab.calculus.code.compile import Compiled, compile_formula
from mathlab.calculus.graph.formula import write_short
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, nodes_of
from mathlab.calculus.numbers.evaluate import evaluate
from mathlab.calculus.numbers.kinds import as_float
from mathlab.calculus.numbers.unknown import UNKNOWN
from mathlab.calculus.proof.accuracy import CAUTION, in_decimals
from mathlab.calculus.text.parse import parse
from mathlab.errors import DomainError, FormulaError
from mathlab.notebook import html_table

OfOne = Callable[[Any], Any]  # a function of one number
NOTHING_SEEN = ("too few values", "the function has no")  # reasons of `numeric`
HEAD = ["method", "derivative", "±", "off by", "evaluations", "time"]
RUNS = 3  # a time is the best of so many; in the first one a formula is also derived and compiled


class Finding(NamedTuple):
    """What one method found and what it took, or the reason why it found nothing.

    `error` is how far off it may be by its own account; `evaluations` are those of the function: a
    sweep takes one, a derivative formula none; `seconds` are what the next point would take.
    """

    derivative: Any = math.nan
    error: float | None = None
    evaluations: int | None = None
    seconds: float = 0.0
    reason: str = ""


class Comparison(NamedTuple):
    """What every method found; `str` shows it in a table, with the distance from the witness.

    `witness` is the method that is the most sure, and "" if there is none, as where there is no
    slope. `sides` has the slopes to both sides if an operation is at its kink.
    """

    title: str
    findings: dict[str, Finding]
    witness: str
    sides: Sides | None = None

    @property
    def results(self) -> dict[str, Any]:
        """The derivative by each method that found one."""
        return {name: found.derivative for name, found in self.findings.items() if not found.reason}

    def off_by(self, method: str) -> float:
        """How far this method is from the witness; inf if either is not a finite number."""
        found, truth = self.results[method], self.results.get(self.witness, math.nan)
        if not (math.isfinite(found) and math.isfinite(truth)):
            return math.inf
        return float(abs(Fraction(found) - Fraction(truth)))

    def __str__(self) -> str:
        rows = [HEAD]
        rows += [[method, *self._cells(method)] for method in self.findings]
        head, *lines = lined_up(rows)
        for i, found in enumerate(self.findings.values()):
            if found.reason:
                lines[i] = f"{lines[i]:<18}  {shorten(found.reason, 60, placeholder=' ...')}"
        if self.sides:
            lines += wrap(str(self.sides), 80, subsequent_indent="  ")
        return "\n".join([self.title, head, *lines, f"witness: {self.witness or 'none'}"])

    def _repr_html_(self) -> str:
        rows = [[method, *self._cells(method)] for method in self.findings]
        notes = [f"{method}: {found.reason}" for method, found in self.findings.items()
                 if found.reason]
        notes += [str(self.sides)] if self.sides else []
        return html_table(HEAD, rows, self.title, *notes, f"witness: {self.witness or 'none'}")

    def _cells(self, method: str) -> list[str]:
        found = self.findings[method]
        if found.reason:
            return [""] * 5
        return [
            f"{float(found.derivative):.10g}",
            "" if found.error is None else f"{found.error:.0e}",
            f"{self.off_by(method):.1e}".replace("0.0e+00", "0") if self.witness else "",
            "" if found.evaluations is None else f"{found.evaluations:,}",
            _duration(found.seconds),
        ]


def compare(f: Value | str | OfOne, at: Any, by: Value | str = "") -> Comparison:
    """What every method that applies to `f` finds for its derivative at a point.

    `f` is a formula, or its text, or a Python function of one number; one that takes a Value gets
    all the methods. `at` is a number. For a formula with several unknowns it has a number for each
    name or symbol, and `by` is the one to differentiate by: the first, if not given. For a formula
    of Values that have their numbers it can be the Value to differentiate by.

    A method that fails says why, and the others go on. The witness is the derivative formula, in 50
    digits if its functions can. But no rule vouches for itself: `numeric` does not know the rules,
    and what lies outside its error is not believed. At a kink, where the rules have only a
    convention, there is no witness, and both one-sided slopes are given.

    Raises: FormulaError if it is not clear where; what `f` raises where it has no value.

    >>> comparison = compare("x * y", {"x": 2.0, "y": 3.0}, by="y")
    >>> comparison.title, comparison.results["backward"]
    ('d/dy of x*y at x = 2.0, y = 3.0', 2.0)
    """
    if isinstance(f, str):
        f = parse(f)
    given = _from_formula(f, at, by) if isinstance(f, Value) else _from_function(f, at)
    in_floats, x = given.in_floats, _place(given.number)
    in_floats(x)  # where f has no value, its own error says so
    # How to ask each method, and how often that evaluates f, where it does not vary.
    methods: dict[str, tuple[Callable[[], Any], int | None]] = {
        "forward difference": (lambda: numeric.forward_difference(in_floats, x), 2),
        "central difference": (lambda: numeric.central_difference(in_floats, x), 2),
        "numeric": (lambda: numeric.derivative(in_floats, x), None),
        "complex step": (lambda: numeric.complex_step(in_floats, x), 1),
    }
    if given.is_formula:
        methods["backward"] = (given.backward, 1)
        methods["symbolic"] = (lambda: given.slope[1].at(**{given.name: given.number}), None)
        methods["compiled"] = (lambda: given.compiled(given.number), None)
        methods["series"] = (given.by_series, 1)
        methods["50 digits"] = (lambda: in_decimals(given.slope[1], digits=50), None)
    findings = {method: _ask(*how) for method, how in methods.items()}
    sides = given.sides if given.is_formula else None
    return Comparison(given.title, findings, _witness(findings, sides), sides)


@dataclass
class _Given:
    """A function of one number, and the number."""

    title: str
    function: OfOne  # of a Value, or a number of the given kind
    in_floats: OfOne  # the same function, of floats or complex numbers
    name: str
    number: Any
    is_formula: bool = True

    def recorded(self) -> tuple[Value, Value]:
        """A leaf with the number, and the formula that the function makes of it."""
        leaf = Value(self.number, self.name)
        return leaf, as_value(self.function(leaf))

    @cached_property
    def slope(self) -> tuple[Value, Value]:
        """The leaf, and the derivative formula."""
        leaf, y = self.recorded()
        return leaf, derivative(y, leaf)

    @property
    def sides(self) -> Sides | None:
        """The slopes to both sides, where an operation is at a kink and there are two."""
        leaf, y = self.recorded()
        try:
            sides = one_sided(y, leaf)
        except (DomainError, TypeError):
            return None
        return sides if sides.kinks else None

    @cached_property
    def compiled(self) -> Compiled:
        """The derivative formula as a Python function."""
        leaf, slope = self.slope
        return compile_formula(slope, [leaf])

    def by_series(self) -> Any:
        """The coefficient of the first power in the series."""
        leaf, y = self.recorded()
        slope = series(y, leaf, self.number, order=1).derivative(1)
        return slope.data if isinstance(slope, Value) else slope

    def backward(self) -> Any:
        """The slope that a sweep leaves in the leaf."""
        leaf, y = self.recorded()
        y.backward()
        return leaf.grad


def _from_function(f: OfOne, at: Any) -> _Given:
    x = Value(at, "x")
    try:
        y = f(x)
    except Exception:  # made for plain numbers
        y = None
    # It may also take the number out of the Value; then what it returns does not depend on x.
    is_formula = isinstance(y, Value) and x in inputs_first(y)
    name = getattr(f, "__name__", "f").replace("<lambda>", "f")
    title = _title(write_short(y) if is_formula else f"{name}(x)", "x", {"x": at})
    return _Given(title, f, f, "x", at, is_formula)


def _from_formula(y: Value, at: Any, by: Value | str) -> _Given:
    order = inputs_first(y)
    numbers = {leaf: leaf.data for leaf in order if not leaf.inputs}
    unknowns = dict.fromkeys(leaf.name for leaf in numbers if not leaf.operation)
    if isinstance(at, Value):
        by, at = at, {at: at.data}
    elif not isinstance(at, Mapping):
        at = dict.fromkeys(unknowns, at) if len(unknowns) == 1 else {}
    by = by or next(iter(at), "")
    (moved,) = nodes_of([by], y) if by else [()]
    numbers |= of_nodes(at, y)
    is_clear = moved and {*moved} <= numbers.keys() <= {*order, *at}  # no other name is in `at`
    if not is_clear or UNKNOWN in numbers.values():
        if not unknowns:
            raise FormulaError(f"there is no unknown in {write_short(y)} to differentiate by")
        names, example = ", ".join(unknowns), dict.fromkeys(unknowns, 1.5)
        raise FormulaError(f"the unknowns of this formula are {names}: say where, as in {example}")
    at = {x.name or "x" if isinstance(x, Value) else x: number for x, number in at.items()}
    by = moved[0].name or "x"

    def function_of(numbers: dict[Value, Any]) -> OfOne:
        return lambda number: evaluate(order, {**numbers, **dict.fromkeys(moved, number)})

    in_floats = function_of({leaf: as_float(number) for leaf, number in numbers.items()})
    return _Given(_title(write_short(y), by, at), function_of(numbers), in_floats, by,
                  numbers[moved[0]])


def _place(number: Any) -> float:
    try:
        return float(number)
    except (TypeError, ValueError, OverflowError):
        kind = type(number).__name__
        raise FormulaError(f"no float holds this {kind}: say at which real number") from None


def _title(text: str, by: str, at: Mapping[str, Any]) -> str:
    place = ", ".join(f"{name} = {number}" for name, number in at.items())
    return shorten(f"d/d{by} of {text} at {place}", 80, placeholder=" ...")


def _ask(method: Callable[[], Any], evaluations: int | None = None) -> Finding:
    """What a method finds, and how quickly."""
    seconds = math.inf
    try:
        for _ in range(RUNS):
            began = perf_counter()
            found = method()
            seconds = min(seconds, perf_counter() - began)
    except Exception as error:  # whatever it is, the other methods go on
        return Finding(reason=str(error) or type(error).__name__)
    if isinstance(found, numeric.Estimate):
        reason = "" if math.isfinite(found.error) else found.reason or "no derivative is in sight"
        return Finding(found.value, found.error, found.evaluations, seconds, reason)
    if isinstance(found, complex):
        return Finding(reason=f"it is not a real number: {found:.6g}")
    return Finding(found, None, evaluations, seconds)


def _witness(findings: dict[str, Finding], sides: Sides | None) -> str:
    """The most exact method whose answer the measurement admits: what the others are held to."""
    measured = findings["numeric"]
    unseen = measured.reason.startswith(NOTHING_SEEN)
    if (measured.reason and not unseen) or (unseen and sides and sides.left != sides.right):
        return ""  # there is no slope
    candidates = ["50 digits", "symbolic"]  # where nothing can be measured, their word must do
    if not measured.reason:
        candidates += ["complex step", "numeric"]
    for method in candidates:
        found = findings.get(method)
        if found and math.isfinite(found.derivative):  # nan if there is a reason
            off = abs(float(found.derivative) - measured.derivative)
            if measured.reason or off <= CAUTION * (measured.error or 0.0):
                return method
    return ""


def _duration(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{1e6 * seconds:.1f} us"
    return f"{1e3 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


def lined_up(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of text with columns that fit: the first to the left, the others to the right.

    >>> lined_up([["x", "square"], ["12", "144"]])
    ['x   square', '12     144']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in rows)
    return ["  ".join(cells).rstrip() for cells in lines]
