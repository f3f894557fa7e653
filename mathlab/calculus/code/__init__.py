"""A formula as a plain function, in Python as fast as one written by hand, or in JavaScript.

The chapters in reading order, each with the line of the page that it makes better:

    tidy     Formulas tidied for a machine: the same value from fewer steps
             `case ("+", 0, _) | ("*", 1, _):`
    script   Formulas as the lines of a program: what is shared, deep or wide gets a line and a name
             `return self.compute(*inputs)`
    parts    A long program as several functions: Python compiles each in proportion to its length
             `return self.compute(*inputs)`
    compile  Formulas compiled: a plain Python function, as fast as if a person had written it
             `return self.compute(*inputs)`
    stand_ins  What a function is called with: its shape, and stand-ins for all that may vary
             `return self.compute(*inputs)`
    compiled  A step of training, written with Values, at the speed of plain numbers
             `loss.backward()`
    javascript  Formulas, and the table of derivatives itself, as JavaScript for a page
             `return self.compute(*inputs)`
"""
