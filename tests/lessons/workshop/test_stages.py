"""The stages: each reference passes its own test and all before, and not the next; mistakes are
told apart; and what is planted in an engine is noticed.
"""

import re
from difflib import SequenceMatcher

import pytest

from lessons.grading import checker
from lessons.grading.checker import NOT_YET, RIGHT, WRONG
from lessons.workshop import whole
from lessons.workshop.stages import STAGES, s08_loop, s10_many, stage
from mathlab.learning.data.explore import standardize
from tests.thinned import thinned

LAST = len(STAGES)
every_stage = pytest.mark.parametrize("number", STAGES)


@pytest.fixture
def judged(tmp_path):
    """Judges an engine at a stage."""

    def judge(text, number):
        path = tmp_path / "engine.py"
        path.write_text(text, encoding="utf-8")
        return checker.judge(STAGES[number], path)

    return judge


def test_there_are_ten_stages():
    assert list(STAGES) == list(range(1, 11))


@every_stage
def test_the_whole_after_a_stage_passes_it_and_all_before(judged, number):
    text = whole.after(number)
    for each in range(1, number + 1):
        if each != 10 or number == 10:
            verdict = judged(text, each)
            assert verdict.state == RIGHT, (each, verdict)
            assert verdict.why


@pytest.mark.parametrize("number", range(LAST - 1))
def test_and_not_the_next(judged, number):
    assert judged(whole.after(number), number + 1).state == NOT_YET


@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_a_whole_differs_from_the_one_before_and_holds_no_marks(number):
    text = whole.after(number)
    assert text != whole.after(number - 1)
    assert "#:" not in text
    compile(text, "engine.py", "exec")
    assert max(map(len, text.splitlines())) <= 100
    assert not re.search(r"\n{4}|[ \t]\n", text)
    assert text.endswith("\n") and not text.endswith("\n\n")


@every_stage
def test_hints_fade_from_a_nudge_to_nearly_the_line(number):
    hints = stage(number).HINTS
    assert 2 <= len(hints) <= 4
    source = "".join(whole.after(number).split())

    def shared(hint):
        """How much of the source stands in a hint, letter by letter."""
        words = "".join(hint.split())
        return SequenceMatcher(None, words, source, autojunk=False).find_longest_match().size

    assert shared(hints[-1]) >= 12
    assert shared(hints[0]) < 20


# ------------------------------------------------------------------ typical mistakes

ADD = "return Value(self.data + other.data, (self, other))"
CALLS_ITSELF = """
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(result)
    return order

"""
AS_MET = """
    order = []
    stack = [result]
    while stack:
        node = stack.pop(0)
        if node not in order:
            order.append(node)
            stack += node.inputs
    return order

"""
BODY = re.search(r'and once\."""\n(.*?)return order\n', whole.after(3), re.DOTALL)[1]
BODY = "\n" + BODY + "return order\n"
LOSS = "loss = sum((y - (slope * x + intercept)) ** 2 for x, y in rows) / len(rows)"
NUDGE = "return (f(x + h) - f(x - h)) / (2 * h)"

MISTAKES = [  # the stage, what is replaced by what, and what is said of it
    (1, ADD, "return self.data + other.data", "numbers forget: put it into Value(...)"),
    (1, ADD, "return Value(self.data + other.data)", "does not know what it was made from"),
    (1, ADD, "return Value(self + other, (self, other))", "add the two numbers"),
    (1, ADD, "return Value(self.data + other.data, (self.data, other.data))", "keep the Values"),
    (1, ADD, "return Value(self.data + other.data, {self, other})", "a set keeps no order"),
    (1, ADD, "return Value(self.data + other.data, (other, self))", "the left one first"),
    (1, ADD, "Value(self.data + other.data, (self, other))", "it needs a `return`"),
    (1, ADD, "self.data += other.data\n        return self", "a itself was changed"),
    (1, ADD, "return Value(self.data * other.data, (self, other))", "+ is to add"),
    (2, "lambda u, v, y: v, lambda u, v, y: u", "lambda u, v, y: u, lambda u, v, y: v",
     "the wrong way round: if a is nudged"),
    (2, "lambda u, v, y: 1, lambda u, v, y: 1", "lambda u, v, y: u, lambda u, v, y: v",
     "how fast does a sum move"),
    (2, "lambda u, v, y: v, lambda u, v, y: u", "lambda u, v, y: 1, lambda u, v, y: 1",
     "those are the slopes of +"),
    (2, "    if not node.inputs:\n        return []\n", "", "its slopes are []"),
    (2, ", lambda u, v, y: u)", ")", "a row is three functions"),
    (2, '    "*": (', '    "x": (', "the table has no row for *"),
    (2, "lambda u, v: u * v", "lambda u, v: v", "the first function of a row gives the result"),
    (2, "TABLE[node.row][1:]", "TABLE[node.row]", "more or fewer things than it takes"),
    (2, "y: v, lambda u, v, y: u)", "y: v, ...)", "still a ... in the row"),
    (2, "y: v, lambda u, v, y: u)", "y: v, lambda u, v, y: ...)", "still a ... in the row"),
    (2, "numbers = [x.data for x in node.inputs]", "numbers = node.inputs", "give the functions"),
    (3, BODY, CALLS_ITSELF, "keep a stack of your own"),
    (3, BODY, AS_MET.replace("order\n\n", "order[::-1]\n\n"), "comes too early"),
    (3, "return order", "return order[::-1]", "the wrong way round"),
    (3, "elif node not in order:", "else:", "stand there once"),
    (4, "x.grad += node.grad", "x.grad = node.grad", "add up, with +="),
    (4, "reversed(order)", "order", "walk from the end, through reversed(order)"),
    (4, "reversed(order)", "as_met(self)", "b handed on before c"),
    (4, "        for node in order:\n            node.grad = 0\n", "", "let every grad begin at 0"),
    (4, "        self.grad = 1\n", "", "set self.grad to 1"),
    (4, "node.grad * slope", "node.grad", "the slope is missing"),
    (4, "node.grad * slope", "slope", "node.grad is missing"),
    (4, "node.grad * slope", "self.grad * slope", "or another grad stands in its place"),
    (4, "self.row = row\n        self.grad = 0", "self.row = row\n        self.grad = 1",
     "in __init__ let self.grad begin at 0"),
    (4, "zip(node.inputs, slopes(node))", "dict(zip(node.inputs, slopes(node))).items()",
     "a twice in one operation hands on twice"),
    (5, "lambda u, v, y: 1, lambda u, v, y: -1", "lambda u, v, y: 1, lambda u, v, y: 1",
     "the slope for b has a minus sign"),
    (5, "-y / v", "y / v", "the slope for b has a minus sign"),
    (5, "-y / v", "-u / v", "not right"),
    (5, "-y / v", "-1 / v", "the slope of a / b for b is -a / b**2"),
    (5, "lambda u, v: u / v", "lambda u, v: v / u", "the wrong way round"),
    (5, 'apply("/", other, self)', 'apply("/", self, other)', "the wrong way round"),
    (5, 'apply("-", other, self)', 'apply("-", self, other)', "the wrong way round"),
    (5, "v * u ** (v - 1)", "u ** (v - 1)", "the factor v is missing"),
    (5, "v * u ** (v - 1)", "v * u ** v", "the exponent goes down by one"),
    (5, "inputs = [as_value(x) for x in inputs]", "pass", "make a Value of it first"),
    (5, "v * u ** (v - 1))", "v * u ** (v - 1), lambda u, v, y: y * log(u))", "until stage 6"),
    (5, "return -1 * self", "return -self.data", "give back a Value, as apply makes it"),
    (5, "return -1 * self", "return -1 * self.data", "give back a Value, as apply makes it"),
    (5, "return -1 * self", "return as_value(-1 * self.data)", "forgotten that it was made from x"),
    (5, "return -1 * self", "return Value(-self.data)", "x itself and not its .data"),
    (5, 'apply("/", other, self)', 'apply("/", other, self.data)', "x itself and not its .data"),
    (6, 'return apply("exp", x)', "return math.exp(x.data)", "give back a Value, as apply makes"),
    (6, "y * log(u)", "y * math.log(u)", "in a slope take your own log"),
    (6, '"exp": (lambda x: math.exp(x), lambda x, y: y)',
     '"exp": (lambda x: math.exp(x), lambda x, y: x * exp(x - 1))', "the rule of powers"),
    (6, "1 - y * y", "1 - x * x", "take y, the result"),
    (6, "1 - y * y", "1 - y", "that is 1 - y"),
    (6, "1 - y * y", "y * y", "what is missing to 1"),
    (6, "lambda x, y: 1 / x", "lambda x, y: y", "that is the logarithm itself"),
    (6, "y * log(u)", "log(u)", "that is log(u)"),
    (6, "y * log(u)", "y", "that is y; the slope for v"),
    (6, "1 - y * y", "y * (1 - y)", "the slope of the sigmoid"),
    (6, "lambda x, y: 1 / x", "lambda x, y: 1 / y", "that is 1 / y"),
    (6, ", lambda u, v, y: y * log(u)", "", "needs its second slope"),
    (6, "y * log(u)", "y * log(v)", "that is y * log(v)"),
    (6, '0 if x.row == "number" else slope', "slope", "which never moves"),
    (6, "    if not any(isinstance(x, Value) for x in inputs):\n        return compute(*inputs)\n",
     "", "of a plain number a plain number should come"),
    (7, NUDGE, "return (f(x + h) - f(x)) / h", "nudge to both sides"),
    (7, NUDGE, "return (f(x + h) - f(x - h)) / h", "the two places are 2*h apart"),
    (7, NUDGE, "return (f(x + h) - f(x - h)) / 2 * h", "in parentheses"),
    (7, NUDGE, "return f(x + h) - f(x - h) / (2 * h)", "too far off"),
    (7, "h=1e-5", "h=1e-17", "x + h is x"),
    (7, "[1.5, 2.5]", "[1.5, 1.5]", "are the numbers for u and v alike"),
    (7, "[1.5, 2.5]", "[1.0, 2.5]", "at x = 1 both are alike"),
    (7, "enumerate(row_slopes)", "enumerate(row_slopes[:1])", "the second input"),
    (7, "abs(measured - slope(*numbers, y))", "measured - slope(*numbers, y)", "with abs(...)"),
    (7, "abs(measured - slope(*numbers, y))", "slope(*numbers, y) - measured", "with abs(...)"),
    (7, "> 1e-6 and", "> 0.01 and", "how near must the two numbers be"),
    (7, "return wrong", "return []", "is nothing compared"),
    (7, "return wrong", "return list(TABLE)", "the rows are right"),
    (8, "slope.data -=", "slope.data +=", "it walks uphill"),
    (8, "slope.data -= learning_rate * slope.grad\n        intercept.data -=",
     "slope.data += learning_rate * slope.grad\n        intercept.data +=", "it walks uphill"),
    (8, " / len(rows)", "", "divide by len(rows)"),
    (8, "    for _ in range(steps):\n        " + LOSS, f"    {LOSS}\n    for _ in range(steps):",
     "make the loss anew"),
    (8, "        intercept.data -= learning_rate * intercept.grad\n", "",
     "the intercept has not moved"),
    (8, "return slope.data, intercept.data", "return intercept.data, slope.data",
     "the slope comes first"),
    (8, "range(steps)", "range(steps + 1)", "one step too many"),
    (8, "return slope.data, intercept.data", "return slope, intercept", "its .data"),
    (8, "    return slope.data, intercept.data", "        return slope.data, intercept.data",
     "is the loop left too early"),
    (8, "slope.data -= learning_rate * slope.grad", "slope = slope - learning_rate * slope.grad",
     "Change the number in it"),
    (8, "slope.data -= learning_rate * slope.grad", "slope -= learning_rate * slope.grad",
     "from step to step"),
    (9, "sweep(y, name_of)", "sweep(y, data_of)", "the sweep has seen the .data"),
    (9, "def __str__", "def text", "has no __str__ of its own"),
    (9, 'f"({parts[0]} {node.row} {parts[1]})"', 'f"{parts[0]} {node.row} {parts[1]}"',
     "that is another formula"),
    (9, "lambda x: math.log(x), lambda x, y: 1 / x", "lambda x: math.log(x), lambda x, y: 1 / "
     "math.exp(y)", "use your own log and exp"),
    (9, "grads[x] + grads[node] * slope", "grads[node] * slope", "that is another formula"),
]


@pytest.mark.parametrize(("number", "old", "new", "said"), MISTAKES)
def test_a_typical_mistake_has_its_own_sentence(judged, number, old, new, said):
    text = whole.after(number)
    assert old in text
    verdict = judged(f"{text.replace(old, new, 1)}\n\ndef as_met(result):{AS_MET}", number)
    assert (verdict.state, said in verdict.why) == (WRONG, True), verdict


@every_stage
def test_each_stage_knows_three_mistakes_or_more(number):
    assert number == LAST or sum(each == number for each, *_ in MISTAKES) >= 3


@pytest.mark.parametrize(("number", "gone", "said"), [
    (4, "        self.grad = 0\n", "a Value has no `grad`"),
    (5, "def __rsub__", "The number stands on the left, so Value is asked for __rsub__"),
    (5, "__radd__ =", "asked for __radd__"), (5, "def __rtruediv__", "asked for __rtruediv__"),
    (5, "def __neg__", "Value is asked for __neg__"), (5, "def __sub__", "asked for __sub__, w"),
    (6, "def __rpow__", "asked for __rpow__"),
])
def test_what_is_missing_is_named(judged, number, gone, said):
    text = whole.after(number)
    assert gone in text
    verdict = judged(text.replace(gone, gone.replace("def __", "def other__").replace("__r", "r__")
                                  if "__" in gone else ""), number)
    assert (verdict.state, said in verdict.why) == (NOT_YET, True), verdict


def test_it_is_said_which_half_of_stage_5_is_done(judged):
    after_4, text = whole.after(4), whole.after(5)
    assert "half" not in judged(after_4, 5).why
    rows = re.findall(r'    "(?:-|/|\*\*)": .*\n', text)
    half = after_4.replace("}\n", "".join(rows) + "}\n", 1)
    half = half.replace("    def backward", "".join(
        f"    def __{name}__(self, other):\n        return apply({sign!r}, self, other)\n\n"
        for name, sign in (("sub", "-"), ("truediv", "/"), ("pow", "**"))) + "    def backward")
    verdict = judged(half, 5)
    assert verdict.state in (NOT_YET, WRONG) and "first half, the rows, is" in verdict.why
    assert "half" not in judged(text.replace("-y / v", "y / v"), 5).why


@pytest.mark.parametrize(("number", "old", "new", "came", "expected"), [
    (1, ADD, "return Value(self.data * other.data, (self, other))", "12.0", "7.0"),
    (3, "return order", "return order[::-1]", "[c, b, a]", "[a, b, c]"),
    (4, "x.grad += node.grad", "x.grad = node.grad", "5.0", "6.0"),
    (5, "-y / v", "y / v", "2.0", "-2.0"),
    (8, " / len(rows)", "", "[0.8, 1.8]", "[0.26666666666666666, 0.6]"),
])
def test_what_came_and_what_was_expected(judged, number, old, new, came, expected):
    verdict = judged(whole.after(number).replace(old, new, 1), number)
    assert verdict.came.replace("000000000000004", "") == came
    assert verdict.expected == expected
    assert "Value(" in verdict.asked or "rows" in verdict.asked


# ------------------------------------------------------------------ whatever is planted is noticed

SWAPS = [(" + ", " - "), (" - ", " + "), (" * ", " + "), (" / ", " * "), ("**", "*"), ("-1", "1"),
         ("[1:]", "[:1]"), ("[0]", "[1]"), ("reversed(order)", "order"), (" = 1\n", " = 2\n"),
         (" = 0\n", " = 1\n"), ("y: 1,", "y: 2,"), ("y: y)", "y: x)"), ("y: u)", "y: v)"),
         ("y: v,", "y: u,"), ("other, self)", "self, other)"), ("+=", "-="), ("-=", "+="),
         (", row)", ")"), ("self.data)", "0)"), ("== \"number\"", "== \"\""), ("-y", "y"),
         ("name or", "row or"), ("math.exp", "math.sin"), ("math.log(", "math.sqrt(")]


def planted():
    """The last engine but one, each time with one thing changed."""
    text = whole.after(9)
    for old, new in SWAPS:
        for found in re.finditer(re.escape(old), text):
            line = text.count("\n", 0, found.start()) + 1
            around = text.splitlines()[line - 1].strip()
            if "stack" in around or around.startswith(("#", '"""', "self.grad")) or (
                    'apply("+", other' in around or 'apply("*", other' in around):
                continue  # where it makes no difference, or no end
            yield pytest.param(text[: found.start()] + new + text[found.end() :],
                               id=f"{line}: {old.strip()} {new.strip()}")


ENGINES = list(planted())


@pytest.mark.parametrize("text", thinned(ENGINES, 40))
def test_what_is_planted_in_an_engine_is_noticed(judged, text):
    assert any(judged(text, number).state != RIGHT for number in range(1, LAST))


def test_much_is_planted():
    assert len(ENGINES) > 50


# ------------------------------------------------------------------ other forms, and the data


OTHER_FORM = [
    (1, "(self, other))", "[self, other])"),  # a list will do
    (4, "        self.row = row\n", "        self.row = row\n        self.extra = {}\n"),
    (7, "(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) / 2 - f(x - h) / 2) / h"),
    (8, "return slope.data, intercept.data", "return [slope.data, intercept.data]"),
    (9, 'f"({parts[0]} {node.row} {parts[1]})"', 'f"(({parts[0]}){node.row}({parts[1]}))"'),
]


@pytest.mark.parametrize(("number", "old", "new"), OTHER_FORM)
def test_the_form_is_the_readers(judged, number, old, new):
    text = whole.after(number)
    assert old in text
    assert judged(text.replace(old, new), number).state == RIGHT


def test_other_names_inside_are_the_readers(judged):
    text = whole.after(9)
    for ours, hers in (("apply", "made"), ("as_value", "wrap"), ("data_of", "number_in"),
                       ("sweep", "walk"), ("order", "line_up"), ("row", "kind"), ("node", "n")):
        text = re.sub(rf"\b{ours}\b", hers, text)
    assert all(judged(text, number).state == RIGHT for number in range(1, LAST))


def test_the_films_are_those_of_the_lessons():
    rows, spread, mean = s08_loop.pairs(1)
    assert len(rows) > 3000
    budgets, _ = zip(*rows, strict=True)
    again, _ = standardize([spread * x + mean for x in budgets])
    assert again == pytest.approx(budgets)
    assert len(s08_loop.pairs(s08_loop.EVERY)[0]) == -(-len(rows) // s08_loop.EVERY)
    assert s10_many.pairs is s08_loop.pairs
