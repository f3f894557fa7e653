"""Functions by the names they have elsewhere, and what stands for them here.

On the page: `sin      = Row("sin",`; other books and programs have other rows.

A reader who writes `expit(x)` knows it from SciPy; here it is called sigmoid. The table below says
so, and for `coth`, which has no row, that 1/tanh(x) is the same. Each line has a formula
on the left, and on the right the names that it goes by elsewhere; the first input is x, the second
y, the third z. A name in two lines has two meanings, and the reader chooses.

>>> formulas("expit", 1), formulas("lg", 1), formulas("log", 2)
(['sigmoid(x)'], ['log10(x)', 'log2(x)'], ['log(x)/log(y)'])

What is advised means the same, or nothing is advised. `floor` has no equivalent, and `acoth` is not
a slip of the pen for acosh; so the best-known of those that have none stand in a list of their own.

>>> slip("sqt", {"sqrt": 1, "sin": 2}), slip("log3", {"log2": 1, "tan": 2})
('sqrt', '')
"""

import re
from collections.abc import Mapping
from typing import Any

TABLE = (
    #  here                                 elsewhere
    ("1/cos(x)",                            "sec"),
    ("1/sin(x)",                            "csc cosec"),
    ("1/tan(x)",                            "cot cotan cotg ctg ctan"),
    ("1/sinh(x)",                           "csch cosech"),
    ("1/tanh(x)",                           "coth cotanh ctanh"),
    ("acos(1/x)",                           "asec arcsec"),
    ("asin(1/x)",                           "acsc arccsc arccosec"),
    ("atan(1/x)",                           "acot arccot arcctg"),
    ("pi/2 - atan(x)",                      "acot arccot arcctg"),
    ("acosh(1/x)",                          "asech arcsech arsech"),
    ("asinh(1/x)",                          "acsch arccsch arcsch"),
    ("atanh(1/x)",                          "acoth arccoth arcoth"),
    ("asinh(x)",                            "arcsinh arsinh argsinh"),
    ("acosh(x)",                            "arccosh arcosh argcosh"),
    ("atanh(x)",                            "arctanh artanh argtanh"),
    ("atan2(x, y)",                         "arctan2"),
    ("sin(x)",                              "sine"),
    ("cos(x)",                              "cosine"),
    ("tan(x)",                              "tangent tg"),
    ("atan(x)",                             "arctg"),
    ("sinh(x)",                             "sh"),
    ("cosh(x)",                             "ch"),
    ("tanh(x)",                             "th"),
    ("sin(x)/x",                            "sinc"),
    ("sin(pi*x)/(pi*x)",                    "sinc"),
    ("sin(pi*x)",                           "sinpi"),
    ("cos(pi*x)",                           "cospi"),
    ("sin(pi*x/180)",                       "sind"),
    ("cos(pi*x/180)",                       "cosd"),
    ("tan(pi*x/180)",                       "tand"),
    ("pi*x/180",                            "radians deg2rad"),
    ("180*x/pi",                            "degrees rad2deg"),
    ("cos(x) + sin(x)",                     "cas"),
    ("1 - cos(x)",                          "versin"),
    ("(1 - cos(x))/2",                      "haversin hav"),
    ("sigmoid(x)",                          "expit logistic"),
    ("log(x/(1 - x))",                      "logit"),
    ("-softplus(-x)",                       "logsigmoid log_sigmoid log_expit"),
    ("x*sigmoid(x)",                        "silu swish"),
    ("x*(1 + erf(x/sqrt(2)))/2",            "gelu"),
    ("x*tanh(softplus(x))",                 "mish"),
    ("x/(1 + abs(x))",                      "softsign"),
    ("where(x, x, exp(x) - 1)",             "elu"),
    ("max(x, x/100)",                       "leaky_relu"),
    ("relu(x)",                             "ramp"),
    ("step(x)",                             "heaviside unitstep"),
    ("sign(x)",                             "sgn signum"),
    ("abs(x)",                              "fabs"),
    ("max(x, y)",                           "fmax"),
    ("min(x, y)",                           "fmin"),
    ("max(max(x, y), z)",                   "max maximum fmax"),
    ("min(min(x, y), z)",                   "min minimum fmin"),
    ("min(max(x, y), z)",                   "clip clamp"),
    ("hypot(x, y)",                         "norm"),
    ("hypot(hypot(x, y), z)",               "norm hypot"),
    ("x + y",                               "sum add plus"),
    ("(x + y)/2",                           "mean avg average"),
    ("x - y",                               "sub subtract minus"),
    ("x*y",                                 "mul multiply prod product times"),
    ("x/y",                                 "div divide true_divide"),
    ("-x",                                  "neg negative negate"),
    ("1/x",                                 "reciprocal"),
    ("x**y",                                "pow power float_power"),
    ("x**(1/y)",                            "root nthroot"),
    ("x**2",                                "square sqr"),
    ("sqrt(x)",                             "sqr root"),
    ("x**3",                                "cube"),
    ("1/sqrt(x)",                           "rsqrt"),
    ("2**x",                                "exp2"),
    ("10**x",                               "exp10"),
    ("log(x)/log(y)",                       "log ln"),
    ("log(x)/log(3)",                       "log3"),
    ("log10(x)",                            "lg log_10"),
    ("log2(x)",                             "lg lb ld log_2"),
    ("log(exp(x) + exp(y))",                "logaddexp"),
    ("gamma(x + 1)",                        "factorial fact"),
    ("gamma(x + 1)/(gamma(y + 1)*gamma(x - y + 1))", "binomial binom comb choose nchoosek"),
    ("gamma(x)*gamma(y)/gamma(x + y)",      "beta"),
    ("lgamma(x)",                           "loggamma gammaln lngamma log_gamma"),
    ("digamma(x)",                          "psi"),
    ("polygamma(1, x)",                     "trigamma"),
    ("exp(x**2)*erfc(x)",                   "erfcx"),
    ("(1 + erf(x/sqrt(2)))/2",              "normcdf ndtr"),
)
NONE = """
    floor ceil ceiling round rint trunc fix int frac mod fmod modulo rem remainder gcd lcm real
    imag arg angle conj cis len map lag argmax argmin any all median var std rand random diff
    integrate limit logb selu celu prelu softmax expi ei li si ci shi chi expint
    erfi erfinv erfcinv zeta eta lambertw gammainc gammaincc sn cn dn expm logm sqrtm sinm cosm
    tanm
"""
LETTERS = re.compile(r"\b[xyz]\b")
OF_BASE = {2: ["log2(x)"], 10: ["log10(x)"]}  # logarithms to a base that have a row of their own


def is_known(name: str) -> bool:
    """Whether a function of this name is known elsewhere."""
    return has_none(name) or any(name in names.split() for _, names in TABLE)


def has_none(name: str) -> bool:
    """Whether no formula here stands for a function that is known elsewhere."""
    return name in NONE.split()


def formulas(name: str, count: int) -> list[str]:
    """What stands here for a function of so many inputs, which are called x, y and z."""
    return [
        formula
        for formula, names in TABLE
        if name in names.split() and len({*LETTERS.findall(formula)}) == count
    ]


def slip(name: str, known: Mapping[str, Any]) -> str:
    """The known name that differs by a slip of one letter; "" if there is none, or if names that do
    have several meanings.

    A slip is a letter too many, one that is missing, a wrong one, or two that have changed places.
    No word with a digit is a slip of another, and in three letters a wrong one makes another word.
    """
    near = {meaning: word for word, meaning in known.items() if _is_slip(name, word)}
    return next(iter(near.values())) if len(near) == 1 else ""


def _is_slip(name: str, word: str) -> bool:
    """Whether a name differs from a word by a slip of one letter."""
    pairs = enumerate(zip(name, word, strict=False))
    start = next((i for i, (a, b) in pairs if a != b), min(len(name), len(word)))
    ours, theirs = name[start:], word[start:]
    if min(len(name), len(word)) < 3 or any(c.isdigit() for c in name + word):
        return False
    wrong = len(word) > 3 and ours[1:] == theirs[1:]
    swapped = ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]
    return ours[1:] == theirs or ours == theirs[1:] or wrong or swapped
