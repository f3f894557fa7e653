'''5. More rows, and plain numbers

An engine that is a table grows by a line for each operation, and nothing else changes: neither the
order nor the sweep. Three rows this time, u - v, u / v and u ** v:

    u - v     if v rises, the result falls: one slope is negative
    u / v     for u it is 1 / v; for v -u / v**2, which is -y / v
    u ** v    for u it is v * u**(v - 1), as 3 * x**2 for x**3

The slope of u ** v for v needs a logarithm and can wait until the next stage: leave it out. (zip
stops where the shorter of two lists ends, so the sweep does not mind.)

Python's names for them are __sub__, __truediv__ and __pow__. That is the first half, and the test
says when it is done.

The second half is plain numbers. In x + 2 the 2 has no .data yet. So let apply make a Value of it
first:

    def as_value(x):
        return x if isinstance(x, Value) else Value(x)

(isinstance(x, Value) is True if x is one of our Values.) And in 2 - x a plain number stands on the
left. Python tries the 2 first, which knows nothing of our Values. Then it asks the right one, for a
method with an r in its name:

    def __rsub__(self, other):
        return apply("-", other, self)

Here `self` is what stands on the right, and `other` the plain number on the left. Write
__rtruediv__ in the same way. For + and * it makes no difference which comes first, so that a line
will do for each, in the class and below __add__ and __mul__: __radd__ = __add__ and
__rmul__ = __mul__. Last, -x asks for __neg__(self), which can give back -1 * self.

What is tested: first -, / and ** of two Values, and their slopes after backward(); then plain
numbers on either side, -x, and sum([a, b]), which begins with a plain 0.
'''

from lessons.grading.answer import Answer, NotYet, Wrong
from lessons.workshop.asking import Engine

HINTS = (
    "Begin with the rows; then one method for each sign, as for + and *; then the numbers on the "
    "left.",
    "The row of - has the slopes 1 and -1. That of / has 1 / v and -y / v. That of ** has, for "
    "now, one slope.",
    "In apply: inputs = [as_value(x) for x in inputs], before anything is done with them.",
    '"/": (lambda u, v: u / v, lambda u, v, y: 1 / v, lambda u, v, y: -y / v), and '
    'def __rtruediv__(self, other): return apply("/", other, self)',
)
LATER = ("this is a mistake of stage 6: a slope is worked out for the exponent, with a log in it. "
         "The 2 is a plain number, which never moves; --stage 6 says how it is marked")
WORDS = {
    "object has no attribute 'data', in line": "the plain number has no .data: make a Value of it "
    "first, with as_value",
    "name 'log' is not defined": "the slope of u ** v for v can wait until stage 6: leave it out",
    "KeyError: 'number'": LATER,
    "math domain error": LATER,
    "expected a positive input": LATER,
    "object has no attribute 'inputs'": "a plain number is among the inputs: keep the Values that "
    "as_value makes of them",
}
Slips = dict[float, str]
PAIR = "a = Value(8.0); b = Value(2.0); "
FORGOTTEN = ("x gets nothing: the number is right, but it has forgotten that it was made from x. "
             "Give apply, or the operation, x itself and not its .data")
ROUND = "it is the wrong way round: what stands on the left comes first"
ROWS = {  # with 8 and 2: the result, its slopes, and slips
    "-": (6.0, (1.0, -1.0), {-6.0: ROUND, 10.0: "that is the sum"}, {
        1.0: "if b rises, a - b falls: the slope for b has a minus sign"}),
    "/": (4.0, (0.5, -2.0), {0.25: ROUND, 16.0: "that is the product"}, {
        2.0: "if b rises, a / b falls: the slope for b has a minus sign",
        -0.5: "the slope of a / b for b is -a / b**2, which is -y / v",
        0.25: "that is upside down or of 1 / v: the slope for b is -y / v",
        -0.25: "that is the slope of 1 / b: there are 8 of them. It is -y / v",
        -1.0: "-y / v is -4 / 2; is it divided once too often?",
    }),
}
# A plain number on either side: the result at x = 4, its slope, and slips of both.
LEFT: tuple[tuple[str, float, float, Slips, Slips], ...] = (
    ("x - 1", 3.0, 1.0, {-3.0: ROUND}, {}),
    ("1 - x", -3.0, -1.0, {3.0: ROUND}, {1.0: "if x rises, 1 - x falls"}),
    ("x / 2", 2.0, 0.5, {0.5: ROUND}, {}),
    ("2 / x", 0.5, -0.125, {2.0: ROUND}, {0.125: "if x rises, 2 / x falls: a minus is missing"}),
    ("x + 1", 5.0, 1.0, {}, {}),
    ("1 + x", 5.0, 1.0, {}, {}),
    ("3 * x", 12.0, 3.0, {}, {4.0: "the slope of 3 * x is the number in front of it"}),
    ("-x", -4.0, -1.0, {4.0: "the minus is lost"}, {1.0: "if x rises, -x falls"}),
    ("x ** 3", 64.0, 48.0, {81.0: ROUND}, {}),
    ("x ** -1", 0.25, -0.0625, {}, {}),
)


def check(answer: Answer) -> str:
    """The new rows; then plain numbers, and what is said of them once the rows are right."""
    engine = Engine(answer, WORDS)
    rows(engine)
    try:
        numbers(engine)
    except NotYet as still:
        raise NotYet(f"the first half, the rows, is done. The second half: {still}") from None
    except Wrong as wrong:
        end = "" if wrong.why.endswith("?") else "."
        why = f"{wrong.why}{end} The first half, the rows, is right"
        raise Wrong(why, wrong.asked, wrong.came, wrong.expected) from None
    return "(9 - (a*3 + b))**2 / 2, half the loss of a line at one point, has the right slopes"


def rows(engine: Engine) -> None:
    """Check what each of the new rows makes of two Values."""
    for sign, (result, (for_a, for_b), slips, slopes) in ROWS.items():
        program = f"{PAIR}c = a {sign} b"
        engine.gives(program, "c.data", result, slips)
        program += "; c.backward()"
        engine.gives(program, "a.grad", for_a, why=f"the slope for the left one, in the row of "
                     f"{sign}, is not right")
        engine.gives(program, "b.grad", for_b, slopes, f"the slope for the right one, in the row "
                     f"of {sign}, is not right")
    power = f"{PAIR}c = a ** b"
    engine.gives(power, "c.data", 64.0, {256.0: ROUND, 16.0: "that is the product"})
    engine.gives(f"{power}; c.backward()", "a.grad", 16.0, {
        8.0: "the factor v is missing: it is v * u**(v - 1)",
        128.0: "the exponent goes down by one: it is v * u**(v - 1)",
        64.0: "that is the power itself; its slope is v * u**(v - 1)",
    }, "the slope for the left one, in the row of **, is v * u**(v - 1)")
    engine.gives("a = Value(2.0); b = Value(4.0); c = a ** b; c.backward()", "a.grad", 32.0, {
        8.0: "v * u is right for squares alone: the slope is v * u**(v - 1)",
    }, "the slope for the left one, in the row of **, is v * u**(v - 1)")


def numbers(engine: Engine) -> None:
    """Check plain numbers on either side, and what is made of them all."""
    for formula, result, slope, slips, slopes in LEFT:
        program = f"x = Value(4.0); y = {formula}"
        engine.gives(program, "y.data", result, slips)
        engine.gives(f"{program}; y.backward()", "x.grad", slope, {0.0: FORGOTTEN} | slopes,
                     "the number is right, its slope is not")
    engine.gives("x = Value(-3.0); y = x ** 2; y.backward()", "x.grad", -6.0,
                 why="the slope of x**2 is 2*x, also where x is negative")
    engine.gives("a = Value(2.0); b = Value(3.0); y = sum([a, b, a])", "y.data", 7.0)
    loss = "a = Value(2.0); b = Value(1.0); y = (9 - (a * 3 + b)) ** 2 / 2; y.backward()"
    engine.gives(loss, "a.grad", -6.0, why="the parts are right; are they put together?")
