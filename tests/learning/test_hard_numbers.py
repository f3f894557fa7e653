"""Numbers that are hard on arithmetic: nearly constant columns, and tails of 1e-300.

Sources: L. Wilkinson, "Statistics Quiz" (1985), with the data set NASTY; NIST/SEMATECH, Statistical
Reference Datasets, NumAcc1 to NumAcc4, made from their descriptions; M. Abramowitz and I. A.
Stegun, Handbook of Mathematical Functions, table 26.2 (-log10 of the normal tail) and 26.7.3 and
26.7.4 (Student's t as a finite sum, here in 700 digits).
"""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import permutations

import pytest

from mathlab.__main__ import main
from mathlab.errors import DataError
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.explore import correlation, standardize, summarize
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.student import t_cdf, t_quantile
from mathlab.learning.inference.uncertainty import Estimates, Uncertainty
from mathlab.learning.model.loss import as_loss
from mathlab.learning.model.model import Model

NASTY = {  # the column, and what it is of X: its slope and its intercept
    "X": ("1 2 3 4 5 6 7 8 9", "1", "0"),
    "BIG": (" ".join(f"9999999{i}" for i in range(1, 10)), "1", "99999990"),
    "LITTLE": (" ".join(f"0.9999999{i}" for i in range(1, 10)), "1e-8", "0.9999999"),
    "HUGE": (" ".join(f"{i}e12" for i in range(1, 10)), "1e12", "0"),
    "TINY": (" ".join(f"{i}e-12" for i in range(1, 10)), "1e-12", "0"),
    "ROUND": (" ".join(f"{i}.5" for i in range(9)), "1", "-0.5"),
}
TABLE = {name: [*map(float, text.split())] for name, (text, *_) in NASTY.items()}
LINE = {name: (Fraction(a), Fraction(b)) for name, (_, a, b) in NASTY.items()}
ZERO = [0.0] * 9


@pytest.mark.parametrize("name", NASTY)
def test_the_summaries_of_wilkinsons_columns(name):
    slope, intercept = LINE[name]
    summary = summarize(TABLE[name])
    assert summary.mean == float(slope * 5 + intercept)
    with localcontext(prec=30):  # the standard deviation of 1 to 9 is sqrt(7.5)
        spread = Decimal("7.5").sqrt() * slope.numerator / slope.denominator
    assert summary.spread == float(spread)


@pytest.mark.parametrize(("one", "other"), [*permutations(NASTY, 2)])
def test_wilkinsons_columns_are_lines_of_each_other(one, other):
    assert correlation(TABLE[one], TABLE[other]) == 1.0
    assert correlation(TABLE[one], [-y for y in TABLE[other]]) == -1.0
    trainer = Trainer("y = a*x + b").fit({"x": TABLE[one], "y": TABLE[other]})
    slope = LINE[other][0] / LINE[one][0]
    intercept = LINE[other][1] - slope * LINE[one][1]
    assert trainer.parameters == {"a": float(slope), "b": float(intercept)}
    assert set(Uncertainty(trainer).errors.values()) == {0.0}


@pytest.mark.parametrize("name", NASTY)
def test_a_column_of_zeros_is_refused_or_fitted(name):
    with pytest.raises(DataError, match="nothing can vary"):
        correlation(TABLE[name], ZERO)
    with pytest.raises(DataError, match="cannot tell"):
        Trainer("y = a*x + b").fit({"x": ZERO, "y": TABLE[name]})
    level = Trainer("y = a*x + b").fit({"x": TABLE[name], "y": ZERO})
    assert level.parameters == {"a": 0.0, "b": 0.0}


def test_a_polynomial_that_is_a_line():
    """Wilkinson's trap: X from powers of X, of which only the first should count."""
    model = " + ".join(f"b{k}*x**{k}" for k in range(1, 7))
    trainer = Trainer(f"y = b0 + {model}").fit({"x": TABLE["X"], "y": TABLE["X"]})
    assert trainer.parameters == {f"b{k}": float(k == 1) for k in range(7)}


def test_the_nasty_file_through_the_command(tmp_path, capsys):
    """With its column MISS, in which everything is missing."""
    file = tmp_path / "nasty.csv"
    columns = {**{name: text.split() for name, (text, *_) in NASTY.items()},
               "ZERO": ["0"] * 9, "MISS": [""] * 9}
    rows = [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert set(read_csv(file)["MISS"]) == {None}
    assert main(["fit", str(file), "BIG = a*LITTLE + b"]) == 0
    assert "BIG = 100000000*LITTLE + 0" in capsys.readouterr().out.replace("1e+08", "100000000")
    assert main(["fit", str(file), "X = a*MISS + b"]) == 1
    assert "- 9  MISS is missing" in capsys.readouterr().out


# ------------------------------------------------------------------ NIST's NumAcc


NUMACC = {
    "NumAcc1": (["10000001", "10000003", "10000002"], "10000002", "1"),
    "NumAcc2": (["1.2", *["1.1", "1.3"] * 500], "1.2", "0.1"),
    "NumAcc3": (["1000000.2", *["1000000.1", "1000000.3"] * 500], "1000000.2", "0.1"),
    "NumAcc4": (["10000000.2", *["10000000.1", "10000000.3"] * 500], "10000000.2", "0.1"),
}


@pytest.mark.parametrize(("texts", "mean", "spread"), NUMACC.values(), ids=NUMACC)
def test_nists_certified_means_and_standard_deviations(texts, mean, spread):
    summary = summarize([*map(float, texts)])
    assert (summary.mean, summary.spread) == (float(mean), float(spread))


@pytest.mark.parametrize(("texts", "certified"), [
    (NUMACC["NumAcc1"][0], Fraction(-1, 2)),
    *((NUMACC[f"NumAcc{k}"][0], Fraction(-999, 1000)) for k in (2, 3, 4))])
def test_nists_certified_autocorrelations(texts, certified):
    """Of the sums that r1 is made of, from those of `correlation`, for neighbours in a ring.

    The product of the last and the first, which NIST leaves out, is 0 where the first is the mean.
    """
    numbers = [*map(float, texts)]
    around = correlation(numbers, numbers[1:] + numbers[:1])
    mean = sum(map(Fraction, texts)) / len(texts)
    off = [Fraction(text) - mean for text in texts]
    left_out = off[-1] * off[0] / sum(x * x for x in off)
    assert around - float(left_out) == pytest.approx(float(certified), rel=1e-15)


def test_a_correlation_of_nearly_constant_columns_has_all_digits():
    xs = [f"1000000.{i * 7 % 10}{i * 3 % 7}" for i in range(40)]
    ys = [f"0.9999999{i * i % 8}{i % 9}" for i in range(40)]
    x, y = ([Fraction(text) for text in texts] for texts in (xs, ys))
    x, y = [v - sum(x) / 40 for v in x], [v - sum(y) / 40 for v in y]
    pairs = (x, y), (x, x), (y, y)
    xy, xx, yy = (sum(a * b for a, b in zip(*pair, strict=True)) for pair in pairs)
    with localcontext(prec=40):
        square = xy * xy / (xx * yy)
        exact = math.copysign((Decimal(square.numerator) / square.denominator).sqrt(), xy)
    assert correlation([*map(float, xs)], [*map(float, ys)]) == pytest.approx(exact, rel=2e-16)
    assert standardize([*map(float, xs)])[1].spread == summarize([*map(float, xs)]).spread


# ------------------------------------------------------------------ tails


def student(t, freedom):
    """P(T <= -t) for a whole number of degrees of freedom, by the finite sum, in 700 digits."""
    with localcontext(prec=700, Emin=-10**6):
        t, n = Decimal(t), Decimal(freedom)
        cosine2 = n / (n + t * t)
        sine = t / (n + t * t).sqrt()
        term, total = Decimal(1), Decimal(1)
        if freedom % 2 == 0:
            for k in range(1, freedom // 2):
                term *= cosine2 * (2 * k - 1) / (2 * k)
                total += term
            return float((1 - sine * total) / 2)
        for k in range(1, (freedom - 1) // 2):
            term *= cosine2 * (2 * k) / (2 * k + 1)
            total += term
        part = sine * cosine2.sqrt() * total if freedom > 1 else 0
        return float(_angle(n.sqrt() / t) / PI - part / PI)  # pi/2 - theta, and so for the tail


def _angle(x):
    """The arc tangent of a number, halved until its series is quick."""
    if x > Decimal("0.3"):
        return 2 * _angle(x / (1 + (1 + x * x).sqrt()))
    total, power, k = Decimal(0), x, 1
    while abs(power) > Decimal("1e-690"):
        total += power / k
        power *= -x * x
        k += 2
    return total


with localcontext(prec=720):  # Machin, 1706
    PI = 4 * (4 * _angle(Decimal(1) / 5) - _angle(Decimal(1) / 239))


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 10, 25, 60, 150])
@pytest.mark.parametrize("size", [1e-5, 1e-20, 1e-80, 1e-160, 1e-300])
def test_tails_of_students_t(freedom, size):
    t = -t_quantile(size, freedom) if freedom > 1 or size > 1e-300 else 3e299
    assert t_cdf(-t, freedom) == pytest.approx(student(t, freedom), rel=4e-16, abs=0)
    assert t_cdf(-t, freedom) == pytest.approx(size, rel=0.1 if freedom == 1 else 1e-12, abs=0)


NORMAL_TAILS = {  # table 26.2 of Abramowitz and Stegun
    5: 6.54265, 6: 9.00586, 7: 11.89285, 8: 15.20614, 9: 18.94746, 10: 23.11805, 15: 50.43522,
    20: 88.56010, 25: 137.51475, 30: 197.30921, 35: 267.94888,
}


def normal(t):
    """The tail of the normal distribution by Laplace's continued fraction, in 60 digits."""
    with localcontext(prec=60):
        t, fraction = Decimal(t), Decimal(0)
        for k in range(2000, 0, -1):
            fraction = k / (t + fraction)
        return float((-t * t / 2).exp() / (2 * PI).sqrt() / (t + fraction))


@pytest.mark.parametrize("t", [3.0, 5.0, 8.123, 10.0, 20.7, 30.0, 36.9, 37.04])
def test_tails_of_the_normal_distribution(t):
    sure = Estimates(Model("y = a*x"), as_loss("squared"), {"a": t}, ["a"], [[1.0]], 1.0, math.inf)
    assert sure.p_value("a") / 2 == pytest.approx(normal(t), rel=1e-12, abs=0)


@pytest.mark.parametrize(("t", "printed"), NORMAL_TAILS.items())
def test_the_printed_tails_of_the_normal_distribution(t, printed):
    assert -math.log10(normal(t)) == pytest.approx(printed, abs=6e-6)
