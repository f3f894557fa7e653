"""9. The same sweep over names

Your sweep multiplies and adds up, and it never asks what a number is. So give it something else
than numbers, and something else will come out. Let it see, in place of each node's .data, the node
itself. Then the slope of u * v for u is no longer the number in v: it is the Value v, with all its
memory. The grads become Values that remember how they were made: they are formulas.

It takes four small steps, and after each of them all stages before should still be passed:

1. A Value has a name, Value(1.5, name="x"): a fourth argument of __init__, name="".

2. It can write itself down, in __str__(self). Go through inputs_first(self), and keep the text of
each node in a dict. A node without inputs is its name or, if that is empty, its number: str(3.0).
One with two inputs is its sign between their texts, in parentheses. One with one input is like
exp(...).

3. The sweep is parted from its use. `seen` says what the sweep sees of a node, its data or itself:

    def data_of(node):
        return node.data

    def name_of(node):
        return node.data if node.row == "number" else node

slopes(node, seen=data_of) takes seen(x) of each input, where it took x.data, and seen(node) for y.
And sweep(result, seen) is what backward was, but with the grads in a dict: dict.fromkeys(order, 0)
at first, and 1 for the result. It gives the dict back. backward is now a loop that puts the grads
of sweep(self, data_of) into the nodes.

4. The same sweep, and it sees the nodes themselves:

    def derivative(y, x):
        return as_value(sweep(y, name_of).get(x, 0))

The formula will be longer than need be, (0 + (1 * ...)), as nothing is put away. It is right all
the same, and it can be derived again.

What is tested: str(y) and str(derivative(y, x)), read as formulas and compared with mathlab's; the
.data of a derivative; and a derivative of a derivative.
"""

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine
from mathlab import Value, parse, simplify
from mathlab import derivative as true_derivative
from mathlab.calculus.proof.same import differ, named_leaves
from mathlab.errors import MathlabError

HINTS = (
    "Four small steps, and after each of them the stages before should still be right: name and "
    "__str__; slopes with `seen`; sweep, and backward by it; derivative.",
    "In __str__: text = {}; for node in inputs_first(self): parts = [text[x] for x in "
    "node.inputs]. Then three cases, by len(parts). At the end return text[self].",
    "In the sweep: grads[x] = grads[x] + grads[node] * slope, where backward had x.grad += ...",
    "for node in reversed(order): for x, slope in zip(node.inputs, slopes(node, seen)): "
    "grads[x] = grads[x] + grads[node] * slope. After the loops: return grads.",
)
WORDS = {"must be real number, not Value": "the math module takes no Values: in slopes use your "
         "own log and exp, which take both"}
START = "x = Value(1.5, name='x'); z = Value(0.5, name='z'); y = "
FORMULAS = (
    ("x + x", "x"), ("x * z", "x"), ("x ** 2", "x"), ("3 * x - z / x", "x"), ("z / x", "z"),
    ("exp(x * z)", "x"), ("log(x) * tanh(x)", "x"), ("(x - z) ** 3", "z"), ("z ** x", "x"),
    ("1 / (1 + exp(-x))", "x"), ("(9 - (z * x + 2)) ** 2", "z"),
)


def check(answer: Answer) -> str:
    """Names, formulas as text, then derivatives of many kinds, and of a derivative."""
    engine = Engine(answer, WORDS)
    name = engine.ask("x = Value(1.5, name='x')", "x.name")
    if name != "x":
        engine.wrong("a Value should keep its name as .name", name, "x")
    for formula in ("x", "2 * x + z", "x - (z - 1)", "tanh(x) ** 2 / z", "-x"):
        same(engine, START + formula, "str(y)", parse(formula))
    for formula, by in FORMULAS:
        expected = true_derivative(parse(formula), parse(by))
        same(engine, START + formula, f"str(derivative(y, {by}))", expected)
    engine.gives(f"{START}x ** 2", "derivative(y, x).data", 3.0, why="the formula is right, and "
                 "its number should be the slope at x = 1.5")
    same(engine, f"{START}x ** 3; d = derivative(y, x)", "str(derivative(d, x))", parse("6*x"))
    same(engine, "x = Value(1.5, name='x'); z = Value(0.5, name='z'); y = x + 1",
         "str(derivative(y, z))", parse("0"))
    text = engine.ask(f"{START}x ** 2 * exp(x)", "str(derivative(y, x))")
    short = simplify(parse(text))
    return f"the slope of x**2 * exp(x) is {text}. Put in order by mathlab, that is {short}"


def same(engine: Engine, program: str, question: str, expected: Value) -> None:
    """Check that a text of the engine's is a formula that says what is expected."""
    text = engine.ask(program, question)
    if text.startswith("<"):
        engine.wrong("that is how Python writes what has no __str__ of its own", text, expected)
    try:
        mine = parse(text)
        difference = differ(mine, expected)
    except (MathlabError, TypeError, ValueError) as error:
        engine.wrong(f"it cannot be read as a formula: {error}", text, str(expected))
    if difference:
        why = f"that is another formula: {difference}"
        if named_leaves(expected) and not named_leaves(mine):
            why = ("that is a number, not a formula: the sweep has seen the .data, where it should "
                   "see the nodes themselves")
        engine.wrong(why, text, str(expected))
