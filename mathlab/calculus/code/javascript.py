r"""Formulas as JavaScript: what a page in a browser works out is mathlab's own.

On the page: `return self.compute(*inputs)`, in Python. A browser runs another language; but the
text of a formula, tidied and cut into lines by `script`, is nearly the same in both:

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> z = (x + y) ** 2
>>> print(javascript([z, 3 * z / y], [x, y]), end="")
function formula(x, y) {
  const sum_1 = x + y;
  const square_1 = sum_1*sum_1;
  return [square_1, 3*square_1/(y || NaN)];
}

`a || NaN` is NaN where a is 0. For JavaScript has no errors in arithmetic: 1/0 is infinite there,
and so 1/(1/0) is 0. Where Python refuses, what is written here gives NaN. A number that is too
large for a float is infinite, as in Python's own products; and the sign of a 0 may be another.

The table of derivatives itself goes over too. Its slopes take formulas as well as numbers, so each
is run once on symbols, and what comes out is written down. No rule is said a second time:

>>> from mathlab.calculus.graph.operations import sin
>>> print(javascript_table([sin]))
{__proto__: null,
"sin": {n: 1, f: (x) => Math.sin(x), d: [(x, y) => Math.cos(x)], s: ["cos(x)"]},
"cos": {n: 1, f: (x) => Math.cos(x), d: [(x, y) => -Math.sin(x)], s: ["-sin(x)"]},
"negate": {n: 1, f: (x) => -x, d: [(x, y) => -1], s: ["-1"]},
}

What JavaScript lacks is defined in front of a program that calls it:

>>> print(javascript_functions("x => sech(x)**2"))
const sech = x => { const s = Math.exp(-Math.abs(x)); return 2*s/(1 + s*s); };

Read `javascript` first, then `javascript_table`; then `_JavaScript`, where the languages differ.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from mathlab import names
from mathlab.calculus.code.script import Script, free_name
from mathlab.calculus.code.tidy import tidy
from mathlab.calculus.graph import formula
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.operations import Operation
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, as_value, is_number, nodes_of
from mathlab.errors import FormulaError, MathlabError

WHOLE = 2**53  # up to here every whole number is a float
MOST_ROUNDS, LONGEST = 20, 400  # of rows made of rows; inputs in the text of a slope

SAME = ("sin cos tan asin acos atan sinh cosh tanh asinh acosh exp expm1 sqrt cbrt log log2 log10 "
        "sign atan2 hypot")  # what JavaScript has under the same name
MATH = {**{name: name for name in SAME.split()},
        "absolute": "abs", "maximum": "max", "minimum": "min"}
LOGS = (table.log, table.log2, table.log10)  # of 0 they are infinite there, and refused here
BRANCHES = {
    table.where: "({0} > 0 ? {1} : {0} <= 0 ? {2} : {0})",  # the last case is NaN
    table.relu: "({0} <= 0 ? 0 : {0})",
    table.step: "({0} > 0 ? 1 : {0} <= 0 ? 0 : {0})",
}

# What JavaScript lacks. The error function: its series up to 1, and beyond a continued fraction;
# exp(-x*x) with x cut in two, since the rounding of x*x would count. The gamma function: Stirling's
# series from 10 on; below, gamma(x + 1) = x*gamma(x) leads there, and what the sum x + n has lost
# is made good. polygamma: the three steps of `special`, for n up to 170.
# Source: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 6.1, 6.4 and 7.1.
DEFINED = {
    "pow": "(x, y) => x !== x || (x === 0 && y < 0) ? NaN : x**y",
    "xlogy": "(x, y) => x || !(y >= 0) ? x*Math.log(y || NaN) : x",
    "log1p": "x => x === -1 ? NaN : Math.log1p(x)",
    "atanh": "x => Math.abs(x) === 1 ? NaN : Math.atanh(x)",
    "sech": "x => { const s = Math.exp(-Math.abs(x)); return 2*s/(1 + s*s); }",
    "sigmoid": "x => { const s = Math.exp(-Math.abs(x)); return (x < 0 ? s : 1)/(1 + s); }",
    "softplus": "x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))",
    "bell": """x => {
  const h = Math.fround(x);
  return Math.exp(-h*h)*Math.exp((h - x)*(h + x));
}""",
    "erf": """x => {
  if (Math.abs(x) > 1) return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
  let sum = x, term = x;
  for (let n = 1; n < 20; n++) sum += term *= x*x/(n + 0.5);
  return 2/Math.sqrt(Math.PI)*bell(x)*sum;
}""",
    "erfc": """x => {
  if (!(x > 0.75)) return 1 - erf(x);
  if (x > 28) return 0;
  let t = x;
  for (let n = Math.ceil(10 + 250/(x*x)); n > 0; n--) t = x + n/2/t;
  return bell(x)/Math.sqrt(Math.PI)/t;
}""",
    "bernoulli_numbers": "[1/6, -1/30, 1/42, -1/30, 5/66, -691/2730, 7/6, -3617/510, 43867/798]",
    "sin_pi": "x => Math.sin(Math.PI*(x - Math.round(x)))*(Math.round(x) % 2 ? -1 : 1)",
    "stirling": """z => bernoulli_numbers.reduceRight(
  (sum, b, k) => sum/(z*z) + b/((2*k + 2)*(2*k + 1)), 0)/z""",
    "gamma": """x => {
  if (x % 1 === 0 && x < 24) {
    let product = x < 1 ? NaN : 1;
    for (let k = 2; k < x; k++) product *= k;
    return product;
  }
  if (x < 0.5) return Math.PI/sin_pi(x)/gamma(1 - x);
  if (x > 172) return Infinity;
  const n = Math.max(0, Math.ceil(10 - x)), z = x + n, lost = x - (z - n);
  let product = 1;
  for (let k = 0; k < n; k++) product *= x + k;
  const root = Math.pow(z, z/2 - 0.25);
  const near = root*Math.exp(-z)*root*Math.sqrt(2*Math.PI)*Math.exp(stirling(z))/product;
  return near*(1 + lost*Math.log(z));
}""",
    "lgamma": """x => {
  if (x < 0.5) return Math.log(Math.PI) - Math.log(Math.abs(sin_pi(x)) || NaN) - lgamma(1 - x);
  if (x <= 10) return Math.log(gamma(x));
  return (x - 0.5)*Math.log(x) - x + Math.log(2*Math.PI)/2 + stirling(x);
}""",
    "digamma": "x => polygamma(0, x)",
    "polygamma": """(n, x) => {
  if (!(n >= 0 && n <= 170 && n % 1 === 0) || (x <= 0 && x % 1 === 0)) return NaN;
  const sign = n % 2 ? -1 : 1;
  if (x < -0.5) {
    const d = x - Math.floor(x);
    return polygamma(n, d) - sign*polygamma(n, 1 - d) + sign*polygamma(n, 1 - x);
  }
  let y = x, sum = 0, factorial = 1;
  for (; y < n + 9; y++) sum += y**(-n - 1);
  for (let k = 2; k <= n; k++) factorial *= k;
  const rest = bernoulli_numbers.reduceRight((sum, b, k) => {
    let ways = b/(2*k + 2);
    for (let j = 1; j <= n; j++) ways *= (2*k + 1 + j)/j;
    return (sum + ways)/(y*y);
  }, 0);
  sum += rest/y**n + y**(-n - 1)/2 + (n ? y**-n/n : -Math.log(y));
  return -sign*factorial*sum;
}""",
}
DEFINED_NAME = re.compile(rf"(?<![\w.])({'|'.join(DEFINED)})\b")
KEPT = ("abstract arguments await boolean byte case catch char const constructor debugger default "
        "delete do double enum eval export extends false final float function goto implements "
        "instanceof int interface let long native new null package private protected public short "
        "static super switch synchronized this throw throws transient true typeof undefined var "
        "void volatile Math NaN Infinity Object Array Error globalThis window self TABLE")
RESERVED = {*KEPT.split(), *DEFINED}  # what the language or a program here gives a meaning


def javascript(outputs: Value | Sequence[Value], inputs: Iterable[Any],
               name: str = "formula") -> str:
    """The text of a JavaScript function of `inputs`: it returns a number, or an array for a list.

    An input is a Value of the formula, or a name; a name that means something to JavaScript gets a
    `_`. Inputs are given in their order, so what they are called there does not matter.

    Equivalent to: `outputs.at(x=1.0, y=2.0)`, the inputs by their names, but for rounding; NaN
    where that is refused, and infinite where it is too large. What JavaScript lacks is called by
    its name, and `javascript_functions` defines it. The browser's own functions are right to 2
    units in the last place; of those defined here, as tests/calculus/code/test_javascript.py
    measures, erf and erfc to 8 units, gamma to 12 above 0 and 50 below; lgamma, digamma and
    polygamma to 20 units of their size plus 1.

    Raises: FormulaError if a name cannot be one, or comes twice, for a complex number, and for a
    row of one's own that cannot be run on symbols; UnknownError for a symbol not among the
    inputs.
    """
    formulas = [as_value(y) for y in ([outputs] if isinstance(outputs, Value) else outputs)]
    groups = nodes_of(inputs, *formulas)
    script = _JavaScript(groups, results := tidy(_in_known_rows(formulas)))
    texts = [script.text(result) for result in results]
    returned = texts[0] if isinstance(outputs, Value) else f"[{', '.join(texts)}]"
    return _function(name, script.input_names, [*script.lines, f"return {returned};"])


def javascript_rows(sums: Mapping[str, Value], parameters: Iterable[Any], columns: Iterable[Any],
                    name: str = "sums") -> str:
    """The text of a JavaScript function `f(rows, a, b)`: the array of each formula's sum over rows.

    A row is an array with a number for each of `columns`; what does not change from row to row
    stands before the loop, as in `compile_rows`.

    >>> from mathlab import symbols
    >>> a, x, y = symbols("a x y")
    >>> print(javascript_rows({"loss": (y - a**2 * x) ** 2}, [a], [x, y]), end="")
    function sums(rows, a) {
      const square_1 = a*a;
      let loss = 0;
      for (const [x, y] of rows) {
        const difference_1 = y - square_1*x;
        loss += difference_1*difference_1;
      }
      return [loss];
    }

    Raises: as `javascript`.
    """
    formulas = [as_value(y) for y in sums.values()]
    levers, features = nodes_of(parameters, *formulas), nodes_of(columns, *formulas)
    results = tidy(_in_known_rows(formulas))
    script = _JavaScript([*levers, *features], results, features)
    totals = [free_name(each, script.taken) for each in sums]
    added = [f"{each} += {script.text(y)};" for each, y in zip(totals, results, strict=True)]
    rows, given = free_name("rows", script.taken), script.input_names
    lines = [
        *script.lines,
        *[f"let {', '.join(f'{each} = 0' for each in totals)};"] * bool(totals),
        f"for (const [{', '.join(given[len(levers):])}] of {rows}) {{",
        *(f"  {line}" for line in [*script.inner_lines, *added]),
        "}",
        f"return [{', '.join(totals)}];",
    ]
    return _function(name, [rows, *given[:len(levers)]], lines)


def javascript_table(rows: Iterable[Operation] | None = None) -> str:
    """The table of derivatives as a JavaScript object: for each row its number of inputs `n`, how
    to compute it `f`, its slope for each input `d`, of the inputs and the result y, and the same
    slopes as formulas in text `s`, of x and y; u, v and y; or c, u, v and y.

    By itself it has all rows that are written with signs or called in a formula, yours among them.
    The rows that are in the slopes of the rows come with them.

    Raises: FormulaError for a row of one's own that cannot be run on symbols.
    """
    all_rows = [*table.ARITHMETIC, *table.functions().values()]
    waiting = all_rows if rows is None else [*rows]
    entries: dict[str, str] = {}
    for row in waiting:  # which grows meanwhile
        if row.name not in entries:
            entries[row.name], used = _entry(row)
            waiting += used
    return "".join(["{__proto__: null,\n", *(f"{entry},\n" for entry in entries.values()), "}"])


def javascript_functions(*programs: str) -> str:
    """The definitions of what these programs call, and JavaScript lacks; "" if there are none."""
    needed: dict[str, None] = {}
    waiting = list(programs)
    while waiting:
        for name in DEFINED_NAME.findall(waiting.pop()):
            if name not in needed:
                needed[name] = None
                waiting.append(DEFINED[name])
    return "\n".join(f"const {name} = {text};" for name, text in DEFINED.items() if name in needed)


class _JavaScript(Script):
    """Some results as lines of JavaScript."""

    reserved = RESERVED
    for_floats = BRANCHES

    @property
    def input_names(self) -> list[str]:
        """What the inputs are called, in their order."""
        return [self.names[x] for x in self.inputs]

    def _named(self, name: str, texts: Sequence[str], tests: Sequence[str]) -> list[str]:
        asked = f"{' && '.join(tests)} ? " if tests else ""
        first, *others = [f"{asked}{text}{' : 0' * bool(tests)};" for text in texts]
        return [f"{'let' if others else 'const'} {name} = {first}",
                *(f"{name} += {text}" for text in others)]

    def _parts(self, node: Value) -> formula.Parts:
        """As in Python, but for -x**2 and --x, which JavaScript does not read, and for zeros."""
        row: Any = node.operation
        if row is table.negate:
            return formula.SIGN, ["-", (node.x, formula.ATOM)]
        last = node.inputs[-1] if node.inputs else node
        if row not in (table.divide, *LOGS) or (is_number(last) and last.data):
            return super()._parts(node)
        guarded = [(last, formula.SUM), " || NaN)"]
        if row is table.divide:
            return formula.PRODUCT, [(node.x, formula.PRODUCT), "/(", *guarded]
        return formula.ATOM, [f"{self.calls[row]}(", *guarded]

    def _input_name(self, x: Value) -> str:
        if [each.name for each in self.inputs].count(x.name) > 1:
            raise FormulaError(f"the name {x.name!r} is taken: choose another for this input")
        return free_name(names.proper(x.name), self.taken)

    def _is_called(self, node: Value) -> bool:
        if node.operation is table.power:  # whose exponent may not be whole
            exponent = node.y.data if is_number(node.y) else None
            return not (isinstance(exponent, int) and 0 < exponent < WHOLE)
        return super()._is_called(node)

    def _name_call(self, node: Value) -> None:
        row: Any = node.operation
        if self._is_called(node):
            name = "pow" if row is table.power else row.name
            self.calls[row] = f"Math.{MATH[name]}" if name in MATH else name

    def _name_number(self, leaf: Value) -> None:
        if not leaf.is_known:
            super()._name_number(leaf)
        text = spelled(leaf.data)
        if leaf.name or text != str(leaf.data):
            self.names[leaf] = f"({text})" if text[0] == "-" or "/" in text else text


def spelled(number: Any) -> str:
    """A number as JavaScript writes it, without a digit less.

    >>> spelled(0.1), spelled(Fraction(1, 3)), spelled(math.inf), spelled(-(10**23))
    ('0.1', '1/3', 'Infinity', '-1e+23')
    """
    if isinstance(number, complex):
        raise FormulaError(f"JavaScript has no complex numbers, such as {number}")
    if isinstance(number, (int, Fraction)):
        number = Fraction(number)  # of True too
        if max(abs(number.numerator), number.denominator) <= WHOLE:
            return str(number)
    try:
        number = float(number)
    except OverflowError:  # it would be refused next to a float
        return "NaN"
    if math.isfinite(number):
        return repr(number)
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


# The text around the lines


def _function(name: str, inputs: Sequence[str], lines: Sequence[str]) -> str:
    if names.proper(name) in {*RESERVED, *table.functions()}:
        raise FormulaError(f"a function in JavaScript cannot be called {name!r}: take another word")
    body = "".join(f"  {line}\n" for line in lines)
    return f"function {names.proper(name)}({', '.join(inputs)}) {{\n{body}}}\n"


def _entry(row: Operation) -> tuple[str, list[Operation]]:
    """A row of the table, with what its own functions make of symbols; and the rows in that."""
    if row.arity is None:
        raise FormulaError(f"{row.name} takes any number of inputs: there is no text for that")
    letters = {1: "x", 2: "uv", 3: "cuv"}.get(row.arity)
    words = [*letters] if letters else [f"x{i + 1}" for i in range(row.arity)]
    *inputs, y = (Value.symbol(word) for word in [*words, "y"])
    computed = _arrow(inputs, row(*inputs))
    arrows: list[str] = []
    texts: list[str] = []
    used: list[Operation] = []
    for slope in row.slopes:
        try:
            found = _traced(row, slope, [*inputs, y])
        except _NoSlopeError:
            arrows.append("() => NaN")
            texts.append("")
            continue
        arrows.append(_arrow([*inputs, y], found))
        (shown,) = _in_known_rows([found])
        texts.append(formula.write_short(shown, LONGEST))
        for node in inputs_first(shown):
            if node.operation and node.inputs:
                is_log = node.operation is table.xlogy  # which is written u*log(v)
                used += [table.multiply, table.log] if is_log else [node.operation]
        if texts[-1] == "...":
            raise FormulaError(f"a slope of {row.name} is too long to write as one formula")
    return (f"{json.dumps(row.name)}: {{n: {row.arity}, f: {computed}, d: [{', '.join(arrows)}], "
            f"s: {json.dumps(texts)}}}"), used


def _arrow(inputs: Sequence[Value], result: Value) -> str:
    """A function in one line, as the row has it: nothing is tidied."""
    script = _JavaScript([(x,) for x in inputs], results := _in_known_rows([result]))
    head, text = f"({', '.join(script.input_names)}) =>", script.text(results[0])
    if script.lines:
        return f"{head} {{ {' '.join(script.lines)} return {text}; }}"
    return f"{head} {text}"


# Rows of one's own


class _NoSlopeError(Exception):
    """A row says that an input has no slope."""


def _in_known_rows(formulas: Sequence[Value]) -> list[Value]:
    """The formulas with every row that JavaScript has no name for replaced by what it computes."""
    for _ in range(MOST_ROUNDS + 1):  # the last only looks
        order = inputs_first(*formulas)
        if all(_is_known(x.operation) for x in order):
            return [*formulas]
        new: dict[Value, Value] = {}
        for node in order:
            inputs = tuple(new[x] for x in node.inputs)
            if not _is_known(node.operation):
                given = [Value.symbol(f"x{i}") for i in range(len(inputs))]
                found = _traced(node.operation, node.operation.compute, given)
                new[node] = _moved(found, dict(zip(given, inputs, strict=True)))
            else:
                same = inputs == node.inputs
                new[node] = node if same else Value.bare(None, node.operation, inputs)
        formulas = [new[y] for y in formulas]
    raise FormulaError(f"rows of your own are made of each other more than {MOST_ROUNDS} deep")


def _is_known(row: Any) -> bool:
    return row is None or row is table.xlogy or table.BUILT_IN.get(row.name) is row


def _traced(row: Any, function: Callable[..., Any], inputs: Sequence[Value]) -> Value:
    """What a function of a row makes of symbols. It may ask whether one of them is 0 (`u != 0`),
    which no symbol is: so it is run on 0 too, and what is special there becomes a `where`."""
    try:
        result = as_value(function(*inputs))
    except Exception as error:  # whatever a function of one's own may raise
        if row is not None and _is_known(row) and isinstance(error, ValueError):
            raise _NoSlopeError from None
        raise FormulaError(
            f"{row.name} cannot be written in JavaScript: one of its functions does not "
            f"take symbols. Write it as arithmetic, or with functions of mathlab") from error
    for x in inputs:
        try:
            there = function(*(0 if each is x else each for each in inputs))
        except Exception:  # it has no value there, and what is written gives NaN
            continue
        if not isinstance(there, Value) and not _is_at_0(result, x, there):
            result = table.where(abs(x), result, there)
    return result


def _is_at_0(result: Value, x: Value, number: Any) -> bool:
    """Whether the formula has this number when x is 0, whatever the others are."""
    try:
        return bool(result.at(**{x.name: 0}) == number)
    except MathlabError:
        return False


def _moved(result: Value, new: dict[Value, Value]) -> Value:
    """The formula with other nodes for its symbols."""
    for node in inputs_first(result):
        if node not in new:
            inputs = tuple(new[x] for x in node.inputs)
            new[node] = Value.bare(None, node.operation, inputs) if inputs else node
    return new[result]
