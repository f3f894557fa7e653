"""Programs written for other small engines run on Value, and to the same numbers.

`Reference` is the classic design: one object a number, one closure an operation, gradients that
pile up until they are set to zero. Two training programs run on it and on Value, step by step
alike.
"""

import math
import random

import pytest

from mathlab import Value
from mathlab.calculus.graph.operations import ROWS, Operation
from mathlab.errors import FormulaError


class Reference:
    """A number with a gradient, as small engines have it."""

    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.children = children
        self.push = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Reference) else Reference(other)
        out = Reference(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out.push = push
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Reference) else Reference(other)
        out = Reference(self.data * other.data, (self, other))

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.push = push
        return out

    def unary(self, value, slope):
        out = Reference(value, (self,))

        def push():
            self.grad += slope * out.grad

        out.push = push
        return out

    def __pow__(self, n):
        return self.unary(self.data**n, n * self.data ** (n - 1))

    def exp(self):
        return self.unary(math.exp(self.data), math.exp(self.data))

    def log(self):
        return self.unary(math.log(self.data), 1 / self.data)

    def relu(self):
        return self.unary(max(0.0, self.data), float(self.data > 0))

    def tanh(self):
        return self.unary(math.tanh(self.data), 1 - math.tanh(self.data) ** 2)

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node.children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.push()

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return self**-1 * other

    __radd__ = __add__
    __rmul__ = __mul__


# A small network that learns two rings, neuron by neuron


class Neuron:
    def __init__(self, engine, dice, inputs, bent):
        self.weights = [engine(dice.uniform(-1, 1)) for _ in range(inputs)]
        self.bias = engine(0.0)
        self.bent = bent

    def __call__(self, xs):
        act = sum((w * x for w, x in zip(self.weights, xs, strict=True)), self.bias)
        return act.relu() if self.bent else act

    def parameters(self):
        return [*self.weights, self.bias]


class Network:
    def __init__(self, engine, dice, sizes):
        self.layers = [
            [Neuron(engine, dice, n, bent=i < len(sizes) - 2) for _ in range(sizes[i + 1])]
            for i, n in enumerate(sizes[:-1])
        ]

    def __call__(self, xs):
        for layer in self.layers:
            xs = [neuron(xs) for neuron in layer]
        return xs[0]

    def parameters(self):
        return [p for layer in self.layers for neuron in layer for p in neuron.parameters()]

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0


def rings(engine, steps=12):
    """The losses of a network with hinge loss and a decaying learning rate."""
    dice = random.Random(7)
    points = []
    for i in range(24):
        angle, radius = dice.uniform(0, 2 * math.pi), 1.0 if i % 2 else 2.0
        points.append((radius * math.cos(angle), radius * math.sin(angle), 1 if i % 2 else -1))
    network = Network(engine, dice, [2, 6, 5, 1])
    history = []
    for step in range(steps):
        scores = [network([x, y]) for x, y, _ in points]
        losses = [
            (1 + -label * score).relu() for score, (_, _, label) in zip(scores, points, strict=True)
        ]
        data_loss = sum(losses) * (1.0 / len(losses))
        penalty = 1e-4 * sum(p * p for p in network.parameters())
        total_loss = data_loss + penalty
        network.zero_grad()
        total_loss.backward()
        rate = 0.5 - 0.4 * step / steps
        for p in network.parameters():
            p.data -= rate * p.grad
        right = sum(
            (score.data > 0) == (label > 0)
            for score, (*_, label) in zip(scores, points, strict=True)
        )
        history.append((total_loss.data, right))
    return history, [p.data for p in network.parameters()], [p.grad for p in network.parameters()]


# A small model of language: one head of attention, and Adam

LETTERS = "abcde"
WORDS = ("abca", "bcde", "edab", "cabd")
WIDTH = 4


def matrix(engine, dice, rows, columns):
    return [[engine(dice.gauss(0, 0.4)) for _ in range(columns)] for _ in range(rows)]


def linear(x, w):
    return [sum(wi * xi for wi, xi in zip(row, x, strict=True)) for row in w]


def softmax(logits):
    highest = max(z.data for z in logits)
    exps = [(z - highest).exp() for z in logits]
    whole = sum(exps)
    return [e / whole for e in exps]


def rmsnorm(x):
    mean_square = sum(xi * xi for xi in x) / len(x)
    scale = (mean_square + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def next_letter(weights, letter, place, keys, values):
    x = [t + p for t, p in zip(weights["letter"][letter], weights["place"][place], strict=True)]
    x = rmsnorm(x)
    query = linear(x, weights["query"])
    keys.append(linear(x, weights["key"]))
    values.append(linear(x, weights["value"]))
    attention = softmax(
        [sum(q * k for q, k in zip(query, key, strict=True)) / WIDTH**0.5 for key in keys]
    )
    seen = [sum(a * v[j] for a, v in zip(attention, values, strict=True)) for j in range(WIDTH)]
    x = [a + b for a, b in zip(x, linear(seen, weights["out"]), strict=True)]
    hidden = [h.relu() ** 2 for h in linear(rmsnorm(x), weights["up"])]
    x = [a + b for a, b in zip(x, linear(hidden, weights["down"]), strict=True)]
    return linear(x, weights["answer"])


def language(engine, steps=8):
    """The losses of a tiny transformer."""
    dice = random.Random(3)
    shapes = {
        "letter": (len(LETTERS), WIDTH),
        "place": (4, WIDTH),
        "query": (WIDTH, WIDTH),
        "key": (WIDTH, WIDTH),
        "value": (WIDTH, WIDTH),
        "out": (WIDTH, WIDTH),
        "up": (2 * WIDTH, WIDTH),
        "down": (WIDTH, 2 * WIDTH),
        "answer": (len(LETTERS), WIDTH),
    }
    weights = {name: matrix(engine, dice, *shape) for name, shape in shapes.items()}
    params = [p for rows in weights.values() for row in rows for p in row]
    m, v = [0.0] * len(params), [0.0] * len(params)
    history = []
    for step in range(steps):
        letters = [LETTERS.index(c) for c in WORDS[step % len(WORDS)]]
        keys, values, losses = [], [], []
        for place in range(len(letters) - 1):
            logits = next_letter(weights, letters[place], place, keys, values)
            losses.append(-softmax(logits)[letters[place + 1]].log())
        loss = (1 / len(losses)) * sum(losses)
        loss.backward()
        rate = 0.05 * (1 - step / steps)
        for i, p in enumerate(params):
            m[i] = 0.9 * m[i] + 0.1 * p.grad
            v[i] = 0.95 * v[i] + 0.05 * p.grad**2
            m_hat, v_hat = m[i] / (1 - 0.9 ** (step + 1)), v[i] / (1 - 0.95 ** (step + 1))
            p.data -= rate * m_hat / (v_hat**0.5 + 1e-8)
            p.grad = 0
        history.append(loss.data)
    return history, [p.data for p in params]


def test_a_network_learns_two_rings_number_for_number():
    ours, our_parameters, our_slopes = rings(Value)
    theirs, their_parameters, their_slopes = rings(Reference)
    assert [right for _, right in ours] == [right for _, right in theirs]
    assert [loss for loss, _ in ours] == pytest.approx([loss for loss, _ in theirs], rel=1e-12)
    assert our_parameters == pytest.approx(their_parameters, rel=1e-12, abs=1e-14)
    assert our_slopes == pytest.approx(their_slopes, rel=1e-10, abs=1e-14)
    assert ours[-1][0] < ours[0][0]  # and it does learn


def test_a_language_model_learns_four_words_number_for_number():
    ours, our_parameters = language(Value)
    theirs, their_parameters = language(Reference)
    assert ours == pytest.approx(theirs, rel=1e-12)
    assert our_parameters == pytest.approx(their_parameters, rel=1e-10, abs=1e-12)
    assert ours[-1] < ours[0]


def test_gradients_do_not_pile_up_where_the_classic_forgets_to_reset():
    a = Value(3.0)
    y = a * a
    y.backward()
    y.backward()
    assert a.grad == 6.0


def test_the_example_everyone_knows():
    # published with micrograd, in its README: g = 24.7041, dg/da = 138.8338, dg/db = 645.5773
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert [round(x, 4) for x in (g.data, a.grad, b.grad)] == [24.7041, 138.8338, 645.5773]


# The words of micrograd's users


@pytest.mark.parametrize("make", [
    lambda: Value(2.0, label="a"),
    lambda: Value(2.0, name="a"),
    lambda: Value(2.0, _children=(), _op="", label="a"),
    lambda: Value(2.0, (), "", "a"),
])
def test_a_label_is_the_name(make):
    a = make()
    assert (a.name, a.label, a.data, a.inputs, a.operation) == ("a", "a", 2.0, (), None)
    y = a * 3
    y.label = "y"
    assert y.name == "y"
    assert repr(Value(2.0, (), "")) == repr(Value(2.0))


def test_what_draws_a_graph_of_theirs_draws_one_of_ours():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    nodes, edges = set(), set()

    def build(v):  # as in micrograd's notebook trace_graph
        if v not in nodes:
            nodes.add(v)
            for child in v._prev:
                edges.add((child, v))
                build(child)

    y = (a * b + 1).tanh()
    y.backward()
    build(y)
    rows = {f"{n.label}|{n._op}|{n.data:.4f}|{n.grad:.4f}" for n in nodes}
    # 1 - tanh(-5)**2 is 0.000181583, and tanh(-5) is -0.999909204
    assert rows == {"a||2.0000|-0.0005", "b||-3.0000|0.0004", "||1.0000|0.0000",
                    "|*|-6.0000|0.0002", "|+|-5.0000|0.0002", "|tanh|-0.9999|1.0000"}
    assert len(edges) == 5


def test_pow():
    a = Value(3.0, "a")
    y = a.pow(2)
    y.backward()
    assert (y.data, a.grad, str(y)) == (9.0, 6.0, "a**2")
    with pytest.raises(TypeError):
        a.pow("2")


@pytest.mark.parametrize("write", [
    lambda a: Value(5.0, (a, a), "+"),
    lambda a: Value(5.0, _children=(a, a)),
    lambda a: Value(5.0, _op="+"),
    lambda a: setattr(a, "_backward", lambda: None),
])
def test_what_a_value_knows_by_itself_cannot_be_told_to_it(write):
    with pytest.raises(FormulaError, match=r"notes by itself what it is made of: write a \+ b, or"):
        write(Value(2.0))


def test_the_row_that_the_error_advises():
    a = Value(3.0)
    with pytest.raises(FormulaError) as caught:
        a._backward = None
    assert "square = Operation('square', lambda x: x*x, lambda x, y: 2*x)" in str(caught.value)
    y = Operation("square_of_theirs", lambda x: x * x, lambda x, y: 2 * x)(a)
    y.backward()
    assert (y.data, a.grad) == (9.0, 6.0)
    del ROWS["square_of_theirs"]
