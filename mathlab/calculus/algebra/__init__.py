"""Formulas said shorter, derived and multiplied out; a derivation, step by step.

The chapters in reading order, each with the line of the page that it makes better:

    exact          Numbers in formulas, kept exact where they are: as whole numbers and fractions
                   `as_value(node.row(*(inputs if None in plain else plain)))`
    identities     The table of identities: what is known about single functions, written as
                   formulas:  `case ("+", 0, _) | ("*", 1, _):`
    bags           Sums and products as bags: equal nodes are one, and how a bag is written out
                   `case ("+", 0, _) | ("*", 1, _):`
    shorter        Shorter ways to write a sum: multiplied out, over one denominator, with a common
                   factor out:  `return put_away(`
    simplify       The same formula, said shorter:  `return put_away(`
    sides          Kinks: where a formula has no slope, but one to the left and another to the right
                   `x.grad += node.grad * slope(*numbers, node.data)`
    differentiate  Derivatives as formulas, simplified: gradient, Hessian, Jacobian
                   `return put_away(`
    polynomial     A formula multiplied out as a polynomial in some of its inputs
                   `(y - (slope * x + intercept)) ** 2`
    series         One more kind of number, which reads Taylor coefficients off the table
                   `return self.compute(*inputs)`
    taylor         Taylor polynomials: a formula near one place, as a sum of powers, to any order
                   `return self.compute(*inputs)`
    rules          The rules of differentiation in letters, made from the table: product rule, chain
                   rule and all:  `x.grad += node.grad * slope(*numbers, node.data)`
    board          A derivation on the board: its steps, numbered, and laid out in eighty columns
                   `return ast.unparse(ast.parse(text[self]))`
    steps          The derivation of a derivative in named steps, as a teacher writes it on the
                   board:  `x.grad += node.grad * slope(*numbers, node.data)`
"""
