"""The other way to build an engine: each operation stores its slopes when it is made.

A class the way microgpt has it, to compare with: as short as can be, its graph walked by recursion.
Source: A. Karpathy, "microgpt" (2026).
"""

import math
from typing import Any


class Stored:
    """A number, the numbers it was made from, and its slope by each of them."""

    __slots__ = ("data", "grad", "inputs", "slopes")

    def __init__(self, data: Any, inputs: tuple[Any, ...] = (), slopes: tuple[Any, ...] = ()):
        self.data = data
        self.grad = 0
        self.inputs = inputs
        self.slopes = slopes

    def __add__(self, other: Any) -> "Stored":
        other = other if isinstance(other, Stored) else Stored(other)
        return Stored(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other: Any) -> "Stored":
        other = other if isinstance(other, Stored) else Stored(other)
        return Stored(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n: Any) -> "Stored":
        return Stored(self.data**n, (self,), (n * self.data ** (n - 1),))

    def exp(self) -> "Stored":
        return Stored(math.exp(self.data), (self,), (math.exp(self.data),))

    def log(self) -> "Stored":
        return Stored(math.log(self.data), (self,), (1 / self.data,))

    def relu(self) -> "Stored":
        return Stored(max(0, self.data), (self,), (float(self.data > 0),))

    def __neg__(self) -> "Stored":
        return self * -1

    def __radd__(self, other: Any) -> "Stored":
        return self + other

    def __sub__(self, other: Any) -> "Stored":
        return self + (-other)

    def __rmul__(self, other: Any) -> "Stored":
        return self * other

    def __truediv__(self, other: Any) -> "Stored":
        return self * other**-1

    def backward(self) -> None:
        """Add the slope of this number to the `grad` of all it was made from."""
        order: list[Stored] = []
        seen: set[Stored] = set()

        def visit(node: Stored) -> None:
            if node not in seen:
                seen.add(node)
                for x in node.inputs:
                    visit(x)
                order.append(node)

        visit(self)
        self.grad = 1
        for node in reversed(order):
            for x, slope in zip(node.inputs, node.slopes, strict=True):
                x.grad += slope * node.grad
