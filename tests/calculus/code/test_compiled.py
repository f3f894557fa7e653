"""A step that is traced: the same numbers as the plain way, or an error that says what to do."""

import math
import random
import threading
from itertools import pairwise

import pytest

from mathlab import (
    Value,
    compile_formula,
    compiled,
    dot,
    exp,
    log,
    maximum,
    parse,
    relu,
    sin,
    sqrt,
    total,
    where,
)
from mathlab.calculus.code.compiled import CHECKS, TRACES, Trace
from mathlab.calculus.code.stand_ins import flattened
from mathlab.errors import DomainError, FormulaError
from tests.calculus.compositions import compositions
from tests.thinned import thinned

BEYOND = CHECKS + 1  # calls after which a trace runs alone


def both(f, *arguments, parameters):
    """The loss and the slopes of the plain way, and what the trace says when it runs alone."""
    step = compiled(f)
    for _ in range(BEYOND):
        for x in parameters:
            x.grad = None
        found = [step(*arguments).data, *(x.grad for x in parameters)]
    loss = f(*arguments)
    loss.backward()
    return [loss.data, *(x.grad for x in parameters)], found


# The same numbers


@pytest.mark.parametrize("seed", range(3))
def test_random_formulas_of_a_parameter_and_of_data(seed):
    x = Value(0.0)
    for text, _, at, slope in thinned(compositions(100, seed=seed + 50), keep=30):
        formula = parse(text)
        of_values = compile_formula(formula, ["x"], kind=object)
        x.data = at
        plain, found = both(lambda: of_values(x) * 1.0, parameters=[x])  # noqa: B023
        assert found == pytest.approx(plain, rel=1e-12, abs=1e-12), text
        if slope is not None:
            assert found[1] == pytest.approx(slope, rel=1e-5, abs=1e-9), text
        w = Value(1.0)
        plain, found = both(lambda at: of_values(at) * w, at, parameters=[w])  # noqa: B023
        assert found == pytest.approx(plain, rel=1e-12, abs=1e-12), text


class Network:
    """micrograd's demo, in its words."""

    def __init__(self, sizes, seed=2):
        dice = random.Random(seed)
        self.layers = [
            [([Value(dice.uniform(-1, 1)) for _ in range(n)], Value(0.0)) for _ in range(m)]
            for n, m in pairwise(sizes)
        ]

    def __call__(self, x):
        for i, layer in enumerate(self.layers):
            x = [sum((w * xi for w, xi in zip(ws, x, strict=True)), b) for ws, b in layer]
            if i < len(self.layers) - 1:
                x = [each.relu() for each in x]
        return x[0]

    def parameters(self):
        return [p for layer in self.layers for ws, b in layer for p in [*ws, b]]


def two_moons(count, seed=3):
    dice = random.Random(seed)
    points, sides = [], []
    for i in range(count):
        side = 1.0 if i % 2 else -1.0
        angle = dice.uniform(0, math.pi)
        points.append([math.cos(angle) * side + (side < 0) + dice.gauss(0, 0.1),
                       math.sin(angle) * side - 0.5 * (side < 0) + dice.gauss(0, 0.1)])
        sides.append(side)
    return points, sides


def test_the_two_moons_train_as_they_do_plainly():
    points, sides = two_moons(len(thinned(range(40), keep=20)))
    walks = []
    for way in (compiled, lambda f: f):
        model = Network([2, 16, 16, 1])

        def loss_of(points, sides, model=model):
            margins = [relu(1 - y * model(x)) for x, y in zip(points, sides, strict=True)]
            shrink = 1e-4 * sum(p * p for p in model.parameters())
            return sum(margins) * (1 / len(margins)) + shrink

        step, losses = way(loss_of), []
        for k in range(8):
            loss = step(points, sides)
            if way is not compiled:
                loss.backward()
            for p in model.parameters():
                p.data -= (1.0 - 0.9 * k / 100) * p.grad
            losses.append(loss.data)
        walks.append(losses)
    assert walks[0] == pytest.approx(walks[1], rel=1e-9)
    assert walks[0][-1] < walks[0][0]


def gpt(width=4, letters=5, length=4):
    """A small language model: its parameters, and the loss of a text of rows and answers."""
    dice = random.Random(5)

    def matrix(rows, columns):
        return [[Value(dice.gauss(0, 0.3)) for _ in range(columns)] for _ in range(rows)]

    letter, place, output = (matrix(n, width) for n in (letters, length, letters))
    query, key, content, mix = (matrix(width, width) for _ in range(4))
    widen, narrow = matrix(2 * width, width), matrix(width, 2 * width)
    matrices = (letter, place, output, query, key, content, mix, widen, narrow)

    def linear(x, rows):
        return [sum(w * xi for w, xi in zip(row, x, strict=True)) for row in rows]

    def softmax(x):
        largest = x[0]
        for xi in x[1:]:
            largest = maximum(largest, xi)
        powers = [exp(xi - largest) for xi in x]
        whole = sum(powers)
        return [power / whole for power in powers]

    def loss_of(rows, answers):
        keys, contents, losses = [], [], []
        for row, where_in_text, answer in zip(rows, place, answers, strict=False):
            x = [a + b for a, b in zip(row, where_in_text, strict=True)]
            keys.append(linear(x, key))
            contents.append(linear(x, content))
            asked = linear(x, query)
            shares = softmax([dot(asked, each) / width**0.5 for each in keys])
            found = [dot(shares, column) for column in zip(*contents, strict=True)]
            x = [a + b for a, b in zip(x, linear(found, mix), strict=True)]
            hidden = [h.relu() for h in linear(x, widen)]
            x = [a + b for a, b in zip(x, linear(hidden, narrow), strict=True)]
            losses.append(-log(dot(answer, softmax(linear(x, output)))))
        return total(losses) * (1 / len(losses))

    return letter, [w for each in matrices for row in each for w in row], loss_of


def trained(way, texts):
    """The losses of some steps of Adam."""
    letter, weights, loss_of = gpt()
    step, losses = way(loss_of), []
    means, squares = [0.0] * len(weights), [0.0] * len(weights)
    for text in texts:
        for weight in weights:
            weight.grad = 0
        answers = [[float(i == j) for i in range(len(letter))] for j in text[1:]]
        loss = step([letter[i] for i in text[:-1]], answers)
        if way is not compiled:
            loss.backward()
        for i, weight in enumerate(weights):
            means[i] = 0.9 * means[i] + 0.1 * weight.grad
            squares[i] = 0.99 * squares[i] + 0.01 * weight.grad**2
            weight.data -= 0.01 * means[i] / (squares[i] ** 0.5 + 1e-8)
        losses.append(loss.data)
    return step, losses


def test_a_language_model_has_a_trace_for_each_length_and_the_same_losses():
    dice = random.Random(7)
    texts = [[dice.randrange(5) for _ in range(2 + k % 3)] for k in range(15)]
    step, losses = trained(compiled, texts)
    assert len(step.traces) == 3
    assert losses == pytest.approx(trained(lambda f: f, texts)[1], rel=1e-9)


def test_a_value_in_two_places_gets_the_slopes_of_both():
    a, b = Value(3.0), Value(5.0)
    step = compiled(lambda u, v: u * u * v)
    for u, v in ((a, b), (b, a), (a, a), (b, b)):
        for _ in range(BEYOND):
            a.grad = b.grad = 0
            assert step(u, v).data == u.data**2 * v.data
            assert u.grad == (3 * u.data**2 if u is v else 2 * u.data * v.data)
            assert u is v or v.grad == u.data**2
    assert len(step.traces) == 1


def test_a_value_that_is_passed_and_also_found_outside():
    a = Value(3.0)
    step = compiled(lambda u: a * u)
    assert [(step(a).data, a.grad) for _ in range(5)] == [(9.0, 6.0)] * 5


def test_arguments_in_lists_in_dicts_and_by_name():
    model = {"w": [Value(2.0), Value(3.0)], "b": Value(1.0)}
    step = compiled(lambda model, *, data, power: (
        dot(model["w"], data["x"]) + model["b"] - data["y"]) ** power)
    for power, x in [(2, 1.0), (3, 2.0)] * 4:
        loss = step(model, data={"x": (x, 1.0), "y": 0.5}, power=power)
        height = 2 * x + 3 + 1 - 0.5
        assert loss.data == pytest.approx(height**power)
        assert model["w"][0].grad == pytest.approx(power * height ** (power - 1) * x)
        assert model["b"].grad == pytest.approx(power * height ** (power - 1))


def test_what_the_loss_does_not_depend_on_is_left_alone():
    a, b = Value(1.0), Value(2.0)
    b.grad = "as it was"
    step = compiled(lambda a, b: a * 2)
    assert [step(a, b).data for _ in range(4)] == [2.0] * 4
    assert (a.grad, b.grad) == (2, "as it was")


def test_names_and_numbers_are_what_they_were():
    a, b = Value(1.5, "a"), Value(2.5, "a")  # of one name
    step = compiled(lambda x: a * x + b * b)
    for x in (1.0, 2.0, 3.0):
        assert step(x).data == 1.5 * x + 6.25
        assert (a.data, a.name, b.data, b.name) == (1.5, "a", 2.5, "a")
    with pytest.raises(FormulaError, match="cannot be traced"):
        compiled(lambda: a if a.data > 0 else b)()
    assert (a.data, a.name, b.data, b.name) == (1.5, "a", 2.5, "a")


class Measured(float):
    """A float of another kind, such as numpy has."""


@pytest.mark.parametrize(("two", "three"), [(2, 3), (Measured(2), Measured(3)), (2, 3.0)])
def test_whole_numbers_and_floats_of_another_kind_in_parameters(two, three):
    a, b, runs = Value(two), Value(three), []
    step = compiled(lambda x: (runs.append(1), exp(a * x) + relu(b))[1])
    for _ in range(BEYOND + 2):
        assert step(0.0).data == 4
        assert (a.grad, b.grad) == (0.0, 1)
    assert len(runs) == 3  # twice to compare, and once to trace it


def test_numbers_of_another_kind_are_refused_in_words():
    a = Value(2.0)
    step = compiled(lambda x: a * x)
    for _ in range(BEYOND):
        step(1.5)
    a.data = 1j
    with pytest.raises(FormulaError, match="what is compiled works with floats"):
        step(1.5)


def test_the_loss_is_a_mere_number():
    a = Value(2.0)
    step = compiled(lambda: a * a)
    for _ in range(BEYOND):
        loss = step()
        assert (loss.data, loss.inputs, float(loss), f"{loss:.1f}") == (4.0, (), 4.0, "4.0")
        loss.backward()  # as in a program that has not been changed: it does no harm
        assert a.grad == 4.0


def test_where_there_is_no_number_the_function_says_so():
    a = Value(1.0)
    step = compiled(lambda x: log(a * x) + sqrt(x))
    assert [step(x).data for x in (1.0, 2.0, 4.0)] == pytest.approx(
        [1.0, math.log(2) + 2**0.5, math.log(4) + 2])
    with pytest.raises(DomainError, match=r"log\(-1.0\) is not defined"):
        step(-1.0)
    assert step(9.0).data == pytest.approx(math.log(9) + 3)
    root = compiled(lambda: sqrt(a))
    assert [root().data for _ in range(3)] == [1.0] * 3
    a.data = 0.0
    with pytest.raises(DomainError, match="no slope there"):
        root()


def test_choices_that_stay_part_of_the_formula():
    a = Value(2.0)
    step = compiled(lambda x: where(x, log(maximum(x, 1e-3)) * a, a * a))
    for x in (1.0, -1.0, 2.0, -3.0, 0.0):
        assert step(x).data == pytest.approx(2 * math.log(x) if x > 0 else 4.0)
        assert a.grad == pytest.approx(math.log(x) if x > 0 else 4.0)


# Decisions on what varies

A = Value(2.0)
TABLE = {1.0: 3.0}
REFUSED = {
    "compared": lambda x: A * x if x > 0.5 else A,
    "equal": lambda x: A if x == 1.0 else A * x,
    "not equal": lambda x: A if x != 1.0 else A * x,
    "true": lambda x: A * x if x else A,
    "made and true": lambda x: A * x if x - 1 else A,
    "made and equal": lambda x: A if 2 * x == 2.0 else A * x,
    "by a function and true": lambda x: A if sin(x) else A * x,
    "negative and true": lambda x: A if -x else A * x,
    "among": lambda x: A if x in [1.0, 2.0] else A * x,
    "in a set": lambda x: A if x in {1.0, 2.0} else A * x,
    "looked up": lambda x: A * TABLE[x],
    "the larger": lambda x: A * max(x, 0.5),
    "sorted": lambda x: A * sorted([x, 0.5])[0],
    "whole": lambda x: A * int(x),
    "rounded": lambda x: A * round(x),
    "floor": lambda x: A * math.floor(x),
    "float": lambda x: A * float(x),
    "of math": lambda x: A * math.sin(x),
    "divided": lambda x: A * (x // 2),
    "the rest": lambda x: A * (x % 2),
    "a Value of its own": lambda x: A * Value(x),
    "its method": lambda x: A * x if x.is_integer() else A,
    "data": lambda x: A * x if A.data > 0 else A,
    "data of a part": lambda x: A if (A * x).data > 0 else A * x,
    "as a number": lambda x: (A - A.data) * x + A,
    "Values compared": lambda x: A if x * A < 1 else A * x,
    "a kind": lambda x: A * x * 2 if isinstance(x, float) else A,
}


@pytest.mark.parametrize("case", REFUSED)
def test_decisions_are_refused(case):
    with pytest.raises(FormulaError, match=r"cannot be traced|differs from its trace"):
        compiled(REFUSED[case])(1.0)
    assert A.data == 2.0


@pytest.mark.parametrize("f", [
    lambda u, v: u if u == v else u * v,
    lambda u, v: total({u, v}),
    lambda u, v: u if u in [v] else u * v,
    lambda u, v: {u: u * v}[u],
])
def test_which_parameter_it_is_cannot_be_asked(f):
    with pytest.raises(FormulaError, match="decides on a number that may vary"):
        compiled(f)(Value(1.0), Value(2.0))


def test_whole_numbers_and_texts_are_decided_on():
    step = compiled(lambda x, n, way: (A * x) ** n if way == "power" else A * x * n)
    for n, way in [(2, "power"), (3, "power"), (3, "times"), (True, "times")] * 4:
        assert step(1.5, n, way).data == pytest.approx(3.0**n if way == "power" else 3.0 * n)
    assert len(step.traces) == 4


def test_what_changes_and_is_no_argument_is_noticed():
    dice = random.Random(0)
    with pytest.raises(FormulaError, match=r"differs from its trace: .* such as a batch or a rand"):
        compiled(lambda: A * dice.random())()
    batch = [1.0, 2.0]
    step = compiled(lambda: A * batch[0])
    assert step().data == 2.0
    batch[0] = 5.0
    with pytest.raises(FormulaError, match="10 is 2 there"):
        step()
    assert [step().data for _ in range(3)] == [10.0] * 3  # traced anew


def test_a_wrong_trace_is_noticed():
    step = compiled(lambda a, x: a * a * x)
    a = Value(3.0)
    step(a, 1.0)
    (trace,) = step.traces.values()
    right = trace.function
    for place, off in ((0, 1.001), (1, 0.999)):
        trace.checks = 1
        trace.function = lambda *numbers, place=place, off=off: tuple(
            n * off if i == place else n for i, n in enumerate(right(*numbers)))
        with pytest.raises(FormulaError, match="differs from its trace"):
            step(a, 2.0)
        step(a, 1.0)
        (trace,) = step.traces.values()


# Shapes

SHAPES = (
    [A, 1.0], [A, [1.0]], [A, (1.0,)], [A, [1.0, 1.0]], [A, [[1.0], 1.0]], [[A], 1.0], [A, 1.0, 1],
    [[A, A], [1.0, "a"]], [[A, A], [1.0, 1.0], "a"], [A, 1], [A, True], [A, "1"], [A, b"1"],
    [A, None], [A, {"a": 1.0}], [A, {"b": 1.0}], [A, {1: 1.0}], [], [[]], [()], [{}], [A, A],
    [[A, A]], [[A, 1.0]], [[1.0, A]], [[A], []], [[[A]]],
)


def test_no_two_shapes_are_one():
    assert len({flattened(arguments)[0] for arguments in SHAPES}) == len(SHAPES)


def test_all_is_in_the_order_in_which_it_stands():
    a, b, c, d = (Value(float(i)) for i in range(4))
    _, values, numbers = flattened((a, [b, 0.5, [1.5, 2.5]], {"x": (c, d), "y": [3.5]}, 4.5))
    assert (values, numbers) == ([a, b, c, d], [0.5, 1.5, 2.5, 3.5, 4.5])
    step = compiled(lambda a, mixed, named, last: (
        a + 2 * mixed[0] * mixed[1] + mixed[2][0] * mixed[2][1] * named["x"][0]
        + named["x"][1] ** 2 * named["y"][0] / last))
    for _ in range(BEYOND):
        loss = step(a, [b, 0.5, [1.5, 2.5]], {"x": (c, d), "y": [3.5]}, 4.5)
        assert loss.data == pytest.approx(0 + 1.0 + 1.5 * 2.5 * 2 + 9 * 3.5 / 4.5)
        assert [x.grad for x in values] == pytest.approx([1, 1.0, 3.75, 6 * 3.5 / 4.5])


def test_a_shape_that_is_new_is_traced_anew():
    step = compiled(lambda xs: total(A * x for x in xs))
    for count in (1, 2, 5, 2, 1):
        assert step([1.0] * count).data == 2.0 * count
        assert A.grad == count
    assert len(step.traces) == 3


def test_traces_are_bounded_and_the_one_not_used_for_longest_is_forgotten():
    runs = []

    def loss_of(xs):
        runs.append(len(xs))
        return total(A * x for x in xs)

    step = compiled(loss_of, traces=2)
    for count in (1, 2) * BEYOND:
        step([1.0] * count)
    step([1.0])
    with pytest.warns(RuntimeWarning, match="more than 2 shapes"):
        step([1.0] * 3)
    runs.clear()
    step([1.0])
    assert (runs, len(step.traces), compiled(abs).most) == ([], 2, TRACES)
    with pytest.warns(RuntimeWarning, match="more than 2 shapes"):
        step([1.0] * 2)
    assert runs


@pytest.mark.parametrize(("argument", "error"), [
    ({1.0, 2.0}, TypeError), (iter([1.0]), TypeError), (object(), TypeError), (1j, TypeError),
    (A * 2, FormulaError),
])
def test_arguments_without_a_shape(argument, error):
    with pytest.raises(error, match="pass"):
        compiled(lambda x: A * 1.0)(argument)


@pytest.mark.parametrize("f", [lambda: 3.0, lambda: (A, A), lambda: None])
def test_what_is_returned_is_one_value(f):
    with pytest.raises(FormulaError, match="should return its loss alone, a Value"):
        compiled(f)()


def test_a_compiled_step_within_another_is_refused():
    inner = compiled(lambda x: A * x)
    with pytest.raises(FormulaError, match="within another step call the function itself"):
        compiled(lambda x: inner(x) + 1)(1.0)
    assert inner(3.0).data == 6.0


def test_steps_in_threads_with_parameters_of_their_own():
    found = []

    def train(start):
        a = Value(start)
        step = compiled(lambda x: (a * x - 6.0) ** 2)
        for _ in range(50):
            step(2.0)
            a.data -= 0.1 * a.grad
        found.append(a.data)

    threads = [threading.Thread(target=train, args=(float(i),)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == pytest.approx([3.0] * 4)


def test_a_long_chain_and_a_wide_sum_are_ordinary_steps():
    count = len(thinned(range(100_000), keep=10_000))
    a, xs = Value(0.5), [Value(1.0 + i) for i in range(count)]

    def chain():
        y = a
        for _ in range(count // 2):
            y = y * 0.5 + a
        return y

    plain, found = both(chain, parameters=[a])
    assert found == pytest.approx(plain, rel=1e-12)
    plain, found = both(lambda: sum(x * x for x in xs), parameters=xs)
    assert found == pytest.approx(plain, rel=1e-12)
    assert found[1:] == [2 * x.data for x in xs]


@pytest.mark.parametrize("n", [2**53 + 1, 2**60 + 1, 10**400])
def test_whole_numbers_that_are_no_floats_are_worked_out_plainly(n):
    x = Value(7)
    step = compiled(lambda x: (x - (2**53 if n < 10**20 else 0)) * 2)
    for number in (7, 7, n, n):
        x.data = number
        assert step(x).data == (number - (2**53 if n < 10**20 else 0)) * 2
        assert x.grad == 2


def test_a_function_may_ask_what_a_value_was_made_of():
    def f(x):
        y = x * 2.5
        return y * y + len(y.inputs)

    step = compiled(f)
    assert [step(Value(3.0)).data for _ in range(3)] == [58.25] * 3


#   what the trace gives, and what the plain way: a loss and two slopes       what is said of it
COMPARED = [
    ((2.0, 3.0, 4.0),          (2.0, 3.0, 4.0),             ""),
    ((2.000001, 3.0, 4.0),     (2.0, 3.0, 4.0),             ""),  # within a millionth
    ((2.00001, 3.0, 4.0),      (2.0, 3.0, 4.0),             "2 is 2.00001 there"),
    ((2.0, 3.00001, 4.0),      (2.0, 3.0, 4.0),             "3 is 3.00001 there"),
    ((2.0, 3.0, -4.0),         (2.0, 3.0, 4.0),             "4 is -4 there"),
    ((2.0, 0.0, 4e9),          (2.0, 3.9, 4e9),             ""),  # next to nothing beside 4e9
    ((2.0, 0.0, 4e9),          (2.0, 4.1, 4e9),             "4.1 is 0 there"),
    ((2.0, -4e9, 0.0),         (2.0, -4e9, 3.9),            ""),
    ((1e-12, 0.0, 1e-12),      (0.0, 0.0, 1e-12),           "0 is 1e-12 there"),
    ((5.0, 3.0, 4.0),          (math.nan, 3.0, 4.0),        ""),  # what is no number cannot differ
    ((math.inf, 3.0, 4.0),     (math.inf, 3.0, 4.0),        ""),
]


@pytest.mark.parametrize(("found", "plain", "said"), COMPARED)
def test_how_a_trace_is_compared_with_the_plain_way(found, plain, said):
    a, b = Value(1.0), Value(1.5)
    loss, a.grad, b.grad = plain
    trace = Trace(lambda *given: found, [a], [1])
    assert trace.difference(loss, [Value(7.0), b], [0.5]) == said
    assert trace.checks == 1
    nothing = Trace(lambda *given: None, [a], [1])
    assert (nothing.difference(loss, [Value(7.0), b], [0.5]), nothing.checks) == ("", 0)


def test_a_trace_takes_floats_and_whole_numbers_up_to_what_a_float_can_hold():
    given = []
    trace = Trace(lambda *numbers: given.append(numbers) or (1.0, 2.0), [], [0])
    for number, taken in [(2.5, 2.5), (3, 3.0), (True, 1.0), (Measured(2), 2.0), (1j, None),
                          (2**53, 2.0**53), (-(2**53), -(2.0**53)), (2**53 + 1, None),
                          (-(2**53) - 1, None)]:
        x = Value(number)
        assert trace.replay([x], [0.5]) == (None if taken is None else 1.0)
        assert given == ([] if taken is None else [(taken, 0.5)])
        assert {type(n) for each in given for n in each} <= {float}
        given.clear()


def test_a_warning_names_the_line_that_calls():
    step = compiled(lambda xs: total(A * x for x in xs), traces=1)
    step([1.0])
    with pytest.warns(RuntimeWarning, match="more than 1 shapes") as warned:
        step([1.0, 2.0])
    assert warned[0].filename == __file__


def test_after_an_error_all_is_as_before():
    step = compiled(lambda x: A * x)
    with pytest.raises(TypeError):
        step(None)
    assert step(3.0).data == 6.0
