"""A file becomes a table; it is cleaned, split and explored.

The chapters in reading order, each with the line of the page that it makes better:

    table    A table: columns of equal length, by name, whose rows remember where they were found
             `fields = [(record[feature], record[target])`
    numerals  Numerals: numbers as people write them, in one style for a whole column:  `float(x)`
    moments  Moments: dates and times as numbers, so many days or seconds since the first
             `float(x)`
    fields   Fields: the texts of one column, read as numbers the way people write them
             `map(math.isfinite, r := (float(x), float(y)))`
    layout   Layout: where in a file its names stand, where its rows, and what is between the fields
             `csv.DictReader(file)`
    collect  Collect data: read a CSV file (comma-separated values) into a table
             `for record in csv.DictReader(file)`
    clean    Clean a table: keep the rows that pass every check, and say which were dropped and why
             `if x and y and all(map(math.isfinite,`
    split    Training and test rows: what the model has never seen shows what it has really learnt
             `for x, y in rows`
    explore  Summaries, correlation and standard units: look at the data before modelling them
             `stdev(xs)`
"""
