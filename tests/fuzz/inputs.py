"""Random inputs: by a grammar, which makes what can nearly be read, and by bytes: anything."""

import copy
import json

from mathlab.calculus.graph.operations import ROWS
from tests.fuzz import commands

NUMBERS = (
    *("0", "1", "2", "3", "-1", "0.5", "1e-9", "1e308", "1e-308", "5e-324", "1e400", "9**9", "2j"),
    *("1_000", ".5", "5.", "0x1f", "10**30", "4300", "1e", "nan", "inf", "½", "٣", "π", "pi", "e"))
NAMES = ("x", "y", "z", "µ", "μ", "x_1", "alpha", "ß", "𝜋", "lambda", "__x", "x.y", "größe", "I")
SIGNS = (
    *("+", "-", "*", "/", "**", "^"),
    *("//", "%", "@", "<", "==", "=", ",", "·", "×", "÷", "−", " ", ""))
AROUND = (
    *("({})", "-{}", "+{}", "{}²", "|{}|", "√{}", "({}", "{})", "[{}]", "{}!", "{}'", "`{}`"),
    *("a = {}\na", "{}\n", "# {}", "x := {}", "lambda x: {}", "{} if x else y", "'{}'", "{}°"))
PIECES = (
    *"()+-*/^=,.|`'\"#%&;:[]{}<>!?\\ \n\t\r\0_0123456789eExyπµ²½√∞·×−–’",
    *"\u00a0\u200b\u202e\ufeff\ud7ff𝜋",
    *("**", "//", "1e", "e308", "sin(", "x*", "((", "))", "nan", "inf", "--", "lambda"))
BYTES = (b'"', b",", b"\n", b";", b"\t", b"\r", b"1e999", b"-", b"\xff")
ODD = (None, True, False, 0, 1, -1, 0.5, 1e308, -1e-308, 10**400, "", "x", "y = x", [], [[]], {},
       [0], [[1]], {"x": 1}, "nan", "\0", "π", 2**70)


def formula(random, depth=4):
    """The text of a formula, most of which can be read."""
    kind = random.random()
    if depth == 0 or kind < 0.25:
        return random.choice(NUMBERS if random.random() < 0.4 else NAMES[:3] * 3 + NAMES)
    if kind < 0.5:
        row = random.choice([*ROWS.values()])
        count = row.arity or random.randrange(1, 5)
        count += random.random() < 0.03
        return f"{row.name}({', '.join(formula(random, depth - 1) for _ in range(count))})"
    if kind < 0.6:
        return random.choice(AROUND).format(formula(random, depth - 1))
    sign = random.choice(SIGNS[:6] * 4 + SIGNS)
    return f"({formula(random, depth - 1)}{sign}{formula(random, depth - 1)})"


def text(random):
    """The text of a formula, now and then changed, or nothing but pieces."""
    if random.random() < 0.1:
        return "".join(random.choice(PIECES) for _ in range(random.randrange(1, 40)))
    made = formula(random, random.randrange(1, 6))
    for _ in range(random.choice((0, 0, 0, 1, 1, 2, 5))):
        at = random.randrange(len(made) + 1)
        made = made[:at] + random.choice(PIECES) + made[at + random.randrange(3):]
    return made if random.random() < 0.999 else made * random.randrange(2, 300)


def changed(random, data):
    """Some bytes, of which a few are others, gone, doubled or elsewhere."""
    data = bytearray(data)
    for _ in range(random.choice((0, 1, 1, 2, 3, 8))):
        at = random.randrange(len(data) + 1)
        length = random.choice((1, 1, 1, 2, 8, 64))
        kind = random.randrange(6)
        if kind == 0:
            data[at:at + length] = random.randbytes(length)
        elif kind == 1:
            del data[at:at + length]
        elif kind == 2:
            data[at:at] = data[at:at + length] * random.choice((1, 2, 50))
        elif kind == 3:
            data[at:at] = random.choice(PIECES).encode()
        elif kind == 4:
            data[at:at] = random.choice(BYTES)
        else:
            other = random.randrange(len(data) + 1)
            data[at:at] = data[other:other + length]
    return bytes(data)


def table(random):
    """The bytes of a file with a table, more or less."""
    return changed(random, commands.file(random))


SAVED = {
    "format": "mathlab model", "version": 2, "model": "y = a*x + b*C(group) + log(z)",
    "loss": "squared", "parameters": {"a": 1.5, "b": -2.0},
    "features": ["x", "z"], "rows": 12, "weights": "",
    "reading": {"columns": {}, "missing": ["NA"]},
    "estimates": {"names": ["a", "b"], "covariance": [[1.0, 0.1], [0.1, 2.0]], "spread": 0.5,
                  "freedom": 10}}


def saved(random):
    """The bytes of a saved model in which a few things are others."""
    content = json.loads(json.dumps(SAVED))
    content["model"] = random.choice((content["model"], "y = a*x + b*z", "y = a*x + b*z",
                                      f"y = {formula(random, 3)}", "log(y) = a*x**b*z"))
    for _ in range(random.choice((0, 1, 1, 2, 3))):
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
    return changed(random, data) if random.random() < 0.3 else data


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
