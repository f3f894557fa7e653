"""A whole report, each number of it worked out again by the formulas of a textbook."""

import math
import statistics
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest

from mathlab.__main__ import main

X = [1, 2, 3, 4, 5, 6, 7, 8]
Y = [3.5, 2.25, 6, 7.5, 6.25, 10.5, 9.75, 14]
FILE = "x,y,w\n" + "".join(f"{x},{y},4\n" for x, y in zip(X, Y, strict=True))


def student(t):
    """How often Student's t with 6 degrees of freedom is farther from 0."""
    angle = math.atan(abs(t) / math.sqrt(6))
    c = math.cos(angle) ** 2
    return 1 - math.sin(angle) * (1 + c / 2 + 3 * c * c / 8)


def normal(z):
    return math.erfc(abs(z) / math.sqrt(2))


def sums(one, other):
    return sum(Fraction(a) * Fraction(b) for a, b in zip(one, other, strict=True))


def decimal(number, digits=28, rounding=ROUND_HALF_EVEN):
    return Context(digits, rounding).divide(*map(Decimal, Fraction(number).as_integer_ratio()))


def cut(number):
    return f"{decimal(number, 20, ROUND_DOWN)}..."


@pytest.mark.parametrize("options", [[], ["--at", "x=3"], ["--prove"], ["--details"],
                                     ["--train-share", "0.75"], ["--derive-from", "2*a"]])
def test_one_line_stands_between_two_parts_and_none_at_the_ends(options, tmp_path, capsys):
    (tmp_path / "data.csv").write_text(FILE, encoding="utf-8")
    assert main(["fit", str(tmp_path / "data.csv"), "y = a*x + b", *options]) == 0
    out = capsys.readouterr().out
    parts = out.removesuffix("\n").split("\n\n")
    assert "\n\n\n" not in out and not out.startswith("\n") and len(parts) == {
        "": 3, "--at": 4, "--prove": 4, "--train-share": 4, "--derive-from": 4, "--details": 7}[
            options[0] if options else ""]


# The options; how often an interval holds, and how many errors it reaches then, from tables; how
# far two thirds of new rows lie from the line, if known; the weight of each row
CASES = [([], 95, 2.4469118511449692, None, 1),
         (["--level", "0.9"], 90, 1.9431802805153022, None, 1),
         (["--weights", "w"], 95, 2.4469118511449692, None, 4),
         (["--sigma", "0.5", "--level", "0.9"], 90, 1.6448536269514722, 0.5, 4)]


@pytest.mark.parametrize(("options", "percent", "reach", "sigma", "weight"), CASES)
def test_a_whole_report(options, percent, reach, sigma, weight, tmp_path, capsys, monkeypatch):
    n, one = len(X), [1] * len(X)
    mean, across = Fraction(sum(X), n), sums(X, X) - Fraction(sum(X) ** 2, n)
    a = (sums(X, Y) - mean * sums(one, Y)) / across
    b = sums(one, Y) / n - a * mean
    off = [Fraction(y) - a * x - b for x, y in zip(X, Y, strict=True)]
    missed, total = sums(off, off), sums(Y, Y) - sums(one, Y) ** 2 / n
    slope = sums(X, Y) / sums(X, X)  # through 0
    missed_0 = sums(Y, Y) - slope * sums(X, Y)
    square = Fraction(sigma) ** 2 if sigma else missed / (n - 2)
    of_a, of_b = (decimal(each).sqrt() for each in (square / across,
                                                    square * sums(X, X) / n / across))
    tail, spread, s = (normal if sigma else student), math.sqrt(square), 1 / math.sqrt(weight)
    row = spread if sigma else spread / s  # of weight 1

    def likelihood(missed):
        if sigma:
            return -n * math.log(sigma * math.sqrt(2 * math.pi)) - float(missed) / 2 / sigma**2
        return -n / 2 * (math.log(2 * math.pi * missed / n) + 1)

    def p(value, error):
        return tail(float(value) / float(error))

    def ends(value, error, look):
        return [f"{value + side * reach * float(error):{look}}" for side in (-1, 1)]

    def at(x):
        value, of_mean = a * x + b, spread * math.sqrt(Fraction(1, n) + (x - mean) ** 2 / across)
        low, high = ends(float(value), math.hypot(of_mean, row), ".6g")
        least, most = ends(float(value), of_mean, ".6g")
        what = (" of standard deviation 0.5" if sigma else " of weight 1" * (weight > 1))
        return (f"x = {x}: y = {float(value):.6g} ({percent}% interval for one new row{what}: "
                f"{low} to {high}; for the mean: {least} to {most})")

    share = 1 - missed / total
    r = -mean / math.sqrt(sums(X, X) / n)  # how the errors of a and b go together
    ratio = float(a / b)
    of_ratio = abs(ratio) * math.sqrt((float(of_a) / a) ** 2 + (float(of_b) / b) ** 2
                                      - 2 * r * float(of_a) * float(of_b) / (a * b))
    aics = [2 * (k + 2 - bool(sigma)) - 2 * likelihood(each)
            for k, each in enumerate((missed_0, missed))]
    best, gained = min(aics), 2 * (likelihood(missed) - likelihood(missed_0))
    chances = [math.exp((best - each) / 2) for each in aics]
    ranks = [f"{2 - k} {aics[k]:.2f} {aics[k] - best:.2f} {chances[k] / sum(chances):.3f} "
             f"{k + 2 - bool(sigma)} {likelihood((missed_0, missed)[k]):.2f}"
             for k in sorted((0, 1), key=aics.__getitem__)]
    summary = [["count", "8", "8"], *(
        [name, *(f"{f([*map(float, column)]):.4g}" for column in (X, Y))] for name, f in (
            ("mean", statistics.fmean), ("median", statistics.median),
            ("spread", statistics.stdev), ("lowest", min),
            ("lower quartile", lambda c: statistics.quantiles(c, method="inclusive")[0]),
            ("upper quartile", lambda c: statistics.quantiles(c, method="inclusive")[2]),
            ("highest", max)))]
    expected = [
        "8 rows read from data.csv = 8 rows kept",
        f"y = {float(a):.6g}*x + {float(b):.6g}",
        f"parameter value standard error {percent}% from to p-value "
        f"a {float(a):.6g} {of_a:.2g} {' '.join(ends(float(a), of_a, '.5g'))} {p(a, of_a):.2g} "
        f"b {float(b):.6g} {of_b:.2g} {' '.join(ends(float(b), of_b, '.5g'))} {p(b, of_b):.2g} "
        f"a = {decimal(a)}, standard error {of_a:.17g} "
        f"b = {decimal(b)}, standard error {of_b:.17g} "
        + (f"chi squared {float(missed) * 4:.5g} " if sigma else
           f"residual standard deviation {row:.5g} ")
        + f"degrees of freedom 6 R squared {float(share):.4f} "
        f"adjusted R squared {float(1 - (1 - share) * 7 / 6):.4f} "
        f"log-likelihood {likelihood(missed):.2f} AIC {aics[1]:.2f} "
        f"The way down: 6 steps, squared loss {float(sums(Y, Y) / n):.4g} to "
        f"{float(missed / n):.4g}",
        at(3),
        at(9) + " x 9 is outside of the data, which go from 1 to 8: nothing tells whether the model"
        " holds there.",
        f"a/b = {ratio:.6g}, standard error {of_ratio:.3g} ({percent}% interval: "
        f"{' to '.join(ends(ratio, of_ratio, '.6g'))}) by sqrt(J C J') with J = (1/b, -a/b**2), the"
        " slopes by a, b, and C their covariance "
        f"2*a = {float(2 * a):.6g}, standard error {2 * of_a:.3g} ({percent}% interval: "
        f"{' to '.join(ends(float(2 * a), 2 * of_a, '.6g'))}) by sqrt(J C J') with J = (2), the "
        "slopes by a, and C their covariance",
        "Proved, in Fractions: these are the lowest point, and the only one there is. "
        f"a = {cut(a)}, b = {cut(b)} standard errors of a {cut(of_a)}, of b "
        f"{cut(of_b)} All digits are certain: these are the first.",
        "model 1: y = a*x + b model 2: y = a*x",
        f"model AIC above lowest chance estimated log-likelihood {' '.join(ranks)}",
        "chance: how probable it is that this one of these models predicts new rows best (the "
        "Akaike weight); estimated: how many numbers were found from the data. An AIC less than "
        "about 2 above the lowest decides hardly anything (Burnham and Anderson, 2002). likelihood "
        f"ratio of y = a*x and y = a*x + b: {gained:.4g}, degrees of freedom 1, p-value "
        f"{normal(math.sqrt(gained)):.2g}",
        "x y " + " ".join(word for line in summary for word in line),
        f"correlation of x with y: {statistics.correlation(X, Y):.3f}",
        "How the errors of the parameters go together, from -1 to 1: a b "
        f"a 1.000 {r:.3f} b {r:.3f} 1.000"]
    (tmp_path / "data.csv").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["fit", "data.csv", "y = a*x + b", *options, "--at", "x=3", "--at", "x=9",
                 "--derive-from", "a/b", "--derive-from", "2*a", "--against", "y = a*x",
                 "--nested", "--prove", "--details", "--digits", "all", "--export", "python",
                 "--save", "line.json"]) == 0
    *said, chart, saved, code = capsys.readouterr().out.split("\n\n")
    assert [" ".join(part.split()) for part in said] == expected
    assert chart.split("\n")[0].strip() == expected[2].partition(" AIC ")[2].partition(" ")[2]
    assert chart.split("\n")[-1].strip() == "step" and len(chart.split("\n")) == 14
    assert saved == "saved in line.json"
    assert code.startswith("def predict(x):") and code.endswith(f"\n    return {float(a)!r}*x + "
                                                                f"{float(b)!r}\n")
