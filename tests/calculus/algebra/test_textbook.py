"""Derivatives are what books say, and are printed at most as long as the books print them."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from mathlab import derivative, parse, simplify
from mathlab.calculus.graph import operations as table
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.proof.same import differ
from tests.calculus.algebra.textbook import FACTS, FORTY, OF_ORDER_N, SYMPY
from tests.calculus.algebra.work import work

NUMBER = (table.constant, table.negate, table.divide)
EVERY_FACT = pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.formula} {f.order}")


def derived(fact):
    return derivative(parse(fact.formula), fact.variable, fact.order)


def size(text):
    """How many nodes the formula has, written out as a tree; -7 and 3/2 are numbers: one each."""
    sizes, numbers = {}, set()
    for node in inputs_first(parse(text)):
        plain = node.operation in NUMBER and not node.name and numbers.issuperset(node.inputs)
        numbers |= {node} if plain else set()
        sizes[node] = 1 if plain else 1 + sum(sizes[x] for x in node.inputs)
    return sizes[node]


@pytest.mark.parametrize(
    ("text", "nodes"),
    [("x", 1), ("-7", 1), ("-x", 2), ("-3/2", 1), ("x**(3/2)", 3), ("-5/(3*x + 2)**2", 9),
     ("sin(x)*sin(x)", 5), ("pi/2", 3), ("1/x", 3)],
)
def test_nodes_are_counted_as_in_a_tree(text, nodes):
    assert size(text) == nodes


@EVERY_FACT
def test_a_derivative_is_what_the_book_says(fact):
    assert differ(derived(fact), parse(fact.answer)) is None


def test_derivatives_are_printed_at_most_as_long_as_in_the_books():
    """Nine in ten: books also know the roots of quotients, and perfect squares."""
    longer = [fact for fact in FACTS if size(str(derived(fact))) > size(fact.answer)]
    assert len(longer) <= 10, "\n".join(f"{derived(fact)}, not {fact.answer}" for fact in longer)


def test_derivatives_are_printed_at_most_as_long_as_by_sympy():
    longer = [fact for fact, nodes in zip(FACTS, SYMPY, strict=True)
              if size(str(derived(fact))) > nodes]
    assert len(longer) <= 5, "\n".join(str(derived(fact)) for fact in longer)


@pytest.mark.parametrize(("formula", "order", "printed"), FORTY)
def test_forty_derivatives_are_printed_as_in_a_book(formula, order, printed):
    assert str(derivative(parse(formula), "x", order)) == printed
    assert str(simplify(parse(printed))) == printed


# How each of the FACTS is printed here, and the products and nodes that it takes at most.
PRINTED = [
    ("x*(3*b*x**5 + 5*a*b*x**3 - 2*c)/(x**2 + a)**2", 92, 177),
    ("(6*x - 4)*(x + 1)", 25,  78),
    ("x**2*(2*x - 9/2)", 31,  78),
    ("-a**2*(a*sqrt(x) + 1/2)/(sqrt(x)*(a**2*x + a*sqrt(x) + 1)**2)", 26, 100),
    ("2*x/(x**2 + 1)**2", 20, 73),
    ("a/(sqrt(x)*(a - sqrt(x))**2)", 36, 83),
    ("14110*x**4 - 65404*x**3 - 2244*x**2 + 8192*x + 1379", 64, 171),
    ("-5/(3*x + 2)**2", 31,  96),
    ("x**2*(6*x**2 + 6*x + 9)/(2*x**2 + x + 1)**2", 123, 235),
    ("(a*d - b*c)/(c*x + d)**2", 48,  97),
    ("-r*(2*b*t + a)/(b*t**2 + a*t + 1)**2", 24,  90),
    ("-(k*l + c)/i**2", 6, 34),
    ("168*x + 21", 25,  93),
    ("(2*a*x + x**2 - a)/(a + x)**2", 71,  86),
    ("2*a*(a + 1)/(a + x)**3", 141, 204),
    ("30/(3*x + 2)**3", 38, 120),
    ("-270/(3*x + 2)**4", 46, 152),
    ("12*x + 2", 31,  97),
    ("3*x*sqrt(a**2 + x**2)", 8, 31),
    ("-x/(x**2 + a)**(3/2)", 7, 36),
    ("-3*x**2/(2*(x**3 - a**2)**(3/2))", 11, 45),
    ("sqrt((1 - x)/(x + 1))/(x**2 - 1)", 41, 111),
    ("(x**2 + 3)*sqrt(x**3/(x**2 + 1))/(2*x*(x**2 + 1))", 33, 106),
    ("3*(x + sqrt(x**2 + a + x))**2*(x + sqrt(x**2 + a + x) + 1/2)/sqrt(x**2 + a + x)", 110, 279),
    ("x*(3*a - 4*x)/(2*b*sqrt(x*(a - x)))", 60, 133),
    ("(3*a**2 - 12*a*x + 8*x**2)/(4*b*(a - x)*sqrt(x*(a - x)))", 157, 325),
    ("x/sqrt(x**2 + 1)", 6, 24),
    ("a*x/(a - x**2)**(3/2)", 7, 35),
    ("(2*a**2 - x**2)/(x**3*sqrt(x**2 - a**2))", 28, 68),
    ("2*a*(x - a)/(a + x)**3", 64, 126),
    ("1/((1 - t)*sqrt(1 - t**2))", 20, 55),
    ("2*exp(2*x/(x + 1))/(x + 1)**2", 14, 65),
    ("x*exp(sqrt(x**2 + a))/sqrt(x**2 + a)", 6, 28),
    ("x*(6*sqrt(x**2 + a) + 1)/((3*x**2 + sqrt(x**2 + a))*sqrt(x**2 + a))", 27,  60),
    ("-1/(x*log(x)**2)", 4, 21),
    ("a*b*(exp(a*x) + exp(-a*x))", 16, 40),
    ("n/x", 4, 19),
    ("3*exp(x/(1 - x))/(1 - x)**2", 15, 64),
    ("(6*x - 15*x**2 - 5)*exp(-5*x)", 22,  69),
    ("a*x**(a - 1)/(a + x**a)", 6, 21),
    ("(1 - log(x + 3))/(x + 3)**2", 12, 40),
    ("a**x*x**a*log(a) + a**(x + 1)*x**(a - 1)", 16, 34),
    ("1/x + 1", 11, 28),
    ("3*log(a*x)**2/x", 6, 21),
    ("-3*sin(t)*cos(t)**2", 4, 20),
    ("3*tan(t)/(cos(t)**2*sqrt(3*tan(t)**2 + 1))", 23, 38),
    ("2*cos(x)**2 - 1", 13, 30),
    ("-n*sin(2*n*pi*t)", 5, 29),
    ("a**x*cos(a**x)*log(a)", 6, 17),
    ("a*m*n*t**(n - 1)*tan(t**n)**(m - 1)/cos(t**n)**2", 9, 33),
    ("4.6*(2*t + 3)**1.3*cos((2*t + 3)**2.3)", 8, 33),
    ("(3*b*t + a)/(2*sqrt(t))", 30,  73),
    ("(6*x**2 - x**4 - 2*x**3 + 12*x + 6)/(x**3 + 6)**2", 72, 147),
    ("(x**2 - 2*x + 1)*exp(x)/(x**2 + 1)**2", 27, 67),
    ("(x + 3)*exp(x)", 25, 56),
    ("300*x**2*(x**3 - 1)**99", 8, 30),
    ("-(2*x + 1)/(3*cbrt(x**2 + x + 1)**4)", 14, 61),
    ("45*(t - 2)**8/(2*t + 1)**10", 133,  97),
    ("(2*x + 1)**4*(34*x**3 + 12*x**2 - 18*x + 6)*(x**3 - x + 1)**3", 329, 318),
    ("-sin(tan(x))*cos(cos(tan(x)))/cos(x)**2", 3, 20),
    ("-1/(sqrt(1 - x**2)*asin(x)**2)", 8, 28),
    ("sqrt(x)/(2*(x + 1)) + atan(sqrt(x))", 13, 27),
    ("(x - 5)/(2*(x + 1)*(x - 2))", 26,  82),
    ("x**(sqrt(x) - 1/2)*(log(x) + 2)/2", 18, 47),
    ("(4 - x)/(x**(1/3)*(6 - x)**(2/3))", 23,  82),
    ("-8/(x**(4/3)*(6 - x)**(5/3))", 72, 221),
    ("(2*x + 1)*exp(1/x)/x**4", 22,  64),
    ("-4*x/(x**2 - 1)**2", 20, 77),
    ("(12*x**2 + 4)/(x**2 - 1)**3", 49, 147),
    ("x*(3*x + 4)/(2*(x + 1)**(3/2))", 29, 107),
    ("(3*x**2 + 8*x + 8)/(4*(x + 1)**(5/2))", 71, 266),
    ("-(2*sin(x) + 1)/(sin(x) + 2)**2", 41,  84),
    ("-2*(x**2 + 4)/(x**2 - 4)**2", 30, 100),
    ("x**2*(x**2 + 3)/(x**2 + 1)**2", 33,  88),
    ("2*x*(3 - x**2)/(x**2 + 1)**3", 114, 295),
    ("(6*x - x**2 - 6)/x**4", 95, 167),
    ("1/(1 - sin(x))", 34, 52),
    ("-2*cos(2*t)/cos(5 - sin(2*t))**2", 5, 30),
    ("x**20*(105 - 28*x)*(5 - x)**6", 125, 210),
    ("2*(1 - x)*(x + 1)/(x**2 + 1)**2", 60, 167),
    ("4*x*(x**2 - 3)/(x**2 + 1)**3", 124, 319),
    ("(64 - x**2 - 18*x)/(x**2 - 7*x + 1)**2", 64, 144),
    ("-12*x/(3*x**2 + 1)**3", 9, 44),
    ("(2*x + 1)**4*(3*x - 2)**6*(72*x + 1)", 146, 68),
    ("6*x**2/sqrt(1 - 4*x**6)", 11, 34),
    ("2*exp(x**2) - exp(x**2)/x**2", 13, 37),
    ("2*3**x*log(3)/(3**x + 2)**2", 22, 61),
    ("cos(x) + 2*x*cos(x**2)", 4, 23),
    ("-sin(sin(x))*cos(cos(sin(x)))*cos(x)", 2, 16),
    ("sin(x)/(cos(x) + 2)**2", 4, 32),
    ("(1 - 2*sin(x) - 2*cos(x))/(2 - cos(x))**2", 57, 106),
    ("exp(a*z)*sin(b*z)", 59, 128),
    ("acos(z)", 6, 34),
    ("1/(sqrt(z + 1)*sqrt(z - 1))", 6, 17),
    ("atanh(z)", 4, 32),
    ("-erfc(z)", 7, 52),
    ("x*exp(a*x)", 25, 47),
    ("1/(a**2 + x**2)", 16, 30),
    ("1/((a + x)*(a - x))", 38,  95),
    ("sqrt(a**2 + x**2)", 51, 86),
]


@pytest.mark.parametrize(("fact", "row"), [*zip(FACTS, PRINTED, strict=True)],
                         ids=lambda each: str(each[0]))
def test_how_a_derivative_is_printed_and_the_work_that_it_takes(fact, row):
    printed, products, nodes = row
    assert str(derived(fact)) == printed
    tried, made = work(lambda: derived(fact))
    assert (tried <= products, made <= nodes) == (True, True), (tried, made)


@EVERY_FACT
def test_a_wrong_answer_is_noticed(fact):
    assert differ(derived(fact), parse(f"({fact.answer})*1.00001")) is not None


def agree(formula, order, answer):
    """A polynomial of degree 8 is settled by 9 places; elsewhere 40 of 60 digits have to agree."""
    found, answer = derivative(parse(formula), "x", order), parse(answer)
    if formula.startswith("(x**2"):
        return all(found.at(x=Fraction(k, 3)) == answer.at(x=Fraction(k, 3)) for k in range(-4, 5))
    with localcontext(prec=60):
        places = [Decimal(k) / 4 for k in range(-10, 11, 3)]
        pairs = [(found.at(x=x), answer.at(x=x)) for x in places]
        return all(abs(a - b) <= Decimal("1e-40") * max(1, abs(b)) for a, b in pairs)


@pytest.mark.parametrize(("formula", "order", "answer"), OF_ORDER_N)
def test_a_derivative_of_order_n_is_what_is_in_print(formula, order, answer):
    assert agree(formula, order, answer)
    assert not agree(formula, order, answer + " + 1/10**30")
