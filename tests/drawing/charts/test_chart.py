import math
from fractions import Fraction

import pytest

from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.charts.curve import Curve
from mathlab.drawing.charts.marks import Guide, Mark
from mathlab.drawing.charts.series import Line, Path, Points

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize("layer", [Points, Line, Path])
@pytest.mark.parametrize(
    ("x", "y", "runs"),
    [
        ([], [], []),
        ([1], [2], [[(1, 2)]]),
        ([1, 2, 3], [4, NAN, 6], [[(1, 4)], [(3, 6)]]),
        ([1, INF, 3, 4], [4, 5, 6, -INF], [[(1, 4)], [(3, 6)]]),
        ([NAN], [NAN], []),
        ([Fraction(1, 2)], [10**400], []),  # beyond the largest float
        ([Fraction(1, 2)], [True], [[(0.5, 1)]]),
    ],
)
def test_dots_that_are_not_finite_are_left_out_and_counted(layer, x, y, runs):
    made = layer(x, y)
    assert made.runs == runs
    assert made.skipped == len(x) - sum(map(len, runs))


@pytest.mark.parametrize("layer", [Points, Line, Path])
def test_x_and_y_of_different_length_are_refused(layer):
    with pytest.raises(ValueError, match=f"{layer.__name__} has 3 numbers for x and 2 for y"):
        layer([1, 2, 3], [1, 2])


def test_a_layer_keeps_its_own_copy_and_takes_any_iterable():
    x = [1, 2]
    layer = Points(x, (y for y in [3, 4]))
    x.append(9)
    assert layer.runs == [[(1, 3), (2, 4)]]


@pytest.mark.parametrize(
    ("x", "y", "ends"),
    [
        ([1, 2, 3], [4, 5, 6], ((1, 4), (3, 6))),
        ([1, 2, 3], [NAN, 5, NAN], ((2, 5), (2, 5))),
        ([1, 2, 3], [4, NAN, 6], ((1, 4), (3, 6))),
        ([], [], ()),
    ],
)
def test_a_path_knows_where_it_starts_and_ends(x, y, ends):
    assert Path(x, y).ends == ends


@pytest.mark.parametrize("numbers", [{}, {"x": 1, "y": 2}])
def test_a_guide_is_upright_or_level(numbers):
    with pytest.raises(ValueError, match="give one of the two"):
        Guide(**numbers)
    assert Guide(x=0).upright and Guide(x=0).at == 0
    assert not Guide(y=7).upright and Guide(y=7).at == 7


def test_a_chart_counts_what_all_its_layers_leave_out():
    chart = Chart(
        Points([1, NAN], [2, 3]),
        Line([1, 2, 3], [INF, INF, 1]),
        Curve(lambda x: NAN, 0, 1),
        Mark(NAN, 1, "lost"),
        Mark(1, 1, "kept"),
        Guide(y=INF),
        Guide(x=1),
    )
    assert chart.skipped == 1 + 2 + 0 + 1 + 0 + 1 + 0


@pytest.mark.parametrize("ends", [(1, 0), (1, 1), (0, INF)])
@pytest.mark.parametrize("which", ["x_range", "y_range"])
def test_a_range_that_is_none_is_refused(which, ends):
    with pytest.raises(ValueError, match="an axis cannot run"):
        Chart(**{which: ends})


def test_descriptions_cannot_be_changed():
    with pytest.raises(AttributeError):
        Chart().title = "new"
    with pytest.raises(AttributeError):
        Points([1], [2]).label = "new"
