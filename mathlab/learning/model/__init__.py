"""A formula with parameters, its loss, and the loss surface over them.

The chapters in reading order, each with the line of the page that it makes better:

    model     Models: a formula, with adjustable numbers in it, for how one column depends on others
              `slope * x + intercept`
    loss      Loss functions: how wrong one prediction is; squared, absolute, Huber's, log, and your
              own:  `(y - (slope * x + intercept)) ** 2`
    row_loss  The loss of one row as a formula, and loops that add it up over all rows, with its
              derivatives:  `(y - (slope * x + intercept)) ** 2`
    weights   Weights and ridges: how much each row counts, and what the square of each parameter
              costs:  `(y - (slope * x + intercept)) ** 2`
    surface   The loss surface: for every setting of the parameters, how high the loss is, and how
              steep:  `loss.backward()`
    units     Units: the same model for features in standard units, and what its parameters are in
              the data's:  `stdev(xs)`
"""
