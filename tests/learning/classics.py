"""Classic data of R's documentation, small enough to stand in a test."""

from mathlab.learning.data.table import Table

# Speed (mph) and stopping distance (ft), recorded in the 1920s: M. Ezekiel, 1930; help(cars).
CARS = """speed dist
4 2 4 10 7 4 7 22 8 16 9 10 10 18 10 26 10 34 11 17 11 28 12 14 12 20 12 24 12 28 13 26 13 34 13 34
13 46 14 26 14 36 14 60 14 80 15 20 15 26 15 54 16 32 16 40 17 32 17 40 17 50 18 42 18 56 18 76
18 84 19 36 19 46 19 68 20 32 20 48 20 52 20 56 20 64 22 66 23 54 24 70 24 92 24 93 24 120 25 85"""
# Motor Trend, 1974: help(mtcars).
MTCARS = """mpg wt hp am
21 2.62 110 1 21 2.875 110 1 22.8 2.32 93 1 21.4 3.215 110 0 18.7 3.44 175 0 18.1 3.46 105 0
14.3 3.57 245 0 24.4 3.19 62 0 22.8 3.15 95 0 19.2 3.44 123 0 17.8 3.44 123 0 16.4 4.07 180 0
17.3 3.73 180 0 15.2 3.78 180 0 10.4 5.25 205 0 10.4 5.424 215 0 14.7 5.345 230 0 32.4 2.2 66 1
30.4 1.615 52 1 33.9 1.835 65 1 21.5 2.465 97 0 15.5 3.52 150 0 15.2 3.435 150 0 13.3 3.84 245 0
19.2 3.845 175 0 27.3 1.935 66 1 26 2.14 91 1 30.4 1.513 113 1 15.8 3.17 264 1 19.7 2.77 175 1
15 3.57 335 1 21.4 2.78 109 1"""
# Treated cells: D. M. Bates and D. G. Watts, 1988; help(Puromycin).
PUROMYCIN = """conc rate
0.02 76 0.02 47 0.06 97 0.06 107 0.11 123 0.11 139 0.22 159 0.22 152 0.56 191 0.56 201 1.1 207
1.1 200"""


def table(text: str) -> Table:
    """The table of such a text: names in the first line, and then row after row."""
    head, _, numbers = text.partition("\n")
    names = head.split()
    values = [float(number) for number in numbers.split()]
    return Table({name: values[i::len(names)] for i, name in enumerate(names)})
