"""Skip this at first: many kinds of number, and what each of them needs.

The chapters in reading order, each with the line of the page that it makes better:

    unknown         The unknown: what a symbol has in place of a number until it gets one
                    `return self.compute(*inputs)`
    familiar        Familiar ways: a Value is formatted, rounded and converted like its number, as
                    users expect it:  `self.data, self.name, self.row, self.inputs, self.grad =`
    decimals        Decimals: pi and the elementary functions to as many digits as the current
                    context asks for:  `math.sin`
    interval        Intervals: all numbers between two ends, as one number that goes through the
                    table:  `return self.compute(*inputs)`
    special         Special functions: sigmoid and softplus for yes-or-no models, digamma and
                    polygamma for gamma:  `math.sin`
    gammas          The gamma function of intervals, its logarithm, and the slopes of that: digamma
                    and polygamma:  `math.sin`
    kinds           Kinds of number: what int, float, Fraction, Decimal and complex need to go
                    through one formula:  `return self.compute(*inputs)`
    evaluate        The number of a formula: its rows computed one after the other, for numbers of
                    any kind:  `return self.compute(*inputs)`
    linear_algebra  Systems of linear equations, solved by elimination as on paper; inverses, and
                    eigenvalues of 2x2:  `parameter.data -= learning_rate * parameter.grad`
"""
