"""Who checks the checker: all the ways side by side, and how far off each may be.

The chapters in reading order. Each makes one line of the page better: `(f(x + h) - f(x - h)) / (2 *
h)`.

    accuracy  Accuracy: how far off a slope may be, one that is measured and one worked out by a
              rule
    same      Equal formulas: whether two of them say the same, however they are written
    enclose   Enclosures: between which numbers a formula and its slope lie, over a whole stretch
    compare   All the methods side by side on one function: what each finds, how far off, and at
              what cost
    check     Checking a row of the table: its slopes, and the slopes of its slopes, against
              measurement
"""
