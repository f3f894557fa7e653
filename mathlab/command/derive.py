"""`python -m mathlab derive`: a derivative, rule by rule, and by all the methods.

On the page: `above[y].backward()`, whose steps are shown here.
"""

import argparse

from mathlab import names
from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.algebra.steps import steps
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.proof.compare import compare
from mathlab.calculus.text.parse import parse
from mathlab.command.options import FORM, completed, numbers
from mathlab.errors import FormulaError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser("derive", help="the derivative of a formula, step by step")
    parser.add_argument("formula", help="such as 'x**2*sin(x)'")
    parser.add_argument("--by", default="", type=names.form,
                        help="the name to differentiate by; else the first")
    parser.add_argument("--at", nargs="+", action="extend", default=[], metavar=FORM,
                        help="where to compare the methods, such as x=1/2")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print the steps, the derivative, and what each method finds."""
    formula = parse(completed(options.formula))
    unknowns = {leaf.name: leaf for leaf in inputs_first(formula) if leaf.operation is None}
    if not unknowns:
        raise FormulaError(f"{options.formula} has no unknown to differentiate by")
    by = options.by or next(iter(unknowns))
    place = numbers(options.at)
    for name in (by, *place):
        if name not in unknowns:
            has = ", ".join(unknowns)
            raise FormulaError(f"there is no {name} in {options.formula}; it has {has}")
    if place and (missing := [name for name in unknowns if name not in place]):
        wanted = " ".join(f"{name}=NUMBER" for name in missing)
        raise FormulaError(f"--at needs a number for each unknown: add {wanted}")
    x = unknowns[by]
    print(steps(formula, x))
    print(f"\nd/d{by} = {derivative(formula, x)}")
    if place:
        print(f"\n{compare(formula, place, by)}")
