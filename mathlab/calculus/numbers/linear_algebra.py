"""Systems of linear equations, solved by elimination as on paper; inverses, and eigenvalues of 2x2.

On the page: `parameter.data -= learning_rate * parameter.grad`. A solved system is a better step.

From 2*x + y = 3 and x + 3*y = 5, subtract half of the first from the second: 2.5*y = 3.5. So y is
1.4, and back in the first, x is 0.8:

>>> solve([[2, 1], [1, 3]], [3, 5])
[0.8, 1.4]

With more unknowns, one after the other is removed in this way from all equations that follow. By
+ - * / alone, numbers keep their kind. Fractions, with which every digit is exact, are solved in
whole numbers: nothing has to be reduced on the way.

>>> solve([[Fraction(2), 1], [1, 3]], [3, 5])
[Fraction(4, 5), Fraction(7, 5)]
"""

from collections.abc import Sequence
from decimal import Decimal, getcontext
from fractions import Fraction
from math import fsum, hypot, inf, lcm, nan
from operator import mul
from sys import float_info
from typing import Any

from mathlab.errors import DataError


def solve(matrix: Sequence[Sequence[Any]], right_side: Sequence[Any]) -> list[Any]:
    """Return the list x with matrix * x = right_side; the arguments stay as they are.

        matrix[i][0]*x[0] + matrix[i][1]*x[1] + ... = right_side[i]        for every row i

    Raises: DataError if the shapes do not fit, a number is not finite, or the system is singular:
    a column is a combination of the columns before it, and so x has no single value.

    Source: Gaussian elimination with scaled partial pivoting; Burden and Faires, Numerical
    Analysis, section 6.2. For Fractions, E. H. Bareiss, "Sylvester's identity and multistep
    integer-preserving Gaussian elimination" (1968).
    """
    if len(right_side) != len(matrix):
        raise DataError(
            f"the matrix has {len(matrix)} rows and the right side {len(right_side)} numbers; "
            "every row needs one"
        )
    return [x for (x,) in _solved(_checked(matrix, [[number] for number in right_side]))]


def inverse(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The matrix that leads back: matrix * inverse has 1 on its diagonal, and 0 elsewhere.

    Raises: as `solve`.

    >>> inverse([[2.0, 0.0], [1.0, 1.0]])
    [[0.5, 0.0], [-0.5, 1.0]]
    """
    size = range(len(matrix))
    return _solved(_checked(matrix, [[int(i == j) for j in size] for i in size]))


def _solved(rows: list[list[Any]]) -> list[list[Any]]:
    """For each unknown its number, for each of the right sides that follow the matrix."""
    if rows and isinstance(rows[0][0], Fraction):
        return _solved_in_whole_numbers(rows)
    return _solved_by_division(rows)


def _solved_by_division(rows: list[list[Any]]) -> list[list[Any]]:
    size = len(rows)
    # How large each row is: an equation in dollars must not outrank the same one in millions.
    scale = [max(map(abs, row[:size])) or 1 for row in rows]
    # What rounding may leave of a number that should have become 0, for a column of size 1.
    noise = size * noise_of(rows[0][0]) if rows else 0.0

    def weight(row: int, column: int) -> Any:
        return abs(rows[row][column]) / scale[row]

    smallest_pivot = [noise * max(weight(row, k) for row in range(size)) for k in range(size)]
    for column in range(size):
        # The largest number as divisor: dividing by a small one would magnify rounding errors.
        pivot = max(range(column, size), key=lambda row: weight(row, column))
        if weight(pivot, column) <= smallest_pivot[column]:
            raise DataError(_singular(column))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale[column], scale[pivot] = scale[pivot], scale[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for k in range(column, len(rows[row])):
                rows[row][k] -= factor * rows[column][k]

    solution: list[list[Any]] = [[] for _ in rows]
    for row in reversed(range(size)):
        for i, right in enumerate(rows[row][size:]):
            known = sum(rows[row][k] * solution[k][i] for k in range(row + 1, size))
            solution[row].append((right - known) / rows[row][row])
    if not all(abs(x) < inf for numbers in solution for x in numbers):
        raise DataError("the solution is too large for a float; scale the columns, or use Fraction")
    return solution


def noise_of(number: Any) -> Any:
    """What rounding may change a number by, as a share of it: nothing for a Fraction."""
    if isinstance(number, Decimal):
        return Decimal(10) ** (1 - getcontext().prec)
    return 0 if isinstance(number, Fraction) else float_info.epsilon


def least_squares(columns: Sequence[Sequence[float]],
                  right_side: Sequence[float]) -> list[float]:
    """The numbers x, one for each column, for which the sum of these squares is least:

        (x[0]*columns[0][i] + x[1]*columns[1][i] + ... - right_side[i])**2,     for every row i

    Each column is freed from what the columns before it say already; what is left of it stands
    upright on all of them, and so its number can be found alone. Squares of the columns themselves
    would lose half of the digits. A column of which nothing is left but rounding gets 0.

    Source: Gram and Schmidt's orthogonalization, twice over; A. Björck, Numerical Methods for Least
    Squares Problems, section 2.4.

    >>> x = least_squares([[1.0, 1.0, 1.0], [0.0, 1.0, 2.0]], [1.0, 3.0, 5.0])
    >>> [round(number, 12) for number in x]
    [1.0, 2.0]
    """
    upright: list[tuple[int, list[float], list[float]]] = []  # place, what is left, the rest
    rest = list(right_side)
    found = [0.0] * len(columns)
    for place, column in enumerate(columns):
        left, said = list(column), [0.0] * len(upright)
        for _ in range(2):  # the second time takes away what rounding left of the first
            for i, (_, direction, _) in enumerate(upright):
                share = inner(direction, left)
                left = [x - share * d for x, d in zip(left, direction, strict=True)]
                said[i] += share
        length = hypot(*left)
        if length > 1e-13 * hypot(*column):
            upright.append((place, [x / length for x in left], [*said, length]))
    shares = []
    for _, direction, _ in upright:
        shares.append(inner(direction, rest))
        rest = [x - shares[-1] * d for x, d in zip(rest, direction, strict=True)]
    while upright:
        place, _, (*said, length) = upright.pop()
        found[place] = number = shares.pop() / length
        shares = [s - number * r for s, r in zip(shares, said, strict=True)]
    return found


def inner(x: Sequence[float], y: Sequence[float]) -> float:
    """The inner product of two vectors, rounded once; nan if it is more than a float can hold.

    >>> inner([1.0, 2.0], [3.0, 4.0])
    11.0
    """
    try:
        return fsum(map(mul, x, y))
    except (ValueError, OverflowError):  # inf - inf, or a sum beyond the floats on the way
        return nan


def extreme_bends(matrix: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The eigenvalues of a symmetric 2x2 matrix: of second derivatives, how much a surface bends in
    the direction that bends most, and in the one that bends least.

        (a + b)/2 +- sqrt(((a - b)/2)**2 + c**2)        for the matrix [[a, c], [c, b]]

    In a valley the smaller one is found as the determinant over the larger: no digits cancel.

    >>> extreme_bends([[5.0, 2.0], [2.0, 2.0]])
    (6.0, 1.0)
    """
    (a, c), (_, b) = matrix
    most = (a + b) / 2 + hypot((a - b) / 2, c)
    return most, (a * b - c * c) / most if most > 0 else a + b - most


def _solved_in_whole_numbers(fractions: list[list[Fraction]]) -> list[list[Fraction]]:
    """Elimination without a fraction: every number that comes up is a determinant of some rows and
    columns of the matrix, and so the division by the pivot before leaves no remainder.
    Equivalent to: _solved_by_division(rows) with Fractions, reduced to lowest terms at every step.

        row = (pivot*row - row[column]*pivot_row) / (the pivot before)
    """
    wholes = [lcm(*(x.denominator for x in row)) for row in fractions]  # times that, it is whole
    rows = [[x.numerator * (w // x.denominator) for x in row]
            for row, w in zip(fractions, wholes, strict=True)]
    size, before = len(rows), 1
    for column in range(size):
        found = [row for row in range(column, size) if rows[row][column]]
        if not found:
            raise DataError(_singular(column))
        rows[column], rows[found[0]] = rows[found[0]], rows[column]
        pivot, *pivot_rest = rows[column][column:]
        for row in (*rows[:column], *rows[column + 1 :]):
            factor, *rest = row[column:]  # what stands before has no further part to play
            row[column + 1 :] = [(pivot * x - factor * y) // before
                                 for x, y in zip(rest, pivot_rest, strict=True)]
        before = pivot
    # Every row would now have the last pivot on the diagonal, and 0 elsewhere.
    return [[Fraction(right, before) for right in row[size:]] for row in rows]


def _checked(matrix: Sequence[Sequence[Any]], right_sides: list[list[Any]]) -> list[list[Any]]:
    """Return each row followed by its right sides, copied, in one kind of number throughout."""
    size = len(matrix)
    for i, row in enumerate(matrix, 1):
        if len(row) != size:
            raise DataError(
                f"row {i} of the matrix has {len(row)} numbers and the matrix {size} rows; "
                "as many equations as unknowns are needed"
            )
    rows = [[*row, *right] for row, right in zip(matrix, right_sides, strict=True)]
    try:
        for i, row in enumerate(rows, 1):
            for number in row:
                if not abs(number) < inf:
                    raise DataError(f"row {i} has {number}, not a finite number; remove it")
        # 0 of the widest type: adding it makes a Fraction of an int that stands beside Fractions.
        zero = sum(number * 0 for row in rows for number in row)
        return [[number + zero for number in row] for row in rows]
    except TypeError as error:
        raise DataError(f"{error}; use one type of number throughout") from error
    except OverflowError:
        raise DataError("a number is too large for a float; use Fraction throughout") from None


def _singular(column: int) -> str:
    what = "all zeros" if column == 0 else "a combination of the columns before it"
    return (
        f"column {column + 1} of the matrix is {what}, so there is no single solution; "
        "leave that column out, or add data that tells them apart"
    )
