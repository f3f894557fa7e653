"""A formula with parameters, its loss, and the loss surface over them.

The chapters in reading order, each with the line of the page that it makes better:

    spelling  Spelling: names of columns that no formula can spell, and names that are misspelt
              `slope * x + intercept`
    categories  Categories: a column of texts in a model, with a parameter for each of its levels
              `slope * x + intercept`
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
    bounds    Bounds: a parameter that has to stay in a range, by a change of variable
              `parameter.data -= learning_rate * parameter.grad`
    units     Units: the same model for features in standard units, and what its parameters are in
              the data's:  `stdev(xs)`
"""
