'''4. The backward sweep

Now the chain rule. It says: if d moves 5 times as fast as c, and c moves 4 times as fast as a, then
d moves 20 times as fast as a. And if a reaches d by several ways, what comes by each is added up.

So let each Value have a grad: how fast the result moves with it. We want a method, d.backward(),
that leaves the right grad with everything that d was made from. It goes like this:

    1. every grad begins at 0
    2. the grad of d itself is 1: it moves as fast as itself
    3. from the end of the order back, each node in its turn hands
       something to each of its inputs: its grad times its slope for it

What arrives at an input is added to what is there already. That is `+=`, and `=` would lose what
came before. And why the order of stage 3? When a node's turn comes, all that use it must have
handed on, or it passes on too little, and nothing complains: there is just a wrong slope.

In __init__ let self.grad begin at 0. Two things of Python's help in the sweep:

    for node in reversed(order):                      # from the end
    for x, slope in zip(node.inputs, slopes(node)):   # pair by pair

What is tested: after d.backward() the .grad of all that d was made from; also if backward is called
twice, or first for another result. Each time the grads are those of the last call alone.
'''

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine

HINTS = (
    "Take c = a * b and d = c + a, with a = 2 and b = 5. The order is a, b, c, d. By hand: what "
    "does d hand to c and to a? Then, what does c hand to a and to b?",
    "First order = inputs_first(self). One loop sets every grad to 0, a line sets self.grad to 1, "
    "and a second loop goes through reversed(order).",
    "In the second loop: for x, slope in zip(node.inputs, slopes(node)): and in it one line with "
    "+=, x.grad on its left and node.grad on its right.",
    "x.grad += node.grad * slope",
)
SIMPLE = "a = Value(2.0); b = Value(5.0); c = a * b; d = c + a; d.backward()"
SHARED = "a = Value(3.0); b = a * a; c = a + b; d = b * c; d.backward()"
NO_GRAD = ("what is handed on is the slope times the grad of the node whose turn it is: node.grad "
           "is missing, or another grad stands in its place")
TWICE = "a twice in one operation hands on twice, and both are added up"


def check(answer: Answer) -> str:
    """A result with two ways to a number, one where the order matters, and calls after calls."""
    engine = Engine(answer)
    start = "the result moves as fast as itself: set self.grad to 1 before the walk"
    engine.gives("a = Value(2.0)", "a.grad", 0.0, why="in __init__ let self.grad begin at 0")
    engine.gives(SIMPLE, "d.grad", 1.0, {0.0: start}, start)
    engine.gives(SIMPLE, "c.grad", 1.0, {0.0: "nothing has arrived: does the walk begin at the "
                 "end, with reversed(order)?"}, "d hands 1 * 1 to c")
    engine.gives(SIMPLE, "a.grad", 6.0, {
        5.0: "1 came from d and 5 from c, and only the last is there: add up, with +=",
        1.0: "c hands on before d has: walk from the end, through reversed(order)",
        2.0: "what is handed on is the node's grad times the slope: the slope is missing",
        3.0: "a gets 1 from d, and from c the number in b, which is 5, not that in a",
    }, "a gets 1 from d, and 1 * 5 from c")
    engine.gives(SIMPLE, "b.grad", 2.0, why="b gets 1 * 2 from c: the number in a")
    engine.gives(SHARED, "b.grad", 21.0, {
        13.0: NO_GRAD,
        12.0: "12 came from d and 9 from c: add up, with +=",
        9.0: "12 came from d and 9 from c: add up, with +=",
    }, "b gets 12 from d, and 9 from c")
    engine.gives(SHARED, "a.grad", 135.0, {
        81.0: "b handed on before c had given it anything: nobody may hand on before all that use "
              "it have; walk through inputs_first(self), from its end",
        72.0: TWICE, 63.0: TWICE, 126.0: "what c hands on was lost: add up, with +=",
        7.0: NO_GRAD,
    }, "a gets 9 from c, and 21*3 twice from b")
    again = "a second call adds to what the first one left: let every grad begin at 0"
    engine.gives(f"{SHARED}; d.backward()", "a.grad", 135.0, why=again)
    engine.gives(f"{SHARED}; b.backward()", "a.grad", 6.0, {141.0: again},
                 f"b = a * a moves 6 times as fast as a; {again}")
    engine.gives("a = Value(5.0); b = a + a; c = b * b; c.backward()", "a.grad", 40.0,
                 {20.0: TWICE}, TWICE)
    engine.gives("a = Value(5.0); a.backward()", "a.grad", 1.0, why=start)
    return "c = (a + a) * (a + a) has the slope 8*a on paper, and your sweep finds 40 at a = 5"
