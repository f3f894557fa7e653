"""The solver against exact inverses, hand-made systems, and the classic traps of elimination."""

import copy
import random
from decimal import Decimal
from fractions import Fraction
from math import comb, inf, nan

import pytest

from mathlab.calculus.numbers import linear_algebra
from mathlab.calculus.numbers.linear_algebra import extreme_bends, inverse, solve
from mathlab.errors import DataError

# matrix, right side, solution; each can be checked in the head
SYSTEMS = [
    ([[4]], [2], [0.5]),
    ([[2, 0], [0, 4]], [2, 4], [1, 1]),
    ([[0, 1], [1, 0]], [3, 7], [7, 3]),
    ([[1, 1, 1], [0, 0, 2], [0, 3, 1]], [6, 6, 9], [1, 2, 3]),
    ([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3], [2, 3, -1]),
    ([[1, 1j], [1, -1j]], [1 + 2j, 1 - 2j], [1, 2]),
    # the first pivot is tiny: without exchanging rows the answer is [0, 1]
    ([[1e-20, 1], [1, 1]], [1, 2], [1, 1]),
    # the same, with the first equation times 1e20: so the size of a row must not matter
    ([[1, 1e20], [1, 1]], [1e20, 2], [1, 1]),
    # badly scaled is not singular
    ([[1e150, 0], [0, 1e-150]], [1e150, 1e-150], [1, 1]),
    ([[1, 1], [0, 1e-20]], [2, 1e-20], [1, 1]),
    ([[0, 1e-20, 0], [0, 0, 1], [1e20, 0, 0]], [1e-20, 1, 1e20], [1, 1, 1]),
    (
        [[6e32, 1e24, 1e16], [1e24, 3e16, 1e8], [1e16, 1e8, 3]],
        [8e16, 5e8, 5],
        [1e-16, 1e-8, 1],
    ),
    ([], [], []),
]


@pytest.mark.parametrize(("matrix", "right_side", "expected"), SYSTEMS)
def test_solutions(matrix, right_side, expected):
    assert solve(matrix, right_side) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("matrix", "right_side"), [(m, b) for m, b, _ in SYSTEMS if len(m) != 2])
def test_fractions_leave_no_residual(matrix, right_side):
    exact = [[Fraction(a) for a in row] for row in matrix]
    solution = solve(exact, [Fraction(b) for b in right_side])
    for row, right in zip(exact, right_side, strict=True):
        assert sum(a * x for a, x in zip(row, solution, strict=True)) == right


def hilbert(n, number=Fraction):
    return [[number(1) / number(i + j + 1) for j in range(n)] for i in range(n)]


def inverse_hilbert(n, i, j):
    """The known inverse, in whole numbers; i and j from 1 (Choi, Amer. Math. Monthly 90, 1983)."""
    return (
        (-1) ** (i + j) * (i + j - 1) * comb(n + i - 1, n - j) * comb(n + j - 1, n - i)
    ) * comb(i + j - 2, i - 1) ** 2


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_fractions_are_exact(n):
    for j in range(n):
        unit = [int(i == j) for i in range(n)]
        column = solve(hilbert(n), unit)
        assert column == [inverse_hilbert(n, i + 1, j + 1) for i in range(n)]
        assert all(type(x) is Fraction for x in column)


@pytest.mark.parametrize("n", [0, 1, 2, 5, 12])
def test_the_inverse_of_hilberts_matrix_is_known(n):
    expected = [[inverse_hilbert(n, i, j) for j in range(1, n + 1)] for i in range(1, n + 1)]
    assert inverse(hilbert(n)) == expected


def test_an_inverse_needs_a_matrix_that_has_one():
    with pytest.raises(DataError, match="column 2 of the matrix is a combination"):
        inverse([[1.0, 2.0], [2.0, 4.0]])


@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_whole_numbers_and_fractions_lead_to_the_same(n):
    rows = [[*row, Fraction(i, 7)] for i, row in enumerate(hilbert(n))]
    assert linear_algebra._solved(rows) == linear_algebra._solved_by_division(rows)


def test_whole_numbers_beside_a_fraction_stay_exact():
    solution = solve([[3, 1], [1, Fraction(1, 7)]], [1, 0])
    assert solution == [Fraction(-1, 4), Fraction(7, 4)]
    assert all(type(x) is Fraction for x in solution)


def test_decimals_keep_their_digits():
    solution = solve([[Decimal(3), Decimal(0)], [Decimal(0), Decimal(7)]], [Decimal(1), Decimal(1)])
    assert [str(x) for x in solution] == [
        "0.3333333333333333333333333333",
        "0.1428571428571428571428571429",
    ]


@pytest.mark.parametrize("tiny", [Fraction(1, 10**30), Decimal("1e-25"), 2.0**-49])
def test_almost_singular_is_not_singular(tiny):
    one = type(tiny)(1)
    assert solve([[one, one], [one, one + tiny]], [one, one + tiny]) == [0, 1]


def test_a_nearly_singular_system_of_floats_is_still_solved():
    # the Hilbert matrix of size 8 loses 10 of 16 digits
    matrix = hilbert(8, float)
    assert solve(matrix, [sum(row) for row in matrix]) == pytest.approx([1.0] * 8, rel=1e-5)


@pytest.mark.parametrize(
    ("matrix", "column"),
    [
        ([[0.0]], 1),
        ([[0, 1], [0, 2]], 1),
        ([[1, 2], [2, 4]], 2),
        ([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 3),
        ([[1, 1, 5], [2, 2, 7], [3, 3, 1]], 2),
        ([[1.0, 2.0], [0.0, 0.0]], 2),
        ([[0.1, 0.2], [0.3, 0.6]], 2),  # 0.3/0.1 is not 3 in floats: a bit of rounding remains
        ([[1e-9 * a * b for b in (0.1, 0.7)] for a in (0.3, 1.1)], 2),
        ([[Fraction(1, 3), Fraction(2, 3)], [1, 2]], 2),
        ([[Decimal("0.1"), Decimal("0.3")], [Decimal(1) / 3, Decimal(1)]], 2),
        (hilbert(20, float), None),
    ],
)
def test_singular_systems_name_the_column(matrix, column):
    with pytest.raises(DataError, match=f"column {column or ''}.* of the matrix is"):
        solve(matrix, [1] * len(matrix))


def test_a_column_of_zeros_is_said_to_be_one():
    with pytest.raises(DataError, match="column 1 of the matrix is all zeros"):
        solve([[0, 1], [0, 2]], [1, 1])


@pytest.mark.parametrize(
    ("matrix", "right_side", "message"),
    [
        ([[1, 2]], [1], "row 1 of the matrix has 2 numbers and the matrix 1 rows"),
        ([[1, 2], [3]], [1, 2], "row 2 of the matrix has 1 numbers"),
        ([[1]], [1, 2], "1 rows and the right side 2 numbers"),
        ([[nan]], [1], "row 1 has nan, not a finite number"),
        ([[1, 0], [0, 1]], [1, inf], "row 2 has inf"),
        ([[1.0]], [Decimal(1)], "use one type of number"),
        ([["1"]], [1], "use one type of number"),
        ([[10**400, 0], [0, 1.5]], [1, 1], "too large for a float; use Fraction throughout"),
        ([[1e-300]], [1e300], "too large for a float"),
    ],
)
def test_errors(matrix, right_side, message):
    with pytest.raises(DataError, match=message):
        solve(matrix, right_side)


def test_arguments_stay_as_they_are():
    matrix, right_side = [[0, 2], [3, 4]], [5, 6]
    before = copy.deepcopy((matrix, right_side))
    solve(matrix, right_side)
    assert (matrix, right_side) == before


@pytest.mark.parametrize("seed", range(20))
def test_the_extreme_bends_are_those_of_all_directions(seed):
    lots = random.Random(seed)
    a, b, c = (lots.uniform(-5, 5) for _ in range(3))
    most, least = extreme_bends([[a, c], [c, b]])
    assert most >= least
    assert most + least == pytest.approx(a + b)
    assert most * least == pytest.approx(a * b - c * c)


def test_a_long_valley_keeps_its_digits():
    # ((1, 1), (1, 1 + 1e-12)): the smaller one is half of 1e-12, where the formula with a minus
    # would find 0 or rounding.
    most, least = extreme_bends([[1.0, 1.0], [1.0, 1.0 + 1e-12]])
    assert most == pytest.approx(2.0)
    assert least == pytest.approx(0.5e-12, rel=1e-3)
    assert extreme_bends([[0.0, 0.0], [0.0, 0.0]]) == (0.0, 0.0)
    assert extreme_bends([[-1.0, 0.0], [0.0, 0.0]]) == (0.0, -1.0)


@pytest.mark.parametrize(("matrix", "most", "least"), [
    ([[0.5, 0], [0, 1e-30]], 0.5, 1e-30), ([[1, 0], [0, 1e-30]], 1, 1e-30),
    ([[7, 0], [0, 1e-30]], 7, 1e-30), ([[0, 0], [0, 0]], 0, 0),
    ([[1, 2], [2, 1]], 3, -1), ([[0, 1], [1, 0]], 1, -1), ([[-3, 1], [1, -3]], -2, -4)])
def test_how_much_a_surface_bends(matrix, most, least):
    assert extreme_bends(matrix) == pytest.approx((most, least), rel=1e-14, abs=0)


def test_an_inner_product_beyond_the_floats_is_no_number():
    inner = linear_algebra.inner
    assert inner([1e308, 1e308, -1e308], [10.0, 10.0, 20.0]) != inner([1.0], [1.0])
    assert inner([0.1] * 10, [1.0] * 10) == 1.0
    for x in ([inf, -inf], [1e308, 1e308]):
        assert not abs(inner(x, [1.0, 1.0]) if x[0] == inf else inner(x, [1.7, 1.7])) < inf


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
@pytest.mark.parametrize("copies", [1, 2, 3])
def test_columns_that_say_nothing_new_get_0(scale, copies):
    line, curve = [1.0, 2.0, 3.0, 4.0], [1.0, 4.0, 9.0, 16.0]
    columns = [[scale * x for x in line], *[[k * x for x in line] for k in range(1, copies)], curve]
    right = [3 * x + 2 * y for x, y in zip(line, curve, strict=True)]
    found = linear_algebra.least_squares(columns, right)
    assert found == pytest.approx([3 / scale, *[0] * (copies - 1), 2], rel=1e-11, abs=1e-12)


def test_least_squares_that_leave_a_rest():
    """The line through (0, 1), (1, 3), (2, 4), (3, 4): by hand 1.5 + x."""
    found = linear_algebra.least_squares([[1.0] * 4, [0.0, 1.0, 2.0, 3.0]], [1.0, 3.0, 4.0, 4.0])
    assert found == pytest.approx([1.5, 1.0], rel=1e-14)
