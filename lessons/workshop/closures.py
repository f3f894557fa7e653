"""The other design: no table; each operation leaves a function behind that hands its slopes on.

This is how micrograd does it, a small engine that many have learnt from, written here in our own
words for the race. The function is called a closure, as it closes over the numbers it was made
with. It is short, and nothing can be read off it: the slopes are inside, and they are numbers.
"""

import math
from collections.abc import Callable
from typing import Any


class Value:
    """A number, what it was made from, and how it hands its grad on."""

    def __init__(self, data: float, inputs: tuple["Value", ...] = ()) -> None:
        self.data, self.inputs, self.grad = data, inputs, 0.0
        self.hand_on: Callable[[], None] = lambda: None

    def __add__(self, other: Any) -> "Value":
        other = other if isinstance(other, Value) else Value(other)
        result = Value(self.data + other.data, (self, other))

        def hand_on() -> None:
            self.grad += result.grad
            other.grad += result.grad

        result.hand_on = hand_on
        return result

    def __mul__(self, other: Any) -> "Value":
        other = other if isinstance(other, Value) else Value(other)
        result = Value(self.data * other.data, (self, other))

        def hand_on() -> None:
            self.grad += other.data * result.grad
            other.grad += self.data * result.grad

        result.hand_on = hand_on
        return result

    def with_one_input(self, data: float, slope: float) -> "Value":
        """What a function of this Value gives, where it has that slope."""
        result = Value(data, (self,))

        def hand_on() -> None:
            self.grad += slope * result.grad

        result.hand_on = hand_on
        return result

    def __pow__(self, power: float) -> "Value":
        return self.with_one_input(self.data**power, power * self.data ** (power - 1))

    __radd__, __rmul__ = __add__, __mul__
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + -other
    __rsub__ = lambda self, other: -self + other
    __truediv__ = lambda self, other: self * other**-1

    def backward(self) -> None:
        """Let all hand on, from this result back."""
        order: list[Value] = []
        met: set[Value] = set()

        def visit(value: Value) -> None:
            if value not in met:
                met.add(value)
                for each in value.inputs:
                    visit(each)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            value.hand_on()


def exp(x: Value) -> Value:
    """The exponential."""
    y = math.exp(x.data)
    return x.with_one_input(y, y)


def log(x: Value) -> Value:
    """The natural logarithm."""
    return x.with_one_input(math.log(x.data), 1 / x.data)


def tanh(x: Value) -> Value:
    """The hyperbolic tangent."""
    y = math.tanh(x.data)
    return x.with_one_input(y, 1 - y * y)
