"""What a notebook shows: formulas, pictures and tables, by the names that it asks for."""

import re
import xml.etree.ElementTree as ET

import pytest

from mathlab import Value, compare, exp, log, parse, sin, sqrt, steps, symbols
from mathlab.drawing import Chart, Line, Points, graph, svg
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.notebook import html_table

X, = symbols("x")
SCRIPT = "<script>alert('a & b')</script>"


def table(html):
    """The rows of the one table that was written, its head first; it has to be well-formed."""
    root = ET.fromstring(f"<div>{html.replace('<br>', '<br/>')}</div>")
    (found,) = root.iter("table")
    assert all(each.tag in ("p", "table") for each in root)
    return [["".join(cell.itertext()) for cell in row] for row in found.iter("tr")]


@pytest.mark.parametrize(("value", "shown"), [
    (X**2, r"$\displaystyle x^{2}$"),
    (Value(3.0, name="x"), r"$\displaystyle x$"),
    (Value(3.0, name="x")**2, r"$\displaystyle x^{2} = 9.0$"),
    (Value(1, name="n")/3, r"$\displaystyle \frac{n}{3} \approx 0.333333$"),
    (sqrt(Value(2j, name="z")), r"$\displaystyle \sqrt{z}$"),
    (parse("alpha_1/2"), r"$\displaystyle \frac{\alpha_{1}}{2}$"),
])
def test_a_value_is_a_formula(value, shown):
    assert value._repr_latex_() == shown


def test_what_nobody_would_read_stays_plain_text():
    y = X
    for _ in range(2000):
        y = sin(y) + 1
    assert y._repr_latex_() is None


def test_charts_and_graphs_are_pictures():
    chart = Chart(Points([1, 2], [3, 5]), Line([1, 2], [3, 5]), title=SCRIPT)
    y = X * X
    for picture in (chart, svg.render(chart), svg.beside([chart, chart]), graph.svg(y)):
        shown = picture._repr_svg_()
        assert ET.fromstring(shown).tag == "{http://www.w3.org/2000/svg}svg"
        assert "<script" not in shown
    assert svg.render(chart) == chart._repr_svg_()


def test_a_table_has_its_numbers_to_the_right():
    shown = Table({"a <b>": [1, 2.5, None], "name": ["x", SCRIPT, "z"]})._repr_html_()
    assert table(shown) == [["a <b>", "name"], ["1", "x"], ["2.5", SCRIPT], ["-", "z"]]
    assert "<script" not in shown
    assert re.findall(r"<th( style[^>]*)?>", shown) == ["", ' style="text-align: left"']


def test_a_long_table_says_how_long_it_is():
    shown = Table({"n": range(70)})._repr_html_()
    assert len(table(shown)) == 51 and shown.endswith("<p>... 20 more rows</p>")


def test_a_derivation_has_a_row_for_each_step():
    derivation = steps(X**2 * sin(X), X)
    head, *rows = table(derivation._repr_html_())
    assert len(head) == 4 and [row[2] for row in rows] == [s.equation for s in derivation.steps]
    assert rows[0][:2] == ["1.", "product rule"]
    long = steps(parse("*".join(f"sin({k}*x)" for k in range(1, 120))), X)
    assert len(table(long._repr_html_())) < len(long.steps)


def test_a_comparison_has_a_row_for_each_method():
    found = compare("x**2*sin(x)", 1.5)
    head, *rows = table(found._repr_html_())
    assert head[:2] == ["method", "derivative"] and [row[0] for row in rows] == [*found.findings]
    assert "witness: 50 digits" in found._repr_html_()
    kink = compare("abs(x)", 0)._repr_html_()
    assert "numeric: the slope is -1 to the left and 1 to the right of 0.0: a kink" in kink


def test_a_fit_is_a_table_of_its_parameters():
    trainer = Trainer("y = a*x + b*log(x)*exp(0)")
    assert "not fitted yet" in trainer._repr_html_()
    trainer.fit({"x": [1, 2, 3, 4], "y": [3.0, 6.0, 9.0, 12.5]})
    assert [row[0] for row in table(trainer._repr_html_())] == ["parameter", "a", "b"]
    sure = Uncertainty(trainer)
    head, a, b = table(sure._repr_html_())
    assert head == ["parameter", "value", "standard error", "95% from", "to", "p-value"]
    for row, name in ((a, "a"), (b, "b")):
        known = [trainer.parameters[name], sure.errors[name], *sure.interval(name)[2:]]
        assert [float(cell) for cell in row[1:5]] == pytest.approx(known, rel=0.05)


def test_titles_and_notes_are_text():
    shown = html_table(["x"], [["1\n2"]], SCRIPT, "", SCRIPT)
    assert table(shown) == [["x"], ["12"]] and "<script" not in shown
    assert shown.count("&lt;script") == 2 and "1<br>2" in shown


def test_functions_of_a_notebook_are_formulas_too():
    y = log(exp(X) + 1)
    assert y._repr_latex_() == r"$\displaystyle \ln\left(e^{x} + 1\right)$"
