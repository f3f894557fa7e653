"""The walk down the loss surface: the loop, and who walks it.

The chapters in reading order, each with the line of the page that it makes better:

    descent       Gradient descent, plainly: ask the loss which way is down, take a step, ask again
                  `parameter.data -= learning_rate * parameter.grad`
    optimizers    Optimizers that know the slopes: gradient descent, momentum, Nesterov's, Adam; the
                  register:  `parameter.data -= learning_rate * parameter.grad`
    batches       Mini-batches: look at a few rows at a time, for steps that are less sure, and cost
                  far less:  `for _ in range(steps + 1):`
    line_search   BFGS and backtracking: optimizers that find out by themselves how far to step
                  `parameter.data -= learning_rate * parameter.grad`
    projection    Variable projection: parameters in which a model is linear need no walk, they can
                  be solved for:  `parameter.data -= learning_rate * parameter.grad`
    second_order  Newton and Levenberg-Marquardt: optimizers that know how the surface bends
                  `parameter.data -= learning_rate * parameter.grad`
    guesses       Guesses that look at the data: where a curve may lie, if nobody says
                  `slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")`
    kinks         Losses with kinks: down along the edges, from corner to corner, and how to know
                  the lowest one:  `loss.backward()`
    last_digits   The last digits: Newton's method in Decimals, and linear least squares in
                  Fractions:  `loss.backward()`
    start         Initial parameters: where to begin the walk if nobody says
                  `slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")`
    runaway       Divergence: walks up the hill, or down a slope without end, and what to do about
                  them:  `parameter.data -= learning_rate * parameter.grad`
    progress      A progress bar for work that takes longer than a second, on a terminal, and
                  nowhere else:  `for _ in range(steps + 1):`
    train         Training: fit a model to a table, by a walk down its loss surface that is
                  remembered:  `for _ in range(steps + 1):`
    minimize      Minimizing a formula: the optimizers that train models go down any formula
                  `for _ in range(steps + 1):`
"""
