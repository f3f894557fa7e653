"""10. The graph: how can a program do this?

Guess first: b = a + a, and c = b * b. A program is to find how fast c moves with a, and all it has
is a record of which number was made from which. Where should it begin, and what can go wrong when a
number is used twice? You will see the record, a walk over it that gets the slope wrong without a
word, and one that gets it right.
"""

import sys
from math import e, isclose

from lessons.pages.live.live import Guess, Live
from lessons.pages.page import Page
from lessons.run import start
from mathlab import Value, symbols, tiny
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.calculus.graph.order import inputs_first

A = 3.0
LINKS = 100_000  # operations of the long chain


def diamond(a: Value) -> Value:
    """d, where b is used by c and by d."""
    b = named("b", a * a)
    c = named("c", a + b)
    return named("d", b * c)


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    a = Value(A, "a")
    b = named("b", a + a)
    c = named("c", b * b)
    the_record(page, a, b, c)
    the_order(page)
    the_program(page)
    no_limits(page, a, b, c)
    page.change("""let `diamond` return c * b in place of b * c. The number is the same. Does the
        walk 'as met' still get it wrong?""")
    page.exercise()


def the_record(page: Page, a: Value, b: Value, c: Value) -> None:
    """The graph of a result, and the backward walk over it, number by number."""
    c.backward()
    page.say("""A Value is a number that remembers how it was made: by which operation, and from
        which Values. So a result carries its whole history with it, and that can be drawn: it is a
        graph (a computational graph, since it computes). 'data' is the number, and beside each
        arrow stands its local slope, as in lesson 9:""")
    page.graph(c, "How c was made", slopes=True)
    page.say("""'grad' is what we are after: how fast c moves with this number. It is found from the
        end. c moves as fast as itself, so its grad is 1. Then each number hands its grad on to
        those it was made from, times the local slope, and what arrives there is added up:""")
    gives = [f"{b.data:g} and {b.data:g}", f"{b.grad:g} and {b.grad:g}", "nothing"]
    page.table({"number": ["c", "b", "a"], "grad": [c.grad, b.grad, a.grad], "hands on": gives})
    as_the_rule = page.claim(isclose(a.grad, 8 * A), f"and 8*{A:g} is {8 * A:g}, as in the table.")
    page.say(f"""This walk, from the end to the beginning, is called the sweep; the field says
        backpropagation, or reverse-mode automatic differentiation. Why add? A nudge of a takes both
        arrows at once, and c feels both. On paper c = (2*a)**2 = 4*a**2, the rule for squares makes
        that 8*a, {as_the_rule}""")


def the_order(page: Page) -> None:
    """A walk that hands on too early, beside one that waits."""
    page.title("Whose turn is it?")
    a = Value(A, "a")
    d = diamond(a)
    d.backward()
    page.say(f"""The program has to choose who hands on first. The obvious way: start at the result,
        and go from each number to those it was made from, as you meet them. Try that on
        d = {"*".join(node.name for node in d.inputs)}, where b is used twice, by c and by d:""")
    page.graph(diamond(Value(A, "a")), "How d was made", slopes=True)  # which has no grads yet
    late = inputs_first(d)[::-1]
    formula = diamond(symbols("a")[0])
    names = [(str(node), node.name) for node in inputs_first(formula) if node.inputs]
    page.live(Live(
        "sweep", "d begins. Whose turn should it be then, so that nothing is lost?", [],
        guess=Guess("", truth=int(late[1].name == "c"), choices=("b", "c")),
        kind="sweep", own={"start": str(formula), "numbers": (A, 2, 5), "names": names},
    ))
    handed, grads = walk(as_met(d))
    page.say(f"""The numbers are met in the order {spelled(as_met(d))}. mathlab walks
        {spelled(late)}. What each number has when its turn comes, by either:""")
    rows = [(node.name, handed[node], node.grad) for node in late]
    page.rows(["number", "as met", "mathlab"], rows)
    b = next(node for node in late if node.name == "b")
    page.say(page.claim(
        not isclose(grads[a], a.grad),
        f"As met, b hands on {handed[b]:g} at its turn. In the end b has {grads[b]:g}, as it "
        f"should, so all looks well. But the {grads[b] - handed[b]:g} that came after its turn "
        "were never handed on, and a, which got something from c as well, ends with "
        f"{grads[a]:g} in place of {a.grad:g}. No error, no warning: a wrong slope.",
        f"As met, a ends with {grads[a]:g}, which is right: nobody who went too early had anything "
        "to hand on. That is luck. Turn one operation around, and it is gone."))
    page.say(f"""So nobody may hand on before all who use it have reported. For such an order, list
        every number only after all that it was made from: {spelled(late[::-1])}. Read that list
        from its end, and every number comes after all who use it.""")


def the_program(page: Page) -> None:
    """The order and the sweep, as the page has them."""
    page.title("As a program")
    page.say("""All of this fits on one page, mathlab/tiny.py, and here are two parts of it. First
        the order. A Value whose inputs are not in the list yet goes back on the stack, to wait for
        them:""")
    page.listing(tiny.inputs_first)
    page.say("""And the sweep, through that list from its end. `slope` is a row's slope from the
        table of lesson 8, and += adds up what arrives. The other parts of the page are the table, a
        few rows long, and what lessons 11 and 14 do with it; python -m mathlab.tiny runs it.""")
    page.listing(tiny.Value.backward)


def no_limits(page: Page, a: Value, b: Value, c: Value) -> None:
    """What a second call of backward leaves; and a chain of very many operations."""
    page.title("Twice, and very often")
    found = []
    for result in (c, c, b):
        result.backward()
        found.append(a.grad)
    once, again, other = found
    anew = page.claim(once == again, "In mathlab every call begins at 0:")
    page.say(f"""If grads are added up, what does a second call of backward do? In PyTorch it goes
        on adding, and if you forget to reset, you get {once:g}, then {2 * once:g}, then
        {3 * once:g} at a. {anew} c.backward() leaves {once:g} at a, once more leaves {again:g}, and
        b.backward() leaves {other:g}, how fast b moves with a. A grad belongs to the result that
        was asked last.""")
    x = Value(1.0, "x")
    y = x
    for _ in range(LINKS):
        y = y * (1 + 1 / LINKS)
    y.backward()
    near_e = page.claim(abs(x.grad - e) < 2 / LINKS,
                        "nearly e, which (1 + 1/n)**n tends to as n grows.")
    page.say(f"""And how long may a chain be? In Python functions may call each other only
        {sys.getrecursionlimit():,} deep, and a walk that calls itself ends there. mathlab keeps its
        own list of what is still to be done. So let x be multiplied {LINKS:,} times by
        1 + 1/{LINKS:,}. backward goes through it all, and finds {x.grad:.6f}: {near_e}""")


def named(name: str, value: Value) -> Value:
    """The value, with a name."""
    value.name = name
    return value


def spelled(order: list[Value]) -> str:
    """The names of some numbers, in this order."""
    return ", ".join(node.name for node in order)


def as_met(result: Value) -> list[Value]:
    """Every node as it is met. This is the order that goes wrong."""
    found: list[Value] = []

    def meet(node: Value) -> None:
        if node not in found:
            found.append(node)
            for each in node.inputs:
                meet(each)

    meet(result)
    return found


def walk(order: list[Value]) -> tuple[dict[Value, float], dict[Value, float]]:
    """The grad of each node when its turn comes in this order, and in the end."""
    at_turn, grads = {}, dict.fromkeys(order, 0.0) | {order[0]: 1.0}
    for node in order:
        at_turn[node] = grads[node]
        for x, slope in local_slopes(node):
            grads[x] += grads[node] * slope
    return at_turn, grads


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
