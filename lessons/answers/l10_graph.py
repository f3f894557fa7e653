"""10. Two paths, and a walk that goes too early: note a node last, and read from the end.

b is 10, so each factor of b * b hands 10 to b; b has 20, and a gets that twice. And a node is
written down only after all that it was made from; the list read backwards is the order we want.
"""

GRAD_B = 20
GRAD_A = 40


def meet(node, found):
    """Write a node, and all that it was made from, into the list `found`, each one once."""
    if node not in found:
        for each in node.inputs:
            meet(each, found)
        found.append(node)


def order(result):
    """All nodes, in the order in which they may hand on their grad."""
    found = []
    meet(result, found)
    return found[::-1]
