"""The page's own reader, beside Python's: reads the same, refuses the same, derives right."""

import json
import math
import random
import re
from pathlib import Path

import pytest

import lessons
from lessons.pages.live.live import bare
from mathlab import parse
from mathlab.calculus.code.javascript import javascript_functions, javascript_table
from mathlab.calculus.graph.operations import ARITHMETIC, Operation, exp, sin
from mathlab.calculus.graph.value import Value
from mathlab.calculus.proof.same import named_leaves
from mathlab.calculus.text.parse import OTHER_NAMES, read_leniently
from mathlab.errors import DomainError, FormulaError
from tests.calculus.code.test_javascript import X, Y, leaves_as_floats, measured, swept_gradient
from tests.calculus.test_random_expressions import grow
from tests.javascript import needs_node, run
from tests.thinned import thinned

READER = (Path(lessons.__file__).parent / "pages" / "live" / "reader.js").read_text("utf-8")
AT = {"x": 1.25, "y": 0.5}


def asked(what, rows=None):
    """What an expression is, where the reader and the table are known."""
    table = javascript_table(rows)
    tried = "const tried = (f, ...given) => { try { return f(...given); } " \
            "catch (error) { return `!${error.message}`; } };"
    program = f"{javascript_functions(table)}\nconst TABLE = {table};\n{bare('reader')}\n{tried}"
    return run(program, what)


def each(texts, arrow):
    return asked(f"{json.dumps([*texts])}.map(text => tried(() => {{ {arrow} }}))")


def test_a_formula_of_any_names_may_leave_out_as_much_as_in_practice():
    for text, names, number in (("x(x+1)", "x", 6.0), ("7cosx", "x", 7 * math.cos(2)),
                                ("2xe^x", "x", 4 * math.exp(2)), ("a(b - c)", "abc", 0.0),
                                ("slope*budget + b", ["slope", "budget", "b"], 6.0)):
        graph, found = asked(
            f"(() => {{ const KINDS = {{}}; {bare('typed')}\nconst g = ofAnyNames({text!r});"
            f"return [g, value(g, {json.dumps(dict.fromkeys(names, 2))})]; }})()")
        assert [node["name"] for node in graph if node.keys() == {"name"}] == [*names]
        assert found == pytest.approx(number, rel=1e-15)
    assert asked(f"(() => {{ const KINDS = {{}}; {bare('typed')}\n"
                 "return tried(ofAnyNames, '2x +'); })()").startswith("!cannot read")


def test_it_is_small_and_runs_no_text():
    assert len(bare("reader").encode()) <= 8_500
    assert not re.search(r"eval\(|Function\(|innerHTML|</|import|fetch|setTimeout", READER)
    assert max(map(len, READER.splitlines())) <= 100


def test_other_names_are_those_of_python():
    (other,) = re.findall(r"OTHER = \{__proto__: null, (.*?)\}", READER, re.DOTALL)
    assert dict(re.findall(r'(\w+): "(\w+)"', other)) == {
        name: row.name for name, row in OTHER_NAMES.items()}


READ = (
    *("x", "2", "pi", "e*x", "x + y*x", "x - y - 1", "x/y/2", "x - (y - 1)", "-x**2", "(-x)**2"),
    *("2**-x", "2**-x**2", "x**y**2", "(x**y)**2", "--x", "-(-x)", "+x", "x*-y", "x - -y", "2^x"),
    *("2x", "2(x + 1)", "(x + 1)(y - 2)", "3 sin(x)", "2x y", "x^2 y", "x²", "x⁻¹", "2x²y", "π*x"),
    *("1.5e2*x", ".5x", "2.x", "x×y÷2", "−x", "ln(x)", "abs(-x)", "max(x, y)", "arctan(x)"),
    *("atan2(x, y)", "where(x - 1, x, y)", "sin( x )", "((((x))))", "sin(cos(x))^2", "\tx\n"),
    *("(--x**2)**3", "-(-x + y)", "2*(y - x) - -(x - y)", "y/-(x*y)", "x*(1/x + y)", "(-x*y)**2"),
    *("-x*y", "-x/y - x*-y", "x*-(y + 1)/-y", "1/(1/x)", "(x + 1)**-y", "y - (-x - 1)", "0 - x*y"),
    *("x - (y + x)", "x/(y*x)", "x/(1/y)", "-(-(x - y))*x", "x**-(-y)", "(2*x)**(y*2)", "-2**x"),
    *("sigmoid(2x - y)", "exp(-x*x/2)/sqrt(2*pi)", "polygamma(1, x)", "x**0", "0.1 + 0.2"),
)


@needs_node
def test_it_reads_what_python_reads():
    found = each(READ, f"const g = read(text, ['x', 'y']); return [value(g, {json.dumps(AT)}), "
                       "symbolic(g).values.at(-1)];")
    for text, (number, written) in zip(READ, found, strict=True):
        expected = read_leniently(text)[0].at(**AT)
        assert number == pytest.approx(expected, rel=1e-14), text
        assert parse(str(written)).at(**AT) == pytest.approx(expected, rel=1e-14), (text, written)
    assert asked("read('-x*y')") == [{"name": "x"}, {"row": "negate", "inputs": [0]},
                                     {"name": "y"}, {"row": "*", "inputs": [1, 2]}]


# What people write of x, and what it is in Python; None for what truly has two meanings or none.
BY_HAND = {
    "2x": "2*x", "sin x": "sin(x)", "½": "0.5", "½x": "0.5*x", "x²": "x**2",
    "2x²cosx": "2*x**2*cos(x)",
    "-72x^3(6-3x^4)^5": "-72*x**3*(6 - 3*x**4)**5", "30x^4e^x": "30*x**4*exp(x)",
    "e^x(6x^5+1)": "exp(x)*(6*x**5 + 1)", "7cosx": "7*cos(x)", "x(x+1)(x-1)": "x*(x + 1)*(x - 1)",
    "xe^x": "x*exp(x)", "e^xcosx": "exp(x)*cos(x)", "e^x sin x": "exp(x)*sin(x)", "e^-x(x-1)":
    "exp(-x)*(x - 1)", "sin x cos x": "sin(x)*cos(x)", "x^2sin(x)": "x**2*sin(x)", "x^2lnx":
    "x**2*log(x)", "e^(2x)cos(x)": "exp(2*x)*cos(x)", "x^(2)x": "x**3", "xsin(x)": "x*sin(x)",
    "cosxsinx": "cos(x)*sin(x)", "x^½": "x**0.5", "¾(x + 1)": "0.75*(x + 1)", "2πx": "2*pi*x",
    "pi(x+1)": "pi*(x + 1)", "esinx": "e*sin(x)", "1/sin x": "1/sin(x)", "-sin x + 1": "1 - sin(x)",
    "sqrtx + lnx": "sqrt(x) + log(x)", "x⁻²(x + 1)": "x**-2*(x + 1)", "3 x^2 x": "3*x**3", "e²x":
    "e**2*x", "2x·½": "x", "xtanh(2x)": "x*tanh(2*x)", "x^-1 x": "1", "x^2e": "x**2*e",
    "(x)½": "x/2",
    "1⁄2*x": "x/2",
    "2(x)3x": None, "x^2xe^x": None, "1/xsinx": None, "1/2x": None, "e^2x": None,
    "e^2(x+1)": None, "2^3sin(x)": None, "x^2x": None, "x^-2x": None, "2^x^2(x)": None, "1/x(x+1)":
    None, "e^sin(x)cos(x)": None, "sin 2x": None, "sin x^2": None, "cosx²": None, "sin x/2": None,
    "sin x e^x": None, "sin x(x)": None, "3½": None, "5e2x": None, "ex": None, "xx": None, "e(x)":
    None, "cosy": None, "cosx2": None, "sin": None, "sin -x": None, "sin sin x": None, "x 2": None,
    "sinx cos": None, "cos": None, "½½": "0.25", "x½": "x/2", "y(x)": None, "1/2 sin x": None,
}


@needs_node
def test_both_readers_read_what_people_write_and_refuse_the_same():
    found = each(BY_HAND, "return value(read(text, ['x']), {x: 1.25});")
    for (text, meant), number in zip(BY_HAND.items(), found, strict=True):
        try:
            read = read_leniently(text, {"x": X})[0]
            strange = {leaf.name for leaf in named_leaves(read)} - {"x"}
            here = None if strange else read.at(x=1.25)
        except FormulaError:
            here = None
        expected = meant and eval(meant, {**vars(math), "x": 1.25})
        assert (here is None) == (str(number)[:1] == "!") == (meant is None), (text, here, number)
        if meant:
            assert here == pytest.approx(expected, rel=1e-14), text
            assert number == pytest.approx(expected, rel=1e-14), text


@needs_node
def test_where_names_beside_each_other_can_be_told_apart_in_two_ways_they_are_not():
    said = asked("tried(() => read('tanasin(x)', ['a', 'x']))")  # asin(x), or a*sin(x)?
    assert said == ("!cannot read »tanasin«(x): "
                    "tanasin is not a function; a product is tanasin*(...)")


REFUSED = {
    "": "cannot read »«: a number or a name is missing here",
    "x +": "cannot read x +»«: a number or a name is missing here",
    "x + * 2": "cannot read x + »*« 2: a number or a name is missing here",
    "()": "cannot read (»)«: a number or a name is missing here",
    "sin()": "cannot read sin(»)«: a number or a name is missing here",
    "((x)": "cannot read »(«(x): a ) is missing",
    "(x": "cannot read »(«x: a ) is missing",
    "sin(x": "cannot read »sin«(x: a ) is missing",
    "x)": "cannot read x»)«: this closes nothing",
    "1,5": "cannot read 1»,«5: a comma separates inputs of a function; decimals have a point",
    "(1,5)": "cannot read (1»,«5): a comma separates inputs of a function; decimals have a point",
    "2 3": "cannot read 2 »3«: no sign stands before this number",
    "x 2": "cannot read x »2«: no sign stands before this number",
    "1/2x": "cannot read 1/2»x«: write 1/2*x or 1/(2*x)",
    "e^2x": "cannot read e^2»x«: write e^2*x or e^(2*x)",
    "x/y(x + 1)": "cannot read x/y»(«x + 1): write x/y*(...) or x/(y*(...))",
    "x/2(x + 1)": "cannot read x/2»(«x + 1): write x/2*(...) or x/(2*(...))",
    "3 + x/2sin(x)": "cannot read 3 + x/2»sin«(x): write x/2*sin(...) or x/(2*sin(...))",
    "sin x/2": "cannot read sin x»/«2: write sin(x)/... or sin(x/...)",
    "sin x y": "cannot read sin x »y«: write sin(x)*... or sin(x*...)",
    "3½": "write 3+ 1⁄2 or 3* 1⁄2",
    "5e2x": "cannot read 5e2»x«: write * before this",
    "atan2 x": "cannot read »atan2« x: write atan2(...)",
    "sin": "cannot read »sin«: write sin(...)",
    "f(x)": "cannot read »f«(x): f is not a function; a product is f*(...)",
    "negate(x)": "cannot read »negate«(x): negate is not a function; a product is negate*(...)",
    "z + 1": "cannot read »z« + 1: there is no z here, but x, y, pi, e",
    "xy": "cannot read »xy«: there is no xy here, but x, y, pi, e",
    "atan2(x)": "cannot read »atan2«(x): atan2 needs 2 inputs",
    "sin(x, y)": "cannot read »sin«(x, y): sin needs 1 input",
    "1e999": "cannot read »1e999«: the number is too large",
    "x = 2": "cannot read x »=« 2: this means nothing here",
    "x < 2": "cannot read x »<« 2: this means nothing here",
    "x//2": "cannot read x/»/«2: a number or a name is missing here",
    "x; alert(1)": "cannot read x»;« alert(1): this means nothing here",
    "constructor": "cannot read »constructor«: there is no constructor here, but x, y, pi, e",
    "constructor(x)": "cannot read »constructor«(x): constructor is not a function; a product is "
                      "constructor*(...)",
    "__proto__": "cannot read »_«_proto__: a number or a name is missing here",
    "eval(x)": "cannot read »eval«(x): eval is not a function; a product is eval*(...)",
    "toString": "cannot read »toString«: there is no toString here, but x, y, pi, e",
    "</script>": "cannot read »<«/script>: a number or a name is missing here",
    "x\u2028\u2029+ '": "cannot read x + »'«: a number or a name is missing here",
    "x + y + x + y + \u202e": "cannot read ...y + x + y + » «: a number or a name is missing here",
}


@needs_node
def test_what_it_refuses_and_why():
    found = each(REFUSED, "return String(read(text, ['x', 'y']));")
    shown = {text: message.removeprefix("!") for text, message in zip(REFUSED, found, strict=True)}
    assert {text: said.strip() for text, said in shown.items()} == REFUSED


LONG = ["(" * 10_000, "x" * 100_000, "(" * 10_000 + "x" + ")" * 10_000]
DEEP = ["(" * 499 + "x" + ")" * 499, "-" * 999 + "x", "+" * 999 + "x", "x**" * 333 + "x",
        "x*" * 499 + "x", "x " * 499, "sin(" * 199 + "x" + ")" * 199,
        "where(x," * 80 + "1" + ",2)" * 80, "sin(x)/(1 + " * 70 + "x" + ")" * 70]


@needs_node
def test_long_and_deep_texts_end_in_a_sentence_or_in_a_graph():
    assert each(LONG, "return read(text);") == [
        f"!a text of {len(text)} characters is too long: 1000 are read" for text in LONG]
    found = each(DEEP, "const g = read(text), n = sweep(g, {x: 0.5}); symbolic(g); "
                       "return [n.values.at(-1), n.grads[g.findIndex(node => node.name)], "
                       "Math.max(...symbolic(g).grads.map(t => t.length))];")
    for text, (number, slope, longest) in zip(DEEP, found, strict=True):
        x = Value(0.5, "x")
        y = read_leniently(text, {"x": x})[0]
        y.backward()
        assert (number, slope) == pytest.approx((y.data, x.grad), rel=1e-9), text
        assert longest <= 2000
    for bad in ("(" * 1000, "sin(" * 250, "x," * 500, "-" * 1000):
        (said,) = each([bad], "return read(text);")
        assert said.startswith("!cannot read") and len(said) < 120


@needs_node
def test_numbers_are_looked_up_by_their_own_names_alone():
    found = asked("[value(read('constructor + 1'), {}), value(read('x'), {x: 2}), "
                  "tried(() => value(read('toString*valueOf'), {valueOf: 1}))]")
    assert math.isnan(found[0]) and found[1] == 2 and math.isnan(found[2])


# The sweep


@needs_node
def test_the_sweep_has_each_node_with_its_value_its_slopes_and_its_grad():
    found = asked("[read('x**2*sin(x)'), sweep(read('x**2*sin(x)'), {x: 1.5}), "
                  "symbolic(read('x**2*sin(x)'))]")
    graph, numbers, texts = found
    assert graph == [{"name": "x"}, {"number": 2}, {"row": "**", "inputs": [0, 1]},
                     {"row": "sin", "inputs": [0]}, {"row": "*", "inputs": [2, 3]}]
    s, c = math.sin(1.5), math.cos(1.5)
    assert numbers["values"] == pytest.approx([1.5, 2, 2.25, s, 2.25 * s])
    assert numbers["grads"] == pytest.approx([3 * s + 2.25 * c, 0, s, 2.25, 1])
    assert numbers["slopes"] == [[], [], [3, 0], pytest.approx([c]), pytest.approx([s, 2.25])]
    assert texts == {
        "values": ["x", 2, "x**2", "sin(x)", "x**2*sin(x)"],
        "grads": ["x**2*cos(x) + sin(x)*(2*x)", 0, "sin(x)", "x**2", 1],
        "slopes": [[], [], ["2*x", 0], ["cos(x)"], ["sin(x)", "x**2"]]}


@needs_node
def test_what_is_not_taken_has_no_say_and_what_has_no_slope_gives_nan():
    texts = ["where(x, y, log(x))", "0*sqrt(x + 1)", "log(x)", "asin(2)*x", "asin(1)*x", "x/0"]
    found = each(texts, "const g = read(text), s = sweep(g, {x: -1, y: 3}); "
                        "return [s.values.at(-1), s.grads[g.findIndex(n => n.name === 'x')]];")
    assert math.isnan(found[0][0])  # log(-1) is taken
    taken = "return sweep(read(text), {x: -1, y: 3}).grads[1];"
    assert each(["where(y, x*x, log(x))"], taken) == [-2]
    assert [math.isnan(slope) for _, slope in found[1:]] == [True, True, True, False, True]


def drawn(count):
    """Texts at points, with their value and slopes as Python has them, and how sure that is."""
    dice, found = random.Random(8), []
    while len(found) < count:
        formula = grow(dice, dice.randint(1, 4), [])
        if not isinstance(formula, Value) or not formula.inputs:
            continue
        formula, point = leaves_as_floats(formula), (dice.uniform(-3, 3), dice.uniform(-3, 3))
        text = str(formula)
        try:
            formulas = [formula, *swept_gradient(formula, [X, Y])]
        except DomainError:
            continue
        numbers = [measured(each, point) for each in formulas]
        if None not in numbers and len(text) < 900 and "\n" not in text:
            found.append((text, point, numbers))
    return found


@needs_node
def test_random_formulas_and_their_slopes_as_numbers_and_as_texts():
    cases = drawn(len(thinned(range(5000), keep=300)))
    given = json.dumps([[text, *point] for text, point, _ in cases])
    found = asked(given + """.map(([text, x, y]) => {
        const g = read(text, ["x", "y"]), n = sweep(g, {x, y}), t = symbolic(g);
        const of = (all, name) => all[g.findIndex(node => node.name === name)] ?? 0;
        return [value(g, {x, y}), of(n.grads, "x"), of(n.grads, "y"),
                t.values.at(-1), of(t.grads, "x"), of(t.grads, "y")]; })""")
    shown = 0
    for (text, point, numbers), (*there, again, by_x, by_y) in zip(cases, found, strict=True):
        for (number, reach), other in zip(numbers, there, strict=True):
            assert abs(number - other) <= reach + 1e-13 * abs(number), (text, point, number, other)
        for (number, _), written in zip(numbers, (again, by_x, by_y), strict=True):
            if written == "...":
                continue
            shown += 1
            try:
                other = parse(str(written)).at(x=point[0], y=point[1])
            except DomainError:  # log(u) where u**v is a power of a negative u, say: unasked for
                continue
            assert number == pytest.approx(other, rel=1e-6, abs=1e-9), (text, point, written)
    assert shown > 2.5 * len(cases)


@needs_node
def test_light_simplification():
    texts = {"x**3 - 3*x": "-3 + 3*x**2", "1/x": "-1/x/x", "x*x": "x + x", "-x": "-1",
             "sqrt(x)": "1/(2*sqrt(x))", "x*y": "y", "x/y": "1/y", "y - x": "-1", "2*(3*x)": "6",
             "exp(x)": "exp(x)", "x + 0*y": "1", "x*(0 - y)": "-y", "cos(x)": "-sin(x)",
             "0.5*(0.25*x)": "0.5*0.25"}
    found = each(texts, "const g = read(text), i = g.findIndex(n => n.name === 'x'); "
                        "return symbolic(g).grads[i] + ' ';")
    said = [f"{each:g}" if isinstance(each, float) else each.strip() for each in found]
    assert dict(zip(texts, said, strict=True)) == texts


@needs_node
def test_a_row_of_ones_own_is_read_and_derived():
    Operation("cube", lambda x: x**3, lambda x, y: 3 * x**2)
    blend = Operation("blend", lambda p, q, r, s: p + q * (r - p) * s,
                      lambda p, q, r, s, y: 1 - q * s,
                      lambda p, q, r, s, y: (r - p) * s, lambda p, q, r, s, y: q * s,
                      lambda p, q, r, s, y: q * (r - p))
    found = asked("['cube(2*x)', 'blend(x, 0.5, 3, x)'].map(text => { const g = read(text); "
                  "const i = g.findIndex(n => n.name); return [symbolic(g).grads[i], "
                  "sweep(g, {x: 1.5}).grads[i], value(g, {x: 1.5})]; })")
    x = Value(1.5, "x")
    y = blend(x, 0.5, 3, x)
    y.backward()
    assert found[0] == ["2*(3*(2*x)**2)", 54, 27]
    assert found[1][1:] == pytest.approx([x.grad, y.data])
    assert parse(found[1][0]).at(x=1.5) == pytest.approx(x.grad)


@needs_node
def test_few_rows_are_enough_for_few_functions():
    rows = [*ARITHMETIC, exp, sin]
    assert len(javascript_table(rows)) < 2200
    found = asked("[tried(() => symbolic(read('sin(x)*exp(x)')).grads[0]), "
                  "tried(() => read('tan(x)'))]", rows)
    assert found == ["sin(x)*exp(x) + exp(x)*cos(x)",
                     "!cannot read »tan«(x): tan is not a function; a product is tan*(...)"]
