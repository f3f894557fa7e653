r"""What stands behind `python -m mathlab`.

The chapters in reading order, each with the line of the page that it makes better:

    options   What the commands have in common: numbers with names, words on a terminal
              `main(*(sys.argv[1:]`
    reading   The rows of a file for a model: read once, as numbers, without those that lack one
              `fields = [(record[feature], record[target])`
    derive    `python -m mathlab derive`: a derivative, rule by rule, and by all the methods
              `above[y].backward()`
    pictures  Pictures of a fit: the line through the data, what it missed, and the way down
              `print(f"{step:4}`
    report    The report of a fit: what is wrong, what was found, how sure that is, how good it is
              `print(f"\n{target} = {a / spread:.5g}*{feature}`
    fit       `python -m mathlab fit`: collect, explore, train, predict, with a file and a formula
              `slope * x + intercept`
    predict   `python -m mathlab predict`: what a saved model says of the rows of a file
              `slope * x + intercept`
"""
