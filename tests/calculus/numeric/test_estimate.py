"""Numeric derivatives: right, and off by no more than they say."""

import cmath
import math
import random
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, derivative, numeric, parse, sin, symbols
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numeric import Estimate, complex_step
from mathlab.errors import DomainError
from tests.calculus.compositions import compositions
from tests.calculus.hard_functions import HARD, TWENTY
from tests.thinned import thinned

TRUTH = 2.3e-16  # the slopes of the tables are rounded to floats themselves


class Counted:
    """A function that counts how often it is called."""

    def __init__(self, f):
        self.f, self.calls = f, 0

    def __call__(self, x):
        self.calls += 1
        return self.f(x)


def is_honest(found, slope):
    return abs(found.value - slope) <= found.error + TRUTH * abs(slope) + 5e-324


@pytest.mark.parametrize(("name", "f", "x", "slope"), TWENTY, ids=[row[0] for row in TWENTY])
def test_the_twenty(name, f, x, slope):
    counted = Counted(f)
    found = numeric.derivative(counted, x)
    digits, bar = (1e-7, math.inf) if name.startswith("1e6") else (1e-12, 1e-11)
    assert abs(found.value - slope) <= digits * abs(slope)
    assert found.error <= bar * (abs(slope) or 1)
    assert is_honest(found, slope)
    assert found.evaluations == counted.calls <= 64


@pytest.mark.parametrize(("name", "f", "x", "slope"), HARD, ids=[row[0] for row in HARD])
def test_the_hard_ones(name, f, x, slope):
    counted = Counted(f)
    found = numeric.derivative(counted, x)
    assert found.evaluations == counted.calls <= 80
    if slope is None:
        assert found.error == math.inf
        assert found.reason
    else:
        assert is_honest(found, slope)
        assert found.error < math.inf
        assert not found.reason


def test_random_compositions():
    rows = compositions(len(thinned(range(2000), keep=160)), seed=0)
    found = [(numeric.derivative(f, x), slope) for _, f, x, slope in rows]
    assert sum(not is_honest(estimate, slope) for estimate, slope in found) <= 0.003 * len(found)
    assert sum(estimate.error == math.inf for estimate, _ in found) <= 0.001 * len(found)
    errors = [estimate.error / abs(slope) for estimate, slope in found]
    assert statistics.median(errors) <= 1e-12
    pessimism = [
        estimate.error / max(abs(estimate.value - slope), math.ulp(slope))
        for estimate, slope in found
    ]
    assert 1 < statistics.median(pessimism) <= 40
    assert max(estimate.evaluations for estimate, _ in found) <= 80


def test_noise_that_is_known_is_seen_past():
    def f(x):  # smooth at its finest, but with digits of rubbish
        return (1 - math.cos(x)) / x**2

    x = 1e-4
    slope = -x / 12
    for noise in (0.0, 1e-7):  # told or not: the treads of the cosine tell it as well
        found = numeric.derivative(f, x, relative_noise=noise)
        assert is_honest(found, slope)
        assert found.error < 1e-6


@pytest.mark.parametrize("digits", [4, 6, 8, 10])
def test_announced_noise_of_so_many_digits(digits):
    def f(x):  # the same noise for the same x, never above half a unit of the last good digit
        return math.exp(x) * (1 + 10.0**-digits * random.Random(x).uniform(-0.5, 0.5))

    found = numeric.derivative(f, 1.0, relative_noise=10.0**-digits)
    assert abs(found.value - math.e) <= found.error <= 300 * 10.0**-digits


SMOOTH = (
    (math.sin, math.cos),
    (math.exp, math.exp),
    (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    (math.atan, lambda x: 1 / (1 + x * x)),
    (lambda x: x**3, lambda x: 3 * x * x),
    (math.cosh, math.sinh),
    (lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2),
)


def test_smooth_functions_from_tiny_to_large_places():
    dice = random.Random(5)
    wrong = none = 0
    rows = thinned(range(1500), keep=160)
    for _ in rows:
        f, slope = dice.choice(SMOOTH)
        x = dice.choice((1, -1)) * 10 ** dice.uniform(-12, 1.5)
        found = numeric.derivative(f, x, relative_noise=dice.choice((0.0, 1e-14, 1e-10, 1e-6)))
        none += found.error == math.inf
        wrong += not is_honest(found, slope(x)) and found.error < math.inf
    assert wrong <= 0.01 * len(rows)
    assert none <= 0.0014 * len(rows)


@pytest.mark.parametrize("scale", [1e-8, 0.01, 0.3, 1.0, 100.0])
def test_no_step_is_wider_than_the_scale(scale):
    asked = []
    numeric.derivative(lambda x: asked.append(x) or math.atan(x), 2.0, scale)
    assert scale / 16 < max(abs(x - 2.0) for x in asked) <= scale


def test_a_scale_that_fits_makes_the_answer_sharp():
    def f(x):
        return math.tanh(1e100 * x)

    assert numeric.derivative(f, 0.0).error == math.inf  # from 2e-16 on this is a jump
    found = numeric.derivative(f, 0.0, scale=1e-100)
    assert abs(found.value - 1e100) <= found.error < 1e88


@pytest.mark.parametrize(
    ("x", "scale", "noise", "words"),
    [
        (math.nan, None, 0.0, "no slope at nan"),
        (math.inf, None, 0.0, "no slope at inf"),
        (1.0, 0.0, 0.0, "scale"),
        (1.0, -1.0, 0.0, "scale"),
        (1.0, math.inf, 0.0, "scale"),
        (1.0, 1e-20, 0.0, "widest step from 1.0, cannot be 1e-20"),
        (1.0, math.nan, 0.0, "scale"),
        (1.0, None, -1e-9, "noise"),
        (1.0, None, 1.0, "noise"),
        (1.0, None, math.nan, "noise"),
    ],
)
def test_wrong_questions(x, scale, noise, words):
    for method in (numeric.derivative, numeric.second_derivative):
        with pytest.raises(DomainError, match=words):
            method(math.exp, x, scale, noise)


@pytest.mark.parametrize("x", [10**400, -(10**400), Fraction(10**400, 3)])
def test_a_place_beyond_all_floats(x):
    for measure in (numeric.derivative, numeric.second_derivative):
        with pytest.raises(DomainError, match="no slope at a number beyond all floats: give"):
            measure(math.exp, x)
    for measure in (numeric.gradient, numeric.hessian):
        with pytest.raises(DomainError, match="no slope at a number beyond all floats: give"):
            measure(sum, [1.0, x])


def test_a_scale_beyond_all_floats():
    with pytest.raises(DomainError, match="cannot be 1000"):
        numeric.derivative(math.exp, 1.0, 10**400)


HUGE = pytest.param(10**400, id="huge")


@pytest.mark.parametrize("value", [math.nan, math.inf, 1j, HUGE])
def test_no_value_no_slope(value):
    found = numeric.derivative(lambda x: value, 1.0)
    assert (found.error, found.evaluations) == (math.inf, 1)
    assert "no finite, real value at 1.0" in found.reason


def test_errors_of_the_function_are_its_own():
    with pytest.raises(ValueError, match="domain"):
        numeric.derivative(math.log, 0.0)


@pytest.mark.parametrize("nonsense", [None, "3.5", [1.0]])
def test_what_is_no_number_is_no_value(nonsense):
    with pytest.raises(TypeError):
        numeric.derivative(lambda x: nonsense, 0.0)


@pytest.mark.parametrize("kind", [float, Fraction, Decimal])
def test_numbers_of_any_kind(kind):
    found = numeric.derivative(lambda x: 3 * kind(x), kind(4))
    assert isinstance(found.value, float)
    assert abs(found.value - 3) <= found.error < 1e-13


def test_an_estimate_has_names():
    assert Estimate(1.0, 0.5, 3)._asdict() == {
        "value": 1.0,
        "error": 0.5,
        "evaluations": 3,
        "reason": "",
    }


@pytest.mark.parametrize(
    ("f", "x", "bend"),
    [
        (math.exp, 1.0, math.e),
        (math.sin, 2.0, -math.sin(2)),
        (math.log, 1e-3, -1e6),
        (math.log, 1e6, -1e-12),
        (math.sqrt, 4.0, -1 / 32),
        (lambda x: 1 / x, 1e-4, 2e12),
        (lambda x: x**5, -2.0, -160.0),
        (math.cosh, 0.0, 1.0),
        (lambda x: 1e6 + math.sin(x), 1.0, -math.sin(1)),
        (lambda x: 7.0, 3.0, 0.0),
        (lambda x: 2 * x + 1, 3.0, 0.0),
        (lambda x: math.sin(1000 * x), 0.5, -1e6 * math.sin(500)),
    ],
)
def test_second_derivatives(f, x, bend):
    counted = Counted(f)
    found = numeric.second_derivative(counted, x)
    assert is_honest(found, bend)
    assert found.error <= (1e-5 if f(x) > 1e5 else 1e-8) * (abs(bend) or 1)
    assert found.evaluations == counted.calls <= 80


def test_second_derivatives_of_random_compositions():
    (x,) = symbols("x")
    honest, errors = [], []
    for text, f, at, _ in compositions(len(thinned(range(200), keep=50)), seed=7):
        bend = float(derivative(parse(text), x, 2).at(x=Fraction(at)))
        found = numeric.second_derivative(f, at)
        honest.append(is_honest(found, bend) or abs(found.value / bend - 1) < 1e-12)
        errors.append(found.error / (abs(bend) or 1))
    assert honest.count(False) <= 0.01 * len(honest)
    assert statistics.median(errors) < 1e-9


@pytest.mark.parametrize(("f", "x"), [(abs, 0.0), (math.floor, 2.0), (math.cbrt, 0.0)])
def test_no_slope_no_second_derivative(f, x):
    found = numeric.second_derivative(f, x)
    assert found.error == math.inf
    assert found.reason == numeric.derivative(f, x).reason


def test_gradient_and_hessian():
    def f(p):
        x, y, z = p
        return x**2 * y + math.sin(y * z) + 3 * z

    x, y, z = point = [1.5, -0.5, 0.0]
    c, s = math.cos(y * z), math.sin(y * z)
    slopes = [2 * x * y, x**2 + z * c, y * c + 3]
    bends = [[2 * y, 2 * x, 0], [2 * x, -z * z * s, c - y * z * s], [0, c - y * z * s, -y * y * s]]
    for found, slope in zip(numeric.gradient(f, point), slopes, strict=True):
        assert is_honest(found, slope)
        assert found.error < 1e-11
    for row, true_row in zip(numeric.hessian(f, point), bends, strict=True):
        for found, bend in zip(row, true_row, strict=True):
            assert is_honest(found, bend)
            assert found.error < 1e-8


def test_the_error_of_a_mixed_derivative_is_as_sharp_as_the_others():
    found = numeric.hessian(lambda p: math.sin(p[0]) * math.cos(p[1]), [0.7, 0.4])
    mixed = found[0][1]
    assert abs(mixed.value + math.cos(0.7) * math.sin(0.4)) < mixed.error
    assert mixed.error < 2 * max(found[0][0].error, found[1][1].error)


def test_a_hessian_where_scales_differ():
    found = numeric.hessian(lambda p: p[0] * p[1] / p[2], [1e8, 1e-8, 3.0])
    bends = [[0, 1 / 3, -1e-8 / 9], [1 / 3, 0, -1e8 / 9], [-1e-8 / 9, -1e8 / 9, 2 / 27]]
    for row, true_row in zip(found, bends, strict=True):
        for entry, bend in zip(row, true_row, strict=True):
            assert is_honest(entry, bend)
            assert entry.error <= 1e-7 * abs(bend) or bend == 0


def test_a_hessian_where_scales_are_tiny():
    (_, mixed), _ = numeric.hessian(lambda p: (p[0] * 1e200) * (p[1] * 1e-200), [1e-200, 1e-200])
    assert abs(mixed.value - 1.0) <= mixed.error


def test_a_gradient_says_where_there_is_none():
    kink, smooth = numeric.gradient(lambda p: abs(p[0]) + p[1], [0.0, 1.0])
    assert "kink" in kink.reason
    assert smooth.value == pytest.approx(1.0)
    rows = numeric.hessian(lambda p: abs(p[0]) * p[1], [0.0, 1.0])
    flagged = [[entry.error == math.inf for entry in row] for row in rows]
    assert flagged == [[True, True], [True, False]]
    assert "on a line along 1 and 0, with the point at 1.0: " in rows[0][1].reason


KINK = ("on a line along 1 and 0, with the point at 1.0: "
        "the slope is {} to the left and 2 to the right of 1.0: a kink")


@pytest.mark.parametrize(("f", "point", "reason"), [
    (lambda p: abs(p[0] + p[1]), [1.0, -1.0], KINK.format(-2)),  # both grow together
    (lambda p: abs(p[0] - p[1]), [1.0, 1.0], KINK.format(-2)),  # one grows, the other shrinks
    (lambda p: max(p[1] - p[0], 0.0), [1.0, 1.0], KINK.format(0)),
    (lambda p: p[0] * p[1], [1.0, 1.0], "")])
def test_a_mixed_derivative_says_on_which_line_there_is_none(f, point, reason):
    mixed = numeric.hessian(f, point)[0][1]
    assert mixed.reason == reason and (mixed.error == math.inf) is bool(reason)


def test_on_its_diagonal_a_hessian_has_second_derivatives():
    bends = numeric.hessian(lambda p: math.sin(p[0]) * math.exp(p[1]), [0.7, 0.4])
    first = numeric.second_derivative(lambda x: math.sin(x) * math.exp(0.4), 0.7)
    second = numeric.second_derivative(lambda y: math.sin(0.7) * math.exp(y), 0.4)
    assert [bends[0][0], bends[1][1]] == [first, second] and bends[0][1] is bends[1][0]


@pytest.mark.parametrize("kind", [tuple, iter, lambda point: map(Fraction, point)])
def test_a_point_may_be_any_row_of_numbers(kind):
    slopes = numeric.gradient(lambda p: p[0] * p[1], kind([3.0, 2.0]))
    assert [round(slope.value, 12) for slope in slopes] == [2.0, 3.0]
    bends = numeric.hessian(lambda p: p[0] * p[1], kind([3.0, 2.0]))
    assert round(bends[0][1].value, 9) == 1.0


def test_a_slope_by_nothing():
    assert numeric.gradient(lambda p: 1.0, []) == numeric.hessian(lambda p: 1.0, []) == []


@pytest.mark.parametrize(
    "f",
    [
        lambda x: -1.96177 * math.sin(73.224 * x + 1.608) - 0.50237 * math.exp(2.4339 * x),
        lambda x: x * x + 0.3554 * math.sin(182.857 * x),
    ],
)
def test_rounding_is_no_jump(f):
    for i in thinned(range(200), keep=50):
        assert "jumps" not in numeric.derivative(f, 0.1 + i * 0.0317).reason


ANALYTIC = (
    (cmath.exp, 1.0, math.e),
    (cmath.sin, 2.0, math.cos(2)),
    (cmath.log, 1e-3, 1e3),
    (cmath.sqrt, 1e-12, 0.5e6),
    (cmath.tanh, 0.1, 1 - math.tanh(0.1) ** 2),
    (cmath.atan, 100.0, 1 / 10001),
    (lambda z: 1 / z, 1e-4, -1e8),
    (lambda z: z**20, 1.1, 20 * 1.1**19),
    (lambda z: z**1.5, 0.01, 0.15),
    (lambda z: z**2, 0.0, 0.0),
    (lambda z: z**3, -7.0, 147.0),
    (lambda z: z, 0.0, 1.0),
    (lambda z: 1e-12 * z, 0.0, 1e-12),
    (lambda z: z * z * z, 1e-60, 3e-120),
    (lambda z: z * z, 1e150, 2e150),
    (lambda z: z * z, 1e-120, 2e-120),
    (lambda z: 1e6 + cmath.sin(z), 1.0, math.cos(1)),
    (lambda z: cmath.exp(-z * z), 1.0, -2 * math.exp(-1)),
    (lambda z: 1 / (1 + cmath.exp(-z)), -20.0, math.exp(-20) / (1 + math.exp(-20)) ** 2),
    (lambda z: cmath.sin(1 / z), 0.05, -400 * math.cos(20)),
)


@pytest.mark.parametrize(("f", "x", "slope"), ANALYTIC)
def test_a_complex_step_has_nearly_all_digits(f, x, slope):
    assert abs(complex_step(f, x) - slope) <= 8 * math.ulp(slope)


@pytest.mark.parametrize("f", [abs, lambda z: z.real, lambda z: 5.0, lambda z: None])
def test_a_complex_step_needs_a_complex_answer(f):
    with pytest.raises(TypeError, match="slope is lost"):
        complex_step(f, 3.0)


@pytest.mark.parametrize(("f", "words"), [
    (lambda z: z + 2j, "near 3.0 this one is 3+2j"),
    (lambda z: (z + 0.5j) * 1e-3, "near 3.0 this one is 0.003+0.0005j")])
def test_a_complex_step_needs_a_function_that_is_real(f, words):
    with pytest.raises(DomainError) as caught:
        complex_step(f, 3.0)
    assert str(caught.value) == f"a function of real numbers is wanted: {words}"


def test_of_values_leaves_the_graph_alone():
    x = Value(1.0, "x")
    y = sin(x) * x
    before = [node.data for node in inputs_first(y)]
    found = y.numeric_derivative(x)
    assert abs(found.value - (math.sin(1) + math.cos(1))) <= found.error < 1e-12
    assert [node.data for node in inputs_first(y)] == before


def test_of_values_it_does_not_look_at_the_slopes(monkeypatch):
    monkeypatch.setattr(sin, "slopes", (None,))
    x = Value(1.0, "x")
    assert sin(x).numeric_derivative(x).value == pytest.approx(math.cos(1))


def test_of_another_input_it_is_zero():
    assert (Value(2.0) * 3).numeric_derivative(Value(1.0)).value == 0.0
