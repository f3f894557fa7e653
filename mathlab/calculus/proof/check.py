"""Checking a row of the table: its slopes, and the slopes of its slopes, against measurement.

A table of derivatives is written by people, and nothing in a row says whether its slope is right.
But the function itself does: nudge an input, and look. Here that judges every row, to second order.
On the page: `(f(x + h) - f(x - h)) / (2 * h)`.

>>> from mathlab import sin
>>> print(check_derivatives(sin, 1.2))  # doctest: +ELLIPSIS
sin at 1.2
derivative       by its rule      measured ...  digits
by input 1      0.3623577545  0.3623577545 ...
by inputs 1, 1  -0.932039086  -0.932039086 ...

The second line is the slope of the slope: its formula, differentiated, against what is measured as
the slope's number changes. A slope that is the right number here, but has forgotten what it depends
on, is found out there. What a measurement leaves open is never held against a rule. It is wrong if

    |by its rule - measured|  >  error of the measurement + rounding of the rule

whatever the size of both. A row is held to the digits that its slope has: of sigmoid at 40, y*(1 -
y) leaves 0 where 4e-18 is measured: no digit is right, and the rule is wrong there. In a longer
formula, and at second order, terms may cancel, and their rounding counts.

Read `SlopeCheck` first, then `check_derivatives` and the two orders; the rest prepares or prints.
"""

import math
import reprlib
from collections.abc import Callable, Iterable
from functools import cache
from textwrap import shorten
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import gradient
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.graph.value import Value, as_value, symbols
from mathlab.calculus.numeric import Estimate
from mathlab.calculus.proof.accuracy import measured, rounding_error
from mathlab.calculus.proof.compare import lined_up
from mathlab.errors import DomainError, UnknownError, WrongSlopeError

AnyFunction = Callable[..., Any]
Numbers = tuple[Any, ...]
LOST = 1e-6  # a row whose slope has lost more than this share of itself is wrong
DECISIVE = 1e-7  # with so small a share of doubt, a rule that is 1e-6 off is seen
SHOWN = 12  # lines of a report: all that there are for three inputs, else the least sure


class SlopeCheck(NamedTuple):
    """One derivative, by its rule and as measured; `inputs` are counted from 1.

    `rounding` is how far off the rule's number may be only because it is made of floats.
    """

    inputs: tuple[int, ...]
    rule: float
    measured: Estimate
    rounding: float = 0.0

    @property
    def doubt(self) -> float:
        """How far apart the two numbers may be with both of them right."""
        return self.measured.error + self.rounding

    @property
    def is_wrong(self) -> bool:
        """Whether the measurement refutes the rule. Where it finds a slope, nan is wrong, too."""
        if math.inf in (self.measured.error, self.rounding):
            return False
        return not abs(self.rule - self.measured.value) <= self.doubt

    @property
    def size(self) -> float:
        """The larger of the two numbers; 1 if both may be 0, whose digits are those behind the
        point."""
        seen = abs(self.measured.value)
        return max(abs(self.rule), seen if seen > self.doubt else 0.0) or 1.0

    @property
    def is_decided(self) -> bool:
        """Whether the measurement is sharp enough to see that a rule is 1e-6 off."""
        return self.doubt <= DECISIVE * self.size

    @property
    def digits(self) -> int:
        """To how many digits the rule is confirmed."""
        share = self.doubt / self.size
        return min(16, int(-math.log10(share))) if 0 < share < 1 else 16 * (share == 0)

    @property
    def name(self) -> str:
        """Such as `by inputs 1, 2`."""
        return f"by input{'s' * (len(self.inputs) > 1)} {', '.join(map(str, self.inputs))}"

    def __str__(self) -> str:
        what = "slope" if len(self.inputs) == 1 else "second derivative"
        seen = f"{self.measured.value:.12g} ± {self.measured.error:.0e}"
        return f"the {what} {self.name} is {self.rule:.15g} by its rule, but {seen} by measurement"


class SlopeReport(NamedTuple):
    """What was compared, and to how many digits it was confirmed; `str` shows it as a table."""

    title: str
    findings: tuple[SlopeCheck, ...]

    @property
    def undecided(self) -> tuple[SlopeCheck, ...]:
        """What the measurement was not sharp enough for."""
        return tuple(found for found in self.findings if not found.is_decided)

    def __str__(self) -> str:
        shown = self.findings
        if len(shown) > SHOWN:
            shown = tuple(sorted(shown, key=lambda found: found.is_decided * found.digits)[:SHOWN])
        rows = [["derivative", "by its rule", "measured", "±", "digits"]]
        for found in shown:
            numbers = f"{found.rule:.10g}", f"{found.measured.value:.10g}"
            digits = str(found.digits) if found.is_decided else "?"
            rows.append([found.name, *numbers, f"{found.measured.error:.0e}", digits])
        lines = [self.title, *lined_up(rows)]
        for found in shown:
            if not found.is_decided:
                why = found.measured.reason or "the measurement is not sharp enough"
                if found.rounding > found.measured.error:
                    why = "rounding moves the rule's own number too far"
                lines.append(shorten(f"not decided: {found.name}: {why}", 80, placeholder=" ..."))
        if more := len(self.findings) - len(shown):
            lines.append(f"and {more} more, as sure or surer")
        return "\n".join(lines)


def check_derivatives(f: AnyFunction, at: float | Iterable[float]) -> SlopeReport:
    """The report that nothing measured here contradicts the slopes of `f`, to second order.

    `f` is a row of the table, or a function that makes a Value of Values; `at` is a number, or one
    for each input. At a kink a slope is right if it lies between those to the left and the right.
    What could not be decided raises nothing, and the report says so.

    Raises: WrongSlopeError if a slope is wrong; DomainError where `f` has no finite value;
    FormulaError for another number of inputs than the row takes.

    >>> from mathlab.calculus.graph.operations import Operation
    >>> cube = Operation("cube", lambda x: x**3, lambda x, y: 2 * x**2)
    >>> check_derivatives(cube, 2.0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    mathlab.errors.WrongSlopeError: cube at 2.0: the slope by input 1 is 8 by its rule, but 12 ± ...
    """
    point = tuple(map(float, at)) if isinstance(at, Iterable) else (float(at),)
    name = f.name if isinstance(f, Operation) else getattr(f, "__name__", "f")
    place = point[0] if len(point) == 1 else reprlib.repr(point)
    title = f"{name.replace('<lambda>', 'f')} at {place}"
    if not math.isfinite(value := _value(f, point)):
        raise DomainError(f"{title} is {value}, so there is no slope to check")

    try:
        smooth, findings = _smooth_inputs(f, point)
        if isinstance(f, Operation):  # symbols have no number that a slope could take out of them
            letters = symbols(" ".join(f"x{i + 1}" for i in range(len(point))))
            swept_gradient(f(*letters), [letters[i] for i in smooth])
        for order in (_first_order, _second_order) if smooth else ():
            findings += order(f, point, smooth)
            _insist(title, findings)
    except TypeError as error:
        raise WrongSlopeError(
            f"{title}: a slope is not a formula: {error}; write it with the functions of mathlab"
        ) from error
    return SlopeReport(title, tuple(findings))


def _smooth_inputs(f: AnyFunction, point: Numbers) -> tuple[list[int], list[SlopeCheck]]:
    """The inputs that have a slope by the rules, and what there is to say of the others."""
    smooth, others = [], []
    for i in range(len(point)):
        try:
            _slopes(f, point, [i])
            leaves, y = _graph(f, point, [i])
            swept_gradient(y, leaves)
            smooth.append(i)
        except (ValueError, ArithmeticError) as error:
            others.append(_refused((i + 1,), error))
    return smooth, others


def _first_order(f: AnyFunction, point: Numbers, smooth: list[int]) -> list[SlopeCheck]:
    """The slopes as the sweep finds them in numbers and, should these differ, in formulas."""
    leaves, y = _graph(f, point, smooth)
    findings = []
    swept = _slopes(f, point, smooth)
    for i, x, number, formula in zip(smooth, leaves, swept, swept_gradient(y, leaves), strict=True):
        found = measured(_along(i, point, lambda *at: _value(f, at)), y, x)
        for rule in {float(number), float(formula.data)}:  # two if a rule tells Values from numbers
            findings.append(SlopeCheck((i + 1,), rule, found, _rounding(f, formula, found)))
    return findings


def _second_order(f: AnyFunction, point: Numbers, smooth: list[int]) -> list[SlopeCheck]:
    """The slope of each slope's formula, and how fast that slope's number is seen to change."""
    leaves, y = _graph(f, point, smooth)
    slopes = cache(lambda *at: _slopes(f, at, smooth))
    findings = []
    for k, formula in enumerate(swept_gradient(y, leaves)):
        inputs = [(smooth[k] + 1, i + 1) for i in smooth]
        try:
            seconds = gradient(formula, leaves)
        except UnknownError:  # a rule that is not a formula has no derivative of its own but 0
            seconds = swept_gradient(formula, leaves)
        except (ValueError, ArithmeticError) as error:
            findings += [_refused(pair, error) for pair in inputs]
            continue
        for i, x, pair, second in zip(smooth, leaves, inputs, seconds, strict=True):
            found = measured(_along(i, point, lambda *at, k=k: slopes(*at)[k]), formula, x)
            findings.append(SlopeCheck(pair, float(second.data), found, rounding_error(second)))
    return findings


def _rounding(f: AnyFunction, slope: Value, found: Estimate) -> float:
    """How far the number of a slope may be off by rounding: that of a row by its last digits."""
    error, own = rounding_error(slope), LOST * abs(found.value)
    return min(error, own) if isinstance(f, Operation) and math.isfinite(own) else error


def _insist(title: str, findings: list[SlopeCheck]) -> None:
    """Raise the error that names the first three derivatives that are wrong, if any are."""
    wrong = list(dict.fromkeys(str(found) for found in findings if found.is_wrong))
    if len(wrong) > 3:
        wrong[3:] = [f"and {len(wrong) - 3} more"]
    if wrong:
        raise WrongSlopeError(f"{title}: {'; '.join(wrong)}")


def _graph(f: AnyFunction, point: Numbers, smooth: list[int]) -> tuple[list[Value], Value]:
    """Leaves for the inputs that have a slope, and what `f` makes of all the inputs."""
    inputs = [*map(Value.constant, point)]
    for i in smooth:
        inputs[i] = Value(point[i], f"x{i + 1}")
    return [inputs[i] for i in smooth], as_value(f(*inputs))


def _value(f: AnyFunction, point: Numbers) -> Any:
    return as_value(f(*map(Value, point))).data


def _slopes(f: AnyFunction, point: Numbers, smooth: list[int]) -> list[Any]:
    """The slopes by the rules, as numbers."""
    leaves, y = _graph(f, point, smooth)
    y.backward()
    return [x.grad for x in leaves]


def _along(i: int, point: Numbers, f: AnyFunction) -> Callable[[float], Any]:
    return lambda nudged: f(*point[:i], nudged, *point[i + 1 :])


def _refused(inputs: tuple[int, ...], error: Exception) -> SlopeCheck:
    return SlopeCheck(inputs, math.nan, Estimate(math.nan, math.inf, 0, str(error)))
