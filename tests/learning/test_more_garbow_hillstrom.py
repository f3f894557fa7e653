"""The problems of Moré, Garbow and Hillstrom end at a published minimum, or say that they have not.

A walk may end in an error of mathlab's own only where the formula is infinite, or without a value,
on the way.
"""

import pytest

from mathlab.errors import MathlabError
from tests.learning.more_garbow_hillstrom import PROBLEMS, TIMES, WALKERS
from tests.thinned import thinned

BY_NAME = {problem.name: problem for problem in PROBLEMS}

# Places of minima, as published.
SOLUTIONS = [
    ("1 Rosenbrock", [1, 1], 0),
    ("2 Freudenstein and Roth", [5, 4], 0),
    ("2 Freudenstein and Roth", [11.4128, -0.896805], 48.9842),
    ("3 Powell badly scaled", [1.098159e-5, 9.106146], 0),
    ("4 Brown badly scaled", [1e6, 2e-6], 0),
    ("5 Beale", [3, 0.5], 0),
    ("6 Jennrich and Sampson", [0.257825, 0.257825], 124.362),
    ("7 helical valley", [1, 0, 0], 0),
    ("10 Meyer", [5.609636471e-3, 6181.346346, 345.2236346], 87.9458),
    ("11 Gulf", [50, 25, 1.5], 0),
    ("12 Box", [1, 10, 1], 0),
    ("12 Box", [10, 1, -1], 0),
    ("12 Box", [7, 7, 0], 0),
    ("13 Powell singular", [0] * 4, 0),
    ("14 Wood", [1] * 4, 0),
    ("15 Kowalik and Osborne", [0.192807, 0.191282, 0.123057, 0.136062], 3.07505e-4),
    ("17 Osborne 1", [0.375410052, 1.935846912, -1.464687137, 0.01286753464, 0.02212269966],
     5.46489e-5),
    ("18 Biggs EXP6", [1, 10, 1, 5, 4, 3], 0),
    ("21 extended Rosenbrock", [1] * 10, 0),
    ("25 variably dimensioned", [1] * 10, 0),
    ("27 Brown almost linear", [1] * 10, 0),
    ("27 Brown almost linear", [0] * 9 + [11], 1),
    ("32 linear, full rank", [-1] * 10, 10),
    ("35 Chebyquad of 7", [0.0580691496, 0.2351716124, 0.3380440947, 0.5, 0.6619559053,
                           0.7648283876, 0.9419308504], 0)]


def test_they_are_all_here():
    assert {int(problem.name.split()[0]) for problem in PROBLEMS} == {*range(1, 36)}
    assert {"backtracking", "bfgs", "levenberg-marquardt", "newton", "default"} <= {*WALKERS}


@pytest.mark.parametrize("problem", [p for p in PROBLEMS if p.at_start], ids=lambda p: p.name)
def test_the_sum_of_squares_at_the_standard_start(problem):
    assert float(problem.sum_of_squares(problem.start)) == pytest.approx(problem.at_start, rel=2e-6)


@pytest.mark.parametrize(("name", "place", "height"), SOLUTIONS)
def test_the_sum_of_squares_at_a_published_minimum(name, place, height):
    assert float(BY_NAME[name].sum_of_squares(place)) == pytest.approx(height, rel=1e-5, abs=1e-8)
    assert BY_NAME[name].is_minimum(height) or height != 0


@pytest.mark.parametrize(
    ("name", "times", "walker"),
    thinned([(name, times, walker) for name in BY_NAME for times in TIMES for walker in WALKERS],
            120))
def test_it_ends_at_a_minimum_or_says_that_it_has_not(name, times, walker):
    problem = BY_NAME[name]
    try:
        walk = problem.walk(times, WALKERS[walker]())
    except MathlabError as error:
        assert "inf" in str(error) or "has no value" in str(error)
        assert times > 1
        return
    assert problem.is_minimum(walk.loss) or not walk.at_the_bottom, walk.loss


@pytest.mark.parametrize("walker", [w for w in WALKERS if w != "backtracking"])
def test_most_are_found_from_the_standard_start(walker):
    found = [problem.is_minimum(problem.walk(1, WALKERS[walker]()).loss)
             for problem in thinned(PROBLEMS, 14)]
    assert sum(found) >= 0.75 * len(found)
