"""Figures that are measured: `python -m tests.promises.measures NAME` prints one.

The status says whether it is as good as promised.
"""

import ast
import builtins
import io
import json
import math
import sys
from contextlib import redirect_stderr, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mathlab import Value, compile_formula, derivative, parse, sin, symbols
from mathlab.__main__ import main as command
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.text.parse import read_leniently
from mathlab.errors import MathlabError
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.saved import load
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.model import Model
from tests.calculus.numeric.cancellations import cancellations, figures
from tests.learning.descent.test_train import Tour
from tests.learning.test_nist import CERTIFIED, data, printed, starting

ROOT = Path(__file__).parents[2]
BARS, LINKS, STACK, WALKS = 500, 1_000_000, 200, 20
DIGITS = {"linear": 15, "nonlinear": 11}  # that NIST prints


def bars():
    """Error bars of random functions, whose slopes are known to 100 digits."""
    found = figures(cancellations(BARS, seed=0))
    return found.broken <= 0.01 and found.median < 40, (
        f"{1 - found.broken:.1%} of {BARS} bars hold; half are within {found.median:.2g} times the "
        "error")


def digits():
    """How many printed digits of parameters and standard errors agree with the certified ones."""
    short, fits = [], 0
    for name, known in CERTIFIED.items():
        most = DIGITS[known["kind"]]
        for start in [()] if known["kind"] == "linear" else [("start_1",), ("start_2",)]:
            given = [starting(known, each) for each in start]
            trainer = Trainer(known["model"]).fit(data(name), *given)
            found = dict(zip(trainer.surface.parameters, trainer.bottom.position, strict=True))
            errors, fits = Uncertainty(trainer).exact_errors, fits + 1
            for ours, theirs in ((found, "certified"), (errors, "standard_deviation")):
                short += [most - agreeing(ours[parameter], value, most) for parameter, value
                          in zip(known["parameters"], known[theirs], strict=True)]
    return not any(short), (
        f"{len(short)} numbers of {fits} fits, {short.count(0)} to the last certified digit")


def agreeing(ours, theirs, most):
    """To how many digits two numbers are the same as printed."""
    return next((n for n in range(most, 0, -1) if printed(ours, n) == printed(theirs, n)), 0)


def chain():
    """Graphs that are deeper than Python's stack by far: a slope, a text, a formula of a slope."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(STACK)
    try:
        return chained(), (f"backward and text of {LINKS:,} operations, derivative of "
                           f"{LINKS // 100:,}, on a stack of {STACK}")
    finally:
        sys.setrecursionlimit(before)


def chained():
    """Whether slope and text of a long chain are right, and the derivative of a shorter one."""
    x = y = Value(1.0, "x")
    for i in range(LINKS):
        y = y * 1.000001 if i % 2 else y + 1e-9
    z = x
    for _ in range(LINKS // 100):
        z = z.sin()
    z.backward()
    slope, steep = x.grad, derivative(z, x).data
    y.backward()
    return (slope == pytest.approx(steep) and len(str(y)) > LINKS
            and x.grad == pytest.approx(1.000001 ** (LINKS // 2)))


def programs():
    """All places in mathlab that could run a text as a program; and texts that would tell if they
    were run, at every door by which a text comes in."""
    places, ran, tried = [], [], 0
    for path in sorted((ROOT / "mathlab").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in (
                    "eval", "exec", "__import__"):
                places.append(f"{node.func.id} in {path.relative_to(ROOT).as_posix()}")
    builtins.canary = lambda *given: ran.append(given)
    try:
        with TemporaryDirectory() as name:
            for text in CANARIES:
                for door in DOORS:
                    tried += 1
                    with suppress(MathlabError, SystemExit), redirect_stderr(io.StringIO()):
                        door(text, Path(name))
    finally:
        del builtins.canary
    return places == ["exec in mathlab/calculus/code/compile.py"] and not ran, (
        f"{len(ran)} of {tried} hostile texts ran; {len(places)} place could run one: "
        f"{', '.join(places)}, for formulas compiled")


CANARIES = (
    *("canary()", "x) + canary(", "x\ncanary()", "x; canary()", "{canary()}", "x = canary()"),
    *("x if canary() else x", "(lambda: canary())()", "[canary() for x in [1]]", "`canary()`"),
    *("__import__('builtins').canary()", "f'{canary()}'", "=canary()", "\\canary()", "#\ncanary()"),
    *("x.__class__.__base__.__subclasses__()[canary()]", "x\"\"\"\ncanary()\n\"\"\""))


def _compiled(text, folder):
    compile_formula(sin(Value(1.0, text)) + 1, [text])(2.0)


def _fitted(text, folder):
    Trainer(f"y = a*{text} + b").fit({text: [1.0, 2.0, 3.0], "y": [2.0, 3.5, 6.0]}, steps=2)


def _read(text, folder):
    path = folder / "canary.csv"
    path.write_text(f'"{text}",y,z\n1,2,"{text}"\n3,4,\n', encoding="utf-8")
    read_csv(path, types={"y": float}, missing=[text])


def _loaded(text, folder):
    path = folder / "canary.json"
    path.write_text(json.dumps({
        "format": "mathlab model", "version": 2, "model": f"y = a*{text}", "loss": "squared",
        "parameters": {"a": 1.0}, "features": [text], "reading": {"missing": [text]}}))
    load(path).predict({text: [1.0]})


DOORS = (
    lambda text, folder: parse(text).at(x=1.0), lambda text, folder: read_leniently(text),
    lambda text, folder: symbols(text), lambda text, folder: Operation(text, math.sin, math.cos),
    lambda text, folder: Model(f"y = {text}"), lambda text, folder: command(["derive", text]),
    lambda text, folder: command(["derive", "x", "--at", f"x={text}"]),
    _compiled, _fitted, _read, _loaded)


def ups_and_downs(count):
    """So many places on both sides of the bottom, and then Ctrl-C."""
    return [*([(7 * step) % 5 / 1.3] for step in range(count)), None]


def interrupted():
    """Walks that end by Ctrl-C at each of the first steps, at places that are better and worse."""
    table = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.1, 5.9]})
    kept = 0
    for stop in range(1, WALKS + 1):
        trainer = Trainer("y = a*x", optimizer=Tour(*ups_and_downs(stop))).fit(table, {"a": 0.0})
        best = min(trainer.history, key=lambda step: step.loss)
        kept += trainer.interrupted and trainer.parameters == {"a": best.position[0]}
    return kept == WALKS, f"{kept} of {WALKS} interrupted walks"


MEASURES = {each.__name__: each for each in (bars, digits, chain, programs, interrupted)}

if __name__ == "__main__":
    holds, said = MEASURES[sys.argv[1]]()
    print(said)
    raise SystemExit(not holds)
