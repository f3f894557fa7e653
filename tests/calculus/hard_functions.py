"""Functions that are hard to differentiate from their values alone, with their true slopes.

A row is `(name, f, x, slope)`: a function from float to float, a point, and the derivative there of
what the text means in mathematics, at exactly this float x; None where there is none that a float
could hold. At the edge of a domain it is the derivative from within.

The truths are from mpmath, with 1,200 digits, and rounded once. They say nothing of what can be
seen in floats: 1e15 + sin(x) moves in steps of 1/8, and there an honest answer has a wide error.

>>> name, f, x, slope = TWENTY[0]
>>> name, f(x), slope
('x**3 at 2.0', 8.0, 12.0)
"""

import math

from mathlab.calculus.numeric.difference import RealFunction

Row = tuple[str, RealFunction, float, float | None]


def rows(*facts: tuple[str, float, float | None]) -> tuple[Row, ...]:
    """A row for each text, point and slope. The text has the names of `math`."""
    names = dict(vars(math))
    return tuple((f"{text} at {x}", eval(f"lambda x: {text}", names), x, s) for text, x, s in facts)


TWENTY = rows(
    ("x**3", 2.0, 12.0),
    ("exp(x)", 1.0, 2.718281828459045),
    ("sin(x)", 1.0, 0.5403023058681398),
    ("sin(x)", 100.0, 0.8623188722876839),
    ("log(x)", 1e-3, 1000.0),
    ("log(x)", 1e6, 1e-06),
    ("1/x", 1e-4, -99999999.99999999),
    ("sqrt(x)", 2.0, 0.3535533905932738),
    ("tanh(x)", 0.1, 0.9900662908474398),
    ("exp(-x*x)", 1.0, -0.7357588823428847),
    ("sin(1/x)", 0.05, -163.23282472535718),
    ("x**20", 1.1, 122.31818089682928),
    ("exp(100*x)", 0.1, 2202646.5794806727),
    ("atan(1000*x)", 1e-3, 500.0),
    ("exp(x)/sqrt(sin(x)**3 + cos(x)**3)", 1.5, 4.053427893898621),
    ("x*x", 1e10, 20000000000.0),
    ("cosh(x)", 0.0, 0.0),
    ("1/(1 + exp(-x))", -20.0, 2.061153613941849e-09),
    ("1e6 + sin(x)", 1.0, 0.5403023058681398),
    ("x**1.5", 0.01, 0.15),
)


HARD = rows(
    # Huge and tiny scales. From x alone nobody knows how far the function must be followed.
    ("x*x", 1e-150, 2e-150),
    ("x*x", 1e150, 2e150),
    ("x**3", 1e-110, 3e-220),
    ("exp(x/1e100)", 1e100, 2.7182818284590454e-100),
    ("sin(1e8*x)", 1e-8, 54030230.58681397),
    ("sin(x/1e12)", 3e11, 9.55336489125606e-13),
    ("1e-300*sin(x)", 1.0, 5.4030230586813975e-301),
    ("1e300*sin(x)", 1.0, 5.4030230586813974e299),
    ("exp(x)", 1e-10, 1.0000000001),
    ("cos(x)", 1e-200, -1e-200),
    ("sin(x)", 1e-300, 1.0),
    ("log(x)", 1e-300, 9.999999999999999e299),
    ("sqrt(x)", 1e300, 5e-151),
    ("1/x", 1e-150, -1e300),
    ("atan(x)", 1e10, 1e-20),
    ("tanh(x)", 30.0, 3.502604305078608e-26),
    ("x/(1 + x*x)", 1e8, -9.999999999999997e-17),
    ("exp(-x*x)", 5.0, -1.3887943864964022e-10),
    # At the edge of the domain, and not far from it: the slope from within.
    ("x**1.5", 0.0, 0.0),
    ("sqrt(x)**3", 0.0, 0.0),
    ("(1 - x)**2.5", 1.0, 0.0),
    ("x*x*log(x) if x else 0.0", 0.0, 0.0),
    ("acos(x)**2", 1.0, -2.0),
    ("exp(x) if x >= 0 else nan", 0.0, 1.0),
    ("sin(x) if x <= 1 else inf", 1.0, 0.5403023058681398),
    ("x*x if x <= 2 else 1/0", 2.0, 4.0),
    ("log(x)", 1e-12, 1000000000000.0),
    ("sqrt(x - 2)", 2.000001, 499.9999999650555),
    ("x**0.3", 0.01, 7.53565929452874),
    ("asin(x)", 0.999999, 707.1069579531425),
    ("log(log(x))", 1.0001, 9999.500041664018),
    ("log1p(x)", -0.999999, 999999.9999712444),
    ("gamma(x)", -0.999, 999998.587146485),
    ("tan(x)", 1.57, 1576948.220797328),
    ("1/(x - 1)", 1.001, -1000000.0000002203),
    # Oscillation
    ("sin(x)", 1e8, -0.3633850893556905),
    ("sin(1000*x)", 1.0, 562.379076290703),
    ("sin(x*x)", 100.0, -190.43107365180296),
    ("sin(exp(x))", 8.0, -2729.793481341885),
    ("x*sin(1/x)", 1e-3, -561.5521967501882),
    ("x + 1e-6*sin(1e5*x)", 1.0, 0.9000639192561788),
    # Noise on an offset
    ("1e10 + sin(x)", 1.0, 0.5403023058681398),
    ("1e15 + sin(x)", 1.0, 0.5403023058681398),
    ("1e8 + exp(x)", 0.0, 1.0),
    ("1e16 + x", 1.0, 1.0),
    ("(1e8 + x) - 1e8", 0.5, 1.0),
    ("1 + 1e-10*sin(x)", 1.0, 5.4030230586813976e-11),
    ("1 + 1e-20*x", 1.0, 1e-20),
    # Cancellation: the value is small, the rounding is not.
    ("(1 - cos(x))/x**2", 1e-4, -8.333333327777778e-06),
    ("(exp(x) - 1)/x", 1e-6, 0.5000003333334583),
    ("(exp(x) - 1)/x", 1e-9, 0.5000000003333334),
    ("sqrt(x + 1) - sqrt(x)", 1e8, -2.49999998125e-13),
    ("log(1 + x)/x", 1e-7, -0.4999999333333408),
    ("x**5 - 5*x**4 + 10*x**3 - 10*x**2 + 5*x - 1", 1.001, 4.999999999997798e-12),
    ("1/(1 - x) - 1/(1 + x)", 1e-5, 2.0000000006),
    ("(1 + x) - 1", 1e-10, 1.0),
    # x = 0
    ("x**3", 0.0, 0.0),
    ("x*abs(x)", 0.0, 0.0),
    ("abs(x)**1.5", 0.0, 0.0),
    ("atan(1e6*x)", 0.0, 1000000.0),
    ("sin(1e10*x)", 0.0, 10000000000.0),
    ("sin(x/1e10)", 0.0, 1e-10),
    ("exp(-x*x)", 0.0, 0.0),
    ("sin(x)/x if x else 1.0", 0.0, 0.0),
    ("x**2*sin(1/x) if x else 0.0", 0.0, 0.0),
    ("exp(-1/x**2) if x else 0.0", 0.0, 0.0),
    # Near a kink, but not at it
    ("abs(x - 1)", 1.000001, 1.0),
    ("abs(x - 1)", 1.0000000001, 1.0),
    ("abs(x)", -1e-8, -1.0),
    ("abs(sin(x))", 3.14, -0.9999987317275395),
    ("max(x, 2*x)", 1e-5, 2.0),
    ("cbrt(x)", 1e-9, 333333.3333333333),
    ("hypot(x, 1e-6)", 1e-6, 0.7071067811865476),
    ("tanh(1e6*(x - 1))", 1.0, 1000000.0),
    ("x*x if x < 1 else 2*x - 1", 1.0, 2.0),
    # Kinks
    ("abs(x)", 0.0, None),
    ("abs(x - 1)", 1.0, None),
    ("abs(x - 1e8)", 1e8, None),
    ("abs(x - 1e-8)", 1e-8, None),
    ("max(x, 0.0)", 0.0, None),
    ("1e6 + abs(x)", 0.0, None),
    ("x + 1e-3*abs(x)", 0.0, None),
    ("abs(x**3 - 8)", 2.0, None),
    ("exp(-abs(x))", 0.0, None),
    ("x*x if x < 1 else x", 1.0, None),
    # Jumps, holes and poles
    ("floor(x)", 2.0, None),
    ("copysign(1.0, x)", 0.0, None),
    ("x - floor(x)", 5.0, None),
    ("floor(1000*x)/1000", 0.125, None),
    ("sin(x) + 1e-6*(x >= 1)", 1.0, None),
    ("0.0 if x else 1.0", 0.0, None),
    ("1/x if x else 0.0", 0.0, None),
    ("atan(1/x) if x else 0.0", 0.0, None),
    # Vertical tangents, cusps, and no limit at all
    ("sqrt(x)", 0.0, None),
    ("cbrt(x)", 0.0, None),
    ("asin(x)", 1.0, None),
    ("sqrt(1 - x*x)", -1.0, None),
    ("abs(x)**0.5", 0.0, None),
    ("abs(x)**(2/3)", 0.0, None),
    ("cbrt(x - 1)", 1.0, None),
    ("x*log(x) if x else 0.0", 0.0, None),
    ("x*sin(1/x) if x else 0.0", 0.0, None),
    ("sin(1/x) if x else 0.0", 0.0, None),
    # The range of floats ends nearby, or the slope is beyond it.
    ("exp(x)", 709.7, 1.6549840276802644e308),
    ("exp(x*x)", 26.5, 5.100065880409207e306),
    ("cosh(x)", 710.0, 1.1169973830808555e308),
    ("x*x", 1e154, 2e154),
    ("x", 1.7e308, 1.0),
    ("gamma(x)", 171.0, 3.7293948187436454e307),
    ("exp(x)", -740.0, 4.2e-322),
    ("x*x", 1e-162, 2e-162),
    ("1/x", 1e-300, None),
    # Nearby, or always, it is not quite a float.
    ("floor(2*x)", 2.3, 0.0),
    ("7", 1.0, 0.0),
    ("x > 0", 1.0, 0.0),
    ("x*x if x > 1 else nan", 1.001, 2.002),
    ("x if x > 1 else x + 1j", 1.0001, 1.0),
    ("nan", 1.0, None),
    ("inf", 1.0, None),
    ("1.0 if x == 1 else nan", 1.0, None),
    # Constants, lines and stairs
    ("3.0", 2.0, 0.0),
    ("0.1*x + 0.7", 0.3, 0.1),
    ("x/3", 1e300, 0.3333333333333333),
    ("1e-300*x", 0.0, 1e-300),
    ("floor(x)", 2.5, 0.0),
    ("round(x, 3)", 0.1234, 0.0),
    ("x + floor(x)", 1.5, 1.0),
    # Special functions
    ("lgamma(x)", 1e8, 18.420680738952367),
    ("gamma(x)", 0.5, -3.480230906913262),
    ("erf(x)", 0.5, 0.8787825789354448),
    ("erfc(x)", 5.0, -1.5670866531017336e-11),
    ("log(abs(x))", -2.0, -0.5),
)
