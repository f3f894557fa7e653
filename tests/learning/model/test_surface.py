"""Height and slopes against plain sums and gradients derived by hand (in tests alone)."""

import math

import pytest

from lessons.data import films
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.explore import standardize
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model, line
from mathlab.learning.model.surface import METHODS, LossSurface

every_method = pytest.mark.parametrize("method", list(METHODS))
of_curves = pytest.mark.parametrize("method", ["numeric", "backward", "compiled"])
SMALL = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})


def raw():
    return films.cleaned()[0]


def test_there_are_four_ways():
    assert list(METHODS) == ["numeric", "backward", "compiled", "collapsed"]


@every_method
@pytest.mark.parametrize("position", [(0.0, 0.0), (3.0, -2.0), (-1.5, 250.0)])
def test_the_films_against_the_textbook(method, position):
    # mean squared error of y = a*x + b: by a it is -2*mean(x*r), by b it is -2*mean(r)
    a, b = position
    x, y = raw()["budget"], raw()["revenue"]
    residuals = [v - (a * u + b) for u, v in zip(x, y, strict=True)]
    n = len(residuals)
    height, slopes = LossSurface(line("budget", "revenue"), raw(), method=method).look(position)
    assert height == pytest.approx(sum(r * r for r in residuals) / n, rel=1e-12)
    by_hand = [-2 * sum(u * r for u, r in zip(x, residuals, strict=True)) / n,
               -2 * sum(residuals) / n]
    assert slopes == pytest.approx(by_hand, rel=1e-8)


# model; its prediction, and the derivatives of that by a and by b, by hand
CURVED = [("y = exp(a*x) + b", lambda a, b, x: (math.exp(a * x) + b, x * math.exp(a * x), 1)),
          ("y = b*tanh(a*x)", lambda a, b, x: (b * math.tanh(a * x), b * x / math.cosh(a * x) ** 2,
                                               math.tanh(a * x))),
          ("y = a*sin(b*x)", lambda a, b, x: (a * math.sin(b * x), math.sin(b * x),
                                              a * x * math.cos(b * x))),
          ("y = a*x**2 - b**3*x", lambda a, b, x: (a * x**2 - b**3 * x, x**2, -3 * b**2 * x)),
          ("y = a*b*x", lambda a, b, x: (a * b * x, b * x, a * x)),
          ("y = a/(1 + b**2*x)", lambda a, b, x: (a / (1 + b * b * x), 1 / (1 + b * b * x),
                                                  -2 * a * b * x / (1 + b * b * x) ** 2))]


@of_curves
@pytest.mark.parametrize("position", [(0.0, 0.0), (0.5, 0.3), (1e-6, -2.0), (2.0, 1.0)])
@pytest.mark.parametrize(("text", "by_hand"), CURVED)
def test_curved_models_against_gradients_by_hand(method, position, text, by_hand):
    # A first nudge of 1 made the numeric slopes of the first of these wrong by up to 800%.
    total, by_a, by_b = 0.0, 0.0, 0.0
    for x, y in zip(SMALL["x"], SMALL["y"], strict=True):
        prediction, along_a, along_b = by_hand(*position, x)
        total += (y - prediction) ** 2 / 3
        by_a += -2 * (y - prediction) * along_a / 3
        by_b += -2 * (y - prediction) * along_b / 3
    surface = LossSurface(Model(text), SMALL, method=method)
    at, expected = dict(zip("ab", position, strict=True)), {"a": by_a, "b": by_b}
    height, slopes = surface.look([at[name] for name in surface.parameters])
    assert height == pytest.approx(total, rel=1e-12)
    tolerance = 1e-9 * max(1.0, abs(by_a), abs(by_b))
    assert dict(zip(surface.parameters, slopes, strict=True)) == pytest.approx(
        expected, rel=1e-9, abs=tolerance)


def test_the_parts_on_display():
    surface = LossSurface(line("x", "y"), SMALL)
    assert surface.parameters == ["slope", "intercept"]
    assert str(surface.row.formula) == "(y - (slope*x + intercept))**2"
    numbers = {"slope": 2, "intercept": 1, "x": 3, "y": 5}  # residual -2
    assert surface.row.formula.at(**numbers) == 4
    assert [slope.at(**numbers) for slope in surface.row.slopes] == [12, 4]


def test_evaluations_count_how_often_all_rows_are_worked_out():
    counts = {}
    for method in METHODS:
        surface = LossSurface(line("x", "y"), SMALL, method=method)
        surface.look([1.0, 0.0])
        counts[method] = surface.evaluations
    assert counts["compiled"] == counts["backward"] == counts["collapsed"] == 1
    surface.look([2.0, 3.0])
    assert surface.evaluations == 1  # once collapsed, the rows are never worked out again
    assert counts["numeric"] >= 1 + 2 * 2  # here, and a nudge to either side for each lever
    assert surface.height([0.0, 0.0]) == pytest.approx(56 / 3)
    assert surface.evaluations == 2
    surface.bend([0.0, 0.0])
    assert surface.evaluations == 3


@pytest.mark.parametrize("method", ["backward", "compiled"])
def test_the_same_surface_for_other_rows(method):
    surface = LossSurface(line("x", "y"), SMALL, method=method)
    assert surface.look([0.0, 0.0])[0] == pytest.approx((4 + 16 + 36) / 3)
    other = surface.over(surface.rows[1:])
    assert other.evaluations == 0 and other.weight == 2.0
    assert other.look([0.0, 0.0])[0] == pytest.approx((16 + 36) / 2)
    assert (surface.evaluations, other.evaluations) == (1, 1)
    assert surface.look([0.0, 0.0])[0] == pytest.approx((4 + 16 + 36) / 3)


def test_the_witnesses_do_not_copy_from_each_other():
    slopes = {}
    for method in METHODS:
        surface = LossSurface(line("x", "y"), SMALL, method=method)
        surface.row.sum_slopes = lambda *numbers: (0.0, 21.0, 21.0)  # wrong formulas
        surface.folded = lambda *numbers: (0.0, 5.0, 5.0)
        slopes[method] = surface.look([1.0, 0.0])[1]
    assert slopes["compiled"] == [7.0, 7.0]
    assert slopes["collapsed"] == [5.0, 5.0]
    for method in ("numeric", "backward"):
        assert slopes[method] == pytest.approx([-28 / 3, -4.0])
    surface = LossSurface(line("x", "y"), SMALL, method="backward")
    surface.row.sum_loss = lambda *numbers: (21.0,)
    assert surface.height([1.0, 0.0]) == pytest.approx(14 / 3)


def test_a_loss_of_ones_own():
    surface = LossSurface(line("x", "y"), SMALL, loss=lambda actual, predicted: actual - predicted)
    assert surface.look([0.0, 0.0]) == (4.0, [-2.0, -1.0])


def test_more_than_one_feature_in_any_order_of_columns():
    table = Table({"y": [1.0, 2.0], "v": [10.0, 20.0], "u": [3.0, 5.0]})
    surface = LossSurface(Model("y = a*u - b*v"), table)
    at = {"a": 2.0, "b": 0.5}  # predictions 1 and 0
    assert surface.height([at[name] for name in surface.parameters]) == 2.0


@every_method
@pytest.mark.parametrize("position", [(1e200, 0.0), (-1e308, 1e308), (0.0, 1e160)])
def test_too_high_for_a_float_is_infinitely_high(method, position):
    surface = LossSurface(line("x", "y"), SMALL, method=method)
    assert surface.look(position)[0] == math.inf == surface.height(position)


@of_curves
def test_a_function_that_outgrows_the_floats_is_infinitely_high(method):
    surface = LossSurface(Model("y = exp(a*x)"), SMALL, method=method)
    assert surface.look([1000.0])[0] == math.inf == surface.height([1000.0])


@of_curves
@pytest.mark.parametrize("text", ["y = sqrt(b) + exp(a*x)", "y = b**1.5 + exp(a*x)"])
def test_it_is_infinitely_high_where_a_slope_or_a_bend_is_missing_too(method, text):
    surface = LossSurface(Model(text), SMALL, method=method)
    place = [{"a": 1000.0, "b": 0.0}[name] for name in surface.parameters]
    assert surface.height(place) == surface.look(place)[0] == surface.bend(place)[0] == math.inf


@of_curves
@pytest.mark.parametrize(
    ("text", "position"),
    [("y = x/a", 0.0), ("y = log(a)*x", 0.0), ("y = sqrt(a)*x", -1.0), ("y = x*a**0.5", -1.0),
     ("y = sqrt(a)*x", 0.0)])
def test_where_there_is_no_loss_or_no_slope_the_error_says_so(method, text, position):
    with pytest.raises(DomainError):
        LossSurface(Model(text), SMALL, method=method).look([position])


@pytest.mark.parametrize(
    ("text", "columns", "error", "message"),
    [("y = 3", SMALL, FormulaError, "no parameters to train"),
     ("y = x", SMALL, FormulaError, "no parameters to train"),
     ("z = a*x", SMALL, DataError, "no column 'z'"),
     ("y = a*x", {"x": [1.0], "y": [1.0]}, DataError, "at least 2"),
     ("y = a*x", {"x": [], "y": []}, DataError, "at least 2"),
     ("y = a*x", {"x": [1.0, None], "y": [1.0, 2.0]}, DataError, "row 2: None in column 'x'"),
     ("y = a*x", {"x": [1.0, 2.0], "y": ["q", 2.0]}, DataError, "'q' in column 'y' is text"),
     ("y = a*x", {"x": [1.0, math.inf], "y": [1.0, 2.0]}, DataError, "finite"),
     ("class = a*x", {"x": [1, 2], "class": [1, 2]}, FormulaError, "'class'"),
     ("exp = a*x", {"x": [1, 2], "exp": [1, 2]}, FormulaError, "'exp'"),
     ("y = __a*x", SMALL, FormulaError, "__a")])
def test_unusable(text, columns, error, message):
    table = columns if isinstance(columns, Table) else Table(columns)
    with pytest.raises(error, match=message):
        LossSurface(Model(text), table)


@pytest.mark.parametrize("method", ["magic", None, ["compiled"]])
def test_unknown_methods_are_told_the_known_ones(method):
    with pytest.raises(FormulaError, match="choose from numeric, backward, compiled, coll"):
        LossSurface(line("x", "y"), SMALL, method=method)


def test_a_height_needs_no_slope():
    for method in METHODS:
        if method != "collapsed":
            surface = LossSurface(Model("y = sqrt(a)*x"), SMALL, method=method)
            assert surface.height([0.0]) == pytest.approx(56 / 3)


def test_no_number_is_at_no_height():
    assert math.isnan(LossSurface(line("x", "y"), SMALL, method="collapsed").look([math.nan, 0])[0])


def test_a_loss_of_ones_own_that_has_no_value_for_a_prediction_of_0():
    surface = LossSurface(Model("y = a*x"), SMALL, loss=lambda actual, predicted: actual/predicted)
    surface.check_size()
    assert surface.loss_of_residuals(0.1) == 0.0
    assert surface.is_perfect(0.0) and not surface.is_perfect(1e-300)
    assert surface.loss_of_the_mean() == pytest.approx(1.0)  # the mean of y/4


def test_how_small_a_loss_is_only_rounding():
    surface = LossSurface(line("x", "y"), SMALL)
    assert surface.over(surface.rows[1:]).loss_of_residuals(1.0) == pytest.approx(2.0**2)
    size = math.hypot(1e-10 * 4, 1e-15 * 6) ** 2  # from 2 to 6
    assert surface.is_perfect(surface.loss_of_residuals(1e-10))
    assert surface.is_perfect(size * (1 - 1e-9)) and not surface.is_perfect(size * (1 + 1e-9))
    assert surface.least(1e9) == pytest.approx(math.hypot(1e-15 * 4, 1e-15 * 6) ** 2)


def test_how_small_a_log_loss_is_certain():
    surface = LossSurface(Model("y = sigmoid(a*x)"), Table({"x": [1.0, 2.0], "y": [0, 1]}), "log")
    surface.check_size()
    assert surface.is_perfect(1e-15) and not surface.is_perfect(1.1e-15)
    assert surface.least(1.0) == 1e-15


def test_of_an_absolute_loss_no_square_leaves_the_floats():
    LossSurface(Model("y = a*x"), Table({"x": [1.0, 2.0], "y": [1e-306, -1e-306]}),
                "absolute").check_size()


def test_a_parameter_that_looks_like_a_column_is_asked_about():
    table = Table({"budget": [1.0, 2.0], "revenue": [3.0, 4.0]})
    message = "budgets is not a column; did you mean budget?"
    with pytest.raises(FormulaError, match=message):
        LossSurface(Model("revenue = a*budgets"), table)


POLYNOMIALS = ("y = a*x + b", "y = a*x**2 - b**3*x", "y = a*b*x", "y = (a + b*x)**2/3 - 1", "y = a")


@pytest.mark.parametrize("text", POLYNOMIALS)
@pytest.mark.parametrize("position", [(0.0, 0.0), (0.5, 0.3), (-3.0, 7.0)])
def test_collapsed_rows_are_the_rows(text, position):
    look = {}
    for method in ("compiled", "collapsed"):
        surface = LossSurface(Model(text), SMALL, method=method)
        height, slopes = surface.look(position[: len(surface.parameters)])
        look[method] = [height, *slopes]
    assert look["collapsed"] == pytest.approx(look["compiled"], rel=1e-12, abs=1e-12)


def test_collapsed_rows_are_never_looked_at_again():
    surface = LossSurface(line("x", "y"), SMALL, method="collapsed")
    surface.rows.clear()
    assert surface.look([1.0, 0.0])[0] == pytest.approx(14 / 3)


@pytest.mark.parametrize("text", ["y = exp(a*x)", "y = x/a", "y = a**0.5*x", "y = a**x"])
def test_what_is_no_polynomial_cannot_be_collapsed(text):
    with pytest.raises(FormulaError, match="only a loss that is a polynomial in its param"):
        LossSurface(Model(text), SMALL, method="collapsed")


def test_errors_of_compiled_code_are_in_words():
    with pytest.raises(DomainError, match=r"log\(-3\.0\) is not defined: log needs a number above"):
        LossSurface(Model("y = log(a*x)"), Table({"x": [-1.0, -2.0], "y": [1, 2]})).look([3.0])


def test_data_too_large_to_be_collapsed():
    table = Table({"x": [1e200, 2e200], "y": [1.0, 2.0]})
    with pytest.raises(DataError, match="scale the columns"):
        LossSurface(line("x", "y"), table, method="collapsed")


@every_method
@pytest.mark.parametrize("position", [(), (1.0,), (1.0, 2.0, 3.0)])
def test_a_position_has_a_number_for_each_parameter(method, position):
    surface = LossSurface(line("x", "y"), SMALL, method=method)
    for ask in (surface.height, surface.look, surface.bend):
        with pytest.raises(DataError, match="give one for each of slope, intercept"):
            ask(position)


def test_a_loss_that_is_a_plain_number():
    surface = LossSurface(line("x", "y"), SMALL, loss=lambda actual, predicted: 3.0)
    assert surface.look([1.0, 0.0]) == (3.0, [0.0, 0.0])


def test_a_numeric_slope_at_a_kink_is_the_mean_and_at_a_jump_there_is_none():
    surface = LossSurface(Model("y = absolute(a)*x"), SMALL, loss=lambda y, p: p, method="numeric")
    assert surface.look([0.0])[1] == [pytest.approx(0.0, abs=1e-12)]
    surface = LossSurface(Model("y = step(a)*x"), SMALL, loss=lambda y, p: p, method="numeric")
    with pytest.raises(DomainError, match="no slope there: f jumps by 2 to the right"):
        surface.look([0.0])
    near_an_edge = Model("y = (step(a - 0.5) + sqrt(a - 0.3))*x")
    surface = LossSurface(near_an_edge, SMALL, loss=lambda y, p: p, method="numeric")
    with pytest.raises(DomainError, match=r"no slope there: f jumps by 2 to the right of 0\.5"):
        surface.look([0.5])


@pytest.mark.parametrize("method", list(METHODS)[:3])
def test_a_rule_with_an_exception_that_no_formula_has(method):
    # 0**b is 0 for every b above 0: slope 0. The formula of that slope, x**b*log(x), has no value.
    table = Table({"x": [0.0, 1.0, 4.0], "y": [1.0, 2.0, 5.0]})
    surface = LossSurface(Model("y = a*x**b"), table, method=method)
    height, slopes = surface.look([2.0, 0.5])
    residuals = {0.0: 1.0, 1.0: 0.0, 4.0: 1.0}
    assert height == pytest.approx(2 / 3)
    by_a = sum(-2 * r * math.sqrt(x) for x, r in residuals.items()) / 3
    by_b = -2 * 2 * 2 * math.log(4) / 3
    assert slopes == pytest.approx([by_a, by_b], rel=1e-8)


@of_curves
@pytest.mark.parametrize(
    ("text", "x"),
    [("y = a*log(x) + b", -1.0), ("y = a/x + b", 0.0), ("y = a*sqrt(x) + b", -2.0),
     ("y = a*x**0.5 + b", -1.0), ("y = a + b*x**-1", 0.0)])
def test_a_row_for_which_the_formula_has_no_value(method, text, x):
    surface = LossSurface(Model(text), Table({"x": [1.0, x], "y": [1.0, 2.0]}), method=method)
    for ask in (surface.height, surface.look, surface.bend):
        with pytest.raises(DomainError, match="is not defined"):
            ask([0.5, 0.25])


@of_curves
def test_a_row_for_which_the_prediction_outgrows_the_floats(method):
    table = Table({"x": [1.0, 1000.0], "y": [1.0, 2.0]})
    surface = LossSurface(Model("y = a*exp(x)"), table, method=method)
    assert surface.height([1.0]) == surface.look([1.0])[0] == surface.bend([1.0])[0] == math.inf


@pytest.mark.parametrize("gauss_newton", [False, True])
def test_bends_are_how_the_slopes_change(gauss_newton):
    table = Table({"x": [0.5, 1.0, 2.0], "y": [math.exp(0.4 * x) for x in (0.5, 1.0, 2.0)]})
    surface = LossSurface(Model("y = a*exp(b*x)"), table)
    at = [1.0, 0.4] if gauss_newton else [0.7, 0.6]  # where all residuals are 0 both are the same
    height, slopes, matrix = surface.bend(at, gauss_newton)
    assert (height, slopes) == surface.look(at)
    for j, h in ((0, [1e-5, 0]), (1, [0, 1e-5])):
        ahead, behind = (surface.look([at[0] + s * h[0], at[1] + s * h[1]])[1] for s in (1, -1))
        for i in (0, 1):
            assert matrix[i][j] == pytest.approx((ahead[i] - behind[i]) / 2e-5, rel=1e-7)


def test_gauss_newton_leaves_out_the_bend_of_the_prediction():
    surface = LossSurface(Model("y = a**2*x"), SMALL)
    mean_square = (1 + 4 + 9) / 3
    _, _, ((bend,),) = surface.bend([1.0])  # the loss is (2 - a**2)**2 * mean(x**2)
    _, _, ((part,),) = surface.bend([1.0], gauss_newton=True)
    assert bend == pytest.approx((12 - 8) * mean_square)
    assert part == pytest.approx(2 * 2**2 * mean_square)


@pytest.mark.parametrize("gauss_newton", [False, True])
def test_where_there_is_no_bend(gauss_newton):
    surface = LossSurface(Model("y = sqrt(a)*x"), SMALL)
    with pytest.raises(DomainError, match="sqrt"):
        surface.bend([-1.0], gauss_newton)
    with pytest.raises(DomainError, match=r"sqrt\(0.0\) has no slope there"):
        surface.bend([0.0], gauss_newton)
    with pytest.raises(DataError, match="give one for each of a"):
        surface.bend([], gauss_newton)
    height, slopes, matrix = LossSurface(Model("y = exp(a*x)"), SMALL).bend([1e3], gauss_newton)
    assert height == math.inf and math.isnan(slopes[0]) and math.isnan(matrix[0][0])


def test_a_bend_is_missing_where_the_slope_is_not():
    surface = LossSurface(Model("y = a**1.5*x"), Table({"x": [1.0, 2.0], "y": [0.5, 1.0]}))
    assert surface.look([0.0])[1] == [0.0]
    with pytest.raises(DomainError, match="the loss has no second derivative there"):
        surface.bend([0.0])


def test_a_collapsed_walk_over_many_rows_is_the_walk_over_all_of_them():
    films_twice = Table({name: raw()[name] * 2 for name in ("budget", "revenue")})
    budgets, _ = standardize(films_twice["budget"])
    table = films_twice.with_column("budget", budgets)
    model, descent = "revenue = slope*budget + intercept", GradientDescent(0.4)
    walks = [Trainer(model, optimizer=descent, method=method).fit(table, steps=15).history
             for method in ("collapsed", "compiled")]
    for collapsed, compiled in zip(*walks, strict=True):
        assert collapsed.position == pytest.approx(compiled.position, rel=1e-9)
        assert collapsed.loss == pytest.approx(compiled.loss, rel=1e-9)


@every_method
@pytest.mark.parametrize(
    ("text", "x"), [("y = a*log(x)", 0.0), ("y = a/x + b", 0.0), ("y = a*x**0.5", -2.0)])
def test_every_method_says_which_row_function_has_no_value(method, text, x):
    with pytest.raises(DomainError, match="is not defined"):
        surface = LossSurface(Model(text), Table({"x": [x, 2.0], "y": [1.0, 2.0]}), method=method)
        surface.look([0.5] * len(surface.parameters))


@of_curves
def test_the_size_of_a_complex_number_is_no_height(method):
    table = Table({"x": [-8.0, 1.0], "y": [1.0, 1.0]})
    surface = LossSurface(Model("y = absolute(x**b)"), table, method=method)
    for ask in (surface.height, surface.look):
        with pytest.raises(DomainError, match=r"\(-8.0\) \*\* 0.5 is not defined"):
            ask([0.5])


def test_a_numeric_slope_is_not_made_up_at_the_edge_of_the_domain():
    surface = LossSurface(Model("y = a + b**b"), SMALL, method="numeric")
    with pytest.raises(DomainError, match="is not defined"):
        surface.look([1.0, 0.0])


def test_bends_where_a_rule_has_an_exception_that_no_formula_has():
    table = Table({"x": [0.0, 1.0, 4.0], "y": [1.0, 2.0, 5.0]})
    without_zero = Table({"x": [1.0, 4.0], "y": [2.0, 5.0]})
    _, _, bends = LossSurface(Model("y = a*x**b"), table).bend([2.0, 0.5])
    _, _, expected = LossSurface(Model("y = a*x**b"), without_zero).bend([2.0, 0.5])
    for row, other in zip(bends, expected, strict=True):  # the row with x = 0 has no bend at all
        assert row == pytest.approx([number * 2 / 3 for number in other], rel=1e-6)


@pytest.mark.parametrize("a", [0.0, 1.0, 1e8])
def test_nudges_are_as_large_as_the_parameter(a):
    # (1 - a*0**b)**2 + (2 - a)**2 + (5 - a*4**b)**2, at b = 1/2: 4**b has the slope 2*log(4)
    table = Table({"x": [0.0, 1.0, 4.0], "y": [1.0, 2.0, 5.0]})
    _, _, ((by_a, mixed), (again, _)) = LossSurface(Model("y = a*x**b"), table).bend([a, 0.5])
    assert by_a == pytest.approx(2 * (1 + 4) / 3)
    assert mixed == again == pytest.approx(2 * (4 * a - 5) * 2 * math.log(4) / 3)


def test_a_power_law_through_the_origin_is_found():
    xs = [0.0, 1.0, 2.0, 4.0]
    table = Table({"x": xs, "y": [3 * x**1.5 for x in xs]})
    trainer = Trainer("y = a*x**b").fit(table, {"a": 1.0, "b": 1.0})
    assert trainer.parameters == pytest.approx({"a": 3.0, "b": 1.5}, rel=1e-9)
