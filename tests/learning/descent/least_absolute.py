"""Least absolute values, quantiles and Huber's loss: the right answers, by linear programming.

The models are linear in their parameters, so the least sum of absolute residuals is the answer of a
linear program, found here by scipy.optimize.linprog. The parameters are those of the line or plane
through some of the rows (in the tables of less than 35 rows, all such were tried too); where other
parameters have the same loss they are missing. Those of Engel's law and of the stack loss are also
printed in R's documentation of quantreg, with as many digits as there. Huber's are by
scipy.optimize.least_squares with `loss="huber"`, whose cost is the sum of mathlab's `huber`,
finished by Newton's method on the rows within 1 of the model.

Source of the data: R's data sets `stackloss`, `cars` and `mtcars`, quantreg's `engel`.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from mathlab.learning.data.table import Table

FILES = Path(__file__).parents[1] / "data_files"
MOSTLY_EXACT = {"x": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
                "y": [1, 3, 5, 40, 9, 11, -20, 15, 17, 60]}


@dataclass(frozen=True)
class Case:
    """A model; its columns, or a file of them; the sum of the losses; and the parameters."""

    name: str
    model: str
    data: str | dict[str, list[float]]
    loss: float
    parameters: dict[str, float]
    weights: str = ""
    quantile: float = 0.5

    @property
    def table(self):
        if isinstance(self.data, dict):
            return Table(self.data)
        with (FILES / f"{self.data}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return Table({name: [float(row[name]) for row in rows] for name in rows[0]})


ABSOLUTE = [
    Case("stack loss", "loss = a*air + b*water + c*acid + d",
         "stackloss",
         42.08115942029,
         {"a": 0.831884057971, "b": 0.573913043478, "c": -0.0608695652174, "d": -39.6898550725}),
    Case("cars on weight", "mpg = a*wt + b",
         "cars_by_weight",
         74.28934210526, {"a": -4.53947368421, "b": 34.2322368421}),
    Case("cars on weight and power", "mpg = a*wt + b*hp + c",
         "cars_by_weight",
         59.66899433676, {"a": -3.60569831134, "b": -0.0355907201287, "c": 36.6260137609}),
    Case("stopping distance", "dist = a*speed + b",
         "cars_stopping",
         563.8, {"a": 3.4, "b": -11.6}),
    Case("stopping distance from rest", "dist = a*speed",
         "cars_stopping",
         606.6, {"a": 2.6}),
    Case("photoelectric", "f = a*V + b",
         "photoelectric",
         1.723230769231e+14, {"a": 2.13846153846e+14, "b": 4.31384615385e+14}),
    Case("tiny", "log(y) = a*x + b",
         "tiny_targets",
         0.1201030537063, {"a": 0.297833617312, "b": -40.2768398035}),
    Case("tiny line", "y = a*x + b*x**2 + c",
         "tiny_targets",
         3.001644444444e-17, {}),
    Case("census", "population = a + b*(year - 1890) + c*(year - 1890)**2",
         "us_census",
         38.40864407407, {"a": 62.979766, "b": 1.2290762, "c": 0.00653649074074}),
    Case("nearly the same twice", "y = a*u + b*v + c",
         {"u": [1, 2, 3, 4, 5, 6, 7, 8],
          "v": [1.001, 1.999, 3.002, 4.001, 4.998, 6.001, 7.003, 7.999],
          "y": [2.1, 4.3, 5.8, 8.4, 9.7, 12.5, 13.6, 16.4]},
         1.966666666667, {}),
    Case("most rows exactly on a line", "y = a*x + b",
         MOSTLY_EXACT,
         107, {"a": 2, "b": 1}),
    Case("weighted", "y = a*x + b",
         {"x": [1, 2, 3, 4, 5, 6, 7],
          "y": [1.2, 3.9, 6.3, 7.7, 11, 11.6, 30],
          "w": [1, 2, 3, 4, 5, 6, 0.5]},
         17.2625, {"a": 1.925, "b": 0.05}, weights="w"),
    Case("weights tell the side", "y = c + 0*x",
         {"x": [1, 2, 3, 4],
          "y": [1, 2, 3, 10],
          "w": [1, 1, 1, 5]},
         24, {"c": 10}, weights="w"),
    Case("the median of an even number", "y = c + 0*x",
         {"x": [1, 2, 3, 4],
          "y": [1, 2, 4, 10]},
         11, {}),
    Case("ties", "y = a*x + b",
         {"x": [1, 1, 1, 2, 2, 2, 3, 3, 3],
          "y": [1, 2, 3, 2, 3, 9, 3, 4, 5]},
         11, {}),
    Case("all zero", "y = a*x + b*x**2",
         {"x": [1, 2, 3, 4],
          "y": [0, 0, 0, 0]},
         0, {"a": 0, "b": 0}),
    Case("two groups", "y = a*male + b*female",
         {"male": [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
          "female": [1, 0, 1, 0, 1, 0, 1, 0, 1, 0],
          "y": [170, 180.5, 171, 181.5, 172, 182.5, 173, 183.5, 174, 199]},
         26.5, {"a": 182.5, "b": 172}),
    Case("Engel's law", "food = a*income + b",
         "engel",
         17559.93264763, {"a": 0.560180551209, "b": 81.4822474169}),
    Case("Engel's law, quantile 0.25", "food = a*income + b",
         "engel",
         7082.315898975, {"a": 0.474103208193, "b": 95.4835396346}, quantile=0.25),
    Case("Engel's law, quantile 0.75", "food = a*income + b",
         "engel",
         6529.250283894, {"a": 0.644014139369, "b": 62.396585529}, quantile=0.75),
    Case("Engel's law, quantile 0.9", "food = a*income + b",
         "engel",
         3391.983711028, {"a": 0.686299480372, "b": 67.3508720801}, quantile=0.9)
]

# The quantile q of the target: q times what is above, and 1 - q times what is below.
QUANTILES = [case for case in ABSOLUTE if case.quantile != 0.5]
ABSOLUTE = [case for case in ABSOLUTE if case.quantile == 0.5]

HUBER = [
    Case("stack loss", "loss = a*air + b*water + c*acid + d", "stackloss", 34.47692725093,
         {"a": 0.83930537118, "b": 0.642987573343, "c": -0.101064116633, "d": -38.2585598541}),
    Case("cars on weight", "mpg = a*wt + b", "cars_by_weight", 59.95768901953,
         {"a": -5.03577227729, "b": 36.0643485912}),
    Case("cars on weight and power", "mpg = a*wt + b*hp + c", "cars_by_weight", 45.91059454729,
         {"a": -3.53354552917, "b": -0.0347550214539, "c": 36.211908599}),
    Case("stopping distance", "dist = a*speed + b", "cars_stopping", 540.1404358354,
         {"a": 3.45520581126, "b": -12.554479421}),
    Case("most rows exactly on a line", "y = a*x + b", MOSTLY_EXACT, 105.38671875,
         {"a": 2.0390625, "b": 0.9921875}),
    Case("census", "population = a + b*(year - 1890) + c*(year - 1890)**2",
         "us_census", 29.62705234794,
         {"a": 62.5520101391, "b": 1.22808176926, "c": 0.006559514597})
]
