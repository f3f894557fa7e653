'''6. exp, log and tanh

A row each, and each with one input, called x:

    exp     its slope is y, exp(x) again: it grows as fast as it is large
    log     its slope is 1 / x: it rises ever more slowly
    tanh    its slope is 1 - y * y: steep at 0, level far out

How to compute them, Python's math module knows: `import math` at the top of your file, then
math.exp, math.log and math.tanh. In the table they are "exp", "log" and "tanh". They are called as
functions:

    def exp(x):
        return apply("exp", x)

exp of a Value is a Value; but exp(0.5) is to give a plain number, so that a formula, or a slope in
the table, can be worked out with either. So let apply begin with a look: if none of the inputs is a
Value, return TABLE[row][0](*inputs).

Now the row of ** can have its second slope: u ** v moves with v by y * log(u). Take your own log,
not math.log: in stage 9 slopes are worked out with Values. (2 ** x asks for __rpow__, as 2 - x asks
for __rsub__.) But this makes trouble for x ** 2 where
x is negative: log(-3) has no value. And nobody wants that slope: the 2 is a plain number and never
moves. So let as_value mark what it makes, say with row="number", and let slopes put 0 for an input
with that mark, and not work out its slope.

What is tested: exp, log, tanh of Values and of plain numbers, u ** v with both slopes, the second
also worked out with a Value, and x ** 2 for a negative x.
'''

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine

HINTS = (
    "Take one function at a time: its row, then its def. The slope in the row of exp is "
    "lambda x, y: y.",
    "any(isinstance(x, Value) for x in inputs) is True if one of them is a Value.",
    'In as_value: Value(x, row="number"). In slopes, go through the inputs and the slopes of the '
    'row together, and look at x.row == "number" before a slope is worked out.',
    '[0 if x.row == "number" else slope(*numbers, node.data) for x, slope in zip(node.inputs, '
    "TABLE[node.row][1:])]",
)
WORDS = {
    "math domain error": "log has no value for a number below 0, and here it is not wanted: the 2 "
    "is a plain number, which never moves, so put 0 for its slope without working it out",
    "expected a positive input": "log has no value for a number below 0, and here it is not "
    "wanted: the 2 is a plain number, which never moves, so put 0 for its slope without working it "
    "out",
    "must be real number, not Value": "the math module takes plain numbers alone: let apply call "
    "it, and in a slope take your own log",
    "object has no attribute 'data', in line": "of plain numbers a plain number should come: let "
    "apply look first whether any of its inputs is a Value",
}
PLAIN = "of a plain number a plain number should come: let apply look for a Value first"
NUMBERS = (  # the result at 0.5, then its slope there, and slips
    ("exp", 1.6487212707001282, 1.6487212707001282, {
        0.3032653298563167: "that is the rule of powers, and here the exponent moves: exp is its "
                            "own slope, y",
        1.0: "the slope of exp is y, and 1 only at x = 0",
        0.5: "the slope of exp is y, not x"}),
    ("log", -0.6931471805599453, 2.0, {
        -0.6931471805599453: "that is the logarithm itself; its slope is 1 / x",
        -1.4426950408889634: "that is 1 / y, and the slope of log is 1 / x",
        0.5: "that is x, and the slope of log is 1 / x"}),
    ("tanh", 0.46211715726000973, 0.7864477329659274, {
        0.75: "that is 1 - x*x; take y, the result: 1 - y*y",
        0.24856489022593714: "that is y*(1 - y), the slope of the sigmoid; here it is 1 - y*y",
        0.5378828427399902: "that is 1 - y; it is 1 - y*y",
        0.21355226703407262: "that is y*y, what is missing to 1: it is 1 - y*y"}),
)


def check(answer: Answer) -> str:
    """Each function, of Values and of numbers; then both slopes of a power."""
    engine = Engine(answer, WORDS)
    for name, result, slope, slips in NUMBERS:
        program = f"x = Value(0.5); y = {name}(x)"
        engine.gives(program, "y.data", result, why=f"is it math.{name} that computes it?")
        engine.gives(f"{program}; y.backward()", "x.grad", slope, slips,
                     f"the slope in the row of {name} is not right")
        came = engine.ask("", f"{name}(0.5)")
        if not isinstance(came, float):
            engine.wrong(PLAIN, came, result)
    power = "u = Value(2.0); v = Value(3.0); y = u ** v; y.backward()"
    engine.gives(power, "u.grad", 12.0, why="the slope of u**v for u is v * u**(v - 1)")
    engine.gives(power, "v.grad", 5.545177444479562, {
        0.0: "v gets nothing: the row of ** needs its second slope, y * log(u)",
        12.0: "that is the slope for u; for v it is y * log(u)",
        8.0: "that is y; the slope for v is y * log(u)",
        0.6931471805599453: "that is log(u); the slope for v is y * log(u)",
        8.788898309344878: "that is y * log(v); the slope for v is y * log(u)",
    }, "the slope of u**v for v is y * log(u)")
    engine.ask("slope_for_v = TABLE['**'][2]", "slope_for_v(Value(2.0), 3.0, 8.0)")
    engine.gives("x = Value(-3.0); y = x ** 2; y.backward()", "x.grad", -6.0)
    engine.gives("x = Value(2.0); y = 2 ** x; y.backward()", "x.grad", 2.772588722239781,
                 {0.0: "here the exponent moves: only plain numbers have the slope 0"})
    score = "x = Value(1.0); y = 1 / (1 + exp(-x)); y.backward()"
    engine.gives(score, "x.grad", 0.19661193324148185, why="the parts are right; are they put "
                 "together?")
    return "1/(1 + exp(-x)), the curve of yes or no, has the slope 0.1966 at x = 1: y*(1 - y)"
