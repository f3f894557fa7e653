"""10. Two paths, and a walk that goes too early

First, on paper. Let a be 5, and

    b = a + a
    c = b * b

What do b.grad and a.grad say after c.backward()? Do it by hand, from c backwards.

Then mend the walk, in two steps. It should list every node that a result was made from, the result
first, each node before those it was made from, so that nobody hands on a grad before all of it has
arrived. `meet` writes a node down as soon as it meets it, and only then goes to the nodes that it
was made from, by calling itself for each of them.

Step 1: change `meet`, so that a node is written down after all that it was made from. Then `found`
begins with a, and ends with the result.

Step 2: change what `order` returns, so that the result comes first.
"""

GRAD_B = ...
GRAD_A = ...


def meet(node, found):
    """Write a node, and all that it was made from, into the list `found`, each one once."""
    if node not in found:
        found.append(node)
        for each in node.inputs:
            meet(each, found)


def order(result):
    """All nodes, in the order in which they may hand on their grad."""
    found = []
    meet(result, found)
    return found


if __name__ == "__main__":
    import lessons.check  # says whether it is right
