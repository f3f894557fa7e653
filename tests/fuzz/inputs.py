"""Random inputs: by a grammar, which makes what can be read, or nearly, and changed by bytes."""

import contextlib
import copy
import json

from mathlab.calculus.graph.operations import ROWS, functions
from mathlab.errors import MathlabError
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.model import Model
from tests.fuzz import commands
from tests.fuzz.changes import PIECES, changed

NUMBERS = (
    *("0", "1", "2", "3", "-1", "0.5", "1e-9", "1e308", "1e-308", "5e-324", "1e400", "9**9", "2j"),
    *("1_000", ".5", "5.", "0x1f", "10**30", "4300", "1e", "nan", "inf", "½", "٣", "π", "pi", "e"))
USUAL = ("0", "1", "2", "3", "-1", "0.5", "0.1", "10", "1e-9", "1e308", "5e-324", "1/3", "pi", "e")
NAMES = ("x", "y", "z", "µ", "μ", "x_1", "alpha", "ß", "𝜋", "lambda", "__x", "x.y", "größe", "I")
SIGNS = (
    *("+", "-", "*", "/", "**", "^"),
    *("//", "%", "@", "<", "==", "=", ",", "·", "×", "÷", "−", " ", ""))
AROUND = (
    *("({})", "-{}", "+{}", "{}²", "|{}|", "√{}", "({}", "{})", "[{}]", "{}!", "{}'", "`{}`"),
    *("a = {}\na", "{}\n", "# {}", "x := {}", "lambda x: {}", "{} if x else y", "'{}'", "{}°"))
WELL_AROUND = ("-{}", "({})**2", "({})**-1", "({})**0.5", "2*{}", "({})/3", "|{}|", "√({})")
ODD = (None, True, False, 0, 1, -1, 0.5, 1e308, -1e-308, 10**400, "", "x", "y = x", [], [[]], {},
       [0], [[1]], {"x": 1}, "nan", "\0", "π", 2**70)


def formula(random, depth=4, odd=0.3):
    """The text of a formula; a share of its pieces is odd: most of these cannot be read."""
    is_odd, kind = random.random() < odd, random.random()
    if depth == 0 or kind < 0.2:
        numbers, names = (NUMBERS, NAMES) if is_odd else (USUAL, ("x", "y", "x", "x", "z", "n"))
        return random.choice(numbers if random.random() < 0.4 else names)
    if is_odd and kind < 0.4:
        return random.choice(AROUND).format(formula(random, depth - 1, odd))
    if kind < 0.45:
        row = random.choice([*ROWS.values()] if is_odd else [*functions().values()])
        count = (row.arity or random.randrange(1, 5)) + (is_odd and random.random() < 0.2)
        return f"{row.name}({', '.join(formula(random, depth - 1, odd) for _ in range(count))})"
    if kind < 0.5:
        return random.choice(WELL_AROUND).format(formula(random, depth - 1, odd))
    sign = random.choice(SIGNS if is_odd else SIGNS[:5])
    return f"({formula(random, depth - 1, odd)}{sign}{formula(random, depth - 1, odd)})"


def text(random):
    """The text of a formula, now and then changed, in its signs or its bytes; or nothing but
    pieces, or any signs at all."""
    kind = random.random()
    if kind < 0.05:
        return "".join(random.choice(PIECES) for _ in range(random.randrange(1, 40)))
    if kind < 0.1:
        most = random.choice((0x80, 0x3000, 0x110000))
        return "".join(chr(random.randrange(most)) for _ in range(random.randrange(1, 40)))
    odd = random.choice((0, 0, 0, 0.03, 0.3))
    made = formula(random, random.randrange(1, 7), odd)
    if kind < 0.2:
        made = changed(random, made.encode()).decode("utf-8", "surrogateescape")
    for _ in range(random.choice((0, 0, 0, 1, 1, 2, 5)) if odd else 0):
        at = random.randrange(len(made) + 1)
        made = made[:at] + random.choice(PIECES) + made[at + random.randrange(3):]
    return made if random.random() < 0.999 else made * random.randrange(2, 300)


def table(random):
    """The bytes of a file with a table, more or less."""
    made = commands.file(random)
    return changed(random, made) if random.random() < 0.5 else made


SAVED = {
    "format": "mathlab model", "version": 2, "model": "y = a*x + b*C(group) + log(z)",
    "loss": "squared", "parameters": {"a": 1.5, "b": -2.0},
    "features": ["x", "z"], "rows": 12, "weights": "",
    "reading": {"columns": {}, "missing": ["NA"]},
    "estimates": {"names": ["a", "b"], "covariance": [[1.0, 0.1], [0.1, 2.0]], "spread": 0.5,
                  "freedom": 10}}


def a_model(random):
    """What could have been saved: a model, its numbers, and how sure they are."""
    content = copy.deepcopy(SAVED)
    right = random.choice(commands.MODELS) if random.random() < 0.5 else formula(random, 4, 0)
    with contextlib.suppress(MathlabError):
        names = Model(f"y = {right}").symbols
        known = [name for name in names if name in commands.PARAMETERS or random.random() < 0.3]
        sure = [name for name in known if random.random() < 0.9]
        size = 10.0 ** random.choice((0, 0, 0, -9, 9, 150, -150))
        content |= {
            "model": f"y = {right}", "loss": random.choice([*LOSSES]),
            "parameters": {name: size * random.gauss(0, 1) for name in known},
            "features": [name for name in names if name not in known],
            "estimates": random.choice((None, {
                "names": sure, "spread": size * random.random(), "freedom": random.choice((1, 9)),
                "covariance": [[(i == j) * random.random() + random.gauss(0, 0.1) ** 2
                                for i in range(len(sure))] for j in range(len(sure))]}))}
    return content


def saved(random):
    """The bytes of a saved model in which a few things are others."""
    content = a_model(random)
    for _ in range(random.choice((0, 0, 0, 1, 1, 2, 3))):
        place = content
        while True:
            key = random.choice([*(place if isinstance(place, dict) else range(len(place)))])
            below = place[key]
            if not (isinstance(below, dict | list) and below) or random.random() < 0.3:
                break
            place = below
        if random.random() < 0.15:
            del place[key]
        elif isinstance(below, str) and random.random() < 0.5:
            place[key] = formula(random, 2)
        else:
            place[key] = copy.deepcopy(random.choice(ODD))
    data = json.dumps(content, ensure_ascii=random.random() < 0.5).encode("utf-8", "replace")
    return changed(random, data) if random.random() < 0.2 else data


THINGS = (
    *("...", "None", "0", "-1", "1e308", "10**400", "float('nan')", "float('inf')", "1j", "True"),
    *("''", "'x'", "'2*x'", "'y = 2x'", "[]", "[1, 2]", "[[]]", "()", "{}", "{'x': 1}", "{1, 2}"),
    *("lambda *a: a", "lambda *a: 1", "lambda: 1", "lambda *a: None", "lambda *a: [*a]", "b'x'"),
    *("int", "object()", "iter([1])", "(i for i in range(3))", "range(10**9)", "print", "len"),
    *("1/0", "exit()", "[][0]", "x", "(", "'\\ud800'", "'\\0'", "'(' * 10**5", "'x' * 10**6"),
    *("__import__('decimal').Decimal(1)", "__import__('fractions').Fraction(1, 3)"),
    *("__import__('mathlab').Value(2.0, name='x')", "__import__('mathlab').parse('2*x')"),
    "type('T', (), {'__eq__': lambda *a: 1/0, '__repr__': lambda s: 1/0})()",
    "type('F', (float,), {'__repr__': lambda s: 1/0, '__float__': lambda s: 1/0})(2)",
    "type('S', (str,), {'__str__': lambda s: 1/0})('x')",
    "type('L', (list,), {'__len__': lambda s: -1, '__iter__': lambda s: 1/0})([1])",
    "type('C', (), {'__call__': lambda s, *a: s, '__getattr__': lambda s, n: s})()")


def exercise(random, names):
    """The text of a reader's file: each name is something, or a function that returns it."""
    lines = []
    for name in names:
        thing = random.choice(THINGS)
        lines.append(random.choice((
            f"{name} = {thing}", f"{name} = {thing}", f"def {name}(*given):\n    return {thing}",
            f"def {name}(*given):\n    yield {thing}", f"def {name}(x):\n    return {thing}",
            f"def {name}(*given):\n    raise ValueError({thing})", f"class {name}: pass", "")))
    return "\n".join(lines) + "\n"
