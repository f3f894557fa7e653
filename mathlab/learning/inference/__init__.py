"""How good a fit is, how sure, what it predicts; a model in a file.

The chapters in reading order, each with the line of the page that it makes better:

    slopes       Slopes of a prediction: how much it changes with each parameter
                 `slope * x + intercept`
    goodness     R squared, likelihood and Akaike's criterion: how good a fit is, in one number
                 `(y - (slope * x + intercept)) ** 2`
    student      Student's t distribution: how far an estimate from few rows may be off
                 `stdev(xs)`
    back         The way back: y from a prediction of log(y)
                 `slope * x + intercept`
    uncertainty  Standard errors and intervals: with other rows, how far off might the answer have
                 been?:  `slope * x + intercept`
    predict      Predictions and residuals: what a model says of a row it has not seen, and how far
                 off it is:  `slope * x + intercept`
    proof        A proof of a fit: digits that are certain, and a lowest point that exists and is
                 the only one:  `print(f"\n{target} = {a / spread:.5g}*{feature}`
    saved        Saved models: a trained model in a file, to predict with tomorrow
                 `print(f"{step:4}`
    export       Export: a fitted formula as a program in Python or JavaScript, or as a
                 spreadsheet's formula:  `print(f"{step:4}`
"""
