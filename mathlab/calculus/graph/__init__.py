"""The page, grown up: the table, the Value, the order, the sweep, one storey up.

The chapters in reading order, each with the line of the page that it makes better:

    operations  The table of derivatives: every operation, how to compute it, and its slopes
                `sin      = Row("sin",`
    order       The order in which a graph can be walked: every node after its inputs
                `order: dict[Value, None] = {}`
    chain_rule  The sweep: how the slopes of single operations become the derivative of a whole
                formula:  `x.grad += node.grad * slope(*numbers, node.data)`
    formula     Formulas as text: a graph written as valid Python, with the fewest parentheses
                `ast.unparse(ast.parse(text[self]))`
    node        A place in a graph: what is there, and what it was made from; copied and pickled in
                a loop:  `self.data, self.name, self.row, self.inputs, self.grad =`
    value       Value: a number that remembers how it was made, and so can give its derivative
                `__add__, __radd__ = lambda u, v: add(u, v), lambda v, u: add(u, v)`
    upstairs    One storey up: derivatives as formulas, by the same sweep:  `above[y].backward()`
"""
