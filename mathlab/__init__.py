"""A small math engine to learn from: one number, three ways to its derivative, a model that learns.

>>> x = Value(3.0, name="x")
>>> y = x**2 + sin(x)
>>> y.backward()
>>> x.grad
5.010007503399555
"""

from mathlab.calculus.differentiate import derivative, gradient, hessian, jacobian
from mathlab.calculus.operations import cos, exp, log, relu, sin, sqrt, step, tanh
from mathlab.calculus.simplify import simplify
from mathlab.calculus.value import Value, symbols

__all__ = [
    "Value",
    "cos",
    "derivative",
    "exp",
    "gradient",
    "hessian",
    "jacobian",
    "log",
    "relu",
    "simplify",
    "sin",
    "sqrt",
    "step",
    "symbols",
    "tanh",
]
