"""What R prints for its own examples of `nls`: estimates, standard errors, residual error.

The figures are those of `summary(nls(...))` in the documentation of R's `datasets` and of its
self-starting models (SSlogis, SSfpl, SSgompertz, SSasymp, SSbiexp, SSfol, SSweibull, SSasympOff),
of Venables and Ripley (MASS), of Ritz and Streibig (drc) and of Fox and Weisberg (the census); to
five digits, by SciPy with slopes of fourth order.
"""

import pytest

from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from tests.learning.textbook import PAIRS

BY_NAME = {pair.name: pair for pair in PAIRS}

PRINTED = [
    ("Michaelis-Menten, treated", {"Vm": (212.684, 6.9472), "K": (0.0641213, 0.0082809)}, 10.934),
    ("Michaelis-Menten, untreated", {"Vm": (160.28, 6.4802), "K": (0.0477082, 0.0077819)}, 9.773),
    ("saturation, BOD, SSasympOrig",
     {"A": (19.1426, 2.4959), "lrc": (-0.632821, 0.38239)}, 2.549),
    ("logistic, DNase",
     {"Asym": (2.34518, 0.078154), "xmid": (1.48309, 0.081353),
      "scal": (1.04145, 0.032271)}, 0.019194),
    ("logistic of four, DNase",
     {"A": (-0.00789718, 0.0172), "B": (2.37724, 0.10952), "xmid": (1.5074, 0.10208),
      "scal": (1.06258, 0.056996)}, 0.019806),
    ("Gompertz, DNase",
     {"Asym": (4.60333, 0.65321), "b2": (2.27134, 0.14373),
      "b3": (0.716466, 0.022062)}, 0.026835),
    ("asymptote, Loblolly",
     {"Asym": (94.1282, 8.403), "R0": (-8.25075, 1.2261), "lrc": (-3.21758, 0.13858)}, 0.74931),
    ("two exponentials, Indometh",
     {"A1": (0.191548, 0.11063), "lrc1": (-1.78778, 0.78713), "A2": (2.02928, 0.1099),
      "lrc2": (0.57939, 0.12465)}, 0.041026),
    ("absorption, Theoph",
     {"lKe": (-2.4365, 0.22566), "lKa": (0.158265, 0.22969), "lCl": (-3.28609, 0.1448)}, 0.84646),
    ("logistic, ChickWeight",
     {"Asym": (937.021, 465.86), "xmid": (35.2228, 8.3119), "scal": (11.4052, 0.90524)}, 2.9186),
    ("logistic of four, ChickWeight",
     {"A": (27.4532, 6.6007), "B": (348.971, 57.899), "xmid": (19.3905, 2.1944),
      "scal": (6.67262, 1.0016)}, 2.3507),
    ("Weibull growth, ChickWeight",
     {"Asym": (158.501, 1.1769), "Drop": (110.997, 2.633), "lrc": (-5.99343, 0.37329),
      "pwr": (2.64614, 0.16129)}, 2.0605),
    ("asymptote with offset, CO2",
     {"Asym": (38.1398, 0.91639), "lrc": (-4.38065, 0.20415), "c0": (51.2233, 11.67)}, 1.6626),
    ("dose-response, ryegrass",
     {"c": (0.48141, 0.20951), "d": (7.79296, 0.18973), "ed50": (3.05796, 0.18583),
      "b": (2.98223, 0.45843)}, 0.51963),
    ("weight loss",
     {"b0": (81.3738, 2.269), "b1": (102.684, 2.0828), "th": (141.91, 5.2945)}, 0.89494),
    ("viscosity", {"b1": (29.4013, 0.91553), "b2": (2.21827, 0.66552)}, 6.268),
    ("US census, logistic in years",
     {"theta1": (440.833, 35), "theta2": (-42.707, 1.8391),
      "theta3": (0.0216059, 0.0010071)}, 4.9087),
]


@pytest.mark.parametrize(("name", "printed", "spread"), PRINTED, ids=[row[0] for row in PRINTED])
def test_the_figures_of_nls(name, printed, spread):
    pair = BY_NAME[name]
    start = {parameter: float(f"{value:.2g}") for parameter, (value, _) in printed.items()}
    trainer = Trainer(pair.model).fit(pair.table, start)
    sure = Uncertainty(trainer)
    assert sure.residual_spread == pytest.approx(spread, rel=1e-4)
    assert sure.freedom == len(pair.table) - len(printed)
    for parameter, (value, error) in printed.items():
        assert sure.parameters[parameter] == pytest.approx(value, rel=1e-5), parameter
        assert sure.errors[parameter] == pytest.approx(error, rel=1e-4), parameter
