"""Problems whose right answers are known to the last printed digit, to measure arithmetic by.

The data, the models and the certified numbers are those of the Statistical Reference Datasets of
the National Institute of Standards and Technology (NIST), https://www.itl.nist.gov/div898/strd/,
DOI 10.18434/T43G6C. Levers of linear models are certified to 15 digits, those of curves to 11.

Filip     a curve of degree 10 through 82 measurements. A. Filippelli, NIST, unpublished
Longley   how many people had work in the USA, 1947 to 1962, and six columns to say it by.
          J. W. Longley, "An Appraisal of Least Squares Programs for the Electronic Computer from
          the Point of View of the User", Journal of the American Statistical Association 62 (1967)
Wampler5  a curve of degree 5 through made-up numbers, whose levers are all 1. R. H. Wampler, "A
          Report of the Accuracy of Some Widely Used Least Squares Computer Programs", Journal of
          the American Statistical Association 65 (1970)
DanWood   what a carbon lamp radiates at six temperatures. C. Daniel and F. S. Wood, Fitting
          Equations to Data (1980)
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.learning.data.collect import number, read_csv
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface

FOLDER = Path(__file__).with_name("nist")
DIGITS = range(1, 16)  # that are certified


class Problem(NamedTuple):
    """A model, the table it is fitted to, and what is known of its levers.

    `certified` are the right numbers, `errors` their standard errors, and `start` is where a walk
    to them may begin; by the names of the levers, in the model's order.
    """

    model: Model
    table: Table
    certified: dict[str, Decimal]
    errors: dict[str, Decimal]
    start: dict[str, float]

    def surface(self) -> LossSurface:
        """The loss surface of the problem."""
        return LossSurface(self.model, self.table)

    def agreeing(self, levers: Sequence[Any]) -> list[int]:
        """For each lever, how many digits agree with the certified ones, 15 at most: to so many
        both can be rounded, and are the same."""
        pairs = zip(levers, self.certified.values(), strict=True)
        return [
            max((n for n in DIGITS if rounded(found, n) == rounded(known, n)), default=0)
            for found, known in pairs
        ]


@cache
def problem(name: str) -> Problem:
    """The problem of that name, such as Filip."""
    known = json.loads((FOLDER / "certified.json").read_text(encoding="utf-8"))[name]
    model = Model(known["model"])
    columns = [*model.observed, *(x for x in model.symbols if x not in known["parameters"])]
    table = read_csv(FOLDER / f"{name}.csv", types=dict.fromkeys(columns, number))

    def by_lever(numbers: list[str]) -> dict[str, Decimal]:
        named = dict(zip(known["parameters"], map(Decimal, numbers), strict=True))
        return {lever: named[lever] for lever in model.parameters(columns)}

    start = by_lever(known["start_2"]) if "start_2" in known else {}
    return Problem(
        model,
        table,
        by_lever(known["certified"]),
        by_lever(known["standard_deviation"]),
        {lever: float(place) for lever, place in start.items()},
    )


def rounded(number: Any, digits: int) -> str:
    """A number of any kind with so many digits.

    >>> rounded(-2 / 3, 4), rounded(Decimal("0.1"), 2)
    ('-6.667e-1', '1.0e-1')
    """
    return f"{as_decimal(number):.{digits - 1}e}"
