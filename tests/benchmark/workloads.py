"""What is timed: training steps of small models, for any class of numbers that learn.

A step builds the loss, sweeps it backwards and moves the parameters; the last two only build and
sweep. Each of these makes a step from a class, so that the very same code runs with ours and with a
peer's.
"""

import random
from collections.abc import Callable
from typing import Any

from mathlab import dot, total

POINTS = 50
LAYERS = ((2, 16), (16, 16), (16, 1))

Step = Callable[[], object]


def points_about_a_line(count: int) -> list[tuple[float, float]]:
    """Always the same ones."""
    dice = random.Random(1)
    places = [dice.uniform(0, 1) for _ in range(count)]
    return [(x, 3 * x + 1 + dice.gauss(0, 0.1)) for x in places]


def descend(parameters: list[Any], rate: float) -> None:
    """Gradient descent; the slopes are cleared, since some classes let them pile up."""
    for p in parameters:
        p.data -= rate * p.grad
        p.grad = 0


def line_step(value: Any, size: int) -> Step:
    """A line through so many points."""
    rows = points_about_a_line(size)
    slope, intercept = value(0.5), value(0.2)

    def step() -> object:
        loss = sum((slope * x + intercept - y) ** 2 for x, y in rows) * (1 / len(rows))
        loss.backward()
        descend([slope, intercept], 0.1)
        return loss.data

    return step


def network_step(value: Any, size: int, with_dot: bool = False) -> Step:
    """A 2-16-16-1 relu network that learns to multiply, on so many points."""
    dice = random.Random(2)
    layers = [[[value(dice.uniform(-1, 1)) for _ in range(n + 1)] for _ in range(m)]
              for n, m in LAYERS]
    weights = [weight for layer in layers for unit in layer for weight in unit]
    points = [(dice.uniform(-1, 1), dice.uniform(-1, 1)) for _ in range(size)]

    def neuron(unit: list[Any], inputs: list[Any]) -> Any:
        if with_dot:
            return dot(unit[1:], inputs) + unit[0]
        return sum((w * x for w, x in zip(unit[1:], inputs, strict=True)), unit[0])

    def step() -> object:
        losses = []
        for u, v in points:
            outputs: list[Any] = [value(u), value(v)]
            for layer in layers:
                outputs = [neuron(unit, outputs) for unit in layer]
                if len(outputs) > 1:
                    outputs = [output.relu() for output in outputs]
            losses.append((outputs[0] - u * v) ** 2)
        loss = (total(losses) if with_dot else sum(losses)) * (1 / size)
        loss.backward()
        descend(weights, 1e-3)
        return loss.data

    return step


def gpt_step(value: Any, size: int) -> Step:
    """A tiny GPT that learns some letters in a row: embedding, attention, rmsnorm, softmax, Adam.

    Source: A. Vaswani and others, "Attention is all you need" (2017); D. Kingma and J. Ba, "Adam"
    (2015).
    """
    dice = random.Random(5)
    width, heads, length, letters = 16, 4, size, 27
    head = width // heads

    def matrix(rows: int, columns: int) -> list[list[Any]]:
        return [[value(dice.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

    letter, place, output = (matrix(n, width) for n in (letters, length, letters))
    query, key, content, mix = (matrix(width, width) for _ in range(4))
    widen, narrow = matrix(4 * width, width), matrix(width, 4 * width)
    matrices = (letter, place, output, query, key, content, mix, widen, narrow)
    weights = [weight for each in matrices for row in each for weight in row]
    text = [dice.randrange(letters) for _ in range(length + 1)]
    mean, mean_square = [0.0] * len(weights), [0.0] * len(weights)

    def linear(x: list[Any], rows: list[list[Any]]) -> list[Any]:
        return [sum(w * xi for w, xi in zip(row, x, strict=True)) for row in rows]

    def softmax(x: list[Any]) -> list[Any]:
        largest = max(xi.data for xi in x)
        powers = [(xi - largest).exp() for xi in x]
        whole = sum(powers)
        return [power / whole for power in powers]

    def rmsnorm(x: list[Any]) -> list[Any]:
        scale = (sum(xi * xi for xi in x) / len(x) + 1e-5) ** -0.5
        return [xi * scale for xi in x]

    def attend(x: list[Any], keys: list[list[Any]], contents: list[list[Any]]) -> list[Any]:
        asked, found = linear(x, query), []
        for part in (slice(i, i + head) for i in range(0, width, head)):
            fits = [sum(q * k for q, k in zip(asked[part], each[part], strict=True)) / head**0.5
                    for each in keys]
            shares = softmax(fits)
            columns = zip(*(each[part] for each in contents), strict=True)
            found += [sum(s * c for s, c in zip(shares, column, strict=True)) for column in columns]
        return linear(found, mix)

    def added(x: list[Any], y: list[Any]) -> list[Any]:
        return [xi + yi for xi, yi in zip(x, y, strict=True)]

    def step() -> object:
        keys: list[list[Any]] = []
        contents: list[list[Any]] = []
        losses = []
        for i in range(length):
            x = rmsnorm(added(letter[text[i]], place[i]))
            normal = rmsnorm(x)
            keys.append(linear(normal, key))
            contents.append(linear(normal, content))
            x = added(x, attend(normal, keys, contents))
            hidden = [h.relu() for h in linear(rmsnorm(x), widen)]
            x = added(x, linear(hidden, narrow))
            losses.append(-softmax(linear(x, output))[text[i + 1]].log())
        loss = (1 / length) * sum(losses)
        loss.backward()
        for i, weight in enumerate(weights):
            mean[i] = 0.9 * mean[i] + 0.1 * weight.grad
            mean_square[i] = 0.95 * mean_square[i] + 0.05 * weight.grad**2
            weight.data -= 0.01 * mean[i] / (mean_square[i] ** 0.5 + 1e-8)
            weight.grad = 0
        return loss.data

    return step


def chain_step(value: Any, size: int) -> Step:
    """So many operations, one after the other."""

    def step() -> object:
        y = x = value(1.0)
        for _ in range(size // 2):
            y = y * 0.5 + x
        y.backward()
        return x.grad

    return step


def sum_step(value: Any, size: int) -> Step:
    """A sum of so many."""

    def step() -> object:
        xs = [value(float(i)) for i in range(size)]
        y = sum(xs)
        y.backward()
        return xs[0].grad

    return step
