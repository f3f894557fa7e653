"""What is timed: training steps of small models, for any class of numbers that learn.

A step builds the loss, sweeps it backwards and moves the parameters; the last two only build and
sweep. Each of these makes a step from a class, so that the very same code runs with ours and with a
peer's.
"""

import math
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


class TinyGPT:
    """A character model: embedding, attention, rmsnorm, softmax, and two layers; no biases.

    Source: A. Vaswani and others, "Attention is all you need" (2017).
    """

    width, heads = 16, 4

    def __init__(self, value: Any, letters: int, length: int):
        dice, width = random.Random(5), self.width

        def matrix(rows: int, columns: int) -> list[list[Any]]:
            return [[value(dice.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

        self.letter, self.place = matrix(letters, width), matrix(length, width)
        self.output = matrix(letters, width)
        self.query, self.key, self.content, self.mix = (matrix(width, width) for _ in range(4))
        self.widen, self.narrow = matrix(4 * width, width), matrix(width, 4 * width)
        matrices = (self.letter, self.place, self.output, self.query, self.key, self.content,
                    self.mix, self.widen, self.narrow)
        self.weights = [weight for each in matrices for row in each for weight in row]

    def loss(self, letters: list[list[Any]], likelihood: Callable[[list[Any], int], Any]) -> Any:
        """How surprising a text is, on average; given the rows of its letters in the embedding.

        `likelihood` takes the probabilities of all letters at a place, and that place.
        """
        keys: list[list[Any]] = []
        contents: list[list[Any]] = []
        losses = []
        for i, letter in enumerate(letters):
            x = rmsnorm(added(letter, self.place[i]))
            normal = rmsnorm(x)
            keys.append(linear(normal, self.key))
            contents.append(linear(normal, self.content))
            x = added(x, self.attend(normal, keys, contents))
            hidden = [h.relu() for h in linear(rmsnorm(x), self.widen)]
            x = added(x, linear(hidden, self.narrow))
            losses.append(-likelihood(softmax(linear(x, self.output)), i).log())
        return (1 / len(letters)) * sum(losses)

    def attend(self, x: list[Any], keys: list[list[Any]], contents: list[list[Any]]) -> list[Any]:
        """What earlier places say that fits what is asked here."""
        asked, found, head = linear(x, self.query), [], self.width // self.heads
        for part in (slice(i, i + head) for i in range(0, self.width, head)):
            fits = [sum(q * k for q, k in zip(asked[part], each[part], strict=True)) / head**0.5
                    for each in keys]
            shares = softmax(fits)
            columns = zip(*(each[part] for each in contents), strict=True)
            found += [sum(s * c for s, c in zip(shares, column, strict=True)) for column in columns]
        return linear(found, self.mix)


def linear(x: list[Any], rows: list[list[Any]]) -> list[Any]:
    """A matrix times a vector."""
    return [sum(w * xi for w, xi in zip(row, x, strict=True)) for row in rows]


def softmax(x: list[Any]) -> list[Any]:
    """Positive numbers with the sum 1. The inputs are small: the largest need not be taken out."""
    powers = [xi.exp() for xi in x]
    whole = sum(powers)
    return [power / whole for power in powers]


def rmsnorm(x: list[Any]) -> list[Any]:
    """The same direction, at a size of about 1."""
    scale = (sum(xi * xi for xi in x) / len(x) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def added(x: list[Any], y: list[Any]) -> list[Any]:
    """The sum of two vectors."""
    return [xi + yi for xi, yi in zip(x, y, strict=True)]


class Adam:
    """Steps whose size does not depend on that of the slopes.

    Source: D. Kingma and J. Ba, "Adam" (2015).
    """

    def __init__(self, weights: list[Any]):
        self.weights = weights
        self.means, self.squares = [0.0] * len(weights), [0.0] * len(weights)
        self.taken = 0

    def move(self, rate: float) -> None:
        """One step; the slopes are cleared. Both means are kept without their constant factors."""
        self.taken += 1
        size = math.sqrt(0.01 / (1 - 0.99**self.taken))
        rate, tiny = rate * 0.15 / (1 - 0.85**self.taken) / size, 1e-8 / size
        means, squares = self.means, self.squares
        for i, w in enumerate(self.weights):
            slope = w.grad
            means[i] = mean = 0.85 * means[i] + slope
            squares[i] = square = 0.99 * squares[i] + slope * slope
            w.data -= rate * mean / (math.sqrt(square) + tiny)
            w.grad = 0


def gpt_step(value: Any, size: int) -> Step:
    """A tiny GPT that learns so many letters in a row."""
    dice = random.Random(5)
    model = TinyGPT(value, letters=27, length=size)
    text = [dice.randrange(27) for _ in range(size + 1)]
    adam = Adam(model.weights)

    def step() -> object:
        letters = [model.letter[each] for each in text[:-1]]
        loss = model.loss(letters, lambda chances, i: chances[text[i + 1]])
        loss.backward()
        adam.move(0.01)
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
