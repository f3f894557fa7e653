"""7. The best step for a printed table

Before there were computers, people looked sin up in printed tables. Say that a table has six digits
behind the point: what it says for sin(x) is rounded to a millionth.

You want the slope of sin at 1, and have nothing but this table. Which step h is best for the
forward quotient, and which for the central one?

    (f(x+h) - f(x)) / h
    (f(x+h) - f(x-h)) / (2*h)

A power of ten will do for each, such as 1e-8.
"""

FORWARD_H = ...
CENTRAL_H = ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
