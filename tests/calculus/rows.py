"""The built-in rows of the table, by their number of inputs; without what tests add to it."""

from mathlab.calculus.graph.operations import ARITHMETIC, BUILT_IN, constant, negate

TABLE = tuple(row for row in BUILT_IN.values() if row is not constant)
OF_ONE = tuple(row for row in TABLE if row.arity == 1 and row is not negate)
OF_TWO = tuple(row for row in TABLE if row.arity == 2 and row not in ARITHMETIC)
OF_THREE = tuple(row for row in TABLE if row.arity == 3)
OF_MANY = tuple(row for row in TABLE if row.arity is None)
FUNCTIONS = (*OF_ONE, *OF_TWO, *OF_THREE)
